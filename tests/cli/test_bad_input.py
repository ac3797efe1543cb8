"""One line that names the file, the place and the cure; nothing half written; no traceback."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from lxml import html

from legannot.cli import main
from tests.cli.program import legannot
from tests.conftest import ROOT

SAMPLE = ROOT / "corpus" / "sample" / "model-access"


def check_refused(path: Path, *said: str, code: int = 3) -> None:
    output = path.parent / "report.html"
    run = legannot("report", path, SAMPLE / "eh.xml", "--no-embeddings", "-o", output)
    assert run.code == code
    assert not run.out
    assert len(run.err.strip().splitlines()) == 1
    assert path.name in run.err
    for words in said:
        assert words in run.err
    assert not output.exists()


def test_a_web_page_saved_as_xml(tmp_path: Path) -> None:
    page = tmp_path / "bill.xml"
    page.write_text("<!DOCTYPE html>\n<html><head><title>Not found</title></head></html>")
    check_refused(page, "is a web page, not bill XML", "choose XML")


def test_text_that_is_no_xml(tmp_path: Path) -> None:
    text = tmp_path / "bill.xml"
    text.write_text("A BILL to do something.")
    check_refused(text, "not XML")


def test_a_file_cut_short_names_the_line(tmp_path: Path) -> None:
    cut = tmp_path / "cut.xml"
    content = (SAMPLE / "ih.xml").read_bytes()
    cut.write_bytes(content[: len(content) // 2])
    check_refused(cut, "line", "cut short")


def test_another_kind_of_document(tmp_path: Path) -> None:
    other = tmp_path / "feed.xml"
    other.write_text("<?xml version='1.0'?><rss><channel><title>x</title></channel></rss>")
    check_refused(other, "<rss>", "not a bill")


def test_an_empty_file(tmp_path: Path) -> None:
    empty = tmp_path / "empty.xml"
    empty.write_bytes(b"")
    check_refused(empty, "empty")


def test_a_missing_file(tmp_path: Path) -> None:
    check_refused(tmp_path / "nowhere.xml", "no such file")


def test_an_entity_bomb(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xml"
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb.write_text(f'<!DOCTYPE bill [<!ENTITY a0 "lol">{levels}]><bill>&a9;</bill>')
    check_refused(bomb)


def test_an_output_that_cannot_be_written_leaves_the_old_one_whole(tmp_path: Path) -> None:
    nowhere = tmp_path / "missing" / "report.html"
    run = legannot("report", "sample:model-access/ih", "--no-embeddings", "-o", nowhere)
    assert run.code == 3
    assert "cannot be written" in run.err
    assert len(run.err.strip().splitlines()[-1].split("\n")) == 1
    assert not nowhere.exists()


def test_two_different_bills_are_compared_with_a_warning(tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    text = (SAMPLE / "eh.xml").read_text(encoding="utf-8")
    other.write_text(text.replace("99990", "99991"), encoding="utf-8")
    run = legannot("diff", SAMPLE / "ih.xml", other)
    assert run.code == 0
    assert "different bills" in run.err
    assert "sec. 5" in run.out
    page = tmp_path / "page.html"
    run = legannot("report", SAMPLE / "ih.xml", other, "--no-embeddings", "-o", page)
    assert run.code == 0
    root = html.fromstring(page.read_text(encoding="utf-8"))
    struck = root.get_element_by_id("sec-6-b").xpath(".//del")
    assert struck[0].text_content().startswith("50 percent")
    assert "moved from" in root.text_content()


def test_the_same_file_twice_is_no_change_and_is_said() -> None:
    run = legannot("diff", "sample:model-access/eh", "sample:model-access/eh", "--exit-code")
    assert run.code == 0
    assert "same file" in run.err
    assert "No change of text" in run.out


UNREAD = """[Congressional Bills 119th Congress]
[H.R. 77 Introduced in House (IH)]

    Be it enacted by the Senate and House of Representatives of the
United States of America in Congress assembled,

SECTION 1. WEIGHTS.

    The Secretary shall publish {} weights.
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("parse", "a.txt"),
        ("parse", "a.txt", "--format", "text"),
        ("tag", "a.txt", "--no-embeddings"),
        ("diff", "b.txt", "a.txt"),
        ("blame", "b.txt", "a.txt"),
        ("impact", "b.txt", "a.txt", "--no-embeddings"),
        ("report", "b.txt", "a.txt", "--no-embeddings", "-o", "r.md"),
        ("report", "b.txt", "a.txt", "--no-embeddings", "-o", "r.html"),
        ("report", "b.txt", "a.txt", "--no-embeddings", "-o", "r.json"),
    ],
    ids=" ".join,
)
def test_what_could_not_be_read_of_a_file_is_told_by_every_command_that_shows_its_words(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "a.txt").write_bytes(UNREAD.format("\x81").encode("latin-1"))
    (tmp_path / "b.txt").write_bytes(UNREAD.format("all").encode())
    run = legannot(*arguments, cwd=tmp_path)
    assert run.code == 0, run.err
    told = run.err
    if arguments[0] == "report":
        told = (tmp_path / arguments[-1]).read_text("utf-8")
    assert "1 byte is no character in it, first in line 9, and printed as" in told
    assert "read from GPO's plain text" in told.replace("&#39;", "'")


def test_quiet_leaves_out_how_a_file_was_read_and_hundreds_of_notices_are_three(
    tmp_path: Path,
) -> None:
    marked = '<text changed="added" reported-display-style="strikethrough">Words.</text>' * 9
    xml = f"<bill><legis-body><section><enum>1.</enum>{marked}</section></legis-body></bill>"
    (tmp_path / "draft.xml").write_text(xml)
    run = legannot("parse", "draft.xml", cwd=tmp_path)
    assert run.err.count("the printed style was followed.") == 3
    assert "draft.xml: 6 more of that kind (see notices of" in run.err
    assert legannot("parse", "draft.xml", "-q", cwd=tmp_path).err == ""


def test_an_unknown_sample_names_those_there_are() -> None:
    run = legannot("parse", "sample:nothing")
    assert run.code == 3
    assert "model-access" in run.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("report",),
        ("diff", "sample:model-access/ih"),
        ("diff", "sample:model-access"),
        ("report", "sample:model-access/ih", "--fail-on", "nonsense"),
        ("report", "sample:model-access/ih", "-o", "report.xyz"),
        ("rapport", "sample:model-access/ih"),
    ],
    ids=" ".join,
)
def test_wrong_use_exits_with_2(arguments: tuple[str, ...]) -> None:
    run = legannot(*arguments)
    assert run.code == 2
    assert run.err.strip()


def test_a_console_that_lacks_a_character_loses_the_character_only() -> None:
    run = legannot("diff", "sample:model-access/ih", "sample:model-access/eh",
                   PYTHONIOENCODING="cp1252:strict")  # fmt: skip
    assert run.code == 0
    assert "sec. 6" in run.out


def test_a_file_that_ends_too_soon_inside_the_program_is_a_fault_not_a_user_who_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ends(*_: object, **__: object) -> None:
        raise EOFError("marshal data too short")

    monkeypatch.delenv("LEGANNOT_DEBUG", raising=False)
    monkeypatch.setattr(sys, "argv", ["legannot", "parse", "sample:model-access/ih"])
    monkeypatch.setattr("legannot.cli.parse.parse.callback", ends)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    said = capsys.readouterr().err
    assert "EOFError: marshal data too short" in said
    assert "stopped" not in said
