from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.program import legannot
from tests.conftest import ROOT, needs_corpus

SAMPLE = "sample:model-access"


def test_report_with_no_options_writes_a_well_named_file_beside_the_bill(tmp_path: Path) -> None:
    for version in ("ih", "eh"):
        content = (ROOT / "corpus/sample/model-access" / f"{version}.xml").read_bytes()
        (tmp_path / f"{version}.xml").write_bytes(content)
    run = legannot("report", tmp_path / "eh.xml", tmp_path / "ih.xml", "--no-embeddings")
    assert run.code == 0
    report = tmp_path / "hr-99990-ih-eh.html"
    assert report.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "put in the order of their stages: ih -> eh" in run.err
    lines = run.out.strip().splitlines()
    assert lines[0].startswith("H.R. 99990")
    assert re.search(r"\d+ sections: .*\d+ edits", run.out)
    assert "Subjects:" in run.out
    assert lines[-1].startswith("Wrote ")
    assert len(lines) <= 6


def test_a_report_tells_that_it_was_made_by_rules_alone(tmp_path: Path) -> None:
    output = tmp_path / "report.html"
    run = legannot("report", f"{SAMPLE}/ih", "--no-embeddings", "-o", output)
    assert "rules alone" in run.err
    assert "rules" in output.read_text(encoding="utf-8").lower()


def test_a_quiet_report_with_the_sentence_model_prints_nothing(tmp_path: Path) -> None:
    # Nothing is kept from an earlier run, so that the model itself is loaded.
    run = legannot(
        "report", f"{SAMPLE}/ih", "-q", "-o", tmp_path / "r.html", XDG_CACHE_HOME=str(tmp_path)
    )
    if "rules only" in run.err:
        pytest.skip(run.err)
    assert (run.code, run.out, run.err) == (0, "", "")


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("topic=acc.import_use:added", 1),
        ("subject=ow.*", 1),
        ("topic=safe.preempt:added", 0),
    ],
)
def test_fail_on_exits_with_1_when_the_condition_holds(
    tmp_path: Path, condition: str, code: int
) -> None:
    run = legannot(
        "report", f"{SAMPLE}/ih", f"{SAMPLE}/eh", "--no-embeddings", "-q", "--fail-on", condition,
        "-o", tmp_path / "r.html",
    )  # fmt: skip
    assert run.code == code


def test_exit_code_tells_whether_anything_changed() -> None:
    assert legannot("diff", f"{SAMPLE}/ih", f"{SAMPLE}/eh", "--exit-code").code == 1
    assert legannot("diff", f"{SAMPLE}/ih", f"{SAMPLE}/eh").code == 0


def test_standard_input_and_output() -> None:
    content = (ROOT / "corpus/sample/model-access/ih.xml").read_bytes()
    run = legannot("parse", "-", "--format", "json", stdin=content)
    document = json.loads(run.out)
    assert document["schema"] == "legannot/bill/1"
    assert document["bill"] == "119hr99990"
    assert document["version"] == "ih"


@pytest.mark.parametrize("value", ["", "1"], ids=["plain", "NO_COLOR"])
def test_no_escape_reaches_a_pipe(value: str) -> None:
    run = legannot("diff", f"{SAMPLE}/ih", f"{SAMPLE}/eh", NO_COLOR=value)
    assert "\x1b" not in run.out
    assert "[-may-]{+shall+}" in run.out


