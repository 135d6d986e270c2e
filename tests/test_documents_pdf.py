"""PDFs: lines to paragraphs, hyphens, furniture, notes, and what has no text."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path
from types import ModuleType

import pypdf
import pytest
from support_documents import SAMPLES, Set, pdf_of, set_in_lines

from aligner.documents import Extracted, read_extracted
from aligner.documents.extraction import assemble
from aligner.documents.joining import Joiner, unpresented, unspaced
from aligner.documents.pdf import pdf
from aligner.errors import DocumentError
from aligner.model import BlockKind


def pages(*lines: list[Set]) -> Extracted:
    data = pdf_of(*lines)
    return assemble("a.pdf", "a.pdf", data, pdf("a.pdf", data))


def paragraphs(found: Extracted) -> list[str]:
    return found.document.text.removesuffix("\n").split("\n\n")


def originals() -> ModuleType:
    """The script that made the samples, which has their texts."""
    spec = importlib.util.spec_from_file_location("make_pdfs", SAMPLES / "make_pdfs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.stem)
def test_printed_pages_give_back_the_paragraphs_that_were_printed(path: Path) -> None:
    english = path.stem.startswith("english")
    written = originals().ENGLISH if english else originals().CHINESE
    title = "An Open Letter" if english else "一封公开信"
    found = read_extracted(path.name, path.read_bytes())
    assert paragraphs(found) == [title, *written]
    assert {each.why for each in found.dropped} == {"running head or foot", "page number"}
    count = len(pypdf.PdfReader(path).pages)
    assert len(found.dropped) == 3 * count > 3
    assert found.document.blocks[0].kind is BlockKind.HEADING
    assert found.place_of(len(found.document.text) - 1).startswith(f"page {count}, line ")
    assert found.place_of(0) == "page 1, line 1"


WRAPPED = """\
It was extraordinarily hot on that after-
noon, and the well-
known painter was tired of the orga-
nization. The well-known man from the north-
east said so: a self-
sufficient man of the 1980-
1990 period who read Anglo-
American books about coop-
eration.
"""


def test_hyphens_are_mended_where_the_word_was_divided() -> None:
    assert paragraphs(pages(set_in_lines(WRAPPED))) == [
        "It was extraordinarily hot on that afternoon, and the well-known painter was tired of the organization. The "
        "well-known man from the northeast said so: a self-sufficient man of the 1980-1990 period who read "
        "Anglo-American books about cooperation."
    ]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["我们今天", "发表了信"], "我们今天发表了信"),
        (["我们今天，", "发表了信"], "我们今天，发表了信"),
        (["他说：“我", "走了。”"], "他说：“我走了。”"),
        (["他说：", "“我走了。”"], "他说：“我走了。”"),
        (["一句话……", "下一句"], "一句话……下一句"),
        (["保持 Open 的势头", "Open"], "保持 Open 的势头 Open"),
        (["保持Open的势头和", "Close"], "保持Open的势头和Close"),
        (["One line", "and another"], "One line and another"),
        (["a dash —", "and more"], "a dash —and more"),
        (["soft inter\u00ad", "action"], "soft interaction"),
        (["xq-", "zz and xq-zz is said"], "xq-zz and xq-zz is said"),
        (["qxq-", "zzy, and a qxqzzy here"], "qxqzzy, and a qxqzzy here"),
    ],
)
def test_lines_are_joined_as_their_script_wants(lines: list[str], joined: str) -> None:
    joiner = Joiner(lines)
    assert joiner.join(lines[0], lines[1]) + lines[1] == joined


def test_what_fonts_do_to_letters_is_undone_and_nothing_else() -> None:
    assert unpresented("⼀⼤⻅ ﬁ ﬄ “ＡＢＣ”：①℃ﬀ") == "一大见 fi ffl “ＡＢＣ”：①℃ff"
    assert unspaced("有 合 适 的 时 机") == "有合适的时机"
    assert unspaced("第一章 离开") == "第一章 离开"


GAPS = """\
The first paragraph of this page is long
and goes on here for a while.

The second one begins after a gap
and ends.
"""
INDENTS = """\
   The first line of it is indented here
and the second line of it is not, no.
   The next one is indented again, so
