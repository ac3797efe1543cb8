"""Rule packs that do not hold are refused with file, line and rule."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from legannot.errors import RuleError
from legannot.resources import data
from legannot.tag import Packs, Rule, check, load_packs, skeleton
from legannot.tag.packs import PacksError, Thresholds

PACK = """\
pack: mine
about: What I look for in bills.
rules:
- id: ow.release.mine
  topic: ow.release
  why: The words say that a model is given away.
  patterns:
  - give away ... model
  confidence: 0.8
  match:
  - The agency may give away its language model.
  no_match:
  - The agency may give away its chairs.
"""


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def own(packs: Packs) -> tuple[Rule, ...]:
    return tuple(rule for rule in packs.rules if rule.file == "mine.yaml")


def test_a_folder_of_ones_own_adds_to_the_shipped_rules(tmp_path: Path) -> None:
    shipped = load_packs()
    packs = load_packs(
        write(tmp_path, PACK.replace("model\n  confidence", "@ai-model\n  confidence"))
    )
    assert [rule.id for rule in packs.rules] == [
        *(rule.id for rule in shipped.rules),
        "ow.release.mine",
    ]
    assert packs.topics == shipped.topics


def test_a_rule_with_a_shipped_id_takes_its_place(tmp_path: Path) -> None:
    shipped = load_packs()
    packs = load_packs(write(tmp_path, PACK.replace("ow.release.mine", "ow.release.open-weight")))
    assert [rule.id for rule in packs.rules] == [rule.id for rule in shipped.rules]
    (rule,) = own(packs)
    assert rule.id == "ow.release.open-weight"
    assert rule.phrases == ()


def test_a_disabled_rule_or_topic_is_gone(tmp_path: Path) -> None:
    shipped = load_packs()
    write(
        tmp_path,
        "pack: less\nabout: What we do not want to see.\ndisabled: [list.entity.name, eco.small]\n",
    )
    packs = load_packs(tmp_path)
    gone = {rule.id for rule in shipped.rules} - {rule.id for rule in packs.rules}
    assert "list.entity.name" in gone
    assert {rule.id for rule in shipped.rules if rule.topic == "eco.small"} <= gone
    assert all(name == "list.entity.name" or name.startswith("eco.small.") for name in gone)


def test_only_what_there_is_can_be_disabled(tmp_path: Path) -> None:
    write(tmp_path, "pack: less\nabout: What we do not want.\ndisabled:\n- list.entity.nmae\n")
    with pytest.raises(RuleError, match=r"no rule or topic list\.entity\.nmae") as raised:
        load_packs(tmp_path)
    assert (raised.value.where, raised.value.line) == ("mine.yaml", 4)


def test_a_word_list_of_the_house_replaces_the_shipped_one_and_leaves_the_others(
    tmp_path: Path,
) -> None:
    write(tmp_path, "lists:\n  chip: [pentium]\n  ours: [our model]\n", "words.yaml")
    write(tmp_path, PACK.replace("give away ... model", "give away ... @ours"))
    lists = load_packs(tmp_path).lists
    assert lists["chip"] == ("pentium",)
    assert lists["ours"] == ("our model",)
    assert lists["ai-word"] == load_packs().lists["ai-word"]


def test_a_skeleton_is_a_pack_that_holds(tmp_path: Path) -> None:
    write(tmp_path, skeleton("mine"))
    packs = load_packs(tmp_path)
    assert own(packs)
    assert [str(failure) for failure in check(packs) if failure.file == "mine.yaml"] == []


def test_a_rule_knows_its_file_and_line(tmp_path: Path) -> None:
    (rule,) = own(load_packs(write(tmp_path, PACK)))
    assert (rule.file, rule.line) == ("mine.yaml", 4)


def test_an_example_that_fails_is_named_with_its_own_line(tmp_path: Path) -> None:
    other = "  - {text: The agency may give away a model ship., heading: Ships}\n"
    packs = load_packs(write(tmp_path, PACK + other))
    (failure,) = [failure for failure in check(packs) if failure.file == "mine.yaml"]
    assert failure.line == 14
    assert str(failure).startswith("mine.yaml, line 14: ow.release.mine finds 'The agency")


def test_a_message_ends_before_its_cure(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"is not a folder\. Name a folder"):
        load_packs(tmp_path / "nowhere")
    with pytest.raises(RuleError, match=r"in this folder\. Name a folder"):
        load_packs(tmp_path)


def test_the_digest_changes_with_the_packs(tmp_path: Path) -> None:
    before = load_packs(write(tmp_path, PACK)).sha256
    after = load_packs(write(tmp_path, PACK.replace("0.8", "0.9"))).sha256
    assert before != after
    assert load_packs(tmp_path).sha256 == after


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        pytest.param("ow.release\n", "ow.nothing\n", 5, "ow.nothing is no leaf", id="unknown leaf"),
        pytest.param(
            "id: ow.release.mine",
            "id: dx.extract.mine",
            4,
            "begin with its topic",
            id="id of another leaf",
        ),
        pytest.param("away ...", "away ... ...", 8, "two gaps", id="pattern"),
        pytest.param("... model", "... @nothing", 8, "no word list @nothing", id="unknown list"),
        pytest.param(
            "  confidence: 0.8\n", "", 4, "'confidence' is a required property", id="missing key"
        ),
        pytest.param("0.8", "1.8", 9, "greater than", id="confidence"),
        pytest.param("0.8", "high", 9, "not of type 'number'", id="confidence in words"),
        pytest.param(
            "  why:", "  colour: red\n  why:", 4, "'colour' was unexpected", id="unknown key"
        ),
        pytest.param(
            "  why:", "  topic: ow.release\n  why:", 6, "`topic` stands twice", id="key twice"
        ),
        pytest.param(
            "  - give away ... model",
            "  - 12",
            8,
            "12 is not of type 'string'",
            id="number for a text",
        ),
        pytest.param("about:", "about", 3, "not YAML", id="not YAML"),
        pytest.param("pack: mine", "pack: *mine", 1, "not YAML", id="unknown alias"),
    ],
)
def test_what_does_not_hold_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert PACK.count(old) >= 1
    write(tmp_path, PACK.replace(old, new, 1))
    with pytest.raises(RuleError) as raised:
        load_packs(tmp_path)
    assert raised.value.where == "mine.yaml"
    assert raised.value.line == line
    assert said in str(raised.value)


@pytest.mark.parametrize("old", ["ow.release\n", "away ...", "0.8"])
def test_an_error_in_a_rule_names_the_rule(tmp_path: Path, old: str) -> None:
    broken = {"ow.release\n": "ow.none\n", "away ...": "away ... ...", "0.8": "2"}[old]
    write(tmp_path, PACK.replace(old, broken, 1))
    with pytest.raises(RuleError, match=r"rule ow\.release\.mine"):
        load_packs(tmp_path)


def test_a_rule_that_stands_twice_names_the_first(tmp_path: Path) -> None:
    write(tmp_path, PACK)
    write(tmp_path, PACK.replace("pack: mine", "pack: other"), "other.yaml")
    with pytest.raises(RuleError, match=r"stands twice, first in mine\.yaml, line 4"):
        load_packs(tmp_path)


def test_an_alias_is_refused_because_a_few_of_them_can_fill_any_memory(tmp_path: Path) -> None:
    write(
        tmp_path,
        PACK.replace("  - give", "  - &a give").replace(
            "  - The agency may give away its chairs.", "  - *a"
        ),
    )
    with pytest.raises(RuleError, match="alias"):
        load_packs(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must hold"),
        ("- a\n- b\n", "must hold"),
        ("pack: [", "not YAML"),
        ("\x00", "not YAML"),
        ("? [a]\n: b\n", "a key must be a word"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, text)
    with pytest.raises(RuleError, match=said):
        load_packs(tmp_path)


@pytest.mark.parametrize(
    "pattern",
    [
        "[a | b] model",
        "@ai-model",
        '"Entity List" (a | b)',
        "*weights",
        "[a | b",
        '"Entity List',
        "export: model",
        "[a | b]",
    ],
)
def test_a_pattern_that_yaml_takes_for_something_else_is_told_to_be_quoted(
    tmp_path: Path, pattern: str
) -> None:
    write(tmp_path, PACK.replace("give away ... model", pattern))
    with pytest.raises(RuleError, match="stands in single quotation marks") as raised:
        load_packs(tmp_path)
    assert (raised.value.where, raised.value.line) == ("mine.yaml", 8)


@pytest.mark.parametrize("name", ["words", "taxonomy", "exemplars", "thresholds", "schema"])
def test_a_pack_that_bears_the_name_of_another_file_is_not_lost(tmp_path: Path, name: str) -> None:
    write(tmp_path, PACK, f"{name}.yaml")
    with pytest.raises(RuleError, match=r"read as something else\. Give it another name") as raised:
        load_packs(tmp_path)
    assert (raised.value.where, raised.value.line) == (f"{name}.yaml", 1)


def test_other_slips_of_yaml_are_not_put_down_to_quotation_marks(tmp_path: Path) -> None:
    write(tmp_path, PACK.replace("about:", "about"))
    with pytest.raises(RuleError) as raised:
        load_packs(tmp_path)
    assert "quotation" not in str(raised.value)


def test_all_that_does_not_hold_is_said_in_one_run(tmp_path: Path) -> None:
    rule = PACK.partition("rules:\n")[2]
    second = rule.replace("release.mine", "release.two").replace("0.8", "2")
    third = rule.replace("release.mine", "release.three").replace("away ...", "away ... ...")
    disabled = "disabled: [ow.release.nmae, ow.release.two]\n"
    write(tmp_path, PACK.replace("... model", "... @nothing") + second + third + disabled)
    write(tmp_path, "pack: [", "aaa.yaml")
    with pytest.raises(PacksError) as raised:
        load_packs(tmp_path)
    said = [(error.where, error.line, error.what.split(":")[0]) for error in raised.value.errors]
    assert said == [
        ("aaa.yaml", 1, "is not YAML"),
        ("mine.yaml", 8, "rule ow.release.mine"),
        ("mine.yaml", 19, "rule ow.release.two"),
        ("mine.yaml", 28, "rule ow.release.three"),
        ("mine.yaml", 34, "there is no rule or topic ow.release.nmae to disable"),
    ]
    assert "4 more in these packs" in str(raised.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes(b"pack: \xff\xfe")
    with pytest.raises(RuleError, match="not YAML"):
        load_packs(tmp_path)


def test_a_folder_without_packs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rule packs"):
        load_packs(tmp_path)
    with pytest.raises(RuleError, match="is not a folder"):
        load_packs(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("taxonomy.yaml", "- id: ow.exempt", "- id: ow.release", "ow.release stands twice"),
        ("taxonomy.yaml", "yields_to: [ow.exempt]", "yields_to: [ow.none]", "no leaf ow.none"),
        ("words.yaml", "  - deep-learning\n", "  - (deep\n", "word list @"),
        ("exemplars.yaml", "  ow.release:", "  ow.none:", "which is no leaf"),
        ("thresholds.yaml", "margin: 0.15", "margin: wide", "must be a number"),
        ("thresholds.yaml", "right: 0.96", "right: 0.5", "must rise"),
        ("thresholds.yaml", "right: 0.96", "right: 1.2", "must rise"),
    ],
)
def test_support_files_are_checked_too(
    tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    write(tmp_path, PACK)
    shutil.copy(data("rules") / name, tmp_path / name)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert old in text
    write(tmp_path, text.replace(old, new, 1), name)
    with pytest.raises(RuleError, match=said) as raised:
        load_packs(tmp_path)
    assert raised.value.where == name
    assert raised.value.line > 1


def test_what_is_shown_is_how_often_such_a_rule_was_right() -> None:
    thresholds = Thresholds(calibration=((0.0, 0.8), (0.7, 0.9)))
    assert [thresholds.calibrated(claim) for claim in (0.5, 0.69, 0.7, 0.99)] == [
        0.8,
        0.8,
        0.9,
        0.9,
    ]
    assert Thresholds().calibrated(0.7) == 0.7


@pytest.mark.parametrize(
    "source",
    ["a <41> b", "a <0> b", "a .. b .. c .. d .. e .. f", "(a | b .. c .. d) .. e .. f .. g"],
)
def test_a_pattern_that_could_run_away_is_refused(tmp_path: Path, source: str) -> None:
    write(tmp_path, PACK.replace("give away ... model", source))
    with pytest.raises(RuleError, match="gap") as raised:
        load_packs(tmp_path)
    assert (raised.value.where, raised.value.line) == ("mine.yaml", 8)
