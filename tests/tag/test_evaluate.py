"""Labels and figures: what a label file must hold, and what its figures rest on."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from legannot.errors import InputError
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
