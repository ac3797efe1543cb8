"""The tutorial on an impact model of one's own: what it shows holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.program import legannot
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "impact-tutorial.md").read_text(encoding="utf-8")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The folder that a reader of the tutorial has at its end."""
    written = "".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
    (tmp_path / "impact.yaml").write_text(written, encoding="utf-8")
    return tmp_path


def test_the_file_of_the_tutorial_passes_its_check_as_the_page_shows(house: Path) -> None:
    run = legannot("impact", "check", "--rules", house)
    assert run.code == 0, run.err
    assert run.out.strip() in PAGE


def test_a_rule_of_the_tutorial_starts_its_chain_on_the_sample(house: Path) -> None:
    run = legannot("impact", "sample:model-access/eh", "--rules", house, "--no-embeddings", "-q")
    assert run.code == 0, run.err
    assert "Public libraries (L-libraries)" in run.out
    assert "a library is a person" in run.out
    assert "LIB1: State Library Survey, 2026-05." in " ".join(run.out.split())


def test_the_failure_that_the_tutorial_shows_looks_like_that(house: Path) -> None:
    file = house / "impact.yaml"
    started = (
        "No United States person may host an artificial intelligence model of a listed entity."
    )
    file.write_text(f"{file.read_text(encoding='utf-8')}  - {started}\n", encoding="utf-8")
    run = legannot("impact", "check", "--rules", house)
    assert run.code == 3
    line = len(file.read_text(encoding="utf-8").splitlines())
    assert run.err.startswith(f"impact.yaml, line {line}: L-libraries starts on '{started}'")
    assert re.search(r"impact\.yaml, line \d+: L-libraries starts on '", PAGE)
