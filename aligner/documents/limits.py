"""How big a document may be, and how long and with how much memory it may be read.

A letter and an article have some thousand characters; a book has a million. The limits leave room
for books and stop what no reader of letters has: pages without end, and files made to keep a parser busy. What an
archive may unpack to says `aligner.archives`.
"""

from __future__ import annotations

from aligner.archives import MB as MB

FILE_BYTES = 50 * MB
"""Bytes of a file as received. Scans with pictures reach this; their text would be a hundredth of it."""

HERE_BYTES = 300_000
"""Bytes up to which a plain text is read in this process: a second at most. Longer ones are read like PDFs."""

PAGES = 2_000
"""Pages of a PDF, and chapters of an EPUB: more than any single volume has."""

PART_BYTES = 60 * MB
"""Bytes of one XML or HTML part: its tree takes about ten times as much memory."""

DEPTH = 200
"""Elements inside each other. Word and browsers write 10 to 60; parsers of ours walk them by recursion in C."""

TEXT_CHARACTERS = 4_000_000
"""Characters of a text, more than the longest novels have: layout takes about 3 microseconds for one."""

SECONDS = 18.0
"""Seconds for a document, from the start of the process that reads it: the whole import ends within 20."""

MEMORY_BYTES = 900 * MB
"""Address space of the process that reads it, where the system can limit it (Linux): all stays under 1 GB."""
