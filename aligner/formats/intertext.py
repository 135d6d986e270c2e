"""InterText: two documents of TEI, sentence by sentence, and a file of links beside them.

One zip file holds, for each rendering, `<rendering>.<language>.xml` of both sides and
`<rendering>.links.xml`. `toDoc` is the letter, `fromDoc` the rendering, as in the files of corpora
that were made with InterText; its editor imports the three. Segments are elements `s` with the ids
`1:1`, `1:2`, ... (paragraph, sentence) that it gives; `n` keeps the segment's own id, `type` the kind
of residue, which stands in links of its own, and `corresp` the offsets in the document as received.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from aligner.formats.base import LetterExport, NoOptions, RenderingExport
from aligner.formats.beads import Sentence, merged_beads, target_sentences
from aligner.formats.packing import packed
from aligner.formats.pieces import each_rendering, element_bytes
from aligner.formats.texts import flat
from aligner.model import Segment, Side, Status

HEAD = b"<?xml version='1.0' encoding='utf-8'?>\n"
_STATUS = {Status.AUTO: "auto", Status.NEEDS_REVIEW: "auto", Status.CONFIRMED: "man", Status.IMPORTED: "man"}


def intertext_chunks(exports: Iterable[LetterExport], options: NoOptions) -> Iterator[bytes]:  # noqa: ARG001
    """The zip file of any number of letters."""
    return packed(_files(exports))


def document_name(rendering: RenderingExport, language: str) -> str:
    """The name of one side's document in the zip file."""
    return f"{rendering.id}.{language}.xml"


def _files(exports: Iterable[LetterExport]) -> Iterator[tuple[str, Iterator[bytes]]]:
    for _, rendering in each_rendering(exports):
        alignment = rendering.alignment
        names = []
        for side, segments in (
            (alignment.source, alignment.source_segments),
            (alignment.target, target_sentences(alignment)),
        ):
            names.append(document_name(rendering, side.language))
            yield names[-1], _document(side, segments)
        yield f"{rendering.id}.links.xml", _links(rendering, names)


def _document(side: Side, segments: Sequence[Sentence]) -> Iterator[bytes]:
    root = etree.Element("text", {"{http://www.w3.org/XML/1998/namespace}lang": side.language})
    root.set("n", flat(side.document))
    yield HEAD + element_bytes(root).removesuffix(b"/>\n") + b">\n  <body>\n"
    # InterText wants a paragraph, even for a text without a sentence.
    yield b'    <p id="1">\n' if segments else b'    <p id="1"/>\n'
    for place, segment in enumerate(segments, 1):
        element = etree.Element("s", id=f"1:{place}")
        if isinstance(segment, Segment):
            element.set("n", flat(segment.id))
        else:
            element.set("type", segment.kind.value)
        element.set("corresp", f"#char={segment.start},{segment.end}")
        element.text = flat(segment.text)
        yield element_bytes(element, 3)
    yield (b"    </p>\n" if segments else b"") + b"  </body>\n</text>\n"


def _links(rendering: RenderingExport, names: Sequence[str]) -> Iterator[bytes]:
    root = etree.Element("linkGrp", toDoc=flat(names[0]), fromDoc=flat(names[1]))
    statuses: dict[int, set[Status]] = {}
    at = {segment.id: place for place, segment in enumerate(rendering.alignment.source_segments)}
    for link in rendering.alignment.links:
        for name in link.source:
            statuses.setdefault(at[name], set()).add(link.status)
    beads = merged_beads(rendering.alignment)
    yield HEAD + (element_bytes(root).removesuffix(b"/>\n") + b">\n" if beads else element_bytes(root))
    for bead in beads:
        sides = [" ".join(f"1:{place + 1}" for place in side) for side in (bead.source, bead.target)]
        found = {status for place in bead.source for status in statuses.get(place, ())}
        settled = bool(found) and all(_STATUS[status] == "man" for status in found)
        element = etree.Element(
            "link",
            type=f"{len(bead.source)}-{len(bead.target)}",
            xtargets=";".join(sides),
            status="man" if settled else "auto",
            mark="0",
        )
        yield element_bytes(element, 1)
    yield b"</linkGrp>\n" if beads else b""
