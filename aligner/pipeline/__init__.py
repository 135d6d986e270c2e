"""From documents to alignments to files: what the command line and the pages call.

`align_letter` is pure and takes and returns small picklable values; everything that reads or writes
files stands around it.
"""

from aligner.engines import Target
from aligner.pipeline.adhoc import align_files
from aligner.pipeline.build import BuildReport, build
from aligner.pipeline.export import built, export, letter_export
from aligner.pipeline.letters import Progress, align_letter, align_letters
from aligner.pipeline.output import FileChange, write_all
from aligner.pipeline.pairs import Pairing, pair_documents, pair_lines

__all__ = [
    "BuildReport",
    "FileChange",
    "Pairing",
    "Progress",
    "Target",
    "align_files",
    "align_letter",
    "align_letters",
    "build",
    "built",
    "export",
    "letter_export",
    "pair_documents",
    "pair_lines",
    "write_all",
]
