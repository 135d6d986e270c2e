"""XML from elsewhere, read piece by piece: no entities, nothing from the network, no huge trees."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from typing import IO

from lxml import etree

from aligner.formats.reading.values import ReadingError

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
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if event == "start" and name in starts:
                yield event, name, element
            elif event == "end" and name in ends:
                _without_entities(element, where)
                yield event, name, element
                _forget(element)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise ReadingError(f"is no {kind}: {error.msg}", where=f"{where}:{line}:{column}") from error


def text_without(element: etree._Element | None, codes: Collection[str]) -> str:
    """The text of an element without the content of the elements named in `codes`, which is another format's markup."""
    if element is None:
        return ""
    found = element.text or ""
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname not in codes:
            found += text_without(child, codes)
        found += child.tail or ""
    return found


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
