"""Files are written whole, or what was there stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from legannot import atomic


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    for data in (b"old", b"", b"new"):
        atomic.write(tmp_path / "page.html", data)
        assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
            ("page.html", data)
        ]


def test_a_write_that_fails_at_its_end_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    atomic.write(tmp_path / "page.html", b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        atomic.write(tmp_path / "page.html", b"new")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
        ("page.html", b"old")
    ]


@pytest.mark.skipif(os.name == "nt", reason="files have no such modes there")
def test_others_may_read_a_file_as_they_may_read_any_other_that_the_user_makes(
    tmp_path: Path,
) -> None:
    atomic.write(tmp_path / "page.html", b"new")
    (tmp_path / "other").write_bytes(b"new")
    modes = {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert len(modes) == 1
