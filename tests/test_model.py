"""Values that refuse to be wrong, and say which rule they break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligner.errors import AlignmentError
from aligner.model import (
    Absence,
    AbsenceKind,
    Alignment,
    Block,
    BlockKind,
    Document,
    Link,
    Mode,
    Residue,
    ResidueKind,
    Segment,
    Side,
    Signature,
    Span,
)

ENGLISH = (Segment("s1", 0, 4, "One."), Segment("s2", 5, 9, "Two."), Segment("s3", 10, 16, "Three."))
CHINESE = (Segment("t1", 3, 5, "一。"), Segment("t2", 9, 11, "三。"))
GOOD = Alignment(
    letter="count",
    rendering="count-1",
    source=Side("a.txt", "0" * 64, "0" * 64, "en"),
    target=Side("b.txt", "0" * 64, "0" * 64, "zh-Hans", Span(3, 11)),
    signature=Signature("0", "test", "none"),
    source_segments=ENGLISH,
    target_segments=CHINESE,
    links=(Link("l1", ("s1",), ("t1",), Mode.DIRECT, 0.9), Link("l2", ("s3",), ("t2",), Mode.DIRECT, 0.9)),
    absences=(Absence("s2", AbsenceKind.OMITTED, 0.8), Absence("s3", AbsenceKind.PARTIAL, 0.5, 10, 15, "Three")),
    residue=(Residue(6, 8, "旁白", ResidueKind.COMMENTARY), Residue(9, 10, "三", ResidueKind.ADDITION)),
)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"links": GOOD.links[:1]}, "target segment t2 stands in no link"),
        ({"links": (*GOOD.links, Link("l3", ("s2",), ("t2",), Mode.DIRECT, 0.5))}, "t2 stands in two links"),
        ({"links": (*GOOD.links[:1], replace(GOOD.links[1], id="l1"))}, "two links have the id l1"),
        ({"links": (*GOOD.links[:1], replace(GOOD.links[1], source=("s9",)))}, "unknown source segment s9"),
        ({"links": (*GOOD.links[:1], replace(GOOD.links[1], target=("t9",)))}, "unknown target segment t9"),
        ({"absences": GOOD.absences[1:]}, "s2 is neither linked nor absent"),
        ({"absences": (*GOOD.absences, Absence("s1", AbsenceKind.OMITTED, 1.0))}, "both linked and omitted"),
        ({"absences": (*GOOD.absences, GOOD.absences[0])}, "s2 is absent twice"),
        (
            {"absences": (GOOD.absences[0], Absence("s3", AbsenceKind.PARTIAL, 0.5, 8, 13, "o.Thr"))},
            "outside the segment",
        ),
        ({"absences": (*GOOD.absences, Absence("s9", AbsenceKind.OMITTED, 1.0))}, "unknown source segment s9"),
        ({"residue": (Residue(4, 6, "。旁", ResidueKind.COMMENTARY),)}, "overlaps what stands before it"),
        ({"residue": (Residue(10, 12, "。余", ResidueKind.ADDITION),)}, "overlaps what stands before it"),
        ({"target": replace(GOOD.target, region=Span(3, 10))}, "region does not run from the first to the last"),
        ({"target": replace(GOOD.target, region=None)}, "region does not run from the first to the last"),
        ({"source_segments": ENGLISH[::-1]}, "overlaps or precedes"),
        ({"source_segments": (*ENGLISH[:2], replace(ENGLISH[2], id="t1"))}, "two segments have the id t1"),
    ],
)
def test_a_wrong_alignment_cannot_be_built(change: dict[str, object], message: str) -> None:
    with pytest.raises(AlignmentError, match=message):
        replace(GOOD, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Span(3, 3), "empty or negative"),
        (lambda: Segment("s1", 0, 3, "One."), "does not fit its text"),
        (lambda: Segment("s1", 0, 2, "  "), "is blank"),
        (lambda: Link("l1", (), ("t1",), Mode.DIRECT, 0.5), "empty side"),
        (lambda: Link("l1", ("s1", "s1"), ("t1",), Mode.DIRECT, 0.5), "names a segment twice"),
        (lambda: Link("l1", ("s1",), ("t1",), Mode.DIRECT, 1.5), "not between 0 and 1"),
        (lambda: Absence("s1", AbsenceKind.OMITTED, 7.0), "not between 0 and 1"),
        (lambda: Absence("s1", AbsenceKind.OMITTED, 0.5, 0, 3, "One"), "names a part"),
        (lambda: Absence("s1", AbsenceKind.PARTIAL, 0.5, 0, 3, "On"), "does not fit its text"),
        (lambda: Residue(0, 3, "一二", ResidueKind.ECHO), "does not fit its text"),
        (lambda: Document("a", "text", "0", "utf-8", (Block(2, 9, BlockKind.BODY),)), "leaves the text"),
    ],
)
def test_a_wrong_value_cannot_be_built(build: object, message: str) -> None:
    with pytest.raises(AlignmentError, match=message):
        build()  # type: ignore[operator]
