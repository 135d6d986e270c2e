"""How well alignments agree with gold: beads of two texts, and letters inside articles.

Values in, values out; docs/evaluation.md defines every figure.
"""

from aligner.evaluation.bead_scores import BeadScores, score_beads
from aligner.evaluation.beads import Bead, BeadFile, check_pair
from aligner.evaluation.built import score_built
from aligner.evaluation.calibration import Bin, Calibration, calibration
from aligner.evaluation.files import matched, read_beads
from aligner.evaluation.intertext import Chapter, read_chapter, read_folder
from aligner.evaluation.letter_gold import Gold, GoldLetter, GoldRendering, read_gold
from aligner.evaluation.letter_scores import LetterScores, RenderingScores, rendering_of, score_rendering
from aligner.evaluation.tally import Tally

__all__ = [
    "Bead",
    "BeadFile",
    "BeadScores",
    "Bin",
    "Calibration",
    "Chapter",
    "Gold",
    "GoldLetter",
    "GoldRendering",
    "LetterScores",
    "RenderingScores",
    "Tally",
    "calibration",
    "check_pair",
    "matched",
    "read_beads",
    "read_chapter",
    "read_folder",
    "read_gold",
    "rendering_of",
    "score_beads",
    "score_built",
    "score_rendering",
]
