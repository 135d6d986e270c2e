"""A letter and its alignments with the decisions of reviewers over them."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.corpus import Corpus, LetterEntry
from aligner.model import Alignment, Letter
from aligner.pipeline.publishing import published, rejected_emendations
from aligner.review.decisions import WHOLE, Decision
from aligner.review.judgements import Texts
from aligner.review.replay import Replayed


def as_reviewed(corpus: Corpus, letter_id: str, decisions: Sequence[Decision]) -> Letter:
    """The letter with its emendations as reviewers left them, whatever the manifest says of those they judged."""
    letter = corpus.letter(letter_id)
    document = letter.base.document
    texts = Texts.of(document, document)
    ours = [each for each in decisions if each.letter == letter_id and each.rendering == WHOLE]
    rejected = rejected_emendations(ours, letter, texts)
    if set(rejected) == {each.id for each in letter.emendations if each.rejected}:
        return letter
    return corpus.letter_without(letter_id, rejected)


def review(
    corpus: Corpus, entry: LetterEntry, alignments: Sequence[Alignment], decisions: Sequence[Decision]
) -> tuple[Replayed, ...]:
    """What is published of a letter's alignments."""
    ours = [each for each in decisions if each.letter == entry.id]
    found = []
    for alignment in alignments:
        source = corpus.letter(entry.id).base.document
        target = corpus.document(corpus.rendering(entry.id, alignment.rendering).document)
        texts = Texts.of(source, target)
        found.append(published(alignment, ours, texts))
    return tuple(found)
