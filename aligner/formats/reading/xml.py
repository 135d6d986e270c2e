"""XML from elsewhere, read piece by piece: no entities, nothing from the network, no huge trees."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from typing import IO

from lxml import etree

from aligner.formats.reading.values import ReadingError

_PLACE = re.compile(r", line [0-9]+, column [0-9]+")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def elements(
    data: bytes | IO[bytes], where: str, kind: str, ends: Collection[str], starts: Collection[str] = ()
) -> Iterator[tuple[str, str, etree._Element]]:
    """`(event, name, element)` for each element that begins (`starts`) or ends (`ends`), by its local name.

    An element that ended is emptied after it was used, so memory does not grow with the file. Raises
    ReadingError, with line and column, for what is not XML; `kind` says what was expected.
    """
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    parsed = etree.iterparse(
        source,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in parsed:
            name = local_name(element)
            if event == "start" and name in starts:
                yield event, name, element
            elif event == "end" and name in ends:
                _without_entities(element, where)
                yield event, name, element
                _forget(element)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise ReadingError(f"is no {kind}: {told(error)}", where=f"{where}:{line}:{column}") from error


def told(error: etree.XMLSyntaxError) -> str:
    """What the parser says, without the place, which stands before it, and the text that follows."""
    first = (error.msg or "").partition("\n")[0]
    return _PLACE.sub("", first).strip() or "it ends too early"


def text_without(element: etree._Element | None, codes: Collection[str]) -> str:
    """The text of an element without the content of the elements named in `codes`, which is another format's markup."""
    if element is None:
        return ""
    found = element.text or ""
    for child in element:
        if isinstance(child.tag, str) and local_name(child) not in codes:
            found += text_without(child, codes)
        found += child.tail or ""
    return found


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace, empty for a comment; not lxml's QName, which refuses `:name`."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def line_of(element: etree._Element) -> int:
    """The line of the file on which the element begins, 0 where that is not known."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _without_entities(element: etree._Element, where: str) -> None:
    """Raise ReadingError for text that only the file's own definitions know: to leave it out would lose words."""
    for entity in element.iter(etree.Entity):
        what = f"uses the entity {entity.text}, which is not looked up"
        raise ReadingError(what, where=f"{where}:{line_of(element)}", hint="write the text itself in its place")


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
