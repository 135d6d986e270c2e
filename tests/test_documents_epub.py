"""EPUBs: chapters in the order of reading, with titles, notes and what is protected."""

from __future__ import annotations

import pytest
from support_documents import CONTAINER, LETTER, RENDERING, epub_of, rezipped, zip_of

from aligner.documents import Extracted
from aligner.documents.epub import epub
from aligner.documents.extraction import assemble
from aligner.errors import DocumentError
from aligner.model import BlockKind


def book(data: bytes) -> Extracted:
    return assemble("a.epub", "a.epub", data, epub("a.epub", data))


def test_chapters_in_the_order_of_the_spine() -> None:
    found = book(epub_of({"z.xhtml": f"<h1>One</h1><p>{LETTER[1]}</p>", "a.xhtml": f"<p>{RENDERING[1]}</p>"}))
    assert found.document.text == f"One\n\n{LETTER[1]}\n\n{RENDERING[1]}\n"
    assert [found.place_of(block.start) for block in found.document.blocks] == [
        "chapter 1 (One), paragraph 1",
        "chapter 1 (One), paragraph 2",
        "chapter 2, paragraph 1",
    ]
    assert found.document.blocks[0].kind is BlockKind.HEADING


def test_xhtml_is_read_as_such() -> None:
    inner = '<script/><title/><p>A&nbsp;page &hellip; of<a id="x"/> words</p>'
    assert book(epub_of({"a.xhtml": inner})).document.text == "A\xa0page … of words\n"
    assert book(epub_of({"a.xhtml": "<p>Never closed<br> at all"})).document.text == "Never closed\nat all\n"


def test_notes_follow_their_chapter() -> None:
    inner = (
        '<p>Words<a epub:type="noteref" href="#n">1</a> go on.</p><aside epub:type="footnote"><p>A note.</p></aside>'
        "<p>The end of it.</p>"
    )
    found = book(epub_of({"a.xhtml": inner, "b.xhtml": "<p>Next.</p>"}))
    assert found.document.text == "Words go on.\n\nThe end of it.\n\nA note.\n\nNext.\n"
    assert found.place_of(found.document.text.index("A note")) == "chapter 1, note 1"


OPF = """<package xmlns="http://www.idpf.org/2007/opf"><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="text/a%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="text/notes.xhtml" media-type="application/xhtml+xml"/>
<item id="gone" href="text/gone.xhtml" media-type="application/xhtml+xml"/>
<item id="i" href="i.png" media-type="image/png"/></manifest>
<spine><itemref idref="nav"/><itemref idref="n" linear="no"/><itemref idref="a"/><itemref idref="i"/>
<itemref idref="gone"/><itemref idref="nobody"/></spine></package>"""


def test_titles_come_from_the_table_of_contents_which_is_no_text() -> None:
    pages = {
        "nav": '<nav><a href="text/a%20b.xhtml#x">第一章</a></nav>',
        "text/a b": "<p>Text.</p>",
        "text/notes": "<p>N.</p>",
    }
    members = {f"OEBPS/{name}.xhtml": f"<html><body>{inner}</body></html>" for name, inner in pages.items()}
    found = book(zip_of({"META-INF/container.xml": CONTAINER, "OEBPS/content.opf": OPF, **members}))
    assert found.document.text == "Text.\n\nN.\n", "pages beside the line of reading come last"
    assert found.place_of(0) == "chapter 1 (第一章), paragraph 1"
    assert [(each.text, each.why) for each in found.dropped] == [("第一章", "table of contents")]
    assert found.remarks == ("OEBPS/text/gone.xhtml is missing or is no page; left out",)


ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{}"/></EncryptedData>
</encryption>"""


def test_protection_is_said_and_hidden_fonts_are_none() -> None:
    sound = epub_of({"a.xhtml": "<p>Text.</p>"})
    aes, fonts = "http://www.w3.org/2001/04/xmlenc#aes128-cbc", "http://www.idpf.org/2008/embedding"
    with pytest.raises(DocumentError, match="protected"):
        book(rezipped(sound, {"META-INF/encryption.xml": ENCRYPTION.format(aes)}))
    assert book(rezipped(sound, {"META-INF/encryption.xml": ENCRYPTION.format(fonts)})).document.text == "Text.\n"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"META-INF/container.xml": None}, "does not say where its chapters are"),
        ({"META-INF/container.xml": "<container"}, "not well-formed"),
        ({"OEBPS/content.opf": None}, "does not say where its chapters are"),
        ({"OEBPS/content.opf": "<package/>"}, "no text"),
        ({"OEBPS/a.xhtml": None}, "no text"),
        ({"OEBPS/a.xhtml": "<html><body><img/></body></html>"}, "no text"),
        ({"OEBPS/a.xhtml": "<p>" + "<i>" * 300 + "deep"}, "nests more than 200"),
    ],
)
def test_broken_books_are_refused(changes: dict[str, str | None], says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        book(rezipped(epub_of({"a.xhtml": "<p>Text.</p>"}), changes))


def test_the_number_of_chapters_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.documents.limits.PAGES", 2)
    with pytest.raises(DocumentError, match="has 3 chapters, at most 2"):
        book(epub_of({f"{n}.xhtml": "<p>x</p>" for n in range(3)}))
