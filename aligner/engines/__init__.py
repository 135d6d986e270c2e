"""Engines: two texts in, links with confidence out."""

from aligner.engines.article import align_article
from aligner.engines.base import Bead, Engine, bead_line, check_beads

__all__ = ["Bead", "Engine", "align_article", "bead_line", "check_beads"]
