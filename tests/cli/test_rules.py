"""A house's own rules from the command line: begun, checked, used beside the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from legannot.cli import cli


def test_a_pack_begun_by_the_command_holds_at_once(tmp_path: Path) -> None:
    file = tmp_path / "our-office.yaml"
    begun = CliRunner().invoke(cli, ["rules", "new", str(file)])
    assert begun.exit_code == 0, begun.output
    checked = CliRunner().invoke(cli, ["rules", "check", "--rules", str(tmp_path)])
    assert checked.exit_code == 0, checked.output
    listed = CliRunner().invoke(cli, ["rules", "list", "--rules", str(tmp_path)])
    assert "acc.service.our-office" in listed.output
    assert "list.entity.name" in listed.output


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("mine", encoding="utf-8")
    refused = CliRunner().invoke(cli, ["rules", "new", str(file)])
    assert refused.exit_code == 2
    assert "there already" in refused.output
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["mine.yml", "Mine.yaml", "my rules.yaml", "nowhere/mine.yaml"])
def test_a_name_that_cannot_be_a_pack_is_refused(tmp_path: Path, name: str) -> None:
    refused = CliRunner().invoke(cli, ["rules", "new", str(tmp_path / name)])
    assert refused.exit_code == 2
    assert list(tmp_path.iterdir()) == []
