"""The impact model: what ships is sound, and nothing dishonest can be written into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from legannot.assess import load_model
from legannot.assess.model import FILE
from legannot.errors import RuleError
from legannot.resources import data

SHIPPED = data("rules") / FILE


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    (tmp_path / FILE).write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_the_shipped_model_has_all_its_rules_and_questions() -> None:
    model = load_model()
    assert len(model.rules) == 18
    assert set(model.questions) == {f"Q{n:02}" for n in range(1, 17)}
    assert {q for rule in model.rules for q in rule.questions} == set(model.questions)


def test_topics_of_the_model_are_leaves_of_the_taxonomy() -> None:
    from legannot.tag.yamlfile import read

    taxonomy = read(data("rules") / "taxonomy.yaml")
    leaves = {taxonomy.text(*at, "id") for at, _ in taxonomy.items("leaves")}
    model = load_model()
    named = {t for f in model.facets.values() for t in f.topics}
    for rule in model.rules:
        named |= rule.on | rule.also | rule.beside | rule.count_of | rule.softened_by
    assert named <= leaves


def test_evidence_that_must_not_be_printed_is_not_loaded() -> None:
    assert "E09" not in load_model().sources


def test_interest_and_second_hand_sources_are_labelled() -> None:
    sources = load_model().sources
    assert "interest: author leads an open-model coalition" in sources["E01"].text
    assert "seen only second-hand" in sources["E03"].text


def test_a_folder_without_a_model_uses_the_shipped_one(tmp_path: Path) -> None:
    assert load_model(tmp_path).questions == load_model().questions


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "open-model capability available in the US {would be|is} delayed by 6 to 12 months",
            "it {would be|is} late",
            None,
        ),
        (
            "{would fall|falls} and power",
            "{would fall|falls} by 30 percent and power",
            "a figure may stand",
        ),
        (
            '"it {would support|supports} access',
            '"it supports access',
            "a form for bills and one for law",
        ),
        (
            '    held_by: "N. Lambert [E01]"\n    counter: published',
            "    counter: published",
            "a dispute needs both sides",
        ),
        (
            'counter_by: "15 CFR 734.7 [E12]"',
            'counter_by: "the rule [E13]"',
            "E13 is named but not listed",
        ),
        ("evidence: [E06]", "evidence: [E09]", "print: never"),
        ("evidence: [E06]", "evidence: [E99]", "there is no evidence E99"),
        ("    assumes: [funds are appropriated]\n", "", "must name what it assumes"),
        (
            "about: An export-control list of parties",
            "about: A ban on listed parties",
            "a listing is no ban",
        ),
        ("interest: author leads an open-model coalition", "interest: ''", "`interest` is missing"),
        (
            "operator: [duty, permission, prohibition]",
            "operator: [advice]",
            "there is no operator advice",
        ),
        (
            '- order: 0\n    kind: text\n    effect: "it {would bear',
            '- order: 1\n    kind: text\n    effect: "it {would bear',
            "order 0 is what the text says",
        ),
        ("who: state_government", "who: everybody", "who must be one of"),
        ("questions: [Q05]", "questions: [Q77]", "there is no question Q77"),
        ("id: I02-startup-rebase", "id: I01-host-ban", "stands twice"),
        (
            "id: I18-preempt",
            "id: I18-preempt\n  confidence: high",
            "does not know the key `confidence`",
        ),
        ("facet: removal_path", "facet: exit", "there is no facet exit"),
        ("  finding: none\n", "  finding: strong\n", "force of finding must be one of"),
    ],
)
def test_a_dishonest_or_broken_entry_is_refused_with_its_place(
    broken: Path, old: str, new: str, complaint: str | None
) -> None:
    file = broken / FILE
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    if complaint is None:
        load_model(broken)
        return
    with pytest.raises(RuleError, match=complaint) as caught:
        load_model(broken)
    assert caught.value.where == FILE
    assert caught.value.line > 1


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("rules: [", encoding="utf-8")
    with pytest.raises(RuleError, match="is not YAML"):
        load_model(tmp_path)
