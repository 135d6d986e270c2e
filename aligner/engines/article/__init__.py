"""Finds a letter inside an article: which stretch renders which sentence, and what does not.

atoms.py      the article in its smallest pieces (clauses, quoted phrases, reporting words)
windows.py    which runs of pieces, and of sentences, are compared
words.py      word by word: vectors, numbers, names
evidence.py   all measures; features.py: as numbers for the model
lattice.py    the semi-Markov model: probabilities of all paths through the article
decode.py     the renderings worth claiming
modes.py absences.py residue.py   what else is said of them
"""

from aligner.engines.article.align import align_article

__all__ = ["align_article"]
