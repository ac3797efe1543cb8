"""Labels and figures: what a label file must hold, and what its figures rest on."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from legannot.cli import cli
from legannot.errors import InputError
from legannot.render.evaluation import evaluation_text
from legannot.tag import Packs, evaluate, evaluation_document, load_labels
from tests.conftest import ROOT

LINES = [
    {
        "id": "right",
        "text": "The Secretary shall review the Entity List.",
        "heading": "Lists",
        "source": "mine",
        "tags": ["list.entity"],
        "operator": "duty",
        "negatives_for": ["acc.remote"],
    },
    {
        "id": "wrong",
        "text": "No person may host an open-weight model.",
        "tags": ["ow.release", "dx.terms"],
        "operator": "duty",
        "negatives_for": ["ow.release"],
    },
    {"id": "other", "text": "The Secretary shall count ducks.", "tags": []},
]


def write(folder: Path, *lines: object) -> Path:
    path = folder / "labels.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_the_figures_are_those_of_the_outcomes(packs: Packs, tmp_path: Path) -> None:
    outcome = evaluate(load_labels(write(tmp_path, *LINES), packs.topics), packs)
    document = json.loads(json.dumps(evaluation_document(outcome)))
    assert document["n"] == 3
    assert document["topics"]["list.entity"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "support": 1,
    }
    assert document["topics"]["dx.terms"]["recall"] == 0.0
    assert document["hard_negatives"] == {"n": 2, "false_positives": 1}
    assert document["operators"] == {"accuracy": 0.5}
    (error,) = document["errors"]
    assert error["id"] == "wrong"
    assert error["missed"] == ["dx.terms"]
    assert error["hard_negatives"] == ["ow.release"]


def test_each_family_has_its_figures(packs: Packs, tmp_path: Path) -> None:
    outcome = evaluate(load_labels(write(tmp_path, *LINES), packs.topics), packs)
    document = json.loads(json.dumps(evaluation_document(outcome)))
    assert document["families"] == {
        "list": {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 1},
        "ow": {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 1},
        "dx": {"precision": 1.0, "recall": 0.0, "f1": 0.0, "support": 1},
    }
    assert [
        line.split() for line in evaluation_text(outcome).splitlines() if line[:3] == "ow "
    ] == [["ow", "1.000", "1.000", "1.000", "1"]]


def test_a_topic_labelled_as_inherited_is_counted_and_told_when_taken_for_own(
    packs: Packs, tmp_path: Path
) -> None:
    text = "No person may host an open-weight model."
    lines = [
        {"id": "a", "text": text, "tags": [], "inherited_tags": ["ow.release", "dx.terms"]},
        {"id": "b", "text": text, "tags": ["ow.release"], "inherited_tags": ["ow.release"]},
    ]
    outcome = evaluate(load_labels(write(tmp_path, *lines), packs.topics), packs)
    document = json.loads(json.dumps(evaluation_document(outcome)))
    assert document["inherited"] == {"n": 2, "taken_for_own": 1}
    (error,) = document["errors"]
    assert (error["false"], error["inherited"]) == (["ow.release"], ["ow.release"])
    said = evaluation_text(outcome, errors=True)
    assert "labelled as inherited: 2, of which 1 taken for the provision's own" in said
    assert "a: +ow.release (inherited)" in said


@pytest.mark.parametrize("style", ["table", "json"])
def test_the_result_says_that_rules_alone_were_judged(tmp_path: Path, style: str) -> None:
    labels = str(write(tmp_path, LINES[0]))
    file = tmp_path / "result"
    arguments = ["eval", labels, "--no-embeddings", "--format", style, "-q", "-o", str(file)]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    assert "Tags come from rules alone (--no-embeddings)." in file.read_text(encoding="utf-8")


def test_a_line_may_hold_what_other_texts_end_a_line_with(packs: Packs, tmp_path: Path) -> None:
    line = {**LINES[0], "text": "The Secretary shall review\u2028the Entity List."}
    path = write(tmp_path, json.dumps(line, ensure_ascii=False))
    (label,) = load_labels(path, packs.topics)
    assert "\u2028" in label.text


def test_the_message_on_a_wrong_line_ends_before_its_cure(packs: Packs, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is missing or empty\. A line needs id, text"):
        load_labels(write(tmp_path, {"id": "a"}), packs.topics)
    with pytest.raises(InputError, match=r"holds no labels\. A line needs"):
        load_labels(write(tmp_path, ""), packs.topics)


def test_the_document_keeps_its_schema(packs: Packs, tmp_path: Path) -> None:
    outcome = evaluate(load_labels(write(tmp_path, *LINES), packs.topics), packs)
    schema = json.loads((ROOT / "docs/schemas/eval-1.json").read_text(encoding="utf-8"))
    jsonschema.validate(evaluation_document(outcome), schema)


def test_a_heading_of_several_levels_is_read_level_by_level(packs: Packs, tmp_path: Path) -> None:
    text = "A person that violates this subsection is subject to section 206 of the International"
    label = {
        "id": "a",
        "text": f"{text} Emergency Economic Powers Act.",
        "heading": "Sanctions -- Penalties",
        "tags": ["list.sanctions"],
    }
    outcome = evaluate(load_labels(write(tmp_path, label), packs.topics), packs)
    assert "list.sanctions" in outcome.outcomes[0].predicted


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Expecting property name"),
        ("[]", "is not a JSON object"),
        ({"id": "a"}, "`text` is missing"),
        ({"id": "", "text": "b"}, "`id` is missing"),
        ({"id": "a", "text": "b", "tags": "ow.release"}, "must be a list"),
        ({"id": "a", "text": "b", "tags": ["ow.none"]}, "ow.none, which is no leaf"),
        ({"id": "a", "text": "b", "inherited_tags": ["ow.none"]}, "ow.none, which is no leaf"),
        ({"id": "a", "text": "b", "operator": "wish"}, "'wish' is unknown"),
        ({"id": "right", "text": "b"}, "right stands twice"),
        ("[" * 100_000, "recursion"),
    ],
)
def test_a_line_that_is_no_label_is_named(
    packs: Packs, tmp_path: Path, line: object, said: str
) -> None:
    path = write(tmp_path, LINES[0], line)
    with pytest.raises(InputError, match=said) as raised:
        load_labels(path, packs.topics)
    assert (raised.value.where, raised.value.line) == ("labels.jsonl", 2)


def test_a_file_that_holds_no_labels_is_refused(packs: Packs, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no labels"):
        load_labels(write(tmp_path, ""), packs.topics)
    with pytest.raises(InputError, match="cannot be read"):
        load_labels(tmp_path / "nowhere", packs.topics)
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        load_labels(tmp_path / "binary", packs.topics)
