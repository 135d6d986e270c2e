"""From documents to alignments to files: what the command line and the pages call.

`align_letter` is pure and takes and returns small picklable values; everything that reads or writes
files stands around it.
"""

from aligner.engines import Target
from aligner.pipeline.adhoc import align_files
from aligner.pipeline.build import BuildReport, build
from aligner.pipeline.checking import Checked, CheckedLetter, check_built, check_letter, check_pairs
from aligner.pipeline.export import built, export, letter_export
from aligner.pipeline.letters import Progress, align_letter, align_letters
from aligner.pipeline.output import FileChange, write_all
from aligner.pipeline.pair_files import read_glossary, read_pairs
from aligner.pipeline.pairs import Pairing, pair_documents, pair_lines

__all__ = [
    "BuildReport",
    "Checked",
    "CheckedLetter",
    "FileChange",
    "Pairing",
    "Progress",
    "Target",
    "align_files",
    "align_letter",
    "align_letters",
    "build",
    "built",
    "check_built",
    "check_letter",
    "check_pairs",
    "export",
    "letter_export",
    "pair_documents",
    "pair_lines",
    "read_glossary",
    "read_pairs",
    "write_all",
]
