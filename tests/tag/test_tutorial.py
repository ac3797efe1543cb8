"""The tutorial's example is a pack that loads and holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

from legannot.model import Operator
from legannot.resources import data
from legannot.tag import check, evaluate, load_labels, load_packs
from legannot.tag.packs import SCHEMA
from legannot.tag.yamlfile import read
from tests.conftest import ROOT

PAGE = (ROOT / "docs/rules-tutorial.md").read_text(encoding="utf-8")


def test_the_example_holds(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "example.yaml").write_text(example, encoding="utf-8")
    packs = load_packs(tmp_path)
    assert [str(failure) for failure in check(packs)] == []


def test_the_label_that_is_shown_is_one_and_the_rules_agree_with_it(tmp_path: Path) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "labels.jsonl").write_text(example, encoding="utf-8")
    packs = load_packs()
    (label,) = load_labels(tmp_path / "labels.jsonl", packs.topics)
    assert (label.id, label.source) == ("hr1-3a", "H.R. 1, section 3(a)")
    (outcome,) = evaluate([label], packs).outcomes
    assert (outcome.predicted, outcome.operator) == (label.tags, label.operator)


def test_every_key_of_a_label_and_every_operator_is_explained() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    rows = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert set(json.loads(example)) <= set(rows)
    (operators,) = re.findall(r"^\| `operator` \| (.*) \|$", PAGE, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", operators)) == {operator.value for operator in Operator}


def test_the_commands_of_the_check_are_run_on_ones_own_folder() -> None:
    (block,) = re.findall(r"```sh\n(legannot rules check.*?)```", PAGE, re.DOTALL)
    assert all("--rules FOLDER" in line for line in block.splitlines())


def test_every_key_of_a_rule_is_explained() -> None:
    keys = read(data("rules") / SCHEMA).names("$defs", "rule", "properties")
    explained = {
        key
        for row in re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
        for key in re.findall(r"`(\w+)`", row)
    }
    assert set(keys) - {"topic"} <= explained
