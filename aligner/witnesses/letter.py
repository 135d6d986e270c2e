"""From witnesses to a letter: collated, emended, cut into sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from aligner.errors import WitnessError
from aligner.model import Document, Letter, Segment, Witness
from aligner.text.normalise import unwrap
from aligner.text.scripts import language_of
from aligner.text.sentences import sentences
from aligner.witnesses.collate import collate
from aligner.witnesses.cut import cut
from aligner.witnesses.emend import apply, emend
from aligner.witnesses.find import find
from aligner.witnesses.lexicon import Lexicon


def read_letter(
    id: str,  # noqa: A002
    witnesses: Sequence[Witness],
    *,
    language: str = "en",
    title: str = "",
    author: str = "",
    date: str = "",
    rejected: Collection[str] = (),
    lexicon: Lexicon | None = None,
) -> Letter:
    """The letter whose base is `witnesses[0]`; the others are collated with it and are evidence for emendations.

    `rejected` holds ids of emendations that are recorded and not applied; `lexicon` saves reading
    the default one again. Segments are the base's sentences, `s1`, `s2` ... in order.
    Raises WitnessError when there is no witness or no sentence, UnknownNameError when `rejected`
    names no emendation.
    """
    if not witnesses:
        raise WitnessError(f"letter {id} has no witness", hint="name a document and the letter's first and last words")
    base, others = witnesses[0], witnesses[1:]
    known = lexicon or Lexicon.load()
    emendations = emend(witnesses, known, rejected)
    text = base.document.text
    spans = sentences(text, language, base.start, base.end)
    if not spans:
        raise WitnessError(f"letter {id} has no sentence", where=base.document.name)
    segments = tuple(Segment(f"s{n}", span.start, span.end, span.of(text)) for n, span in enumerate(spans, 1))
    return Letter(
        id=id,
        language=language,
        base=base,
        segments=segments,
        readings=tuple(unwrap(apply(segment.text, segment.start, emendations)) for segment in segments),
        title=title,
        author=author,
        date=date,
        witnesses=tuple(witnesses),
        variants=tuple(variant for other in others for variant in collate(base, other, known)),
        emendations=emendations,
    )


def letter_from_document(
    document: Document,
    *,
    id: str,  # noqa: A002
    from_words: str | None = None,
    to_words: str | None = None,
    language: str | None = None,
) -> Letter:
    """The letter in `document`, without a manifest.

    Both pins: what stands between them. One pin: from there to the end, or from the beginning to
    there. None: the letter is found (see `aligner.witnesses.find`).
    Raises WitnessError when the words are not there or nothing looks like a letter's text.
    """
    if from_words is not None and to_words is not None:
        witness = cut(document, from_words, to_words, id)
    else:
        start, end = find(document, language)
        if from_words is not None:
            start = cut(document, from_words, from_words, id).start
            end = end if end > start else len(document.text.rstrip())
        elif to_words is not None:
            end = cut(document, to_words, to_words, id).end
            start = start if start < end else len(document.text) - len(document.text.lstrip())
        witness = Witness(id, document, start, end)
    return read_letter(id, [witness], language=language or language_of(witness.text))
