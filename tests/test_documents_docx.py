"""Word documents: what they say with all changes accepted, in order, with the place of everything."""

from __future__ import annotations

import io

import docx
import pytest
from support_documents import NOTES, RENDERING, docx_of, rezipped, run, saved

from aligner.documents import Extracted
from aligner.documents.docx import docx as extract
from aligner.documents.extraction import assemble
from aligner.errors import DocumentError
from aligner.model import BlockKind

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DELETED = '<w:del w:id="2" w:author="a"><w:r><w:delText xml:space="preserve">never </w:delText></w:r></w:del>'


def word(data: bytes) -> Extracted:
    return assemble("a.docx", "a.docx", data, extract("a.docx", data))


def body(xml: str, notes: str = "") -> Extracted:
    return word(docx_of(body=xml, notes=notes))


def paragraph(*runs: str, look: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{''.join(runs)}</w:p>"


def paragraphs(found: Extracted) -> list[str]:
    return found.document.text.removesuffix("\n").split("\n\n")


def reasons(found: Extracted) -> set[tuple[str, str]]:
    return {(each.text, each.why) for each in found.dropped}


def field(code: str, result: str) -> str:
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{kinds[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{kinds[1]}{run(result)}{kinds[2]}"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (run("He ") + f'<w:ins w:id="1" w:author="a">{run("really ")}</w:ins>' + DELETED + run("left."),
         "He really left."),
        (f'<w:moveFrom w:id="1" w:author="a">{run("moved ")}</w:moveFrom>{run("Here ")}'
         f'<w:moveTo w:id="2" w:author="a">{run("moved")}</w:moveTo>', "Here moved"),
        (run("See ") + field('HYPERLINK "http://x"', "the page") + run("."), "See the page."),
        (run("See ") + f"<w:hyperlink>{run('a link')}</w:hyperlink>" + run("."), "See a link."),
        (f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>', "7"),
        (f"<w:sdt><w:sdtContent>{run('controlled')}</w:sdtContent></w:sdt>", "controlled"),
        ("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r>", "one\ntwo\tthree"),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known co</w:t><w:softHyphen/><w:t>op</w:t></w:r>",
         "well\u2011known coop"),
        (run("10") + run("2", '<w:vertAlign w:val="superscript"/>') + run(" metres"), "10² metres"),
        (run("seen") + run("hidden", "<w:vanish/>") + run(" too", '<w:vanish w:val="0"/>'), "seen too"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>zi</w:t></w:r></w:rt>"
         "<w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>", "字"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        (run("word") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run("."), "word."),
        ('<w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:font="Symbol" w:char="03B1"/></w:r>' + run("!"), "α!"),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_accepted(inside: str, expected: str) -> None:
    assert paragraphs(body(paragraph(inside))) == [expected]


def test_deleted_and_hidden_words_are_listed_and_changes_are_said() -> None:
    found = body(paragraph(run("He "), DELETED, run("left"), run("secret", "<w:vanish/>")))
    assert reasons(found) >= {("never", "deleted (tracked change)"), ("secret", "hidden text")}
    assert "1 deleted" in found.remarks[0]
    assert body(paragraph(run("Plain."))).remarks == ()


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    mark = '<w:rPr><w:del w:id="4" w:author="a"/></w:rPr>'
    assert paragraphs(body(paragraph(run("First half "), look=mark) + paragraph(run("and the second.")))) == [
        "First half and the second."
    ]
    assert paragraphs(body(paragraph(run("Not the last word"), look=mark))) == ["Not the last word"]


def test_paragraphs_tables_and_controls_stay_in_order() -> None:
    def row(*cells: str, gone: bool = False) -> str:
        look = '<w:trPr><w:del w:id="5" w:author="a"/></w:trPr>' if gone else ""
        return f"<w:tr>{look}{''.join(f'<w:tc>{paragraph(run(cell))}</w:tc>' for cell in cells)}</w:tr>"

    table = f"<w:tbl>{row('甲', 'A')}{row('gone', gone=True)}{row('乙', 'B')}</w:tbl>"
    control = f"<w:sdt><w:sdtContent>{paragraph(run('In a control.'))}</w:sdtContent></w:sdt>"
    found = body(paragraph(run("Before.")) + table + control)
    assert paragraphs(found) == ["Before.", "甲", "A", "乙", "B", "In a control."]
    assert [found.place_of(block.start) for block in found.document.blocks] == [
        "paragraph 1",
        *(f"table 1, row {row}, column {column}" for row in (1, 3) for column in (1, 2)),
        "paragraph 2",
    ]
    assert ("gone", "deleted (tracked change)") in reasons(found)


def test_notes_stand_after_the_text_in_the_order_of_their_marks() -> None:
    marks = ['<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:footnoteReference w:id="1"/></w:r>']
    found = body(paragraph(run("One"), marks[0], run(" and two"), marks[1], run(".")), NOTES)
    assert found.document.text == "One and two.\n\n[1] 第二个注释。\n\n[2] 第一个注释，\n\n有两段。\n"
    places = {block.span.of(found.document.text): found.place_of(block.start) for block in found.document.blocks}
    assert places == {
        "One and two.": "paragraph 1",
        "第二个注释。": "footnote 1",
        "第一个注释，": "footnote 2",
        "有两段。": "footnote 2",
    }
    assert ("Nobody refers to this.", "footnote that nothing refers to") in reasons(found)


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('Boxed words.'))}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    found = body(paragraph(f"<w:r>{both}</w:r>", run("The anchor.")))
    assert paragraphs(found) == ["The anchor.", "Boxed words."]
    assert found.place_of(found.document.text.index("Boxed")) == "text box at paragraph 1"


def test_styles_say_what_paragraphs_are() -> None:
    document = docx.Document()
    document.add_heading("The title", 0)
    document.add_heading("A heading", 1)
    document.add_paragraph("Somebody's words.", style="Intense Quote")
    document.add_paragraph("A point", style="List Bullet")
    document.add_paragraph("Figure one", style="Caption")
    document.add_paragraph("An ordinary sentence, long enough to be nothing else than that.")
    found = word(saved(document))
    assert [block.kind for block in found.document.blocks] == [
        *(
            BlockKind.HEADING,
            BlockKind.HEADING,
            BlockKind.QUOTATION,
            BlockKind.LIST_ITEM,
            BlockKind.IMAGE,
            BlockKind.BODY,
        )
    ]


def test_headers_and_footers_are_left_out_and_listed() -> None:
    document = docx.Document(io.BytesIO(docx_of(*RENDERING)))
    document.sections[0].header.paragraphs[0].text = "Confidential"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    found = word(saved(document))
    assert paragraphs(found) == list(RENDERING)
    assert reasons(found) == {("Confidential", "page header"), ("Page 1", "page footer")}


def test_a_field_that_never_ends_is_said() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    found = body(paragraph(run("Before "), begin, run("code")) + paragraph(run("lost")))
    assert paragraphs(found) == ["Before"]
    assert found.remarks == ("a field begins and never ends: words after it may be missing",)
    whole = paragraph(run("A "), '<w:r><w:fldChar w:fldCharType="end"/></w:r>', run("b")) + paragraph(field("X", "c"))
    assert body(whole).remarks == ()


def test_an_inserted_file_is_said() -> None:
    found = body(paragraph(run("Text.")) + '<w:altChunk r:id="rId99"/>')
    assert found.remarks == ("holds an inserted file that is not read",)


def test_entities_are_not_expanded() -> None:
    plain = docx_of("Text.", notes=NOTES)
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:footnotes xmlns:w="x">&b;</w:footnotes>'
    with pytest.raises(DocumentError, match="declares entities"):
        word(rezipped(plain, {"word/footnotes.xml": bomb}))


def test_what_lacks_the_parts_of_a_word_document() -> None:
    with pytest.raises(DocumentError, match="lacks the parts"):
        word(
            rezipped(
                docx_of("Text."),
                {"_rels/.rels": f'<Relationships xmlns="{PACKAGE}"/>'},
            )
        )
