"""Coverage-guided fuzzing of the parsers of documents: python tests/fuzz_documents.py [--seconds 600] [PARSER ...]

How it searches is told in tests/fuzzing.py.
"""

# ruff: noqa: E501 - tokens stand together

from __future__ import annotations

import re
import sys

from fuzzing import CASES, PACKAGE, Input, Parsers, main
from support_documents import LETTER, RENDERING, epub_of, pdf_of, set_in_lines, wholes

from aligner.documents import read_pasted, sniff
from aligner.documents.reading import READERS, read_any

RULES = ("overlaps or leaves the text", "has no place in the original")
"""What a document says of itself when an extractor broke a rule."""

TOKENS = {
    ".html": rb"<p>|</p>|<br>|<br/>|<sup>1</sup>|<a href='#n'>|</a>|<div>|</div>|<li>|<td>|<pre>|</pre>|<blockquote>|&nbsp;"
    rb"|&#0;|&#x1F600;|<!--|-->|<script>|</script>| hidden | style='display:none' |<ruby>|<rt>|<svg>|<h1>|<nav>|<![CDATA[",
    ".docx": rb"<w:p>|</w:p>|<w:r>|</w:r>|<w:t>|</w:t>|<w:tbl>|</w:tbl>|<w:tr>|<w:tc>|<w:ins>|<w:del>|</w:del>|<w:br/>|<w:tab/>"
    rb'|<w:fldChar w:fldCharType="begin"/>|<w:fldChar w:fldCharType="end"/>|<w:sym w:char="F041"/>|<w:sym w:char="-1"/>'
    rb'|<w:vertAlign w:val="superscript"/>|<w:footnoteReference w:id="1"/>|<w:numPr><w:numId w:val="1"/></w:numPr>'
    rb"|<w:rPr><w:del/></w:rPr>|<w:pPr>|</w:pPr>|<w:sdt>|</w:sdt>|<w:vanish/>|<w:ruby>|w:val='0'|<w:footnote>",
    ".epub": rb"<p>|</p>|<a href='#x' epub:type='noteref'>1</a>|<aside epub:type='footnote'>|<itemref idref='c0'/>|href='..'"
    rb"|href='%2e%2e/x'|linear='no'|properties='nav'|<navPoint>|<content src='c0.xhtml'/>|&nbsp;|&x;|<title/>|full-path=''",
    ".pdf": rb" Tj | TJ | Tf | Tm | Td | T* | BT | ET | q | Q | cm | re f |(|)|[|]|<|>|<<|>>|/F1 | 0 | -1 | 1e9 | 99999999999 "
    rb"|1 0 0 1 50 50 Tm|0 0 0 0 0 0 Tm|-1 0 0 -1 0 0 cm|(1)Tj|(-)Tj|\x00|\\\r|\\377| R|null|endobj|stream|/Length 0|/Kids[2 0 R]",
    ".txt": rb"# |> |* |- |1. |**|__|[|](|)|![|\r\n|\r|\n|\n\n|\xe2\x80\xa8|\x0c|\xef\xbb\xbf|\xff\xfe|\x00|\xe3\x80\x80|http://a|---",
}
"""What files of each parser are made of, apart by bars."""

TOLD = re.compile(r"document\.xml$|notes\.xml$|styles\.xml$|\.rels$|\.opf$|\.x?html$|container|mimetype")


def seeds(parser: str) -> list[Input]:
    """Sound files to begin with; small ones, because they are read often."""
    if parser == ".pdf":
        text = set_in_lines("\n".join(LETTER)[:200].replace(". ", ".\n") + "\n\n1. A point of well-\nknown use.\n12")
        return [pdf_of(text), pdf_of(text, [*text, (50, 30, 6, "1 Note")]), pdf_of([(9, 9, 9, "x")])]
    if parser == ".epub":
        return [epub_of({"c0.xhtml": f"<h1>T</h1><p>{LETTER[1]}</p>", "c1.xhtml": f"<p>{RENDERING[1]}</p>"})]
    if parser == ".txt":
        texts = [
            "\n\n".join(LETTER + RENDERING),
            "# T\n\n> q\n\n* a\n* b\n\n**x**",
            "By A. B.\n2020-01-02\n\nText. More.",
        ]
        return [text.encode(code) for text in texts for code in ("utf-8", "gb18030", "utf-16-le", "utf-16")]
    return [wholes()[parser]]


def run(parser: str, data: Input) -> None:
    """Everything of ours that reads a file of this kind, in this process."""
    sniff.kind_of(data)
    read_any(parser if parser in READERS else parser[1:], f"a{parser}", f"a{parser}", data, None)
    if parser == ".txt":
        read_pasted(data.decode("utf-8", "surrogateescape"))


PARSERS = Parsers(
    CASES / "documents_finds",
    (str(PACKAGE / "documents"),),
    TOKENS,
    seeds,
    run,
    TOLD,
    guarded=True,
    broken=lambda error: any(rule in error.what for rule in RULES),
)


if __name__ == "__main__":
    sys.exit(main(PARSERS, (__doc__ or "").splitlines()[0]))
