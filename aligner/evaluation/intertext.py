"""Link files of InterText: sentence ids of two documents that stand beside them.

The first side of a link (`toDoc`) is the source, the second (`fromDoc`) the target.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from aligner.errors import DocumentError
from aligner.evaluation.beads import Bead, BeadFile


@dataclass(frozen=True)
class Chapter:
    """Two texts, sentence by sentence, and the beads between them."""

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    file: BeadFile

    @property
    def beads(self) -> tuple[Bead, ...]:
        """The beads, in the order of the file."""
        return self.file.beads


def is_link_file(path: Path) -> bool:
    """Whether an XML file holds links (and not the sentences of a document); any fault counts as yes."""
    try:
        return str(_root(path).tag).rpartition("}")[2] == "linkGrp"
    except DocumentError:
        return True


def read_folder(folder: Path) -> tuple[Chapter, ...]:
    """Every link file of a folder, by name. Raises DocumentError as `read_chapter` does."""
    return tuple(read_chapter(path) for path in sorted(folder.glob("*.xml")) if is_link_file(path))


def read_chapter(path: Path) -> Chapter:
    """A link file with its two documents.

    Its name is what the documents' names have in common at the beginning (`x.001` for `x.001_en.xml`
    and `x.001_zh.xml`), or its own stem if that is nothing. Raises DocumentError for what is not XML,
    a document that is missing, and, with the line, an id that the document does not have.
    """
    group = _root(path)
    if str(group.tag).rpartition("}")[2] != "linkGrp":  # lxml's QName refuses some names that its parser takes
        raise DocumentError("not an InterText link file: its first element is not linkGrp", where=str(path))
    documents = [_document_name(group, key, path) for key in ("toDoc", "fromDoc")]
    texts = [_sentences(path.parent / name) for name in documents]
    numbers = [{key: number for number, key in enumerate(text)} for text in texts]
    beads = tuple(_bead(link, numbers, documents, path) for link in group.iter("{*}link"))
    name = _common_name(*documents) or path.stem
    totals = (len(texts[0]), len(texts[1]))
    file = BeadFile(str(path), (path.stem, path.name, name), beads, totals)
    return Chapter(name, tuple(texts[0].values()), tuple(texts[1].values()), file)


def _root(path: Path) -> etree._Element:
    # Links and sentences need neither entities nor anything from elsewhere.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        raise DocumentError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise DocumentError(f"not XML: {error.msg}", where=f"{path}:{line}:{column}") from error


def _document_name(group: etree._Element, key: str, path: Path) -> str:
    if name := group.get(key):
        return str(name)
    raise DocumentError(f"linkGrp has no {key}", where=str(path))


def _common_name(first: str, second: str) -> str:
    """The pieces that two file names share at the beginning: `x.001` of `x.001_en.xml`, `x.001_es.xml`."""
    pieces = [re.findall(r"[^._-]*[._-]*", Path(name).stem) for name in (first, second)]
    shared = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(*pieces, strict=False))
    return "".join(piece for piece, _ in shared).rstrip("._-")


def _sentences(path: Path) -> dict[str, str]:
    """Sentence id -> text, in order."""
    found: dict[str, str] = {}
    for element in _root(path).iter("{*}s"):
        key = element.get("id") or element.get("{http://www.w3.org/XML/1998/namespace}id") or ""
        if not key or key in found:
            fault = f"two sentences have the id {key}" if key else "a sentence without id"
            raise DocumentError(fault, where=f"{path}:{element.sourceline}")
        found[key] = "".join(str(piece) for piece in element.itertext())
    if not found:
        raise DocumentError("no sentences: there is no element s", where=str(path))
    return found


def _bead(link: etree._Element, numbers: list[dict[str, int]], documents: list[str], path: Path) -> Bead:
    where = f"{path}:{link.sourceline}"
    parts = (link.get("xtargets") or "").split(";")
    if len(parts) != 2:
        raise DocumentError("a link's xtargets need one ';'", where=where, hint="for instance xtargets='1:1;1:1 1:2'")
    sides = []
    for part, known, document in zip(parts, numbers, documents, strict=True):
        for key in part.split():
            if key not in known:
                raise DocumentError(f"{document} has no sentence {key}", where=where)
        side = sorted(known[key] for key in part.split())
        if len(set(side)) < len(side):
            raise DocumentError(f"a sentence of {document} stands twice in one link: {part.strip()}", where=where)
        sides.append(tuple(side))
    return Bead(sides[0], sides[1])
