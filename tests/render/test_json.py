"""The JSON documents against their published schemas and the bill they speak of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from legannot.diff import compare
from legannot.model import Bill, Change, ChangeKind, Comparison, Operator, Provision, Tag
from legannot.model.report import (
    Effect,
    Finding,
    Method,
    Reach,
    Report,
    Step,
    SubjectRow,
    TagChange,
    Unread,
)
from legannot.parse import parse
from legannot.render.counts import provision_counts, section_counts
from legannot.render.json import (
    bill_document,
    comparison_document,
    dumps,
    report_document,
    tags_document,
)
from legannot.source import resolve
from legannot.tag.evaluate import Evaluation, Outcome, evaluation_document
from legannot.tag.labels import Label
from tests.conftest import ROOT, check_comparison, check_report
from tests.render.small import (
    RELEASE,
    bill,
    comparison,
    marked_bill,
    new_bill,
    old_bill,
    provision,
    report,
    section,
    single_report,
)

SCHEMAS = ROOT / "docs" / "schemas"
NAMES = ("bill", "comparison", "tags", "report", "eval", "impact")

Document = Mapping[str, object]


def schema(name: str) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((SCHEMAS / f"{name}-1.json").read_text("utf-8"))
    return loaded


def validator(name: str) -> Draft202012Validator:
    files = ((f"{n}-1.json", Resource.from_contents(schema(n))) for n in NAMES)
    return Draft202012Validator(schema(name), registry=Registry().with_resources(files))


def validate(document: Document) -> None:
    """The document, as it is read back from its text, against the schema that it names."""
    back = json.loads(dumps(document))
    assert back == document
    name = str(document["schema"]).split("/")[1]
    validator(name).validate(back)


def documents() -> Iterator[tuple[str, Document]]:
    yield "a bill", bill_document(old_bill())
    yield "a reported bill", bill_document(marked_bill())
    yield "a comparison", comparison_document(comparison())
    yield "all rows", comparison_document(comparison(), include_unchanged=True)
    yield "tags", tags_document(new_bill(), report().tags[1], ("Rules only.",))
    yield "a report", report_document(report())
    yield "a report on one version", report_document(single_report())


ALL = pytest.mark.parametrize(
    "document", [d for _, d in documents()], ids=[name for name, _ in documents()]
)


@pytest.mark.parametrize("name", NAMES)
def test_a_published_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    properties = schema(name)["properties"]
    assert isinstance(properties, dict)
    assert properties["schema"] == {"const": f"legannot/{name}/1"}


@ALL
def test_a_document_keeps_to_the_schema_that_it_names(document: Document) -> None:
    validate(document)


@ALL
def test_a_key_that_is_missing_breaks_the_schema(document: Document) -> None:
    check = validator(str(document["schema"]).split("/")[1])
    for key in document:
        assert not check.is_valid({k: v for k, v in document.items() if k != key}), key


@ALL
def test_every_key_that_is_written_is_described(document: Document) -> None:
    for name, keys in described():
        for found in objects(document, name):
            assert found <= keys, f"{name}: {sorted(found - keys)}"


def described() -> Iterator[tuple[str, set[str]]]:
    yield "change", properties("comparison", "change")
    yield "side", properties("comparison", "side")
    yield "provision", properties("bill", "provision")
    yield "tag", properties("tags", "tag")
    yield "effect", properties("report", "effect")


def properties(name: str, part: str) -> set[str]:
    definitions = schema(name)["$defs"]
    assert isinstance(definitions, dict)
    return set(definitions[part]["properties"])


_MARKS = {
    "change": "heading_edits",
    "side": "heading",
    "provision": "children",
    "tag": "exemplar",
    "effect": "claim",
}


def objects(value: object, name: str) -> Iterator[set[str]]:
    """The keys of every object in a document that has the key no other kind of object has."""
    if isinstance(value, dict):
        if _MARKS[name] in value and (name != "side" or "children" not in value):
            yield set(value)
        for item in value.values():
            yield from objects(item, name)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from objects(item, name)


def test_an_evaluation_keeps_to_its_schema() -> None:
    text = "A person may release the weights."
    labels = (
        Label("1", text, frozenset({RELEASE.id}), Operator.PERMISSION),
        Label("2", text, frozenset(), Operator.DUTY, negatives=frozenset({RELEASE.id})),
    )
    found = frozenset({RELEASE.id})
    outcomes = tuple(Outcome(label, found, Operator.PERMISSION) for label in labels)
    document = evaluation_document(Evaluation(outcomes, (RELEASE.id, "xc.license")))
    validate(document)
    assert set(document) == set(schema("eval")["properties"])  # type: ignore[call-overload]
    half = {**document, "micro": {"precision": 90, "recall": 1.0, "f1": 1.0}}
    assert not validator("eval").is_valid(half)


# What a document says in another way: rows as `changes`, an index as `change`, `klass` as `class`,
# what was set aside of two bills' print with their comparison.
_SAID_OTHERWISE = {
    "comparison",
    "depth",
    "facts",
    "id",
    "klass",
    "line",
    "map",
    "provenance",
    "row",
    "rows",
    "set_aside",
}


def test_a_document_leaves_out_nothing_that_the_value_holds() -> None:
    whole = report()
    document = json.loads(dumps(report_document(whole)))
    compared = document["comparison"]
    pairs: tuple[tuple[type, dict[str, object]], ...] = (
        (Report, document),
        (Effect, document["effects"][0]),
        (Finding, document["findings"][0]),
        (Method, document["method"]),
        (Reach, document["reach"][0]),
        (SubjectRow, document["subjects"][0]),
        (Step, document["steps"][0]),
        (Tag, document["tags"][0][0]),
        (TagChange, document["tag_changes"][0]),
        (Unread, document["unread"][0]),
        (Comparison, compared),
        (Change, compared["changes"][0]),
        (Bill, bill_document(whole.bills[0])),
        (Provision, json.loads(dumps(bill_document(whole.bills[0])))["provisions"][0]),
    )
    for kind, written in pairs:
        assert {f.name for f in fields(kind)} - set(written) <= _SAID_OTHERWISE, kind


def test_a_disputed_effect_without_its_other_side_breaks_the_schema() -> None:
    document = json.loads(dumps(report_document(report())))
    document["effects"][0]["counter"] = ""
    assert not validator("report").is_valid(document)


def test_the_context_of_committee_markup_is_named_and_quoted_law_stays_quoted() -> None:
    document = json.loads(dumps(bill_document(marked_bill())))
    struck, inserted, plain = document["provisions"]
    assert (struck["context"], struck["markup"]) == ("struck", "struck")
    assert (inserted["context"], inserted["markup"]) == ("inserted", "inserted")
    assert inserted["children"][0]["context"] == "quoted"
    assert (plain["context"], plain["markup"]) == ("operative", None)


def test_a_span_gives_its_target_or_else_its_words() -> None:
    document = json.loads(dumps(bill_document(marked_bill())))
    assert [(s["kind"], s["value"]) for s in document["provisions"][2]["spans"]] == [
        ("term", "model"),
        ("external-xref", "usc/15/9401"),
    ]


@pytest.mark.parametrize("everything", [False, True], ids=["changes", "all"])
def test_the_edits_of_an_entry_rebuild_both_sides(everything: bool) -> None:
    document = json.loads(
        dumps(comparison_document(comparison(), include_unchanged=everything)),
    )
    assert document["changes"]
    for entry in document["changes"]:
        for edits, part in (("edits", "text"), ("heading_edits", "heading")):
            for side, other in (("old", "insert"), ("new", "delete")):
                rebuilt = "".join(e["text"] for e in entry[edits] if e["op"] != other)
                assert rebuilt == (entry[side] or {part: ""})[part]


def test_unchanged_provisions_are_listed_only_when_asked_for() -> None:
    changes, everything = (
        json.loads(dumps(comparison_document(comparison(), include_unchanged=asked)))["changes"]
        for asked in (False, True)
    )
    assert ["unchanged"] not in [entry["kinds"] for entry in changes]
    assert len(everything) == len(comparison().rows)


def test_a_finding_points_at_the_entry_of_its_change() -> None:
    check_report(report())
    document = json.loads(dumps(report_document(report())))
    for item in (*document["findings"], *document["tag_changes"]):
        entry = document["comparison"]["changes"][item["change"]]
        assert entry["new"]["path"] == item["path"]


def test_law_is_written_as_it_is_read_and_ends_with_a_line_end() -> None:
    text = dumps({"section": "§ 4 “weights”"})
    assert text == '{\n  "section": "§ 4 “weights”"\n}\n'


# ── counts ─────────────────────────────────────────────────────────────────────────────────────


def counts(old: Bill, new: Bill) -> dict[str, int]:
    found = compare(old, new)
    check_comparison(found)
    return {kind: number for kind, number in section_counts(found).items() if number}


def test_a_section_counts_as_changed_for_what_is_below_it() -> None:
    assert counts(old_bill(), new_bill()) == {
        "added": 1,
        "modified": 1,
        "renumbered": 1,
        "unchanged": 2,
    }


def test_a_reprint_changes_no_section() -> None:
    assert counts(old_bill(), old_bill()) == {"unchanged": 4}


def test_a_section_that_loses_a_paragraph_is_changed_and_not_removed() -> None:
    whole = section(
        "1.", "Duty", "A person shall—", item("(1)", "report"), item("(2)", "keep books")
    )
    less = section("1.", "Duty", "A person shall—", item("(1)", "report"))
    assert counts(bill("ih", whole), bill("rh", less)) == {"modified": 1}


def item(enum: str, text: str) -> Provision:
    return provision("paragraph", enum, "", f"{text} as the Secretary may by regulation prescribe")


def test_sections_of_quoted_law_are_not_sections_of_the_bill() -> None:
    found = compare(marked_bill(), marked_bill())
    assert section_counts(found)["unchanged"] == 2
    assert provision_counts(found)["unchanged"] == 4


def test_without_sections_the_outermost_provisions_are_counted() -> None:
    resolved = provision("text", "", "", "Resolved, That the House honors the crew.")
    added = provision("text", "", "", "The Clerk shall transmit a copy of this resolution.")
    assert counts(bill("ih", resolved), bill("eh", resolved, added)) == {"added": 1, "unchanged": 1}


def test_an_appropriations_paragraph_outside_sections_is_counted() -> None:
    def account(amount: str) -> Provision:
        return provision("appropriations-small", "", "Salaries", f"For salaries, {amount}.")

    law = section("101.", "Availability", "No part of any appropriation shall remain available.")
    old, new = bill("rh", account("$1,000"), law), bill("eh", account("$2,000"), law)
    assert counts(old, new) == {"modified": 1, "unchanged": 1}


# ── real bills ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def consumers_first(corpus: Path) -> Callable[[str], Bill]:
    def read(version: str) -> Bill:
        path = corpus / "bills" / "116" / "hr1500" / f"{version}.xml"
        return parse(resolve([str(path)])[0])

    return read


def test_consumers_first_act_gains_ten_sections_in_the_house(
    consumers_first: Callable[[str], Bill],
) -> None:
    found = compare(consumers_first("rh"), consumers_first("eh"))
    validate(comparison_document(found, include_unchanged=True))
    assert section_counts(found) == {
        "added": 10,
        "removed": 0,
        "modified": 6,
        "moved": 0,
        "renumbered": 1,
        "split": 0,
        "merged": 0,
        "unchanged": 1,
    }


def test_the_reprint_for_the_senate_changes_nothing(
    consumers_first: Callable[[str], Bill],
) -> None:
    found = compare(consumers_first("eh"), consumers_first("rfs"))
    assert section_counts(found)["unchanged"] == 18
    assert comparison_document(found)["changes"] == []
    assert all(row.kinds == (ChangeKind.UNCHANGED,) for row in found.rows)


@pytest.mark.parametrize(
    "path", ["bills/116/hr1500/rh.xml", "bills/118/s1171/rs.xml"], ids=["added", "struck"]
)
def test_a_reported_bill_keeps_to_the_schema(corpus: Path, path: str) -> None:
    validate(bill_document(parse(resolve([str(corpus / path)])[0])))
