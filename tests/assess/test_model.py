"""The impact model: what ships is sound, and nothing dishonest can be written into it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from legannot.assess import load_model
from legannot.assess.modelfile import FILE
from legannot.errors import RuleError
from legannot.resources import data
from legannot.tag.yamlfile import read
from tests.conftest import ROOT

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
        ("  finding: none\n", "  finding: strong\n", "`force` is the same for every report"),
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


OWN = """\
stakeholders: [public_library]
evidence:
  LIB1:
    kind: independent_measurement
    by: Drafted Survey Institute
    date: "2026-05"
    interest: none
    seen: second-hand
    cite: A survey of public libraries that run open models
questions:
  L01: Are public libraries covered as persons, or spared?
rules:
- id: L-libraries
  title: Public libraries
  about: Private persons and public libraries may not host a model
  on: [acc.import_use]
  operator: [prohibition]
  chain:
  - order: 0
    kind: text
    effect: "it {would bar|bars} hosting; a library is nowhere named"
    who: public_library
    direction: "?"
  - order: 1
    kind: inference
    effect: "libraries that serve an open model {would stop|stop}"
    who: public_library
    direction: "-"
    assumes: [a library is a person]
    evidence: [LIB1]
  questions: [L01]
  starts:
  - No United States person may host an artificial intelligence model developed by a listed entity.
  starts_not:
  - A library may lend a book.
disabled: [I18-preempt]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / FILE).write_text(OWN, encoding="utf-8")
    return tmp_path


def test_a_house_adds_its_own_rules_evidence_and_parties_to_the_shipped_ones(own: Path) -> None:
    shipped, model = load_model(), load_model(own)
    assert [rule.id for rule in model.rules] == [
        *(rule.id for rule in shipped.rules if rule.id != "I18-preempt"),
        "L-libraries",
    ]
    assert model.sources["LIB1"].text.startswith("Reported: Drafted Survey Institute, 2026-05.")
    assert set(shipped.sources) < set(model.sources)
    assert "public_library" in model.stakeholders
    assert "L01" in model.questions
    assert "Q01" in model.questions


def test_a_house_replaces_a_shipped_rule_by_its_id(own: Path) -> None:
    file = own / FILE
    file.write_text(OWN.replace("id: L-libraries", "id: I01-host-ban"), encoding="utf-8")
    (rule,) = (rule for rule in load_model(own).rules if rule.id == "I01-host-ban")
    assert rule.title == "Public libraries"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("order_caps: {0: high, 1: high, 2: high}", "is the same for every report"),
        ("claim_types: {text: It is certain that}", "is the same for every report"),
        ("disabled: [I99-nothing]", "there is no rule I99-nothing to leave out"),
    ],
)
def test_a_house_cannot_loosen_what_keeps_lines_honest(
    own: Path, line: str, complaint: str
) -> None:
    text = OWN.replace("disabled: [I18-preempt]", line)
    (own / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=complaint) as caught:
        load_model(own)
    assert caught.value.line == text.count("\n", 0, text.index(line)) + 1


def test_a_house_may_not_quote_evidence_that_is_never_to_be_printed(own: Path) -> None:
    (own / FILE).write_text(OWN.replace("evidence: [LIB1]", "evidence: [E09]"), encoding="utf-8")
    with pytest.raises(RuleError, match="print: never"):
        load_model(own)


def test_the_published_schema_takes_the_shipped_model_and_a_house_file_and_refuses_more(
    tmp_path: Path,
) -> None:
    schema = json.loads((ROOT / "docs/schemas/impact-model.json").read_text(encoding="utf-8"))
    checker = Draft202012Validator(schema)
    # `on` is a key here and a truth value to other readers of YAML.
    shipped = read(SHIPPED).value
    assert list(checker.iter_errors(shipped)) == []
    (tmp_path / FILE).write_text(OWN, encoding="utf-8")
    house = read(tmp_path / FILE).value
    assert isinstance(house, dict)
    assert list(checker.iter_errors(house)) == []
    for broken in (
        {**house, "confidence": "high"},
        {"rules": [{"id": "L", "title": "Lines", "about": "None", "on": ["x"], "chain": []}]},
        {"evidence": {"LIB1": {"kind": "press_report", "by": "A paper"}}},
    ):
        assert list(checker.iter_errors(broken))
