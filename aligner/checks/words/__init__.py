"""Words of both languages against each other: which have a counterpart, which are left over, and how surely.

english.py    stems; cedict.py: what the dictionary says of Chinese words
tokens.py     the words of a passage and their weights
strength.py   how surely two words render each other; alignment.py: how surely a word is met
gaps.py       stretches that are not; evidence.py: what is measured of them, among all renderings
model.py      small learned models; units.py: what all words of a unit say together
"""
