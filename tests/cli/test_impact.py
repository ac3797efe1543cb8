"""`legannot impact` as a user runs it, on the sample and on two bills of a few lines."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.cli.program import legannot
from tests.read.documents import _HEAD, section
from tests.render.test_json import validate

RULE = section(3, "Hosting", text="No person may host a listed entity model.")
SPARED = section(4, "Research", text="Section 3 shall not apply to research of a university.")


def sample(style: str) -> str:
    run = legannot("impact", "sample:model-access", "--no-embeddings", "--format", style, "-q")
    assert run.code == 0, run.err
    assert run.err == ""
    return run.out


@pytest.fixture(scope="module")
def text() -> str:
    return sample("text")


def test_the_stated_aims_stand_before_whatever_may_follow(text: str) -> None:
    assert text.index("Stated aims") < text.index("What the changed words do")
    assert text.index("What the changed words do") < text.index("What may follow")


def test_each_direction_stands_with_the_words_it_rests_on(text: str) -> None:
    flat = " ".join(text.split())
    assert "sec. 6(a): stricter (operator). “may” becomes “shall”." in flat
    assert "sec. 3(5): wider (threshold). “10^26” becomes “10^25”." in flat
    assert "old sec. 14(a): looser (duty). gone:" in flat


def test_moved_amounts_stand_in_a_table(text: str) -> None:
    assert "sec. 16(a)     $250,000    $500,000    $250,000 more" in text


def test_a_chain_stands_once_with_all_its_starts(text: str) -> None:
    assert text.count("Ban on hosting or use (I01-host-ban") == 1
    assert "Starts at sec. 8(a)(2), sec. 8(a)(3), sec. 8(a)(4), sec. 8(a)(1)." in " ".join(
        text.split()
    )


def test_every_line_of_a_chain_opens_as_its_kind_must(text: str) -> None:
    flat = " ".join(text.split())
    for kind, lead in (
        ("Text", "The text says"),
        ("Inference", "If applied as written, it would follow that"),
        ("Claim", "It is claimed that"),
        ("Disputed", "It is disputed whether"),
    ):
        assert flat.count(f"- {kind}. ") == flat.count(f"- {kind}. {lead} ")
        assert f"- {kind}. {lead} " in flat


def test_silence_and_speech_are_told_apart(text: str) -> None:
    flat = " ".join(text.split())
    assert "The text speaks to it at sec. 8(b)(1)" in flat
    assert "The text speaks to it at sec. 7(a) (“petition for”)" in flat


def test_the_json_holds_every_part_and_keeps_to_its_schema() -> None:
    document = json.loads(sample("json"))
    validate(document)
    assert document["schema"] == "legannot/impact/1"
    for part in ("changes", "quantities", "reach", "references", "effects", "aims", "cascades"):
        assert document[part], part
    ids = {node["id"] for node in document["map"]["nodes"]}
    assert all({edge["source"], edge["target"]} <= ids for edge in document["map"]["edges"])
    assert {node["kind"] for node in document["map"]["nodes"]} == {
        "term", "provision", "law", "list",
    }  # fmt: skip


def test_graphml_is_xml_with_the_same_edges_as_dot() -> None:
    space = "{http://graphml.graphdrawing.org/xmlns}"
    tree = ET.fromstring(sample("graphml"))  # noqa: S314 - written by the program under test
    edges = tree.findall(f".//{space}edge")
    drawn = sample("dot")
    assert drawn.startswith("digraph ")
    assert drawn.count(" -> ") == len(edges) > 0


def test_the_suffix_of_the_file_decides_the_format(tmp_path: Path) -> None:
    target = tmp_path / "map.gv"
    run = legannot("impact", "sample:model-access/eh", "--no-embeddings", "-o", target)
    assert run.code == 0, run.err
    assert target.read_text(encoding="utf-8").startswith("digraph ")
    assert legannot("impact", "sample:model-access/eh", "-o", tmp_path / "a.pdf").code == 2


def bill(folder: Path, number: int, body: str) -> Path:
    path = folder / f"{number}.xml"
    head = _HEAD.replace("H. R. 1<", f"H. R. {number}<")
    path.write_text(f"{head}{body}</legis-body></bill>", encoding="utf-8")
    return path


def test_different_bills_stand_side_by_side(tmp_path: Path) -> None:
    files = bill(tmp_path, 11, RULE), bill(tmp_path, 12, RULE + SPARED)
    run = legannot("impact", *files, "--no-embeddings", "-q")
    assert run.code == 0, run.err
    assert "Measures compared" in run.out
    research = next(line for line in run.out.splitlines() if line.startswith("research"))
    assert research.split() == ["research", "none", "found", "sec.", "4"]
    document = json.loads(
        legannot("impact", *files, "--no-embeddings", "-q", "--format", "json").out
    )
    validate(document)
    assert [m["exceptions"]["research"] for m in document["measures"]] == [[], ["sec. 4"]]
    assert legannot("impact", *files, "--format", "dot").code == 2


def test_the_shipped_model_does_what_its_examples_say() -> None:
    run = legannot("impact", "check")
    assert run.code == 0, run.err
    assert run.out.startswith("18 rules, ")
    assert " 0 failures." in run.out


def test_a_rule_that_misses_its_own_example_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "impact.yaml").write_text(HOUSE, encoding="utf-8")
    run = legannot("impact", "check", "--rules", tmp_path)
    assert run.code == 3
    assert "impact.yaml, line 14: H-books does not start on 'A library may lend a book.'" in run.err
    assert "rule H-books names the topic zz.none" in run.err


def test_a_file_named_check_is_still_a_version(tmp_path: Path) -> None:
    (tmp_path / "check").write_text(f"{_HEAD}{RULE}</legis-body></bill>", encoding="utf-8")
    run = legannot("impact", tmp_path / "check", "--no-embeddings", "-q")
    assert run.code == 0, run.err
    assert "What may follow" in run.out


HOUSE = """\
rules:
- id: H-books
  title: Books
  about: Lending of books
  on: [acc.import_use, zz.none]
  operator: [prohibition]
  chain:
  - order: 0
    kind: text
    effect: "it {would bar|bars} hosting"
    who: end_users
    direction: "?"
  starts:
  - A library may lend a book.
"""
