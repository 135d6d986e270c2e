"""A corpus's alignments to bytes in any registered format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from aligner.corpus import Corpus, LetterEntry, RenderingEntry
from aligner.errors import AlignerError, UnknownNameError
from aligner.formats import Comment, Format, LetterExport, RenderingExport, RenderingInfo, find_format
from aligner.model import Alignment, Letter, Quoted
from aligner.pipeline.reviewed import as_reviewed, review
from aligner.review.annotations import EsaScore
from aligner.review.decisions import Decision
from aligner.review.history import standing
from aligner.review.judgements import DONE, Texts, judgements
from aligner.review.typologies import Typology

REBUILD = "run 'aligner build' first"


def letter_export(
    corpus: Corpus, entry: LetterEntry, letter: Letter, alignments: Mapping[str, Alignment]
) -> LetterExport:
    """The letter with `alignments` (by rendering) in the manifest's order, and what the manifest says of them."""
    return LetterExport(
        letter,
        tuple(
            RenderingExport(alignments[item.id], rendering_info(corpus, item))
            for item in entry.renderings
            if item.id in alignments
        ),
    )


def rendering_info(corpus: Corpus, entry: RenderingEntry) -> RenderingInfo:
    """Outlet, date and title; what the rendering's entry leaves open comes from its document's."""
    document = next(item for item in corpus.manifest.documents if item.file == entry.document)
    return RenderingInfo(entry.outlet or document.outlet, entry.date or document.date, document.title)


def built(corpus: Corpus, letter_id: str, renderings: Sequence[str] = ()) -> tuple[Letter, dict[str, Alignment]]:
    """A letter and its alignments as built, in the manifest's order, only `renderings` if any are given.

    Raises UnknownNameError for an unknown id; AlignerError when what was asked for has not been
    built, or was built from another state of its documents.
    """
    entry = corpus.entry(letter_id)
    known = [item.id for item in entry.renderings]
    for name in renderings:
        if name not in known:
            raise UnknownNameError("rendering", name, known, where=f"letter {letter_id}")
    wanted = [name for name in known if not renderings or name in renderings]
    found = {name: corpus.alignment(letter_id, name) for name in wanted}
    alignments = {name: alignment for name, alignment in found.items() if alignment is not None}
    missing = [name for name in wanted if name not in alignments]
    if missing and (renderings or not alignments):
        raise AlignerError(f"{', '.join(missing)} not built yet", where=str(corpus.folder), hint=REBUILD)
    letter = corpus.letter(letter_id)
    documents = {item.id: item.document for item in entry.renderings}
    for name, alignment in alignments.items():
        now = (letter.base.document.text_sha256, corpus.document(documents[name]).text_sha256)
        if now != (alignment.source.text_sha256, alignment.target.text_sha256):
            raise AlignerError(
                "was built from other documents than those here", where=f"rendering {name}", hint=REBUILD
            )
    return letter, alignments


def export(
    corpus: Corpus,
    letter_id: str,
    format_name: str,
    *,
    renderings: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
    decisions: Sequence[Decision] | None = None,
    typologies: Sequence[Typology] = (),
) -> bytes:
    """The built alignments of a letter in a format; one rendering alone in the format's form for that.

    With `decisions` (the log of reviewers) they are the engine's own with these over them, whether or not they were
    built since, and carry what reviewers said; findings stay those that were built. `settings` are the format's
    options as a person types them, `typologies` a team's own. Raises UnknownNameError for an unknown id, format or
    setting, AlignerError for a setting's value, and what `built` raises.
    """
    wanted = find_format(format_name)
    options = typed_options(wanted, settings or {})
    letter, alignments = built(corpus, letter_id, renderings)
    if decisions is not None:
        letter, alignments = reviewed(corpus, letter, alignments, decisions)
    data = letter_export(corpus, corpus.entry(letter_id), letter, alignments)
    if decisions is not None:
        data = with_words(corpus, data, decisions, typologies)
    alone = len(renderings) == 1 and wanted.per_rendering is not None
    return (wanted.per_rendering if alone and wanted.per_rendering else wanted.per_letter)(data, options)


