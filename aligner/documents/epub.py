"""EPUBs: the chapters in the order in which they are read, by the package's spine."""

from __future__ import annotations

import html.entities
import posixpath
import re
import zipfile
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import unquote

from lxml import etree

from aligner.archives import member, open_zip
from aligner.documents import limits
from aligner.documents.extraction import Dropped, Found, Passage
from aligner.documents.html import page_text
from aligner.documents.markup import Seen, name_of, seen_on, words_of
from aligner.documents.trees import html_tree, xml_tree
from aligner.errors import DocumentError
from aligner.model import BlockKind

_ANEW = "export it anew, or save its text as a .txt file"
_FONTS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
"""Ciphers for embedded fonts alone: the text is open."""

_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30};)")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_TITLE = 60
"""Characters of a chapter's title that stand in the label of its paragraphs."""


def epub(where: str, data: bytes, encoding: str | None = None) -> Found:  # noqa: ARG001 - chapters say their encodings
    """What the chapters of an EPUB say, notes after each chapter; its table of contents is listed as dropped.

    Raises DocumentError: protected, damaged, a bomb, too many chapters, no text.
    """
    with open_zip(data) as archive:
        _check_open(where, archive)
        book = _book(where, archive)
        passages: list[Passage] = []
        dropped: list[Dropped] = []
        remarks: list[str] = []
        number = 0
        for path in book.chapters:
            content = member(archive, path)
            root = _page(where, content, path) if content is not None else None
            if root is None:
                remarks.append(f"{path} is missing or is no page; left out")
                continue
            seen, gone = seen_on(root)
            if path == book.contents:
                dropped += [Dropped(each.text, "table of contents") for each in seen]
            elif seen:
                number += 1
                name = _name(number, book.titles.get(path), seen)
                passages += _chapter(name, seen)
                dropped += [Dropped(each.text, each.why, name) for each in gone]
    if not passages:
        raise DocumentError("its chapters hold no text", where=where, hint="pages that are pictures need OCR first")
    return Found(f"lxml {version('lxml')}", "epub", tuple(passages), tuple(dropped), tuple(remarks))


@dataclass(frozen=True, slots=True)
class _Book:
    """Paths in the archive: the chapters in order, the page with the table of contents, titles by chapter."""

    chapters: tuple[str, ...]
    contents: str | None
    titles: dict[str, str]


def _check_open(where: str, archive: zipfile.ZipFile) -> None:
    held = member(archive, "META-INF/encryption.xml")
    if held is None:
        return
    root = xml_tree(held, "META-INF/encryption.xml")
    ciphers = {method.get("Algorithm") for method in root.iter("{*}EncryptionMethod")}
    if ciphers - _FONTS:
        hint = "its seller's program alone can open it; ask for a copy without protection"
        raise DocumentError("is protected (DRM)", where=where, hint=hint)


def _book(where: str, archive: zipfile.ZipFile) -> _Book:
    container = member(archive, "META-INF/container.xml")
    root = xml_tree(container, "META-INF/container.xml") if container is not None else None
    path = next((unquote(e.get("full-path") or "") for e in root.iter("{*}rootfile")), "") if root is not None else ""
    package = member(archive, path) if path else None
    if package is None:
        raise DocumentError("is damaged: it does not say where its chapters are", where=where, hint=_ANEW)
    opf = xml_tree(package, path)
    items = {item.get("id") or "": item for item in opf.iter("{*}item")}
    refs = [ref for ref in opf.iter("{*}itemref") if (ref.get("idref") or "") in items]
    # Pages beside the line of reading are notes as a rule: they come last.
    ordered = sorted(refs, key=lambda ref: ref.get("linear") == "no")
    wanted = [items[ref.get("idref") or ""] for ref in ordered]
    pages = [_path(path, item.get("href") or "") for item in wanted if item.get("media-type") in _PAGES]
    if len(pages) > limits.PAGES:
        what = f"has {len(pages):,} chapters, at most {limits.PAGES:,} are read"
        raise DocumentError(what, where=where, hint="split it, or save its text as a .txt file")
    navigation = next((i for i in items.values() if "nav" in (i.get("properties") or "").split()), None)
    contents = _path(path, navigation.get("href") or "") if navigation is not None else None
    old = next((i for i in items.values() if i.get("media-type") == "application/x-dtbncx+xml"), None)
    source = contents or (_path(path, old.get("href") or "") if old is not None else None)
    return _Book(tuple(dict.fromkeys(pages)), contents, _titles(where, archive, source) if source else {})


def _titles(where: str, archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """What the table of contents (nav page or NCX) calls each chapter; its first entry for a page counts."""
    held = member(archive, path)
    root = _page(where, held, path) if held is not None else None
    found: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        link: etree._Element | None = None
        if name_of(element) == "a":
            link, words = element, words_of(element)
        elif name_of(element) == "navpoint":
            link = next((each for each in element if name_of(each) == "content"), None)
            words = next((words_of(each) for each in element if name_of(each) == "navlabel"), "")
        if link is not None and (target := link.get("href") or link.get("src")):
            found.setdefault(_path(path, target), " ".join(words.split()))
    return found


def _page(where: str, content: bytes, path: str) -> etree._Element | None:
    """A chapter's tree. As XML first: for HTML's parser an empty `<title/>` swallows the whole chapter."""
    text = _DECLARATION.sub("", page_text(where or path, content).text, count=1)
    plain = _ENTITY.sub(lambda match: html.entities.html5.get(match.group(1), match.group()), text)
    try:
        return xml_tree(plain.encode("utf-8"), path)
    except DocumentError:
        return html_tree(text, path)


def _chapter(name: str, seen: list[Seen]) -> list[Passage]:
    text = [each for each in seen if not each.note]
    notes = [each for each in seen if each.note]
    return [
        *(Passage(each.text, ((0, f"{name}, paragraph {n}"),), each.kind) for n, each in enumerate(text, 1)),
        *(Passage(each.text, ((0, f"{name}, note {n}"),), BlockKind.BODY) for n, each in enumerate(notes, 1)),
    ]


def _name(number: int, title: str | None, seen: list[Seen]) -> str:
    heading = next((each.text for each in seen if each.kind is BlockKind.HEADING), "")
    words = " ".join((title or heading).split())
    return f"chapter {number}" + (f" ({words[:_TITLE]})" if words else "")


def _path(base: str, target: str) -> str:
    """A link in the member `base` as a member's name."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(target.partition("#")[0])))
