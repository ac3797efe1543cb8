"""The sample bill: official in form, invented in substance, changed as its list of changes says."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from legannot.model import Bill, ChangeKind, CitationPath, Provision
from legannot.parse import parse
from legannot.resources import data
from legannot.source import resolve
from tests.conftest import check_bill

FOLDER = data("corpus")
SAMPLE = FOLDER / "sample" / "model-access"
CATALOGUE = json.loads((FOLDER / "catalogue.json").read_text("utf-8"))
TRUTH = json.loads((SAMPLE / "truth.json").read_text("utf-8"))
VERSIONS = tuple(CATALOGUE["model-access"]["files"])
STEPS = [(step["old"], step["new"]) for step in TRUTH["steps"]]


@dataclass(frozen=True, slots=True)
class Planted:
    """A change that the authors of the sample made to a section or to a provision."""

    versions: tuple[str, str]
    old: str | None
    new: str | None
    kinds: frozenset[ChangeKind]
    deleted: tuple[str, ...]
    inserted: tuple[str, ...]
    in_itself: bool

    def __str__(self) -> str:
        return f"{self.versions[0]} {self.old} to {self.versions[1]} {self.new}"


def planted(grain: str) -> list[Planted]:
    return [
        Planted(
            (step["old"], step["new"]),
            entry["old"],
            entry["new"],
            frozenset(ChangeKind(kind) for kind in entry["kinds"]),
            tuple(entry.get("deleted", ())),
            tuple(entry.get("inserted", ())),
            "class" in entry,
        )
        for step in TRUTH["steps"]
        for entry in step[grain]
    ]


SECTIONS = planted("sections")
PROVISIONS = planted("provisions")
KINDS_OF_ONE = {ChangeKind.SPLIT, ChangeKind.MERGED}


@cache
def bill(version: str) -> Bill:
    (source,) = resolve([f"sample:model-access/{version}"])
    return parse(source)


@cache
def clean(version: str) -> dict[str, Provision]:
    read = bill(version)
    return {p.path: p for p in (read.as_reported() if read.marked else read).walk()}


def sides(change: Planted) -> tuple[Provision | None, Provision | None]:
    before, after = change.versions
    return (
        clean(before)[change.old] if change.old else None,
        clean(after)[change.new] if change.new else None,
    )


def own_words(provision: Provision | None) -> str:
    return f"{provision.heading} {provision.text}" if provision else ""


def all_words(provision: Provision | None) -> str:
    """The words of a provision and all below it, with every number but its own."""
    if provision is None:
        return ""
    below = (f"{p.enum} {own_words(p)}" for p in provision.walk() if p is not provision)
    return "\n".join((own_words(provision), *below))


# ── the files ─────────────────────────────────────────────────────────────────────────────────────


def test_the_catalogue_names_every_file_of_the_sample_and_no_other() -> None:
    named = {str(path) for entry in CATALOGUE.values() for path in entry["files"].values()}
    found = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.xml")}
    assert named == found


@pytest.mark.parametrize("version", VERSIONS)
def test_a_sample_follows_the_official_dtd(version: str, corpus: Path) -> None:
    dtd = etree.DTD(str(corpus / "schemas" / "bill-dtd" / "bill.dtd"))
    document = etree.parse(SAMPLE / f"{version}.xml")
    assert dtd.validate(document), dtd.error_log


@pytest.mark.parametrize("version", VERSIONS)
def test_a_sample_is_read_whole(version: str) -> None:
    read = bill(version)
    check_bill(read)
    assert str(read.id) == CATALOGUE["model-access"]["bill"]
    assert read.version == version
    assert read.title == CATALOGUE["model-access"]["title"]
    assert read.not_understood == ()
    assert read.notices == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_sample_says_that_it_is_invented(version: str) -> None:
    document = etree.parse(SAMPLE / f"{version}.xml")
    rights = document.findtext(".//{http://purl.org/dc/elements/1.1/}rights")
    comment = document.getroot().getprevious()
    assert rights is not None
    assert "not a bill of any Congress" in rights
    assert comment is not None
    assert "Invented." in (comment.text or "")
    assert CATALOGUE["model-access"]["invented"] is True


def test_no_id_survives_from_one_version_to_another() -> None:
    ids = [
        {
            element.get("id")
            for element in etree.parse(SAMPLE / f"{v}.xml").iter()
            if element.get("id")
        }
        for v in VERSIONS
    ]
    assert all(ids)
    assert len(set.union(*ids)) == sum(map(len, ids))


@pytest.mark.parametrize("version", VERSIONS)
def test_the_table_of_contents_lists_the_sections(version: str) -> None:
    read = clean(version)
    entries = [p.text for p in read.values() if p.kind == "toc-entry"]
    sections = [p for p in read.values() if p.kind == "section" and p.path == f"sec. {p.enum[:-1]}"]
    assert entries == [f"Sec. {p.enum} {p.heading}." for p in sections]


def test_only_the_reported_print_is_marked() -> None:
    assert [v for v in VERSIONS if bill(v).marked] == ["rh"]


def test_the_reported_print_without_what_the_committee_inserted_is_the_introduced_bill() -> None:
    before = [
        (p.path, p.kind, p.enum, p.heading, p.text) for p in bill("rh").as_introduced().walk()
    ]
    assert before == [(p.path, p.kind, p.enum, p.heading, p.text) for p in bill("ih").walk()]


# ── the list of changes ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("step", STEPS, ids="-".join)
def test_every_section_of_both_versions_is_accounted_for(step: tuple[str, str]) -> None:
    listed = [c for c in SECTIONS if c.versions == step]
    for version, named in ((step[0], {c.old for c in listed}), (step[1], {c.new for c in listed})):
        tops = {
            p.path for p in clean(version).values() if p.path.count(" ") == 1 and "(" not in p.path
        }
        assert named - {None} == tops


@pytest.mark.parametrize("change", SECTIONS, ids=str)
def test_a_section_changed_as_listed(change: Planted) -> None:
    old, new = sides(change)
    assert (ChangeKind.ADDED in change.kinds) == (old is None)
    assert (ChangeKind.REMOVED in change.kinds) == (new is None)
    if old is None or new is None or change.kinds & KINDS_OF_ONE:
        return
    assert (ChangeKind.MODIFIED in change.kinds) == (all_words(old) != all_words(new))
    assert (ChangeKind.RENUMBERED in change.kinds) == (old.enum != new.enum)
    assert (ChangeKind.UNCHANGED in change.kinds) == (change.kinds == {ChangeKind.UNCHANGED})


@pytest.mark.parametrize("step", STEPS, ids="-".join)
def test_only_the_sections_listed_as_moved_changed_their_order(step: tuple[str, str]) -> None:
    listed = [c for c in SECTIONS if c.versions == step and c.old and c.new]
    places = [list(clean(version)) for version in step]
    stayed = [
        (places[0].index(c.old or ""), places[1].index(c.new or ""))
        for c in listed
        if ChangeKind.MOVED not in c.kinds
    ]
    assert [new for _, new in sorted(stayed)] == sorted(new for _, new in stayed)
    assert len([c for c in listed if ChangeKind.MOVED in c.kinds]) == 1


@pytest.mark.parametrize("change", PROVISIONS, ids=str)
def test_a_provision_changed_as_listed(change: Planted) -> None:
    old, new = sides(change)
    assert (ChangeKind.ADDED in change.kinds) == (old is None)
    assert (ChangeKind.REMOVED in change.kinds) == (new is None)
    for words in change.deleted:
        assert words in all_words(old)
    for words in change.inserted:
        assert words in all_words(new)
    if old and new:
        assert (own_words(old) != own_words(new)) or not change.in_itself
        assert (ChangeKind.RENUMBERED in change.kinds) == (old.enum != new.enum)


@pytest.mark.parametrize("reach", TRUTH["reach"], ids=lambda r: f"{r['new']} {r['term']}")
def test_a_definition_that_changed_is_used_where_no_word_changed(
    reach: dict[str, str | list[str]],
) -> None:
    version = str(reach["new"])
    term = str(reach["term"]).replace("institution of", "institutions? of")
    touched = {c.new for c in PROVISIONS if c.versions[1] == version and c.in_itself}
    assert str(reach["definition"]) in clean(version)
    for path in reach["uses"]:
        assert re.search(term, clean(version)[path].text, re.IGNORECASE), path
        assert path not in touched


@pytest.mark.parametrize(
    "reference", TRUTH["references"], ids=lambda r: f"{r['version']} {r['path']}"
)
def test_a_cross_reference_reaches_a_provision_unless_it_dangles(reference: dict[str, str]) -> None:
    read = clean(reference["version"])
    assert reference["quote"] in read[reference["path"]].text
    number = re.match(r"section (\d+\S*)$", reference["quote"])
    if number:
        found = f"sec. {number[1]}" in read
        assert found == (reference["status"] != "dangling")


def test_every_path_of_the_list_is_a_citation_path() -> None:
    for change in (*SECTIONS, *PROVISIONS):
        for path in filter(None, (change.old, change.new)):
            assert str(CitationPath.parse(path)) == path


def test_the_description_names_every_planted_change() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    for change in (*SECTIONS, *PROVISIONS):
        assert f"| {change.old or '–'} | {change.new or '–'} | " in readme, change
