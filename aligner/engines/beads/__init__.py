"""Aligns two given lists of sentences, every sentence in exactly one bead: books, chapters, pairs.

types.py      which beads there are
text.py       a side of the alignment: sentences, their pieces, and the vectors of both
band.py       where to look, coarse to fine
rough.py      which beads of the band could be right at all; lattice.py sums over all of them
features.py   all measures of the likely beads; pieces.py and speech.py two kinds of them
graph.py      sums and best paths over the likely beads
anchored.py   around what a reviewer confirmed; forbidden.py without what a reviewer forbade
engine.py     all of it by name; galechurch.py the length-based engine of 1993, to compare with
"""

from aligner.engines.beads.anchored import BeadAnchors, beads_around
from aligner.engines.beads.engine import BeadEngine
from aligner.engines.beads.galechurch import GaleChurch

__all__ = ["BeadAnchors", "BeadEngine", "GaleChurch", "beads_around"]