@pytest.mark.skipif(sys.platform == "win32", reason="it has no pseudo-terminals")
@pytest.mark.parametrize(
    ("settings", "styled"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
    ids=["terminal", "NO_COLOR", "dumb"],
)
def test_a_terminal_gets_styles_unless_it_wants_none(
    settings: dict[str, str], *, styled: bool
) -> None:
    ours, theirs = os.openpty()
    left = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    env = {**left, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **settings}
    command = [sys.executable, "-m", "legannot", "diff", f"{SAMPLE}/ih", f"{SAMPLE}/eh"]
    with subprocess.Popen([*command, "--section", "17"], stdout=theirs, env=env) as run:
        os.close(theirs)
        said = b""
        # Linux makes an error of reading from a terminal that nobody holds any more.
        with suppress(OSError):
            while more := os.read(ours, 10_000):
                said += more
        os.close(ours)
    assert run.returncode == 0
    assert (b"\x1b[" in said) == styled
    assert (b"[-" in said) != styled


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        run = legannot("diff", f"{SAMPLE}/ih", f"{SAMPLE}/eh", "--section", "17", "-o", pipe)
        assert run.code == 0
        assert b"Effective date" in os.read(reader, 100_000)
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_color_is_given_when_asked_for() -> None:
    run = legannot("diff", f"{SAMPLE}/ih", f"{SAMPLE}/eh", "--color", "always")
    assert "\x1b[" in run.out


def test_tags_quote_their_text() -> None:
    run = legannot("tag", f"{SAMPLE}/eh", "--format", "json", "--no-embeddings")
    document = json.loads(run.out)
    assert document["tags"]
    for tag in document["tags"]:
        for evidence in tag["evidence"]:
            assert tag["text"][evidence["start"] : evidence["end"]] == evidence["quote"]


def test_every_shipped_rule_passes_its_own_examples() -> None:
    run = legannot("rules", "check")
    assert run.code == 0, run.err
    assert "0 failures" in run.out


def test_a_broken_rule_pack_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("rules:\n  - id: x\n    topic: no.such\n")
    run = legannot("rules", "check", "--rules", tmp_path)
    assert run.code == 3
    assert "house.yaml" in run.err


def test_one_section_of_a_redline() -> None:
    run = legannot("diff", f"{SAMPLE}/ih", f"{SAMPLE}/eh", "--section", "6")
    assert "sec. 6(a)" in run.out
    assert "sec. 9" not in run.out
    assert legannot("diff", f"{SAMPLE}/ih", f"{SAMPLE}/eh", "--section", "77").code == 2


@pytest.mark.parametrize("command", ["diff", "report"])
def test_verbose_says_how_provisions_were_paired(command: str, tmp_path: Path) -> None:
    output = ("--no-embeddings", "-o", tmp_path / "r.html") if command == "report" else ()
    run = legannot(command, f"{SAMPLE}/ih", f"{SAMPLE}/eh", "-v", *output)
    assert run.code == 0
    assert "sec. 5(a) -> sec. 6(a): same place, likeness 0.9" in run.err
    assert "sec. 5(c): no partner" in run.err


def test_the_redline_of_one_reported_print() -> None:
    run = legannot("diff", f"{SAMPLE}/rh", "--markup")
    assert run.code == 0
    assert "[-" in run.out
    assert "{+" in run.out


def test_blame_dates_each_provision() -> None:
    run = legannot("blame", SAMPLE)
    assert re.search(r"^ih +eh +sec\. 6\(a\)", run.out, re.MULTILINE)
    assert "came in rh, gone in eh: sec. 14" in run.out


@pytest.mark.parametrize("style", ["json", "csv", "md", "unified", "terminal"])
def test_every_format_of_a_redline_holds_the_change(style: str) -> None:
    run = legannot("diff", f"{SAMPLE}/ih", f"{SAMPLE}/eh", "--format", style)
    assert run.code == 0
    assert "270 days" in run.out


@needs_corpus
def test_four_versions_at_once(corpus: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    run = legannot("report", corpus / "bills/116/hr1500", "--no-embeddings", "-o", output)
    assert run.code == 0
    document = json.loads(output.read_text(encoding="utf-8"))
    assert document["schema"] == "legannot/report/1"
    assert "116hr1500" in output.read_text(encoding="utf-8")


def test_a_page_that_opens_slowly_is_named_with_what_to_do_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from legannot.cli import cli
    from legannot.cli import report as command

    ask = ["report", "sample:model-access/eh", "--no-embeddings", "-o", str(tmp_path / "r.html")]
    assert "opens slowly" not in CliRunner().invoke(cli, ask).stderr
    monkeypatch.setattr(command, "SLOW_PAGE", 1000)
    assert "legannot diff --section" in CliRunner().invoke(cli, ask).stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(shell: str) -> None:
    script = legannot("completion", shell).out
    assert "_LEGANNOT_COMPLETE" in script
    assert "legannot" in script


def test_completion_names_commands_and_options() -> None:
    for words, wanted in (
        ("legannot rep", "report"),
        ("legannot report --no-e", "--no-embeddings"),
    ):
        done = legannot(
            COMP_WORDS=words,
            COMP_CWORD=str(len(words.split()) - 1),
            _LEGANNOT_COMPLETE="bash_complete",
        )
        assert wanted in done.out, done


def test_a_shell_that_nobody_knows_is_refused() -> None:
    assert legannot("completion", "tcsh").code == 2


def test_strict_minds_what_was_not_read_and_not_what_was_not_asked_for(tmp_path: Path) -> None:
    plain = ("report", f"{SAMPLE}/ih", "--no-embeddings", "--strict", "-q", "-o", tmp_path / "r.md")
    assert legannot(*plain).code == 0
    strange = tmp_path / "strange.xml"
    content = (ROOT / "corpus/sample/model-access/ih.xml").read_text(encoding="utf-8")
    strange.write_text(content.replace("</legis-body>", "<odd>Words.</odd></legis-body>"), "utf-8")
    run = legannot("report", strange, "--no-embeddings", "--strict", "-o", tmp_path / "s.md")
    assert run.code == 4
    assert "not read (--strict): 1 passage." in run.err
