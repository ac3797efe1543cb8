"""`legannot notes` and `report --notes` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import Run, legannot

RH, EH = "sample:model-access/rh", "sample:model-access/eh"
AFFILIATES = "sec. 5(b) “shall be treated as a listed entity”"
CUSTOMERS = "sec. 8(a)(1) “each customer that is a foreign person”"
DAY = "1790000000"  # a day in September 2026


def add(folder: Path, name: str, provision: str, quote: str, *more: str, version: str = RH) -> Run:
    return legannot(
        "notes", "add", folder, version, "--provision", provision, "--quote", quote,
        "--id", name, "--author", "A. Person", *more, SOURCE_DATE_EPOCH=DAY,
    )  # fmt: skip


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder with a note that moves and one whose words change."""
    folder = tmp_path / "notes"
    made = add(folder, "affiliates", "sec. 5(b)", "shall be treated as a listed entity",
               "--text", "Does this reach *joint ventures*?", "--kind", "question")  # fmt: skip
    assert made.code == 0, made.err
    made = add(folder, "customers", "sec. 8(a)(1)", "each customer that is a foreign person",
               "--text", "Only foreign customers.")  # fmt: skip
    assert made.code == 0, made.err
    return folder


def test_a_note_added_is_a_file_with_its_anchor(notes: Path) -> None:
    text = (notes / "affiliates.md").read_text(encoding="utf-8")
    assert "id: affiliates\n" in text
    assert "  version: rh\n  provision: sec. 5(b)\n" in text
    assert "date: '2026-09-21'" in text
    assert text.endswith("---\nDoes this reach *joint ventures*?\n")


def test_the_text_of_a_note_may_come_from_standard_input(tmp_path: Path) -> None:
    done = legannot(
        "notes", "add", tmp_path, RH, "--provision", "sec. 5(b)", "--quote", "25 percent",
        "--id", "share", "--author", "A", stdin="Übernahme?\n".encode(),
    )  # fmt: skip
    assert done.code == 0, done.err
    assert (tmp_path / "share.md").read_text(encoding="utf-8").endswith("---\nÜbernahme?\n")


@pytest.mark.parametrize(
    ("provision", "quote", "message"),
    [
        pytest.param("sec. 99", "x", "has no provision 'sec. 99'", id="no such provision"),
        pytest.param("sec. 5", "25 percent", "They stand in sec. 5(b).", id="of a level below"),
        pytest.param("sec. 5(b)", "26 percent", "letter for letter", id="not there"),
        pytest.param("sec. 5(a)", "the", "Quote more words.", id="too few words"),
    ],
)
def test_a_quote_that_finds_no_one_place_is_refused_with_a_cure(
    tmp_path: Path, provision: str, quote: str, message: str
) -> None:
    done = add(tmp_path / "new", "x", provision, quote, "--text", "y")
    assert done.code == 3
    assert message in done.err
    assert not (tmp_path / "new").exists()


def test_a_note_is_never_written_over_and_never_outside_its_folder(notes: Path) -> None:
    again = add(notes, "affiliates", "sec. 5(b)", "25 percent", "--text", "Other.")
    assert again.code == 3
    assert "is there already" in again.err
    assert "joint ventures" in (notes / "affiliates.md").read_text(encoding="utf-8")
    outside = add(notes, "../outside", "sec. 5(b)", "25 percent", "--text", "x")
    assert outside.code == 3
    assert not (notes.parent / "outside.md").exists()
    empty = add(notes, "empty", "sec. 5(b)", "25 percent", "--text", "  ")
    assert empty.code == 3
    assert not (notes / "empty.md").exists()


def test_check_names_every_note_and_exits_with_1_if_one_needs_a_person(notes: Path) -> None:
    done = legannot("notes", "check", notes, RH, EH)
    assert done.code == 1
    assert "affiliates  moved  " in done.out
    assert "sec. 5(b) is now sec. 6(b)." in done.out
    assert "customers   words changed, please check" in done.out
    last = done.out.splitlines()[-1]
    assert last == (
        "2 notes: 0 same words, 1 moved, 1 words changed, please check, 0 no longer there."
    )


def test_check_exits_with_0_where_no_note_needs_a_person(notes: Path) -> None:
    (notes / "customers.md").unlink()
    assert legannot("notes", "check", notes, RH, EH).code == 0
    assert legannot("notes", "check", notes / "affiliates.md", RH).code == 0


