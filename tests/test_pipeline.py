"""From letters and articles to values and files."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest
from support_cli import LETTER, Sums, each, in_order, snapshot, write_corpus

from aligner import home
from aligner.corpus import Corpus
from aligner.documents import read
from aligner.errors import AlignerError, DocumentError, ManifestError
from aligner.model import Alignment, Span
from aligner.pipeline import Target, align_letter, align_letters, build, letters, write_all
from aligner.pipeline.building import targets
from aligner.pipeline.output import Change
from aligner.pipeline.pairs import read_lines


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "align_articles", each(in_order))


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus.open(write_corpus(tmp_path / "corpus"))


def test_letter_targets_and_alignments_can_be_sent_to_another_process(corpus: Corpus) -> None:
    letter, work = corpus.letter("farewell"), targets(corpus, corpus.entry("farewell"))
    again = pickle.loads(pickle.dumps((letter, work)))  # noqa: S301 - our own bytes
    assert again == (letter, work)
    alignments = align_letter(*again, Sums())
    assert pickle.loads(pickle.dumps(alignments)) == align_letter(letter, work, Sums())  # noqa: S301


def test_alignments_come_in_the_order_of_their_targets(corpus: Corpus) -> None:
    letter, work = corpus.letter("farewell"), targets(corpus, corpus.entry("farewell"))
    assert [item.rendering for item in align_letter(letter, work[::-1], Sums())] == ["farewell-south", "farewell-north"]


def test_progress_reaches_its_end(corpus: Corpus) -> None:
    seen: list[tuple[str, int, int]] = []
    work = [(corpus.letter("farewell"), targets(corpus, corpus.entry("farewell")))]
    align_letters(work, Sums(), progress=lambda *step: seen.append(step))
    assert [done for _, done, _ in seen] == [0, 1, 2]
    assert {total for *_, total in seen} == {2}
    assert "farewell-north" in seen[0][0]


def test_a_pinned_rendering_is_searched_in_its_stretch_only(corpus: Corpus, tmp_path: Path) -> None:
    manifest = tmp_path / "corpus" / "letters.toml"
    text = manifest.read_text(encoding="utf-8").replace(
        'outlet = "North Post"', 'outlet = "North Post"\nfrom = "我们周五"\nto = "聚会。"'
    )
    manifest.write_text(text, encoding="utf-8")
    opened = Corpus.open(tmp_path / "corpus")
    north, south = targets(opened, opened.entry("farewell"))
    assert north.within is not None
    assert north.within.of(north.document.text).startswith("我们周五关店。")
    assert north.within.of(north.document.text).endswith("请来参加聚会。")
    assert south.within is None
    assert corpus.document("north.txt") == north.document


def test_a_half_pinned_rendering_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    manifest = tmp_path / "corpus" / "letters.toml"
    text = manifest.read_text(encoding="utf-8").replace('outlet = "North Post"', 'from = "我们周五"')
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match="only one of from and to"):
        targets(Corpus.open(tmp_path / "corpus"), Corpus.open(tmp_path / "corpus").entry("farewell"))
    assert corpus.manifest.letters[0].renderings[0].from_words is None


def test_two_builds_of_one_corpus_are_the_same_to_the_byte(corpus: Corpus, tmp_path: Path) -> None:
    build(corpus, tmp_path / "one", encoder=Sums())
    build(Corpus.open(corpus.folder), tmp_path / "two", encoder=Sums())
    one, two = snapshot(tmp_path / "one"), snapshot(tmp_path / "two")
    assert {name: data for name, (data, _) in one.items()} == {name: data for name, (data, _) in two.items()}
    assert len(one) == 7


def test_a_build_is_what_the_corpus_reads_back(corpus: Corpus) -> None:
    report = build(corpus, corpus.folder, encoder=Sums())
    read_back = corpus.alignments("farewell")
    assert tuple(read_back.values()) == report.alignments
    assert report.count(Change.NEW) == 7


def test_what_the_manifest_leaves_open_comes_from_the_document(corpus: Corpus, tmp_path: Path) -> None:
    build(corpus, tmp_path / "out", encoder=Sums())
    south = (tmp_path / "out" / "farewell" / "farewell-south.tmx").read_text(encoding="utf-8")
    assert '<prop type="x-outlet">South Daily</prop>' in south


def test_several_processes_give_what_one_gives(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    letter, work = corpus.letter("farewell"), targets(corpus, corpus.entry("farewell"))
    every = [(letter, (target,)) for target in work]
    # The other processes do not see the stand-in, so the job that carries it goes there instead.
    monkeypatch.setattr(letters, "_job", aligned_in_order)
    assert align_letters(every, Sums(), jobs=2) == align_letters(every, Sums())


def aligned_in_order(letter: object, work: tuple[Target, ...], encoder: object) -> tuple[Alignment, ...]:
    return tuple(
        in_order(letter, item.document, encoder, rendering=item.rendering, language=item.language)  # type: ignore[arg-type]
        for item in work
    )


def test_a_fault_in_another_process_comes_back_as_it_was(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    letter, work = corpus.letter("farewell"), targets(corpus, corpus.entry("farewell"))
    monkeypatch.setattr(letters, "_job", refused)
    with pytest.raises(AlignerError, match=r"^north.txt: will not; do"):
        align_letters([(letter, work), (letter, work)], Sums(), jobs=2)


def refused(*_: object) -> str:
    return "north.txt: will not; do"


def test_a_fault_becomes_text_for_the_way_back(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> Alignment:
        raise DocumentError("will not", where="north.txt", hint="do")

    monkeypatch.setattr(letters, "align_articles", each(fails))
    letter, work = corpus.letter("farewell"), targets(corpus, corpus.entry("farewell"))
    assert letters._job(letter, work, Sums()) == "north.txt: will not; do"


def test_stopping_does_not_wait_for_the_other_processes(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    letter, work = corpus.letter("farewell"), targets(corpus, corpus.entry("farewell"))
    monkeypatch.setattr(letters, "_job", never_ends)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        align_letters([(letter, work), (letter, work)], Sums(), jobs=2, progress=interrupted)


def never_ends(*_: object) -> str:
    time.sleep(3600)
    return "it ended"


def test_within_reaches_the_engine() -> None:
    document = read("a.txt", "前言。我们周五关店。后记。".encode())
    letter_document = read("letter.txt", LETTER.encode())
    from aligner.witnesses import letter_from_document

    letter = letter_from_document(letter_document, id="x")
    (alignment,) = align_letter(letter, [Target("a", document, "zh-Hans", Span(3, 10))], Sums())
    assert [segment.text for segment in alignment.target_segments] == ["我们周五关店。"]


def test_files_are_left_alone_when_one_of_them_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(AlignerError, match="is a folder"):
        write_all({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"


def test_what_happened_to_each_file_is_told_in_order(tmp_path: Path) -> None:
    (tmp_path / "same").write_bytes(b"1")
    (tmp_path / "old").write_bytes(b"1")
    files = {tmp_path / "x" / "new": b"1", tmp_path / "same": b"1", tmp_path / "old": b"2"}
    assert [(item.path.name, item.change) for item in write_all(files)] == [
        ("new", Change.NEW),
        ("same", Change.UNCHANGED),
        ("old", Change.CHANGED),
    ]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"a\nb\n", ("a", "b")),
        (b"a\nb", ("a", "b")),
        (b"a\n\n", ("a", "")),
        (b"\n", ("",)),
        (b"\n\na", ("", "", "a")),
        (b"a\r\nb\r\n", ("a", "b")),
        (b"\xef\xbb\xbfa\n", ("a",)),
        ("a\u2028b\x0cc\u0085d\n".encode(), ("a\u2028b\x0cc\u0085d",)),
    ],
)
def test_lines_are_counted_as_other_aligners_count_them(tmp_path: Path, data: bytes, lines: tuple[str, ...]) -> None:
    (tmp_path / "x").write_bytes(data)
    assert read_lines(tmp_path / "x") == lines


def test_everything_is_kept_below_one_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(home.VARIABLE, str(tmp_path))
    assert home.home() == tmp_path
    assert {home.cache_dir(), home.vectors_dir(), home.reports_dir()} == {
        tmp_path / "cache",
        tmp_path / "cache" / "vectors",
        tmp_path / "reports",
    }


@pytest.mark.parametrize("value", ["", " "])
def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(home.VARIABLE, value)
    assert home.home().name == home.NAME
    assert home.home().is_absolute()


def test_asking_for_the_home_makes_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(home.VARIABLE, str(tmp_path / "h"))
    home.vectors_dir()
    assert list(tmp_path.iterdir()) == []
