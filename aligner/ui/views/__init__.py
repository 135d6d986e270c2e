"""What the pages show, as plain values made by pure functions.

A view takes a letter, its alignments and documents and gives a dict of JSON's types; no page, no
widget and no file is known here. Offsets stay Unicode code points into the document.
"""
