"""The document of what the words are, against its published schema."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from legannot.model import Facts
from legannot.parse import parse
from legannot.read import read
from legannot.render.facts import facts_document
from legannot.render.json import dumps
from legannot.source import resolve
from tests.conftest import ROOT
from tests.read.documents import bill, section

SCHEMA = json.loads((ROOT / "docs" / "schemas" / "facts-1.json").read_text("utf-8"))


def test_the_document_of_a_sample_fits_its_schema_and_its_quotes_are_true() -> None:
    document = parse(resolve(["sample:model-access/rh"])[0])
    facts = json.loads(dumps(facts_document(document, read(document))))
    Draft202012Validator(SCHEMA).validate(facts)
    texts = {provision.path: provision.text for provision in document.walk()}
    for kind in ("citations", "quantities", "conditions", "instructions", "unparsed"):
        for fact in facts[kind]:
            assert texts[fact["path"]][fact["start"] : fact["end"]] == fact["quote"]
    assert facts["citations"]
    assert facts["conditions"]


def test_instructions_stand_in_it_with_both_texts_and_with_what_was_not_parsed() -> None:
    document = bill(
        section(
            1,
            "Amendment",
            text="Section 4 of the Model Safety Act is amended by striking <quote>a</quote> and"
            " inserting <quote>b</quote>. Section 9(a) is amended by striking <quote>c</quote>.",
        )
    )
    facts = facts_document(document, read(document))
    Draft202012Validator(SCHEMA).validate(facts)
    whole = json.loads(dumps(facts))
    (one,) = [i for i in whole["instructions"] if i["action"] == "replace"]
    assert [words["text"] for words in one["old"] + one["new"]] == ["a", "b"]


def test_every_list_of_facts_stands_in_the_document() -> None:
    names = set(SCHEMA["properties"])
    assert set(Facts.__dataclass_fields__) <= names


def test_a_damaged_document_does_not_fit() -> None:
    document = bill(section(1, "A", text="The Secretary shall act if funded."))
    facts = json.loads(dumps(facts_document(document, read(document))))
    facts["conditions"][0]["kind"] = "whim"
    with pytest.raises(Exception, match="whim"):
        Draft202012Validator(SCHEMA).validate(facts)
