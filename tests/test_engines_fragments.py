"""Small evidence: quoted phrases, words that point to one sentence, lines that are no sentences, other renderings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support_engines import article_of, letter_of, use

from aligner.engines import Anchors, Confirmed, Target, align_article, align_articles
from aligner.engines.article.atoms import cut
from aligner.engines.article.evidence import gather
from aligner.engines.article.features import lattice
from aligner.engines.article.fragments import density, embedded, phrases, pointing
from aligner.engines.article.lines import source_lines, target_lines
from aligner.engines.article.peers import NAMES, Version, compare, peer_features
from aligner.engines.words import word_table
from aligner.model import Alignment, Mode, Span, Status

LETTER = (
    "Dear all,\n\nWe close on Friday. The oven is forty years old and tired. Thank you for the queues in the rain.\n\n"
    "Ivo\n"
)
FULL = "大家好：\n\n我们周五关门。烤炉已经用了四十年，累了。谢谢大家在雨里排队。\n\n伊沃\n"  # a whole translation
LOOSE = "面包店要关了。伊沃说，烤炉已经用了四十年，累了。\n\n“雨里排队”成了街坊的口头禅。\n"


def test_a_quotation_inside_a_sentence_is_embedded() -> None:
    article = article_of("他写道：“我们周五关门。”\n\n这家“累了”的面包店还在。\n")
    atoms = cut(article, "zh-Hans")
    runs = [(k, k + 1) for k in range(len(atoms))]
    texts = [article.text[atoms[a].start : atoms[a].end] for a, _ in runs]
    found = dict(zip(texts, embedded(atoms, runs).tolist(), strict=True))
    assert found["累了"]
    assert not found["我们周五关门。"]
    assert not found["的面包店还在。"]


def test_phrases_begin_and_end_with_content_words() -> None:
    reading = "We lost the oven, but not the queue in the rain."
    found = [reading[span.start : span.end] for span in phrases(reading, "en")]
    assert "queue in the rain" in found
    assert "oven" in found
    assert not any("," in text or text.startswith("the ") for text in found)


def test_words_point_to_one_sentence() -> None:
    source = ["We close the bakery on Friday.", "The oven is tired, and the bakery too."]
    target = ["面包店", "烤炉"]
    table = word_table(source, target, use(), ("en", "zh-Hans"))
    found = pointing(table, 2, 2)
    assert found.shape == (2, 2)
    assert found[1, 1] > 0.3
    assert found[1, 0] == 0
    assert found[0].max() < found[1, 1]


@pytest.mark.parametrize("count", [0, 3])
def test_no_words_point_nowhere(count: int) -> None:
    table = word_table([], [""] * count, use(), ("en", "zh-Hans"))
    assert pointing(table, count, 0).shape == (count, 0)


def test_density_is_a_share_of_the_text() -> None:
    atoms = cut(article_of("我们周五关门。\n\n街坊都来了，谁也没走。\n"), "zh-Hans")
    spans = [(0, 1), (1, len(atoms))]
    assert density(atoms, dict.fromkeys(spans, 0.9)) == 1
    assert density(atoms, dict.fromkeys(spans, 0.1)) == 0
    assert 0 < density(atoms, {spans[0]: 0.9, spans[1]: 0.1}) < 0.5
    assert density((), {}) == 0


def test_salutations_and_signatures_are_lines() -> None:
    assert source_lines(["Dear all,", "We close on Friday.", "Ivo", "Why?"]) == [True, False, True, False]
    text = "各位同事：\n\n我们周五关门。\n\n伊沃\n\n这一行写得太长所以不是称呼也不是落款只是忘了加上句号而已\n"
    article = article_of(text)
    atoms = cut(article, "zh-Hans")
    found = {text[a.start : a.end]: line for a, line in zip(atoms, target_lines(atoms, text), strict=True)}
    assert found["各位同事："]
    assert found["伊沃"]
    assert not found["我们周五关门。"]
    assert sum(found.values()) == 2


def test_other_renderings_say_what_a_sentence_means() -> None:
    article = article_of(LOOSE)
    atoms = cut(article, "zh-Hans")
    readings = ["We close on Friday.", "The oven is forty years old and tired."]
    evidence = gather(readings, article.text, atoms, use(), ("en", "zh-Hans"))
    made, chosen = lattice(evidence)
    peers = compare(evidence, [Version(1, "烤炉用了四十年，已经累了。")], use())
    assert peers.known.tolist() == [False, True]
    values = peer_features(evidence, made, chosen, peers)
    at = {name: k for k, name in enumerate(NAMES)}
    alike = [
        k
        for k in range(len(made.begin))
        if "烤炉" in evidence.views[chosen.window[k]] and made.first[k] == made.last[k] - 1 == 1
    ]
    assert values[alike, at["known"]].all()
    assert values[alike, at["cosine"]].max() > 0.8
    assert values[alike, at["overlap_margin"]].max() > 0.3
    nobody = compare(evidence, [], use())
    assert not peer_features(evidence, made, chosen, nobody).any()


def together(*texts: str) -> tuple[Alignment, ...]:
    targets = [Target(f"r{k}", article_of(text)) for k, text in enumerate(texts)]
    return align_articles(letter_of(LETTER), targets, use())


def alone(text: str) -> Alignment:
    return align_article(letter_of(LETTER), article_of(text), use(), rendering="r")


def links(alignment: Alignment) -> set[tuple[object, ...]]:
    spans = {s.id: (s.start, s.end) for s in alignment.target_segments}
    return {(link.source, tuple(spans[t] for t in link.target)) for link in alignment.links}


def test_other_articles_take_nothing_away() -> None:
    found = together(FULL, LOOSE)
    assert links(alone(FULL)) <= links(found[0])
    assert links(alone(LOOSE)) <= links(found[1])
    assert [alignment.rendering for alignment in found] == ["r0", "r1"]


def test_an_article_about_something_else_changes_nothing() -> None:
    other = "今天下了一整天的雨，河边的柳树绿了。\n"
    assert links(together(FULL, other)[0]) == links(alone(FULL))
    assert not together(FULL, other)[1].links


def test_one_article_is_aligned_as_by_itself() -> None:
    (found,) = together(FULL)
    assert replace(found, rendering="r") == alone(FULL)
    assert together() == ()


def test_the_order_of_articles_does_not_matter() -> None:
    one, two = together(FULL, LOOSE), together(LOOSE, FULL)
    assert (links(one[0]), links(one[1])) == (links(two[1]), links(two[0]))


def test_anchors_hold_among_several_articles() -> None:
    start = LOOSE.index("雨里")
    anchor = Confirmed(("s4",), (Span(start, start + 4),), Mode.FRAGMENT)
    targets = [Target("a", article_of(FULL)), Target("b", article_of(LOOSE), anchors=Anchors((anchor,)))]
    found = align_articles(letter_of(LETTER), targets, use())[1]
    assert [link.source for link in found.links if link.status is Status.CONFIRMED] == [("s4",)]
