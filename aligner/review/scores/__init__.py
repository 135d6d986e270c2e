"""Errors and judgements -> scores, each with its formula, its n and its interval; docs/scores.md defines them.

Input are the sentences of one rendering as one reviewer annotated them; where a sentence stands in the
letter, and whether it is linked, is the caller's to say.

values.py    sentences with their errors, settings, results
council.py   counts, rates, raw and calibrated score, profile
means.py     Google's score, and ESA
"""

from aligner.review.scores.council import error_profile, score_rendering, score_reviewers
from aligner.review.scores.means import esa_mean, esa_overall, google_score
from aligner.review.scores.values import Evaluated, ProfileRow, RenderingScore, SentenceScore, Settings, Unit

__all__ = [
    "Evaluated",
    "ProfileRow",
    "RenderingScore",
    "SentenceScore",
    "Settings",
    "Unit",
    "error_profile",
    "esa_mean",
    "esa_overall",
    "google_score",
    "score_rendering",
    "score_reviewers",
]
