"""An alignment after a reviewer's word: only the stretch that the word concerns is computed again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aligner.encoders import Encoder
from aligner.engines.anchors import Anchors, Forbidden
from aligner.engines.article.absences import absences
from aligner.engines.article.align import Work, assemble, search
from aligner.engines.article.constraints import Constraints, Settled
from aligner.errors import AlignmentError
from aligner.model import Absence, AbsenceKind, Alignment, Document, Letter, Mode, Span, Status

Key = tuple[frozenset[str], frozenset[Span], Mode]


def realign_article(
    previous: Alignment, letter: Letter, target: Document, encoder: Encoder, *, anchors: Anchors
) -> Alignment:
    """`previous` with `anchors` kept.

    What changed is every confirmed link that is new or gone, and every forbidden pair that is linked. The
    stretch from the nearest confirmed link before it to the nearest behind it (those confirmed before and
    now; else to the document's edge) is aligned anew; the links outside stay as they are, and count as
    settled in it. Nothing changed: the links stay, all of them. A forbidden pair that is linked nowhere
    is remembered in whatever stretch is computed.

    Raises AlignmentError when `previous` aligns another letter or document, or an anchor fits neither.
    """
    _check(previous, letter, target)
    anchors.check(letter, target)
    work = Work(letter, target, encoder, previous.target.language)
    links = _links(previous)
    wanted = [Settled(c.source, c.target, c.mode, 1.0, Status.CONFIRMED) for c in anchors.confirmed]
    changed = _changed(links, wanted, anchors.forbidden)
    if not changed:
        return assemble(work, previous.rendering, links, previous.absences, anchors)
    stretch = _stretch(changed, links, wanted, len(target.text))
    kept = [part for link in links if link.status is not Status.CONFIRMED and (part := _beside(link, stretch))]
    found = search(work, Constraints((*wanted, *kept), anchors.forbidden, stretch))
    fresh = absences(letter.segments, found.decoded, found.evidence, encoder)
    before, after = _by_source(links), _by_source(found.links)
    same = {segment.id for segment in letter.segments if before.get(segment.id) == after.get(segment.id)}
    return assemble(work, previous.rendering, found.links, _merged(previous.absences, fresh, same), anchors)


def _check(previous: Alignment, letter: Letter, target: Document) -> None:
    if previous.source_segments != letter.segments:
        raise AlignmentError(f"{previous.rendering} aligns other segments than those of {letter.id}: align it anew")
    if previous.target.text_sha256 != target.text_sha256:
        raise AlignmentError(f"{previous.rendering} does not align {target.name} as it is: align it anew")


def _links(alignment: Alignment) -> list[Settled]:
    spans = {segment.id: Span(segment.start, segment.end) for segment in alignment.target_segments}
    return [
        Settled(link.source, tuple(spans[name] for name in link.target), link.mode, link.confidence, link.status)
        for link in alignment.links
    ]


def _key(link: Settled) -> Key:
    return frozenset(link.source), frozenset(link.target), link.mode


def _changed(links: Sequence[Settled], wanted: Sequence[Settled], forbidden: Iterable[Forbidden]) -> list[Span]:
    """The target spans that new and withdrawn words of reviewers concern."""
    confirmed = {_key(link) for link in links if link.status is Status.CONFIRMED}
    now = {_key(link) for link in wanted}
    spans = [span for link in wanted if _key(link) not in confirmed for span in link.target]
    spans += [
        span
        for link in links
        if link.status is Status.CONFIRMED and _key(link) not in now
        for span in link.target
    ]  # fmt: skip
    for ban in forbidden:
        for link in links:
            if set(ban.source) & set(link.source):
                spans += [span for span in link.target if any(span.overlap(other) for other in ban.target)]
    return spans


def _stretch(changed: Sequence[Span], links: Sequence[Settled], wanted: Sequence[Settled], length: int) -> Span:
    """From the kept confirmed link before what changed to the one behind it."""
    confirmed = {_key(link) for link in links if link.status is Status.CONFIRMED}
    kept = [span for link in wanted if _key(link) in confirmed for span in link.target]
    first, last = min(span.start for span in changed), max(span.end for span in changed)
    start = max((span.end for span in kept if span.end <= first), default=0)
    end = min((span.start for span in kept if span.start >= last), default=length)
    return Span(start, end)


def _beside(link: Settled, stretch: Span) -> Settled | None:
    """What a link has outside the stretch."""
    spans = tuple(span for span in link.target if not span.overlap(stretch))
    return replace(link, target=spans) if spans else None


def _by_source(links: Iterable[Settled]) -> dict[str, set[Key]]:
    found: dict[str, set[Key]] = {}
    for link in links:
        for name in link.source:
            found.setdefault(name, set()).add(_key(link))
    return found


def _merged(old: Sequence[Absence], new: Sequence[Absence], same: set[str]) -> tuple[Absence, ...]:
    """Old absences of segments whose links are the same (but `omitted` or `outside` as it is now), else new ones."""
    kinds = {absence.source: absence.kind for absence in new}
    names = list(dict.fromkeys(absence.source for absence in (*new, *old)))
    out: dict[str, list[Absence]] = {name: [] for name in names}
    for absence in old:
        whole = absence.kind is not AbsenceKind.PARTIAL
        if absence.source in same:
            kind = kinds.get(absence.source, absence.kind) if whole else absence.kind
            out[absence.source].append(
                Absence(absence.source, kind, absence.confidence, absence.start, absence.end, absence.text)
            )
    for absence in new:
        if absence.source not in same:
            out[absence.source].append(absence)
    return tuple(absence for name in names for absence in out[name])
