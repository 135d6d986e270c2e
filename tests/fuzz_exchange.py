"""Coverage-guided fuzzing of what else we read: python tests/fuzz_exchange.py [--seconds 600] [PARSER ...]

Memories and tables of pairs, links, annotations, glossaries, manifests, typologies, alignment files. They are read
in this process, so a fault of a library is one of ours. How it searches is told in tests/fuzzing.py.
"""

# ruff: noqa: E501 - tokens stand together

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from fuzzing import CASES, PACKAGE, Input, Parsers, main
from test_formats_damaged import EXPORT, WHOLES, taken

from aligner import evaluation
from aligner.corpus import manifest
from aligner.formats import alignment_json
from aligner.pipeline import pair_files
from aligner.review.typologies import reading

XML = rb"<|>|/>|</|<!--|-->|<![CDATA[|]]>|&amp;|&#0;|&#1;|&x;|<!DOCTYPE a [<!ENTITY x 'y'>]>| xml:lang='zh'| xmlns='x'"
JSON = rb"{|}|[|]|,|:|null|true|-1|0|1e999|NaN|99999999999999999999|\"\"|\"\\ud800\"|\"\\u0000\"|[[[[|{\"a\":{}}|\n|\"missing\""
TABLE = (
    rb"	|,|;|\"|'|\n|\r\n|\r|=1+1|\x00|\xef\xbb\xbf|\xff\xfe|source|target|letter	rendering	link	kind|id"
)
TOML = rb"[[|]]|[|]|=|\"|'''|#|\n|true|[]|{}|1e9|2024-01-01|0x1|[[letter]]\n|[[document]]\n|[[letter.witnesses]]\n|base = true\n|id = \"a\"\n"
TOKENS: dict[str, bytes] = {
    "a.tmx": XML
    + rb"|<tu>|</tu>|<tuv>|<tuv lang='en'>|<seg>|</seg>|<seg/>|<prop type='x-rendering'>|</prop>|<note>|<bpt>|<ut/>|srclang='*all*'",
    "a.xlf": XML
    + rb"|<file>|</file>|<trans-unit>|<source>|</source>|<target state='final'>|</target>|<mrk>|<g>|<x/>|<alt-trans>|<note from='x'>|<context>|<group>",
    "b.xlf": XML
    + rb"|<file>|<unit>|</unit>|<segment>|</segment>|<source>|<target>|<sm/>|<em/>|<mrk>|<pc>|<notes>|<note category='x-status'>|<ignorable>",
    "a.csv": TABLE,
    "a.tsv": TABLE,
    "a.xlsx": XML
    + rb"|<row>|<row r='-1'>|<c r='XFD1'>|<c r='A0'>|<c t='b'>|<c t='e'>|<c t='d'>|<v>|</v>|<f>1+1</f>|<is>|<t>|s='99999'|r='A1:Z'",
    "a.zip": XML
    + rb"|<s id='1:1'>|</s>|<link xtargets=';'/>|<link xtargets='1:1;1:1'/>|<linkGrp toDoc='x' fromDoc='y'>|<p>|id='1:1'|xtargets=''",
    "b.zip": rb"[|]|:|,|[0]:[0]:1|[]:[]|-1|nan|\n|\r|0.5|[9999999999]|\xff",
    "l.beads": rb"[|]|:|,|[0]:[0]:1|[]:[]|[0, 1]|-1|1e9|nan|\n|0.5|[9999999999]",
    "m.tsv": TABLE
    + rb"|<v>|</v>|<v></v>|system	doc|No-error|Major|{\"note\": 1}|{\"aligner\": {\"typology\": \"x\", \"version\": \"\"}}",
    "m.jsonl": JSON + rb"|\"errors\"|\"start\"|\"segment_id\"|\"rater_id\"",
    "o.jsonl": JSON + rb"|\"kind\"|\"error\"|\"score\"|\"comment\"|\"sentence\"|\"source\"|\"severity\"",
    "p.jsonl": JSON + rb"|\"annotation\"|\"error_spans\"|\"start_i\"|\"item_i\"|\"category\"|[\"a\", 1]",
    "l.json": JSON + rb"|\"annotations\"|\"result\"|\"value\"|\"labels\"|\"completed_by\"|\"start\"",
    "g.tbx": XML + rb"|<termEntry>|<conceptEntry>|<langSet xml:lang='en'>|<langSec>|<term>|</term>|<term/>",
    "g.csv": TABLE,
    "letters.toml": TOML + rb"|witnesses|renderings|from = \"\"|sha256|encoding = \"x\"|archived = true\n",
    "typology.toml": TOML
    + rb"|[[severity]]\n|[[category]]\n|weight = nan\n|weight = -1\n|findings = []\n|findings = [\"minor\"]\n",
    "pairs.tsv": TABLE,
    "a.json": JSON
    + rb"|\"segments\"|\"links\"|\"absences\"|\"residue\"|\"findings\"|\"region\"|\"confidence\"|\"mode\"",
    "e.beads": rb"[|]|:|,|[0]:[0]:1|[]:[]|[0, 1]|-1|1e9|nan|\n|0.5|#|[9999999999]",
}
"""What files of each parser are made of, apart by bars."""

