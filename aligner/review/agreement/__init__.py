"""How far reviewers agree, on quality and on alignment; docs/scores.md defines every figure.

alpha.py          Krippendorff's alpha of scores, severities and categories
ratings.py        error annotations -> the units that alpha compares
spans.py          character-level F1 of marked spans, with partial credit
ranking.py        whether two reviewers put renderings in the same order
links.py          links and boundaries of two alignments
disagreements.py  where they differ, worst first
"""

from aligner.review.agreement.alpha import Level, alpha
from aligner.review.agreement.disagreements import Disagreement, of_links, of_ratings, of_spans, worst_first
from aligner.review.agreement.links import boundary_agreement, link_agreement
from aligner.review.agreement.ranking import kendall_tau, pairwise_accuracy
from aligner.review.agreement.ratings import NO_ERROR, matched_categories, worst_severities
from aligner.review.agreement.spans import Marked, span_f1

__all__ = [
    "NO_ERROR",
    "Disagreement",
    "Level",
    "Marked",
    "alpha",
    "boundary_agreement",
    "kendall_tau",
    "link_agreement",
    "matched_categories",
    "of_links",
    "of_ratings",
    "of_spans",
    "pairwise_accuracy",
    "span_f1",
    "worst_first",
    "worst_severities",
]
