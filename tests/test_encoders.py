"""The encoder contract, over the whole registry, and the vector cache."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aligner.encoders import ENCODERS, CachedEncoder, Encoder, Vectors, open_encoder
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


def test_unknown_encoder_names_the_known() -> None:
    with pytest.raises(UnknownNameError, match="known: e5, sentence-transformers:<model>, use"):
        open_encoder("labse")


def test_missing_extra_gives_the_install_line() -> None:
    try:
        import sentence_transformers  # noqa: F401
    except ImportError:
        with pytest.raises(MissingExtraError, match=r"pip install 'letter-aligner\[sentence-transformers\]'"):
            open_encoder("sentence-transformers:some-model")
    else:
        pytest.skip("sentence-transformers is installed here")
