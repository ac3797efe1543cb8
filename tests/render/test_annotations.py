"""Tags and notes as Web Annotations: every quotation is true at its position in the named text."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from legannot.model.report import Report
from legannot.render.annotations import collection
from legannot.render.json import dumps
from legannot.render.oembed import oembed
from legannot.render.terminal import body_text
from tests.conftest import ROOT
from tests.notes.outputs import NOTES, noted, noted_single
from tests.render.builders import report
from tests.render.small import report as small_report

REPORTS: dict[str, Callable[[], Report]] = {
    "notes, three versions": noted,
    "notes, one version": noted_single,
    "no notes": report,
    "a small bill": small_report,
}
each = pytest.mark.parametrize("name", list(REPORTS))


def schema(name: str) -> Draft202012Validator:
    loaded = json.loads((ROOT / f"docs/schemas/{name}-1.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(loaded)
    return Draft202012Validator(loaded)


@cache
def made(name: str) -> tuple[Report, dict[str, Any]]:
    source = REPORTS[name]()
    return source, json.loads(dumps(collection(source)))


def targets(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for item in document["first"]["items"]:
        target = item["target"]
        found += target if isinstance(target, list) else [target]
    return found


@each
def test_a_collection_keeps_to_its_schema(name: str) -> None:
    _, document = made(name)
    schema("annotations").validate(document)


@each
def test_ids_are_unique_and_the_count_is_true(name: str) -> None:
    source, document = made(name)
    items = document["first"]["items"]
    ids = [item["id"] for item in items]
    assert len(ids) == len(set(ids)) == document["total"]
    assert document["total"] == len(source.tags[-1]) + len(source.notes)
    assert document["first"]["partOf"] == document["id"]
    assert document["last"] == document["first"]["id"]


@each
def test_every_quotation_stands_at_its_position_in_the_text_that_is_named(name: str) -> None:
    source, document = made(name)
    text = body_text(source.bills[-1])
    digest = urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
    for target in targets(document):
        quote, *position = target["selector"]
        if not position:
            continue
        start, end = position[0]["start"], position[0]["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert target["state"]["cached"] == f"ni:///sha-256;{digest}"


def test_notes_say_who_when_why_and_what_became_of_their_words() -> None:
    _, document = made("notes, three versions")
    notes = [item for item in document["first"]["items"] if "outcome" in item]
    assert [n["motivation"] for n in notes[:3]] == ["commenting", "questioning", "editing"]
    assert [n["outcome"] for n in notes] == [placed.outcome for placed in noted().notes]
    assert notes[0]["creator"] == {"type": "Person", "name": "A. Person"}
    assert notes[0]["created"] == "2026-11-24T00:00:00Z"


def test_a_note_without_a_place_is_on_the_words_it_was_written_on() -> None:
    _, document = made("notes, three versions")
    lost = [i for i in document["first"]["items"] if i.get("outcome") == "gone"]
    assert len(lost) == 2
    for item in lost:
        assert item["target"]["source"].endswith("119hr99990rh")
        assert [s["type"] for s in item["target"]["selector"]] == ["TextQuoteSelector"]


def test_a_note_keeps_its_id_from_version_to_version() -> None:
    def ids(document: dict[str, Any]) -> list[str]:
        return [i["id"] for i in document["first"]["items"] if "outcome" in i]

    several, one = made("notes, three versions")[1], made("notes, one version")[1]
    assert ids(several) == ids(one)
    assert len(ids(one)) == len(NOTES)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert dumps(collection(noted())) == dumps(collection(noted()))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda d: d.pop("@context"), id="no context"),
        pytest.param(lambda d: d["first"]["items"][0].pop("target"), id="no target"),
        pytest.param(lambda d: d["first"]["items"][0].update(type="Note"), id="another type"),
        pytest.param(
            lambda d: d["first"]["items"][0].update(id="1"), id="an id that is no address"
        ),
        pytest.param(lambda d: d["first"]["items"][0].pop("topic"), id="a tag without its topic"),
    ],
)
def test_the_schema_refuses_what_the_model_does(spoil: Callable[[Any], object]) -> None:
    _, document = made("no notes")
    copy = json.loads(json.dumps(document))
    spoil(copy)
    assert not schema("annotations").is_valid(copy)


# ── oEmbed ────────────────────────────────────────────────────────────────────────────────────────


def test_an_oembed_answer_is_a_frame_of_fixed_size_and_keeps_to_its_schema() -> None:
    answer = json.loads(dumps(oembed(report(), "https://example.org/bill/")))
    schema("oembed").validate(answer)
    assert answer["version"] == "1.0"
    assert f'width="{answer["width"]}" height="{answer["height"]}"' in answer["html"]
    assert 'src="https://example.org/bill/"' in answer["html"]
    assert answer["title"].endswith(": ih to eh")


def test_nothing_ends_the_frame_of_an_oembed_answer() -> None:
    from dataclasses import replace

    made = report()
    last = replace(made.bills[-1], title='"><script>alert(1)</script>\u202e')
    hostile = replace(made, bills=(*made.bills[:-1], last))
    answer = json.loads(dumps(oembed(hostile, 'https://x.org/"><script>')))
    schema("oembed").validate(answer)
    assert "<script" not in answer["html"]
    assert "\u202e" not in answer["title"]