def reviewed(
    corpus: Corpus, letter: Letter, alignments: Mapping[str, Alignment], decisions: Sequence[Decision]
) -> tuple[Letter, dict[str, Alignment]]:
    """The letter and what is published of it: the engine's own alignments with `decisions` over them.

    Findings are those of `alignments`, as built. Raises AlignerError when an engine's alignment is of other documents.
    """
    entry = corpus.entry(letter.id)
    automatic = {name: corpus.automatic(letter.id, name) or made for name, made in alignments.items()}
    replayed = review(corpus, entry, tuple(automatic.values()), decisions)
    found = {
        name: replace(each.alignment, findings=alignments[name].findings)
        for name, each in zip(automatic, replayed, strict=True)
    }
    return as_reviewed(corpus, letter.id, decisions), found


def with_words(
    corpus: Corpus, data: LetterExport, decisions: Sequence[Decision], typologies: Sequence[Typology] = ()
) -> LetterExport:
    """`data` with reviewers' errors (after adjudication), scores and comments of each rendering.

    `typologies` are a team's own, which the store keeps.
    """
    letter = data.letter
    source = letter.base.document
    sentences = {(s.start, s.end): s.id for s in letter.segments}
    renderings = []
    for each in data.renderings:
        target = corpus.document(corpus.rendering(letter.id, each.id).document)
        texts = Texts.of(source, target)
        ours = [d for d in decisions if (d.letter, d.rendering) == (letter.id, each.id)]
        found = judgements(standing(ours), texts)
        scores = tuple(
            EsaScore(d.reviewer, each.id, value.score, sentences[span] if span else None)
            for d, value in found.scores
            for span in [(value.sentence.start, value.sentence.end) if value.sentence else None]
            if span is None or span in sentences
        )
        comments = tuple(
            Comment(d.reviewer, value.text, _link_of(each.alignment, value.source, value.target))
            for d, value in found.comments
        )
        judged = frozenset(verdict.finding for _, verdict in found.verdicts)
        done = tuple(pair for name in found.reviewers for pair in _done(ours, name, texts))
        errors = found.published()
        renderings.append(replace(each, annotations=errors, scores=scores, comments=comments, judged=judged, done=done))
    return LetterExport(letter, tuple(renderings), tuple(typologies))


def _done(decisions: Sequence[Decision], reviewer: str, texts: Texts) -> list[tuple[str, Quoted | None]]:
    """The sentences that one reviewer called done, None for the rendering: each has their own word on how far it is."""
    own = judgements((each for each in standing(decisions) if each.reviewer == reviewer), texts)
    return [(reviewer, work.sentence) for _, work in own.work if work.state == DONE]


def _link_of(alignment: Alignment, source: Sequence[Quoted], target: Sequence[Quoted]) -> str | None:
    """The first link that holds one of these spans, None when none does: then the comment is of the rendering."""
    segments = {s.id: s for s in (*alignment.source_segments, *alignment.target_segments)}
    sides = [(target, [link.target for link in alignment.links]), (source, [link.source for link in alignment.links])]
    for spans, every in sides:
        for link, names in zip(alignment.links, every, strict=True):
            if any(s.start <= q.start < s.end for q in spans for s in (segments[name] for name in names)):
                return link.id
    return None


def typed_options(wanted: Format, settings: Mapping[str, str]) -> Any:
    """The options of a format from texts: `true`, `0.5`, `word`, as the option's default is.

    Raises UnknownNameError for an unknown setting, AlignerError for a value of the wrong kind.
    """
    defaults = {item.name: item.default for item in fields(wanted.options)}
    return wanted.configure({name: _typed(name, text, defaults.get(name, text)) for name, text in settings.items()})


def _typed(name: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        if text.lower() not in {"true", "false"}:
            raise AlignerError(f"{name} is {text!r}", hint="write true or false")
        return text.lower() == "true"
    if isinstance(default, int | float):
        try:
            return type(default)(text)
        except ValueError as error:
            raise AlignerError(f"{name} is {text!r}", hint="write a number") from error
    return text
