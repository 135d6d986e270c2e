"""What reviewers and checks said of each link, and as lines of text for formats that have notes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from aligner.formats.base import Comment, RenderingExport, number
from aligner.formats.texts import flat
from aligner.model import Finding, Link, Quoted, Segment
from aligner.review.annotations import ErrorAnnotation, EsaScore


class Remarks:
    """Annotations, scores, comments and findings of a rendering, by link.

    What has places in the rendering belongs to the links of the segments they touch; what has none, to
    the links of the source segments that it touches. What touches neither is in `loose`: an omission in
    a sentence without any link, an error in text between the links.
    """

    def __init__(self, rendering: RenderingExport) -> None:
        alignment = rendering.alignment
        self.loose: list[ErrorAnnotation] = []
        self.loose_findings: list[Finding] = []
        self._annotations: defaultdict[str, list[ErrorAnnotation]] = defaultdict(list)
        self._findings: defaultdict[str, list[Finding]] = defaultdict(list)
        self._scores: defaultdict[str, list[EsaScore]] = defaultdict(list)
        self._comments: defaultdict[str, list[Comment]] = defaultdict(list)
        self._source, self._target = _Line(alignment.source_segments), _Line(alignment.target_segments)
        self._links: defaultdict[str, list[str]] = defaultdict(list)
        for link in alignment.links:
            for name in (*link.source, *link.target):
                self._links[name].append(link.id)
        for annotation in rendering.annotations:
            names = self._touched(annotation.source, annotation.target)
            for name in names:
                self._annotations[name].append(annotation)
            self.loose += [] if names else [annotation]
        for finding in rendering.findings:
            sides = [(span,) if span else () for span in (finding.source, finding.target)]
            names = self._touched(*sides)
            for name in names:
                self._findings[name].append(finding)
            self.loose_findings += [] if names else [finding]
        for score in rendering.scores:
            if score.sentence is not None:
                for name in dict.fromkeys([*self._links.get(score.sentence, ()), score.sentence]):
                    self._scores[name].append(score)
        for comment in rendering.comments:
            if comment.link is not None:
                self._comments[comment.link].append(comment)

    def annotations(self, link: Link) -> Sequence[ErrorAnnotation]:
        """Errors that reviewers marked in `link`, in the order given."""
        return self._annotations.get(link.id, ())

    def findings(self, link: Link) -> Sequence[Finding]:
        """What checks found in `link`, in the order of the alignment."""
        return self._findings.get(link.id, ())

    def scores(self, name: str) -> Sequence[EsaScore]:
        """Scores of the sentence `name`: a link's id gives those of its source segments too."""
        return self._scores.get(name, ())

    def comments(self, link: Link) -> Sequence[Comment]:
        """Comments on `link`."""
        return self._comments.get(link.id, ())

    def said(self, link: Link) -> Iterator[str]:
        """Error annotations, scores and comments on `link`, in English, one line each, in the order given."""
        yield from map(annotation_line, self.annotations(link))
        for score in self.scores(link.id):
            yield f"{flat(score.reviewer)}: score {number(score.score)} of 100"
        for comment in self.comments(link):
            yield f"{flat(comment.reviewer)}: {flat(comment.text)}"

    def _touched(self, source: Iterable[Quoted], target: Iterable[Quoted]) -> list[str]:
        segments = [name for span in target for name in self._target.touched(span)]
        if not segments:
            segments = [name for span in source for name in self._source.touched(span)]
        return list(dict.fromkeys(link for name in segments for link in self._links[name]))


class _Line:
    """Segments by offset."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._starts = [segment.start for segment in segments]
        self._ends = [segment.end for segment in segments]

    def touched(self, span: Quoted) -> list[str]:
        """Ids of the segments that share a character with `span`, or hold it when it is empty."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, max(span.end, span.start + 1))
        return [segment.id for segment in self._segments[first:last]]


def annotation_line(annotation: ErrorAnnotation) -> str:
    """`reviewer: major accuracy/mistranslation: "words" -> "words"; comment; suggested: text`."""
    kind = " ".join(filter(None, (annotation.severity, annotation.category)))
    places = " -> ".join(filter(None, (_words(annotation.source), _words(annotation.target))))
    parts = [f"{annotation.reviewer}: {kind}: {places}", annotation.comment]
    if annotation.correction is not None:
        parts.append(f"suggested: {annotation.correction}")
    return flat("; ".join(filter(None, parts)))


def finding_line(finding: Finding, language: str = "en") -> str:
    """`numbers: minor accuracy/mistranslation: message`, in `language` if the finding speaks it."""
    message = finding.messages.get(language) or finding.messages.get("en", "")
    return flat(f"{finding.check}: {finding.severity.value} {finding.category}: {message}")


def _words(spans: Iterable[Quoted]) -> str:
    return " ... ".join(f'"{span.text}"' for span in spans)
