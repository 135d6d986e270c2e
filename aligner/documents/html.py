"""Pages in HTML: trafilatura says which paragraphs are the article, the page says what stands in them.

trafilatura's own text glues footnote marks to words and knows no places. So every visible paragraph
of the page is read from its tree, and those that trafilatura took are the text; the others are
listed as dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import version

from aligner.documents.decode import Decoded, decoded
from aligner.documents.extraction import Dropped, Found, Passage
from aligner.documents.markup import REGIONS, Seen, seen_on
from aligner.documents.trees import html_tree
from aligner.errors import DocumentError

_HEAD = 4096
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_WIDER = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "euc-cn", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "x-x-big5", "big5-hkscs", "cp950"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "ascii", "us-ascii", "windows-1252"), "cp1252"),
    "utf8": "utf-8",
}
"""Names that pages give -> the encoding that browsers read them in, which holds more characters."""

_NEVER = {REGIONS["nav"], REGIONS["button"]}
"""No part of an article, even where trafilatura takes all of a small page."""

_LONG = 16
"""Letters from which a paragraph is found by itself; shorter ones only between those."""

_LOCATED = 0.9
"""Share of what trafilatura took that must be found on the page."""


def html(where: str, data: bytes, encoding: str | None = None) -> Found:
    """What a page shows as its article, and what else is on it.

    The encoding: named by the caller, a byte order mark, UTF-8 when it is valid, what the page
    declares, or recognised. Raises DocumentError: undecodable, nested too deeply, no text.
    """
    page = page_text(where, data, encoding)
    root = html_tree(page.text, "the page")
    seen, dropped = seen_on(root) if root is not None else ([], [])
    if not seen:
        raise DocumentError(
            "the page shows no text", where=where, hint="a page made by scripts: save it as PDF or text"
        )
    remarks = [page.remark] if page.remark else []
    taken = _article(page.text)
    chosen = _chosen(seen, taken)
    extractor = f"trafilatura {version('trafilatura')}, lxml {version('lxml')}"
    if chosen.share < _LOCATED and taken.strip():
        remarks.append("parts of the article were not found again on the page: places are paragraphs of the article")
        lines = [line.strip() for line in taken.splitlines() if line.strip()]
        passages = tuple(Passage(line, ((0, f"paragraph {n}"),)) for n, line in enumerate(lines, 1))
        return Found(extractor, page.encoding, passages, tuple(dropped), tuple(remarks))
    if not chosen.kept:
        remarks.append("no article was recognised: all paragraphs outside menus, headers and footers were taken")
        outside = {number for number, each in enumerate(seen) if each.region is None}
        chosen = _Chosen(frozenset(outside or range(len(seen))), 0.0)
    return _found(extractor, page.encoding, seen, chosen, dropped, remarks)


def _found(
    extractor: str, encoding: str, seen: list[Seen], chosen: _Chosen, dropped: list[Dropped], remarks: list[str]
) -> Found:
    passages = []
    for number, each in enumerate(seen):
        label = f"paragraph {number + 1}" + (f", line {each.line}" if each.line else "")
        if number in chosen.kept:
            passages.append(Passage(each.text, ((0, label),), each.kind))
        else:
            dropped.append(Dropped(each.text, each.region or "not part of the article", label))
    return Found(extractor, encoding, tuple(passages), tuple(dropped), tuple(remarks))


def page_text(where: str, data: bytes, encoding: str | None = None) -> Decoded:
    """The source of a page in HTML or XHTML: see `html` for how its encoding is found."""
    match = _DECLARED.search(data[:_HEAD])
    said = match.group(1).decode("ascii", "replace").lower() if match else None
    if encoding is not None or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return decoded(where, data, encoding)
    if b"\0" not in data:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            other = said and not data.isascii() and _WIDER.get(said, said) != "utf-8"
            return Decoded(text, "utf-8", f"says it is in {said}, but it is in UTF-8" if other else None)
        if said is not None:
            try:
                return Decoded(*_named(data, _WIDER.get(said, said)))
            except (LookupError, UnicodeError):
                found = decoded(where, data)
                return Decoded(found.text, found.encoding, f"says it is in {said}, but it is in {found.encoding}")
    return decoded(where, data)


def _named(data: bytes, name: str) -> tuple[str, str]:
    if name.startswith(("utf-16", "utf-32", "utf-7")):
        raise LookupError(name)  # the declaration could not have been read if it were true
    return data.decode(name), name


def _article(page: str) -> str:
    """What trafilatura takes for the article, as plain text; empty when it finds none."""
    import lxml_html_clean  # noqa: F401 - trafilatura needs it, and its own requirements name it by an old name
    import trafilatura

    found = trafilatura.extract(page, output_format="txt", include_comments=False, include_tables=True)
    return found if isinstance(found, str) else ""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Numbers of the paragraphs that are the article, and the share of the article that they hold."""

    kept: frozenset[int]
    share: float


def _chosen(seen: list[Seen], taken: str) -> _Chosen:
    """The paragraphs whose letters stand in `taken` in the page's order: long ones first, short ones between them."""
    whole = _letters(taken)
    if not whole:
        return _Chosen(frozenset(), 1.0)
    letters = [_letters(each.raw) for each in seen]
    found: dict[int, tuple[int, int]] = {}
    at = 0
    for number, each in enumerate(letters):
        if len(each) >= _LONG and (start := whole.find(each, at)) >= 0:
            found[number] = (start, start + len(each))
            at = found[number][1]
    anchors = sorted(found)
    at = 0
    for number, each in enumerate(letters):
        if number in found:
            at = found[number][1]
        elif each:
            following = next((n for n in anchors if n > number), None)
            limit = found[following][0] if following is not None else len(whole)
            start = whole.find(each, at, limit)
            if start >= 0:
                found[number], at = (start, start + len(each)), start + len(each)
    kept = frozenset(number for number in found if seen[number].region not in _NEVER)
    return _Chosen(kept, sum(end - start for start, end in found.values()) / len(whole))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
