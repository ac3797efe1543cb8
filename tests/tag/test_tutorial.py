"""The tutorial's example is a pack that loads and holds."""

from __future__ import annotations

import re
from pathlib import Path

from legannot.resources import data
from legannot.tag import check, load_packs
from legannot.tag.packs import SCHEMA
from legannot.tag.yamlfile import read
from tests.conftest import ROOT

PAGE = (ROOT / "docs/rules-tutorial.md").read_text(encoding="utf-8")


def test_the_example_holds(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "example.yaml").write_text(example, encoding="utf-8")
    packs = load_packs(tmp_path)
    assert [str(failure) for failure in check(packs)] == []


def test_every_key_of_a_rule_is_explained() -> None:
    keys = read(data("rules") / SCHEMA).names("$defs", "rule", "properties")
    explained = {
        key
        for row in re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
        for key in re.findall(r"`(\w+)`", row)
    }
    assert set(keys) - {"topic"} <= explained
