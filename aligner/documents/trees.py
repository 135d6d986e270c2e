"""XML and HTML from strangers to trees: nothing is fetched, no entity is expanded, nesting is limited."""

from __future__ import annotations

from typing import Any

import lxml.html
from lxml import etree

from aligner.documents import limits
from aligner.errors import DocumentError


def xml_tree(data: bytes, part: str) -> etree._Element:
    """The root of an XML part; raises DocumentError: broken, nested too deeply, entities of its own."""
    _check_size(len(data), part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(f"is damaged: {part} is not well-formed XML ({_short(error)})") from None
    types: Any = root.getroottree().docinfo.internalDTD
    if types is not None and types.entities():
        raise DocumentError(f"declares entities in {part}, as no word processor does", hint="save it anew")
    check_depth(root, part)
    return root


def html_tree(text: str, part: str) -> etree._Element | None:
    """The root of an HTML page, None when there is no element in it; raises DocumentError when nested too deeply."""
    _check_size(len(text), part)
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    data = text.encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise _too_deep(part)
    check_depth(root, part)
    return root


def _check_size(size: int, part: str) -> None:
    if size > limits.PART_BYTES:
        most = limits.PART_BYTES // limits.MB
        raise DocumentError(f"{part} is larger than {most} MB", hint="split it, or save its text as a .txt file")


def check_depth(root: etree._Element, part: str) -> None:
    """Raise DocumentError when elements are nested too deeply."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.DEPTH:
            raise _too_deep(part)


def _too_deep(part: str) -> DocumentError:
    return DocumentError(
        f"{part} nests more than {limits.DEPTH} elements inside each other", hint="save its text as a .txt file"
    )


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