it is another paragraph of the text.
"""
SHORT = """\
Here is a line that is as wide as any other line.
It ends.
Here is a line that is as wide as any other line
and it goes on to an end.
"""


@pytest.mark.parametrize(("text", "last"), [(GAPS, "The second"), (INDENTS, "The next"), (SHORT, "Here is")])
def test_gaps_indents_and_short_lines_separate_paragraphs(text: str, last: str) -> None:
    found = paragraphs(pages(set_in_lines(text)))
    assert len(found) == 2
    assert found[1].startswith(last)


VERSE = """\
Dear all,
Here is a line that is as wide as any other line
and it goes on to an end on the next line.
Yours,
Anna
"""


def test_salutation_and_signature_stand_alone() -> None:
    found = paragraphs(pages(set_in_lines(VERSE)))
    assert (found[0], found[2:]) == ("Dear all,", ["Yours,", "Anna"])


def test_a_paragraph_goes_on_over_pages_and_notes_do_not_break_it() -> None:
    first = set_in_lines("This paragraph begins on the first page of all\nand it goes over to the")
    first += [(50, 60, 7, "1 A note in small letters at the foot of the page.")]
    second = set_in_lines("second page, where it ends.\n\nThen another paragraph of this text begins.")
    found = pages(first, second)
    assert paragraphs(found) == [
        "This paragraph begins on the first page of all and it goes over to the second page, where it ends.",
        "Then another paragraph of this text begins.",
        "1 A note in small letters at the foot of the page.",
    ]
    text = found.document.text
    assert found.place_of(text.index("goes over")) == "page 1, line 2"
    assert found.place_of(text.index("second page")) == "page 2, line 1"
    assert found.place_of(text.index("A note")) == "page 1, line 3 (note)"
    assert "notes" in found.remarks[0]


def test_raised_numbers_are_marks_or_powers() -> None:
    line: list[Set] = [(50, 550, 10, "He left the firm"), (128, 554, 6, "12"), (136, 550, 10, " on Monday, 10")]
    line += [(202, 554, 6, "2"), (207, 550, 10, " metres away.")]
    found = pages([*line, *set_in_lines("Another line of the page, and of the text.", y=536)])
    assert "He left the firm on Monday, 10² metres away." in found.document.text
    assert ("12", "footnote mark", "page 1, line 1") in {(each.text, each.why, each.label) for each in found.dropped}


def test_running_heads_and_page_numbers_are_left_out() -> None:
    def page(number: int) -> list[Set]:
        text = set_in_lines(f"Text of page number {number}, which says\nsomething of its own on page {number}.", y=500)
        return [(50, 580, 8, f"Chapter One {number}"), *text, (200, 20, 8, f"- {number} -")]

    found = pages(*map(page, range(1, 5)))
    assert "Chapter" not in found.document.text
    assert [each.why for each in found.dropped].count("page number") == 4
    assert [each.why for each in found.dropped].count("running head or foot") == 4
    one = pages(page(1))
    assert "Chapter One 1" in one.document.text, "on one page nothing is repeated"
    assert [each.text for each in one.dropped] == ["- 1 -"]


def test_what_pages_do_not_repeat_stays() -> None:
    found = pages(
        set_in_lines("1999\n\nA year stood above this text of a page."), set_in_lines("Another page of the text.")
    )
    assert "A year stood above" in found.document.text


def test_large_letters_are_headings_and_items_are_items() -> None:
    found = pages(
        [
            (50, 580, 18, "The Title"),
            *set_in_lines("1. The first point.\n2. The second point.\n\nOne more line of text."),
        ]
    )
    kinds = [(block.span.of(found.document.text), block.kind) for block in found.document.blocks]
    assert kinds[:3] == [
        ("The Title", BlockKind.HEADING),
        ("The first point.", BlockKind.LIST_ITEM),
        ("The second point.", BlockKind.LIST_ITEM),
    ]
    assert "1. The first point." in found.document.text


def test_the_lines_of_an_item_stand_under_its_words() -> None:
    text = "• The first point of the list is long and\n   goes on in a second line.\n• The second point."
    assert paragraphs(pages(set_in_lines(text))) == [
        "• The first point of the list is long and goes on in a second line.",
        "• The second point.",
    ]


def test_a_scan_is_said_to_need_ocr() -> None:
    for data in (pdf_of([]), pdf_of([], [], content="10 10 100 100 re f\n")):
        with pytest.raises(DocumentError, match="no text layer") as caught:
            pdf("scan.pdf", data)
        assert "OCR" in str(caught.value.hint)


def encrypted(user: str) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf_of(set_in_lines("Secret words are written here."))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def test_encryption_is_said_and_an_empty_password_opens() -> None:
    with pytest.raises(DocumentError, match="is encrypted") as caught:
        pdf("a.pdf", encrypted("password"))
    assert "without password" in str(caught.value.hint)
    assert pdf("a.pdf", encrypted("")).passages[0].text == "Secret words are written here."


def test_the_number_of_pages_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.documents.limits.PAGES", 2)
    with pytest.raises(DocumentError, match="has 3 pages, at most 2"):
        pages([], [], [])


def test_a_damaged_page_is_left_out_with_a_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pypdf.PageObject.extract_text

    def broken(page: pypdf.PageObject, **options: object) -> str:
        if page.page_number == 0:
            raise ValueError("broken")
        return real(page, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pypdf.PageObject, "extract_text", broken)
    found = pages(set_in_lines("Lost."), set_in_lines("A whole page of text."))
    assert paragraphs(found) == ["A whole page of text."]
    assert found.remarks == ("pages that cannot be read and are left out: 1",)