def test_check_without_the_version_of_a_note_says_which_one_is_missing(notes: Path) -> None:
    done = legannot("notes", "check", notes, EH)
    assert done.code == 1
    assert "119hr99990 rh, which is not among the versions given (eh)" in done.out


def test_list_shows_the_notes_without_any_bill(notes: Path) -> None:
    done = legannot("notes", "list", notes)
    assert done.code == 0
    assert done.out.splitlines() == [
        f"affiliates  2026-09-21  question by A. Person: rh {AFFILIATES}",
        f"customers   2026-09-21  comment by A. Person: rh {CUSTOMERS}",
    ]


def test_move_writes_the_new_anchor_after_a_yes_and_keeps_the_old_one(notes: Path) -> None:
    done = legannot("notes", "move", notes, RH, EH, stdin=b"y\ny\n")
    assert done.code == 0, done.err
    text = (notes / "affiliates.md").read_text(encoding="utf-8")
    assert "  version: eh\n  provision: sec. 6(b)\n" in text
    assert "earlier:\n- bill: 119hr99990\n  version: rh\n  provision: sec. 5(b)\n" in text
    assert legannot("notes", "check", notes, EH).code == 0


def test_move_after_a_no_leaves_every_file_as_it_is(notes: Path) -> None:
    before = {file: file.read_bytes() for file in notes.iterdir()}
    done = legannot("notes", "move", notes, RH, EH, stdin=b"n\nn\n")
    assert done.code == 0, done.err
    assert {file: file.read_bytes() for file in notes.iterdir()} == before


def test_move_without_an_answer_stops_and_changes_nothing(notes: Path) -> None:
    before = {file: file.read_bytes() for file in notes.iterdir()}
    assert legannot("notes", "move", notes, RH, EH).code == 130
    assert {file: file.read_bytes() for file in notes.iterdir()} == before


@pytest.mark.parametrize("style", ["html", "md", "json", "docx", "fragment", "annotations"])
def test_a_report_takes_notes_in_every_format(notes: Path, tmp_path: Path, style: str) -> None:
    target = tmp_path / "out"
    done = legannot("report", RH, EH, "--no-embeddings", "--format", style, "--notes", notes,
                    "-o", target)  # fmt: skip
    assert done.code == 0, done.err
    assert "2 notes: 0 same words, 1 moved, 1 words changed" in done.err
    if style != "docx":
        text = target.read_text(encoding="utf-8")
        assert "joint ventures" in text
        assert "Only foreign customers." in text


def test_a_broken_note_stops_a_report_with_its_file_and_line(notes: Path, tmp_path: Path) -> None:
    (notes / "broken.md").write_text("id: broken\nauthor: A\n---\nx\n", encoding="utf-8")
    target = tmp_path / "out.html"
    done = legannot("report", RH, EH, "--no-embeddings", "--notes", notes, "-o", target)
    assert done.code == 3
    assert "broken.md, line 1: " in done.err
    assert not target.exists()


def test_the_small_exports_have_endings_of_their_own(tmp_path: Path) -> None:
    for file in (RH, EH):
        name = file.rpartition("/")[2]
        done = legannot("report", file, "--no-embeddings", "--format", "annotations", "-q",
                        cwd=tmp_path)  # fmt: skip
        assert done.code == 0, done.err
        made = tmp_path / f"hr-99990-{name}.annotations.json"
        assert json.loads(made.read_text(encoding="utf-8"))["type"] == "AnnotationCollection"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(("--format", "oembed"), "needs --url", id="no address"),
        pytest.param(("--url", "https://example.org"), "needs --url", id="an address for nothing"),
        pytest.param(("--format", "oembed", "--url", "javascript:x"), "not an address", id="none"),
    ],
)
def test_oembed_needs_the_address_of_the_page(arguments: tuple[str, ...], message: str) -> None:
    done = legannot("report", RH, "--no-embeddings", *arguments)
    assert done.code == 2
    assert message in done.err


def test_oembed_is_an_answer_for_the_address() -> None:
    done = legannot("report", RH, EH, "--no-embeddings", "--format", "oembed",
                    "--url", "https://example.org/b/", "-o", "-")  # fmt: skip
    assert done.code == 0, done.err
    assert json.loads(done.out)["type"] == "rich"
