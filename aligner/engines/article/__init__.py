"""Finds a letter inside an article: which stretch renders which sentence, and what does not.

atoms.py      the article in its smallest pieces (clauses, quoted phrases, reporting words)
windows.py    which runs of pieces, and of sentences, are compared
fragments.py  quoted phrases and single words as evidence; lines.py: salutations and signatures
evidence.py   all measures; features.py measures.py style.py: as numbers for the model
lattice.py    the semi-Markov model: probabilities of all paths through the article
decode.py     the renderings worth claiming; complete.py: and the rest of long sentences
constraints.py   what reviewers settled or forbade; realign.py: an alignment after their word
pieces.py     the spans of a link
peers.py      what other renderings say; together.py: several articles about one letter
modes.py absences.py residue.py   what else is said of them
"""

from aligner.engines.article.align import align_article
from aligner.engines.article.realign import realign_article
from aligner.engines.article.together import Target, align_articles

__all__ = ["Target", "align_article", "align_articles", "realign_article"]
