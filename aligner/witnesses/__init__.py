"""Letters from their witnesses: cut from documents, collated, emended with evidence, cut into segments."""

from aligner.witnesses.collate import collate
from aligner.witnesses.cut import cut
from aligner.witnesses.emend import emend
from aligner.witnesses.find import find
from aligner.witnesses.letter import letter_from_document, read_letter
from aligner.witnesses.lexicon import Lexicon

__all__ = ["Lexicon", "collate", "cut", "emend", "find", "letter_from_document", "read_letter"]
