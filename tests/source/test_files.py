"""What a user may type for a VERSION, and what is said when it cannot be read."""

from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path

import pytest

from legannot.errors import InputError
from legannot.source import resolve

XML = b"<bill/>"


def refusal(name: str) -> InputError:
    with pytest.raises(InputError) as caught:
        resolve([name])
    assert caught.value.cure
    assert caught.value.exit_code == 3
    return caught.value


def test_a_file_comes_with_its_digest_and_size(tmp_path: Path) -> None:
    file = tmp_path / "ih.xml"
    file.write_bytes(XML)
    (source,) = resolve([str(file)])
    assert source.data == XML
    assert source.provenance.sha256 == hashlib.sha256(XML).hexdigest()
    assert source.provenance.size == len(XML)
    assert source.provenance.source == str(file)


def test_a_folder_gives_its_xml_files_in_order_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.xml", "a.xml", "a.htm", "notes.md"):
        (tmp_path / name).write_bytes(XML)
    assert [Path(s.name).name for s in resolve([str(tmp_path)])] == ["a.xml", "b.xml"]


def test_standard_input_is_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(XML)))
    (source,) = resolve(["-"])
    assert (source.name, source.data) == ("-", XML)


def test_several_names_are_read_in_the_order_given(tmp_path: Path) -> None:
    for name in ("one.xml", "two.xml"):
        (tmp_path / name).write_bytes(XML)
    names = [str(tmp_path / "two.xml"), str(tmp_path / "one.xml")]
    assert [s.name for s in resolve(names)] == names


def test_a_sample_is_all_its_versions_or_the_one_that_is_named() -> None:
    every = resolve(["sample:model-access"])
    assert [s.name for s in every] == [f"sample:model-access/{v}" for v in ("ih", "rh", "eh")]
    assert resolve(["sample:model-access/rh"]) == (every[1],)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("sample:nothing", "no sample called"),
        ("sample:model-access/xx", "no version"),
        ("no/such/file.xml", "no such file"),
    ],
)
def test_what_is_not_there_is_said(name: str, what: str) -> None:
    assert what in refusal(name).what


def test_an_empty_file_or_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty.xml").write_bytes(b" \n")
    assert "empty" in refusal(str(tmp_path / "empty.xml")).what
    (tmp_path / "folder").mkdir()
    assert "no .xml file" in refusal(str(tmp_path / "folder")).what


def test_a_file_larger_than_any_bill_is_not_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "large.xml"
    with file.open("wb") as stream:
        stream.truncate(100 * 2**20)
        stream.write(b"x")
    assert "larger than 64 MB" in refusal(str(file)).what
