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


EVERY_KEY = """\
pack: mine
about: What I look for in bills.
rules:
- id: evd.base.mine
  topic: evd.base
  why: The words say that a model is studied.
  phrases: [model study]
  exact: [Model Study]
  patterns: ['study <3> model']
  needs: ['model']
  unless: ['train*']
  except: ['model railway']
  operators: [duty]
  not_operators: [finding]
  contexts: [operative, quoted]
  heading: false
  gate: none
  polysemous: true
  keeps: true
  confidence: 0.8
  match:
  - {text: study of a model, heading: Study of things, chapeau: The agency shall carry out a}
  - {text: The agency shall study a model., context: quoted}
  no_match:
  - The agency shall study a railway.
"""


def test_a_rule_is_shown_with_all_that_it_sets(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(EVERY_KEY, encoding="utf-8")
    shown = CliRunner().invoke(cli, ["rules", "show", "evd.base.mine", "--rules", str(tmp_path)])
    assert shown.exit_code == 0, shown.output
    lines = [line.split(None, 1) for line in shown.output.strip().splitlines()[1:]]
    assert lines == [
        ["pack", "mine"],
        ["topic", "evd.base"],
        ["why", "The words say that a model is studied."],
        ["confidence", "0.8"],
        ["phrases", "model study"],
        ["exact", "Model Study"],
        ["patterns", "study <3> model"],
        ["needs", "model"],
        ["unless", "train*"],
        ["except", "model railway"],
        ["operators", "duty"],
        ["not_operators", "finding"],
        ["contexts", "operative"],
        ["contexts", "quoted"],
        ["heading", "false"],
        ["gate", "none"],
        ["polysemous", "true"],
        ["keeps", "true"],
        [
            "match",
            "study of a model  [heading: Study of things; chapeau: The agency shall carry out a]",
        ],
        ["match", "The agency shall study a model.  [context: quoted]"],
        ["no_match", "The agency shall study a railway."],
    ]


def test_the_check_names_every_error_with_its_line(tmp_path: Path) -> None:
    wrong = EVERY_KEY.replace("study <3>", "study <99>").replace("'train*'", "'@none'")
    (tmp_path / "mine.yaml").write_text(wrong, encoding="utf-8")
    checked = CliRunner().invoke(cli, ["rules", "check", "--rules", str(tmp_path)])
    assert checked.exit_code == 3
    places = [line.split(":")[1] for line in checked.stderr.splitlines()]
    assert places == [" mine.yaml, line 9", " mine.yaml, line 11"]


@pytest.mark.parametrize("name", ["words", "taxonomy", "impact", "schema"])
def test_a_pack_may_not_take_the_name_of_a_file_that_is_read_as_something_else(
    tmp_path: Path, name: str
) -> None:
    refused = CliRunner().invoke(cli, ["rules", "new", str(tmp_path / f"{name}.yaml")])
    assert refused.exit_code == 2
    assert f"{name}.yaml names a file that is no pack" in " ".join(refused.output.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["mine.yml", "Mine.yaml", "my rules.yaml", "nowhere/mine.yaml"])
def test_a_name_that_cannot_be_a_pack_is_refused(tmp_path: Path, name: str) -> None:
    refused = CliRunner().invoke(cli, ["rules", "new", str(tmp_path / name)])
    assert refused.exit_code == 2
    assert list(tmp_path.iterdir()) == []
