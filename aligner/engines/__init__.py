"""Engines: two texts in, links with confidence out.

`align_article` finds a letter inside an article. `ENGINES` align two given lists of sentences.
"""

from aligner.engines.article import align_article
from aligner.engines.base import Bead, Engine, bead_line, check_beads
from aligner.engines.beads import BeadEngine, GaleChurch
from aligner.engines.bertalign import Bertalign

ENGINES: dict[str, Engine] = {
    "crf": BeadEngine(),
    "galechurch": GaleChurch(),
    "bertalign": Bertalign(),
}
"""By name; the first is the default."""

__all__ = ["ENGINES", "Bead", "Engine", "align_article", "bead_line", "check_beads"]
