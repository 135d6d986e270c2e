"""From documents to alignments to files: what the command line and the pages call.

`align_letter` is pure and takes and returns small picklable values; everything that reads or writes
files stands around it.

What a command does not use is not imported: each name comes from its module when it is first asked for. No
module here has the name of something in it, which it would hide.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aligner.engines import Target
    from aligner.pipeline.adhoc import align_files
    from aligner.pipeline.building import BuildReport, build
    from aligner.pipeline.checking import Checked, CheckedLetter, check_built, check_letter, check_pairs
    from aligner.pipeline.exporting import built, export, letter_export
    from aligner.pipeline.letters import Progress, align_letter, align_letters
    from aligner.pipeline.output import FileChange, write_all
    from aligner.pipeline.pair_files import read_glossary, read_pairs
    from aligner.pipeline.pairs import Pairing, pair_documents, pair_lines

_HOMES = {
    "BuildReport": "aligner.pipeline.building",
    "Checked": "aligner.pipeline.checking",
    "CheckedLetter": "aligner.pipeline.checking",
    "FileChange": "aligner.pipeline.output",
    "Pairing": "aligner.pipeline.pairs",
    "Progress": "aligner.pipeline.letters",
    "Target": "aligner.engines",
    "align_files": "aligner.pipeline.adhoc",
    "align_letter": "aligner.pipeline.letters",
    "align_letters": "aligner.pipeline.letters",
    "build": "aligner.pipeline.building",
    "built": "aligner.pipeline.exporting",
    "check_built": "aligner.pipeline.checking",
    "check_letter": "aligner.pipeline.checking",
    "check_pairs": "aligner.pipeline.checking",
    "export": "aligner.pipeline.exporting",
    "letter_export": "aligner.pipeline.exporting",
    "pair_documents": "aligner.pipeline.pairs",
    "pair_lines": "aligner.pipeline.pairs",
    "read_glossary": "aligner.pipeline.pair_files",
    "read_pairs": "aligner.pipeline.pair_files",
    "write_all": "aligner.pipeline.output",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


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
