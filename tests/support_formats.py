"""Small letters and alignments for tests of formats, made by hand or by hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from aligner.model import (
    Absence,
    AbsenceKind,
    Alignment,
    Document,
    Emendation,
    Finding,
    Letter,
    Link,
    Mode,
    Place,
    Quoted,
    Residue,
    ResidueKind,
    Segment,
    Severity,
    Side,
    Signature,
    Span,
    Status,
    Witness,
    sha256_of,
)

SIGNATURE = Signature("0.1.0", "test", "none", {"b": [1, 2.5], "a": {"z": None, "y": "是"}})


def document_of(name: str, text: str) -> Document:
    data = text.encode("utf-8", "surrogatepass")
    return Document(name, data.decode("utf-8", "surrogatepass"), sha256_of(data), "utf-8")


def laid_out(prefix: str, texts: Sequence[str], gaps: Sequence[str] | None = None) -> tuple[tuple[Segment, ...], str]:
    """Segments of `texts` one after the other and the text they stand in; `gaps[i]` stands before segment i."""
    segments, whole = [], ""
    for index, piece in enumerate(texts):
        whole += gaps[index] if gaps else ("\n" if index else "")
        segments.append(Segment(f"{prefix}{index + 1}", len(whole), len(whole) + len(piece), piece))
        whole += piece
    return tuple(segments), whole


def letter_of(
    texts: Sequence[str],
    readings: Sequence[str] | None = None,
    emendations: tuple[Emendation, ...] = (),
    gaps: Sequence[str] | None = None,
) -> Letter:
    segments, whole = laid_out("s", texts, gaps)
    document = document_of("source.txt", whole)
    witness = Witness("w1", document, 0, len(whole))
    return Letter("robot", "en", witness, segments, tuple(readings or texts), "Title", emendations=emendations)


def alignment_of(
    letter: Letter,
    targets: Sequence[str],
    links: Sequence[Link] | None = None,
    *,
    rendering: str = "robot-a",
    language: str = "zh-Hans",
    gaps: Sequence[str] | None = None,
    **more: Any,
) -> Alignment:
    """An alignment of `letter`; without `links`, its segments and `targets` pair up one to one."""
    base = letter.base.document
    segments, whole = laid_out("t", targets, gaps)
    # Surrogates cannot be hashed as UTF-8, and no hash of a target matters here.
    target_hash = sha256_of(whole.encode("utf-8", "surrogatepass"))
    if links is None:
        links = [
            Link(f"l{index + 1}", (source.id,), (target.id,), Mode.DIRECT, 0.98)
            for index, (source, target) in enumerate(zip(letter.segments, segments, strict=True))
        ]
    region = Span(segments[0].start, segments[-1].end) if segments else None
    return Alignment(
        letter.id,
        rendering,
        Side(base.name, base.sha256, base.sha256, letter.language),
        Side(f"{rendering}.txt", target_hash, target_hash, language, region),
        SIGNATURE,
        letter.segments,
        segments,
        tuple(links),
        **more,
    )


TEXTS = st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
SHARES = st.floats(0, 1).map(lambda value: round(value, 4))
NAMES = st.text(min_size=1, max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(st.text(max_size=5), VALUES, max_size=3)


@st.composite
def quoted(draw: st.DrawFn) -> Quoted:
    text, start = draw(st.text(max_size=12)), draw(st.integers(0, 10**6))
    return Quoted(start, start + len(text), text)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    place = draw(quoted())
    return Finding(
        draw(NAMES),
        draw(NAMES),
        draw(st.sampled_from(["accuracy/mistranslation", "terminology/wrong term"])),
        draw(st.sampled_from(Severity)),
        draw(st.none() | quoted()),
        draw(st.none() | quoted()),
        draw(SHARES),
        {"en": draw(st.text(max_size=9)), "zh": draw(st.text(max_size=9))},
        (Place("robot-b", draw(st.sampled_from(["source", "target"])), place.start, place.end, place.text),),
        draw(OBJECTS),
    )


@st.composite
def letters_with_alignments(draw: st.DrawFn) -> tuple[Letter, Alignment]:
    """A letter and an alignment with everything a file can hold: crossings, m:n, absences, residue, findings."""
    letter = letter_of(draw(st.lists(TEXTS, min_size=1, max_size=5)))
    targets = draw(st.lists(TEXTS, max_size=5))
    gaps = [draw(st.text(max_size=6)) for _ in targets]
    segments, _ = laid_out("t", targets, gaps)
    residue, last = [], 0
    for segment, gap in zip(segments, gaps, strict=True):
        if gap and draw(st.booleans()):
            residue.append(Residue(last, segment.start, gap, draw(st.sampled_from(ResidueKind))))
        last = segment.end
    groups: dict[int, list[str]] = {}
    for segment in segments:
        groups.setdefault(draw(st.integers(0, 3)), []).append(segment.id)
    names = [segment.id for segment in letter.segments]
    links = [
        Link(
            f"l{number}",
            tuple(draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))),
            tuple(members),
            draw(st.sampled_from(Mode)),
            draw(SHARES),
            draw(st.sampled_from(Status)),
        )
        for number, members in groups.items()
    ]
    linked = {name for link in links for name in link.source}
    absences = []
    for item in letter.segments:
        if item.id not in linked:
            kind = draw(st.sampled_from([AbsenceKind.OMITTED, AbsenceKind.OUTSIDE]))
            absences.append(Absence(item.id, kind, draw(SHARES)))
        elif draw(st.booleans()):
            end = draw(st.integers(item.start + 1, item.end))
            text = letter.base.document.text[item.start : end]
            absences.append(Absence(item.id, AbsenceKind.PARTIAL, draw(SHARES), item.start, end, text))
    alignment = alignment_of(
        letter,
        targets,
        links,
        gaps=gaps,
        language=draw(st.sampled_from(["zh-Hans", "zh-Hant"])),
        absences=tuple(absences),
        residue=tuple(residue),
        findings=tuple(draw(st.lists(findings(), max_size=2))),
    )
    return letter, alignment
