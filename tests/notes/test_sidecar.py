"""A note is a file: read with its head checked, refused with file and line, written back whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legannot.errors import NoteError
from legannot.model.notes import HouseNote, NoteAnchor
from legannot.notes import load
from legannot.notes.schema import SCHEMA
from legannot.notes.sidecar import note_of, parts, read
from legannot.notes.writing import checked, text_of, with_anchor
from tests.conftest import ROOT

HEAD = """\
id: weights-scope
anchor:
  version: rh
  provision: sec. 4(b)
  exact: may require a covered developer
  prefix: "The Secretary "
author: A. Person
date: 2026-11-24
kind: question
"""
BODY = "Does this reach *weights*?\n\n---\n\nA rule above.\n"


def written(folder: Path, text: str, name: str = "note.md") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_note_is_its_head_and_the_markdown_after_it(tmp_path: Path) -> None:
    (note,) = load(written(tmp_path, f"{HEAD}---\n{BODY}"))
    assert note.id == "weights-scope"
    assert note.kind == "question"
    assert note.date == "2026-11-24"
    assert note.anchor == NoteAnchor(
        "rh", "sec. 4(b)", "may require a covered developer", "The Secretary "
    )
    assert note.text == BODY.strip()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"---\n{HEAD}---\n{BODY}", id="a fence before the head"),
        pytest.param(f"{HEAD}---\n{BODY}".replace("\n", "\r\n"), id="lines of Windows"),
        pytest.param(f"\ufeff{HEAD}---\n{BODY}", id="a byte order mark"),
        pytest.param(
            "{id: weights-scope, anchor: {version: rh, provision: sec. 4(b), exact: may require a"
            " covered developer, prefix: 'The Secretary '}, author: A. Person, date: 2026-11-24,"
            f" kind: question}}\n---\n{BODY}",
            id="a head on one line",
        ),
    ],
)
def test_other_ways_to_write_the_same_note_are_the_same(tmp_path: Path, text: str) -> None:
    file = tmp_path / "note.md"
    file.write_bytes(text.encode("utf-8"))
    plain = tmp_path / "plain"
    plain.mkdir()
    assert load(file) == load(written(plain, f"{HEAD}---\n{BODY}"))


def test_a_note_is_a_comment_unless_it_says_otherwise(tmp_path: Path) -> None:
    (note,) = load(written(tmp_path, f"{HEAD.replace('kind: question', '')}---\nYes.\n"))
    assert note.kind == "comment"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param(HEAD + BODY.replace("---", ""), 1, "no line ---", id="no end of the head"),
        pytest.param(f"{HEAD}---\n\n", 10, "says nothing", id="an empty note"),
        pytest.param(HEAD.replace("exact", "exakt") + "---\nx", 2, "exact", id="a key misspelt"),
        pytest.param(
            "---\n" + HEAD.replace("kind: question", "kind: rant") + "---\nx",
            10,
            "rant",
            id="no such kind, lines counted from the first fence",
        ),
        pytest.param(HEAD.replace("2026-11-24", "2026-02-30") + "---\nx", 8, "no day", id="no day"),
        pytest.param(
            HEAD.replace("weights-scope", "../x") + "---\nx", 1, "../x", id="a path as id"
        ),
        pytest.param(HEAD.replace("exact: may", "exact: [may") + "---\nx", 5, "YAML", id="no YAML"),
        pytest.param(HEAD + "id: again\n---\nx", 10, "twice", id="a key twice"),
        pytest.param(HEAD + "mood: !!python/name:os.system\n---\nx", 10, "mood", id="a YAML tag"),
        pytest.param(HEAD + "a: &a [*a]\n---\nx", 10, "alias", id="a YAML alias"),
        pytest.param("- a\n---\nx", 1, "key: value", id="a list"),
    ],
)
def test_what_is_no_note_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    with pytest.raises(NoteError) as wrong:
        load(written(tmp_path, text))
    assert words in str(wrong.value)
    assert wrong.value.where == "note.md"
    assert wrong.value.line == line


def test_a_file_that_is_no_text_or_too_large_or_missing_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "binary.md"
    binary.write_bytes(b"id: x\n\xff\xfe")
    with pytest.raises(NoteError, match=r"binary.md, line 2: is not UTF-8"):
        load(binary)
    large = written(tmp_path, HEAD + "---\n" + "x" * 300_000, "large.md")
    with pytest.raises(NoteError, match="too large"):
        load(large)
    with pytest.raises(NoteError, match="cannot be read"):
        load(tmp_path / "none.md")


def test_a_folder_holds_its_notes_by_their_paths_but_for_its_readme(tmp_path: Path) -> None:
    written(tmp_path, f"{HEAD.replace('weights-scope', 'b')}---\nx", "b.md")
    written(tmp_path, "What these notes are about.", "README.md")
    (tmp_path / "a").mkdir()
    written(tmp_path / "a", f"{HEAD.replace('weights-scope', 'a')}---\nx", "a.md")
    assert [note.id for note in load(tmp_path)] == ["a", "b"]


def test_one_id_for_two_notes_and_a_folder_without_notes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NoteError, match="holds no notes"):
        load(tmp_path)
    written(tmp_path, f"{HEAD}---\nx", "a.md")
    written(tmp_path, f"{HEAD}---\nx", "b.md")
    with pytest.raises(NoteError, match=r"b.md, line 1: the id weights-scope stands twice.*a.md"):
        load(tmp_path)


def test_the_published_schema_is_the_one_that_is_checked() -> None:
    assert json.loads((ROOT / "docs/schemas/note-1.json").read_text(encoding="utf-8")) == SCHEMA


words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=40
).filter(lambda text: bool(text.strip()))


@given(exact=words, prefix=words, author=words, body=words)
def test_a_note_written_is_the_note_read(exact: str, prefix: str, author: str, body: str) -> None:
    anchor = NoteAnchor("rh", "sec. 4(b)", exact, prefix, "", "119hr8315")
    note = HouseNote("x", "comment", author, "2026-11-24", body, anchor)
    back = checked(note, Path("x.md"))
    assert back.anchor == anchor
    assert back.author.split() == author.split()
    assert back.text.strip() == body.strip()


def test_a_moved_anchor_leaves_the_rest_of_the_file_as_it_is(tmp_path: Path) -> None:
    kept = HEAD.replace("author:", "# who says so\nauthor:")
    file = written(tmp_path, f"{kept}---\n{BODY}")
    moved = NoteAnchor("eh", "sec. 14(b)", "may require")
    text = with_anchor(read(file), moved)
    assert "# who says so\nauthor: A. Person\n" in text
    assert text.endswith(f"---\n{BODY}")
    again = parts(text.encode("utf-8"), file)
    assert note_of(again).anchor == moved
    assert again.head.get("earlier", 0, "exact") == "may require a covered developer"
    second = NoteAnchor("enr", "sec. 15(b)", "may require")
    last = parts(with_anchor(again, second).encode("utf-8"), file)
    assert [last.head.get("earlier", i, "version") for i in (0, 1)] == ["eh", "rh"]
    assert note_of(last).anchor == second


def test_the_anchor_of_a_head_on_one_line_moves_too(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "{id: x, anchor: {version: rh, provision: sec. 4, exact: may}, author: A,"
        " date: 2026-11-24}\n---\nYes.\n",
    )
    moved = NoteAnchor("eh", "sec. 5", "may")
    again = parts(with_anchor(read(file), moved).encode("utf-8"), file)
    assert note_of(again).anchor == moved
    assert note_of(again).author == "A"


def test_the_text_of_a_note_is_its_file(tmp_path: Path) -> None:
    (note,) = load(written(tmp_path, f"{HEAD}---\n{BODY}"))
    assert load(written(tmp_path, text_of(note))) == (note,)
