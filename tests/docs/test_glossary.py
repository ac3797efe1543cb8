from __future__ import annotations

import pytest

from legannot.model import ChangeClass, ChangeKind, Context, Operator, Status
from legannot.tag import load_packs
from tests.conftest import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
GROUPS = (ChangeKind, ChangeClass, Operator, Status, Context)
WORDS = [
    *(word.value for group in GROUPS for word in group),
    "struck", "inserted", "heading",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_output_has_an_entry(word: str) -> None:
    assert f"**{word}**" in GLOSSARY


def test_every_subject_has_an_entry() -> None:
    leaves = load_packs().leaves
    assert leaves
    for name, leaf in leaves.items():
        assert f"**`{name}`**: {leaf.topic.label}" in GLOSSARY, name
