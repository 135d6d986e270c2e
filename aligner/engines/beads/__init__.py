"""Aligns two given lists of sentences, every sentence in exactly one bead: books, chapters, pairs.

types.py     which beads there are
band.py      where to look, coarse to fine
cover.py     word by word
features.py  all measures of all beads of the band
lattice.py   sums and best paths over all ways to cut the texts into beads
engine.py    all of it by name; galechurch.py the length-based engine of 1993, to compare with
"""

from aligner.engines.beads.engine import BeadEngine
from aligner.engines.beads.galechurch import GaleChurch

__all__ = ["BeadEngine", "GaleChurch"]
