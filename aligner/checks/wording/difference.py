"""The renderings of one sentence word by word: where they differ, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from aligner.checks.passages import Passage
from aligner.checks.wording.collate import collate, medoid
from aligner.checks.wording.judge import Cosine, Kind, Reason, Version, kind_of, reasons
from aligner.checks.wording.likeness import likeness
from aligner.checks.wording.spots import Place, Words, cuts, places
from aligner.checks.words.alignment import align_words
from aligner.encoders import Encoder
from aligner.errors import AlignerError

Stretch = tuple[int, int]
"""`[start, end)` in an article's document."""


@dataclass(frozen=True)
class Known:
    """What was found of the renderings before: by rendering the stretches with an error, and for each contrast of
    meaning its stretches."""

    errors: Mapping[str, Sequence[Stretch]]
    contrasts: Sequence[Mapping[str, Sequence[Stretch]]] = ()


NOTHING = Known({})


@dataclass(frozen=True, slots=True)
class Side:
    """A rendering's part of a place: `[start, end)` of its passage, of which `[start, stop)` are words.

    What follows the words is punctuation and blanks. All sides of a rendering join to its passage. `group` is the
    same for renderings with the same words.
    """

    start: int
    stop: int
    end: int
    group: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, with one side for each rendering; `reasons` say why it is of its kind, none where all are the same.

    `silent` are numbers of renderings that leave out the whole stretch around it; they are not compared here.
    """

    kind: Kind
    reasons: tuple[Reason, ...]
    sides: tuple[Side, ...]
    silent: tuple[int, ...] = ()


@dataclass(frozen=True)
class WordDifference:
    """Renderings of one sentence, collated upon `base`; `passages` in the order of `renderings`."""

    renderings: tuple[str, ...]
    base: str
    passages: tuple[Passage, ...]
    spots: tuple[Spot, ...]


def difference(
    renderings: Mapping[str, tuple[Passage, Passage]],
    encoder: Encoder,
    base: str | None = None,
    known: Known = NOTHING,
) -> WordDifference:
    """Two renderings or more of one sentence, each `(source, target)` by its id, collated upon `base`.

    Without `base` upon the medoid, which the others resemble most. Pure: the same values give the same places.
    Raises AlignerError for fewer than two renderings or a base that is none of them.
    """
    names = tuple(renderings)
    if len(names) < 2 or base not in (None, *names):
        raise AlignerError(
            f"{len(names)} renderings upon {base!r} cannot be collated", hint="give two, and one of them"
        )
    words, held = align_words(list(renderings.values()), encoder)
    versions = [Version(pair[1], pair[0], own) for pair, own in zip(renderings.values(), words, strict=True)]
    tables = {
        (a, b): likeness(one.words.target, other.words.target, (one.partners, other.partners), held)
        for (a, one), (b, other) in combinations(enumerate(versions), 2)
    }
    lengths = [len(version.words.target) for version in versions]
    on = medoid(lengths, tables) if base is None else names.index(base)
    texts = [[token.text for token in version.words.target] for version in versions]
    found = places(collate(lengths, tables, on), texts)
    stretches = cuts(
        [place.words for place in found],
        [[token.start for token in version.words.target] for version in versions],
        [len(version.passage.text) for version in versions],
    )
    cosine = _cosine(versions, [place.words for place in found if not place.same], encoder)
    spots = []
    for place, cut in zip(found, stretches, strict=True):
        why = () if place.same else _reasons(names, versions, place, cosine, known)
        kind = Kind.SAME if place.same else kind_of(why)
        spots.append(Spot(kind, why, _sides(versions, place.words, cut), tuple(sorted(place.silent))))
    return WordDifference(names, names[on], tuple(version.passage for version in versions), tuple(spots))


def _cosine(versions: Sequence[Version], found: Sequence[Words], encoder: Encoder) -> Cosine:
    """Compares phrases by their vectors; all that may be asked for are encoded in one call."""
    wanted = {
        version.text(content)
        for place in found
        for version, words in zip(versions, place, strict=True)
        if (content := version.content(words))
    }
    texts = sorted(wanted)
    vectors = dict(zip(texts, encoder.encode(texts), strict=True)) if texts else {}
    return lambda one, other: float(vectors[one] @ vectors[other])


def _sides(versions: Sequence[Version], place: Words, cut: Sequence[tuple[int, int]]) -> tuple[Side, ...]:
    groups: dict[tuple[str, ...], int] = {}
    out = []
    for version, words, (start, end) in zip(versions, place, cut, strict=True):
        tokens = [version.words.target[j] for j in words]
        group = groups.setdefault(version.written(words), len(groups))
        out.append(Side(start, tokens[-1].end if tokens else end, end, group))
    return tuple(out)


def _reasons(
    names: Sequence[str], versions: Sequence[Version], place: Place, cosine: Cosine, known: Known
) -> tuple[Reason, ...]:
    """Of all pairs that have other words there, and of what was found before; those of meaning first."""
    found: dict[Reason, None] = {}
    spans = {name: _span(version, words) for name, version, words in zip(names, versions, place.words, strict=True)}
    if any(_meets(spans[name], known.errors.get(name, ())) for name in names):
        found[Reason.FINDING] = None
    if any(sum(_meets(spans[name], one.get(name, ())) for name in names) > 1 for one in known.contrasts):
        found[Reason.CONTRAST] = None
    for a, b in combinations([k for k in range(len(names)) if k not in place.silent], 2):
        first, second = place.words[a], place.words[b]
        if versions[a].written(first) != versions[b].written(second):
            found |= dict.fromkeys(reasons(versions[a], first, versions[b], second, cosine))
    meaning = [reason for reason in found if kind_of([reason]) is Kind.MEANING]
    return tuple(meaning + [reason for reason in found if reason not in meaning])


def _span(version: Version, words: Sequence[int]) -> Stretch | None:
    """Where words stand in the article's document."""
    if not words:
        return None
    tokens, at = version.words.target, version.passage.at
    return at[tokens[words[0]].start], at[tokens[words[-1]].end - 1] + 1


def _meets(span: Stretch | None, others: Sequence[Stretch]) -> bool:
    return span is not None and any(span[0] < end and start < span[1] for start, end in others)
