"""Renderings of one sentence held against one another word by word.

likeness.py   how alike two words of two renderings are; collate.py: words of several renderings in columns
spots.py      columns joined to places where renderings differ
judge.py      whether a place differs in wording or in meaning; difference.py: all of it for one sentence
"""

from aligner.checks.wording.collate import collate, medoid
from aligner.checks.wording.difference import Side, Spot, WordDifference, difference
from aligner.checks.wording.judge import Kind

__all__ = ["Kind", "Side", "Spot", "WordDifference", "collate", "difference", "medoid"]
