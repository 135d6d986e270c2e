"""Files are replaced whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aligner.errors import AlignerError
from aligner.formats.files import OutputError, write_atomic


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_writes_makes_folders_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "文件.json"
    assert write_atomic(path, b"one") is True
    assert path.read_bytes() == b"one"
    assert names(path.parent) == ["文件.json"]


def test_it_says_whether_anything_changed(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert write_atomic(path, b"") is True
    assert write_atomic(path, b"") is False
    assert write_atomic(path, b"two") is True
    assert write_atomic(path, b"two") is False


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"one")
    os.utime(path, (1, 1))
    inode = path.stat().st_ino
    write_atomic(path, b"one")
    assert (path.stat().st_mtime, path.stat().st_ino) == (1, inode)


def test_a_failure_keeps_the_old_file_and_leaves_no_temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"file: cannot be written: No space left on device; choose another"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_an_interruption_leaves_no_temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(tmp_path / "file", b"new")
    assert names(tmp_path) == []


@pytest.mark.parametrize("place", ["folder", "blocker/file"])
def test_a_place_that_cannot_be_is_a_users_fault(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "blocker").write_bytes(b"")
    with pytest.raises(AlignerError, match="cannot be written"):
        write_atomic(tmp_path / place, b"new")
    assert names(tmp_path) == ["blocker", "folder"]


def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "link"
    link.symlink_to(real)
    write_atomic(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    write_atomic(tmp_path / "new", b"x")
    assert (tmp_path / "new").stat().st_mode == plain.stat().st_mode


def test_a_loop_of_links_is_a_users_fault(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OutputError):
        write_atomic(tmp_path / "a", b"x")
