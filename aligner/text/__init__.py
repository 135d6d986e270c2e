"""Sentences, clauses, quotations and words as offsets into a text, and copies made for comparison only.

Everything takes a text and gives spans of it (code points, end exclusive); no function edits the
text it was given. What does return a text (`normalise`) returns a copy for comparing and encoding.
"""
