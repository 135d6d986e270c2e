"""Pages: what is the article, what stands in it, and what is shown as left out."""

from __future__ import annotations

import pytest
from support_documents import LETTER, RENDERING, page_of

from aligner.documents import Extracted
from aligner.documents.extraction import assemble
from aligner.documents.html import html
from aligner.documents.trees import html_tree
from aligner.errors import DocumentError
from aligner.model import BlockKind


def page(source: str) -> Extracted:
    """The extractor in this process; that it runs in another one is tested elsewhere."""
    data = source.encode()
    return assemble("a.html", "a.html", data, html("a.html", data))


def article(inner: str) -> Extracted:
    return page(page_of(*LETTER, *RENDERING, more=inner))


def paragraphs(found: Extracted) -> list[str]:
    return found.document.text.removesuffix("\n").split("\n\n")


def test_the_article_is_kept_and_the_rest_is_listed() -> None:
    found = article("")
    assert paragraphs(found) == ["Heading", *LETTER, *RENDERING]
    assert found.document.encoding == "utf-8"
    assert {(each.text, each.why) for each in found.dropped} == {
        ("Home News", "navigation"),
        ("All rights reserved", "page footer"),
    }
    assert found.place_of(found.document.text.index("Today")) == "paragraph 4, line 3"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<p>He left the firm<sup>1</sup> on Monday, as he said.</p>", "He left the firm on Monday, as he said."),
        ('<p>He left the firm<sup><a href="#n1">[2]</a></sup> on Monday then.</p>', "He left the firm on Monday then."),
        ('<p>他离开了公司<a href="#fn3">③</a>，这是他说过的话。</p>', "他离开了公司，这是他说过的话。"),
        ("<p>It covers 10 m<sup>2</sup> and 10<sup>6</sup> people live there.</p>",
         "It covers 10 m² and 10⁶ people live there."),
        ("<p>On the 1<sup>st</sup> of May we will all be there again.</p>",
         "On the 1st of May we will all be there again."),
        ("<p>我们今天发表了一封信，\n  是写给大家的，也是写给自己的。</p>",
         "我们今天发表了一封信，是写给大家的，也是写给自己的。"),
        ("<p>One line of this paragraph\n  goes on in   another.</p>",
         "One line of this paragraph goes on in another."),
        ("<p>The first line of the verse,<br>and the second line of it.</p>",
         "The first line of the verse,\nand the second line of it."),
        ("<p>It was <b>very</b>&nbsp;good &amp; <i>quite</i> cheap &lt;here&gt; too.</p>",
         "It was very\xa0good & quite cheap <here> too."),
        ("<p>漢<ruby>字<rt>zi</rt></ruby>的读音写在上面，但是不属于正文。</p>", "漢字的读音写在上面，但是不属于正文。"),
        ("<p>Words that are long enough to be taken<script>var no = 1;</script><style>p{}</style> here.</p>",
         "Words that are long enough to be taken here."),
    ],
)  # fmt: skip
def test_paragraphs_read_as_the_page_shows_them(inner: str, expected: str) -> None:
    assert expected in paragraphs(article(inner))


def test_two_line_breaks_and_indents_separate_paragraphs() -> None:
    inner = (
        "<p>　　第一段写在这里，它很长很长。<br>　　第二段写在这里，它也很长。<br><br>第三段写在这里，它还是很长。</p>"
    )
    assert paragraphs(article(inner))[-3:] == [
        "第一段写在这里，它很长很长。",
        "第二段写在这里，它也很长。",
        "第三段写在这里，它还是很长。",
    ]


def test_blocks_say_what_they_are() -> None:
    found = article(
        "<h2>The second part</h2><blockquote><p>Somebody else's words are quoted here.</p></blockquote>"
        "<ul><li>The first point of the list.</li></ul><table><tr><td>甲方在这里写下名字</td></tr></table>"
    )
    kinds = {block.span.of(found.document.text): block.kind for block in found.document.blocks}
    assert kinds["The second part"] is BlockKind.HEADING
    assert kinds["Somebody else's words are quoted here."] is BlockKind.QUOTATION
    assert kinds["The first point of the list."] is BlockKind.LIST_ITEM
    assert kinds["甲方在这里写下名字"] is BlockKind.BODY
    assert kinds[LETTER[1]] is BlockKind.BODY


def test_footnote_marks_and_hidden_words_are_listed() -> None:
    found = article('<p>Some words with a mark<sup>7</sup> in them.</p><p style="display: none">Buy this now</p>')
    assert ("7", "footnote mark") in {(each.text, each.why) for each in found.dropped}
    assert ("Buy this now", "hidden on the page") in {(each.text, each.why) for each in found.dropped}


def test_comments_are_dropped() -> None:
    found = article(
        '</article><div id="comments"><h3>Comments</h3><p>I do not believe a word of this letter.</p></div>'
    )
    assert "believe" not in found.document.text
    assert "I do not believe a word of this letter." in {each.text for each in found.dropped}


def test_menus_are_no_article_even_on_a_page_that_is_taken_whole() -> None:
    found = page("<html><body><nav>Menu</nav><div>Hi</div><div>再见</div></body></html>")
    assert paragraphs(found) == ["Hi", "再见"]
    assert [(each.text, each.why) for each in found.dropped] == [("Menu", "navigation")]


def test_a_page_without_an_article_is_taken_whole_with_a_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.documents.html._article", lambda _: "")
    found = page("<html><body><nav>Menu</nav><div>Hi</div><div>再见</div></body></html>")
    assert paragraphs(found) == ["Hi", "再见"]
    assert "no article was recognised" in found.remarks[0]
    assert [each.text for each in found.dropped] == ["Menu"]


@pytest.mark.parametrize("source", ["<html><body></body></html>", "<!DOCTYPE html>", "<html><script>x</script></html>"])
def test_a_page_that_shows_nothing_is_refused(source: str) -> None:
    with pytest.raises(DocumentError, match="shows no text"):
        page(source)


def test_nesting_is_limited() -> None:
    deep = "<div>" * 5000 + "A sentence that nobody will find."
    with pytest.raises(DocumentError, match="nests more than 200"):
        page(f"<html><body>{deep}</body></html>")
    with pytest.raises(DocumentError, match="nests more than 200"):
        html_tree("<b>" * 230 + "x", "the page")


def test_nothing_is_fetched_and_no_entity_is_read_from_a_file() -> None:
    source = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>'
        f"<p>{LETTER[1]} &x;</p><p>{LETTER[2]}</p></body></html>"
    )
    assert "root:" not in page(source).document.text
