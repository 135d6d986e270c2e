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
from aligner.formats.texts import flat
from aligner.model import Segment, Side, Status

_STATUS = {Status.AUTO: "auto", Status.NEEDS_REVIEW: "auto", Status.CONFIRMED: "man", Status.IMPORTED: "man"}


def export_intertext(export: LetterExport, options: NoOptions) -> bytes:  # noqa: ARG001
    """The zip file of an export."""
    return packed(_files(export.renderings))


def document_name(rendering: RenderingExport, language: str) -> str:
    """The name of one side's document in the zip file."""
    return f"{rendering.id}.{language}.xml"


def _files(renderings: Iterable[RenderingExport]) -> Iterator[tuple[str, bytes]]:
    for rendering in renderings:
        alignment = rendering.alignment
        names = []
        for side, segments in (
            (alignment.source, alignment.source_segments),
            (alignment.target, target_sentences(alignment)),
        ):
            names.append(document_name(rendering, side.language))
            yield names[-1], _bytes(_document(side, segments))
        yield f"{rendering.id}.links.xml", _bytes(_links(rendering, names))


def _document(side: Side, segments: Sequence[Sentence]) -> etree._Element:
    root = etree.Element("text", {"{http://www.w3.org/XML/1998/namespace}lang": side.language})
    root.set("n", flat(side.document))
    # InterText wants a paragraph, even for a text without a sentence.
    paragraph = etree.SubElement(etree.SubElement(root, "body"), "p", id="1")
    for place, segment in enumerate(segments, 1):
        element = etree.SubElement(paragraph, "s", id=f"1:{place}")
        if isinstance(segment, Segment):
            element.set("n", flat(segment.id))
        else:
            element.set("type", segment.kind.value)
        element.set("corresp", f"#char={segment.start},{segment.end}")
        element.text = flat(segment.text)
    return root


def _links(rendering: RenderingExport, names: Sequence[str]) -> etree._Element:
    root = etree.Element("linkGrp", toDoc=flat(names[0]), fromDoc=flat(names[1]))
    statuses: dict[int, set[Status]] = {}
    at = {segment.id: place for place, segment in enumerate(rendering.alignment.source_segments)}
    for link in rendering.alignment.links:
        for name in link.source:
            statuses.setdefault(at[name], set()).add(link.status)
    for bead in merged_beads(rendering.alignment):
        sides = [" ".join(f"1:{place + 1}" for place in side) for side in (bead.source, bead.target)]
        found = {status for place in bead.source for status in statuses.get(place, ())}
        settled = bool(found) and all(_STATUS[status] == "man" for status in found)
        etree.SubElement(
            root,
            "link",
            type=f"{len(bead.source)}-{len(bead.target)}",
            xtargets=";".join(sides),
            status="man" if settled else "auto",
            mark="0",
        )
    return root


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
