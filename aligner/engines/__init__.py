"""Engines: two texts in, links with confidence out.

`align_article` finds a letter inside an article, `align_articles` inside several; `realign_article` mends an
alignment after a reviewer's word (`Anchors`). `ENGINES` align two given lists of sentences.
"""

from aligner.engines.anchors import Anchors, Confirmed, Forbidden
from aligner.engines.article import Target, align_article, align_articles, realign_article
from aligner.engines.base import Bead, Engine, bead_line, check_beads
from aligner.engines.beads import BeadEngine, GaleChurch
from aligner.engines.bertalign import Bertalign

ENGINES: dict[str, Engine] = {
    "crf": BeadEngine(),
    "galechurch": GaleChurch(),
    "bertalign": Bertalign(),
}
"""By name; the first is the default."""

__all__ = [
    "ENGINES",
    "Anchors",
    "Bead",
    "Confirmed",
    "Engine",
    "Forbidden",
    "Target",
    "align_article",
    "align_articles",
    "bead_line",
    "check_beads",
    "realign_article",
]