TOLD = re.compile(r"\.xml$|\.beads$|\.txt$")

HERE = Path(__file__).parent
TBX = """<tbx xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="1"><langSec xml:lang="en"><termSec><term>letter
</term></termSec></langSec><langSec xml:lang="zh-CN"><termSec><term>信</term></termSec></langSec></conceptEntry>
<termEntry><langSet xml:lang="en"><tig><term>board</term></tig></langSet><langSet xml:lang="zh"><tig><term>董事会</term>
</tig></langSet></termEntry></body></text></tbx>"""


def seeds(parser: str) -> list[Input]:
    """Sound files to begin with."""
    if parser in WHOLES:
        return [WHOLES[parser]]
    made: dict[str, Callable[[], bytes]] = {
        "g.tbx": TBX.encode,
        "g.csv": 'source,target\nboard,董事会\n"a, b",甲\n'.encode,
        "letters.toml": (HERE.parent / "corpus" / "letters.toml").read_bytes,
        "typology.toml": (PACKAGE / "review" / "typologies" / "esa.toml").read_bytes,
        "pairs.tsv": "id\tsource\ttarget\n1\tOne.\t一。\n2\tTwo.\t二。\n".encode,
        "a.json": alignment_json.dumps(EXPORT.renderings[0].alignment).encode,
        "e.beads": "[0]:[0]:0.9\n[1, 2]:[1]:0.5\n[]:[2]:0.1\n".encode,
    }
    return [made[parser]()]


def run(parser: str, data: Input) -> None:
    """Everything of ours that reads a file of this kind."""
    if parser in WHOLES:
        taken(parser, data)
    elif parser in FILES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, parser)
            path.write_bytes(data)
            FILES[parser](path)
    elif parser == "a.json":
        alignment_json.loads(data.decode("utf-8", "replace"), parser)
    else:
        (manifest if parser == "letters.toml" else reading).parse(data.decode("utf-8", "replace"), parser)


FILES: dict[str, Callable[[Path], object]] = {
    "g.tbx": pair_files.read_glossary,
    "g.csv": pair_files.read_glossary,
    "pairs.tsv": lambda path: pair_files.read_pairs(path, ("en", "zh")),
    "e.beads": evaluation.read_beads,
}
"""Readers that open the file themselves."""

PARSERS = Parsers(
    CASES / "exchange_finds",
    tuple(str(PACKAGE / name) for name in ("formats", "pipeline", "corpus", "evaluation", "review", "archives.py")),
    TOKENS,
    seeds,
    run,
    TOLD,
    guarded=False,
    broken=lambda error: len(str(error)) > 1000 or not (error.where or error.hint),
)


if __name__ == "__main__":
    sys.exit(main(PARSERS, (__doc__ or "").splitlines()[0]))
