"""`docs/formats.md` names every element that the parser knows and counts the corpus."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from legannot.parse.elements import RULES as DTD
from legannot.parse.grammar import Action, Rule
from legannot.parse.uslm_elements import NAMESPACES
from legannot.parse.uslm_elements import RULES as USLM
from tests.conftest import CORPUS, ROOT, needs_corpus
from tests.parse.files import FILES, USLM_FILES, read
from tests.parse.raw import body_words, tree, uslm_words

PAGE = ROOT / "docs" / "formats.md"

_BECOMES = {
    Action.BLOCK: "a provision",
    Action.INLINE: "a span over words",
    Action.RUN: "the words of the level around it",
    Action.NUM: "the enumerator of the level around it",
    Action.HEADING: "the heading of the level around it",
    Action.THROUGH: "nothing of its own: what it holds belongs to the level around it",
    Action.JOIN: "words of the line around it, between blanks",
    Action.BREAK: "a blank between words",
    Action.PICTURE: "a named picture, inside a sentence or alone",
    Action.NOTE: "a provision after the sentence to which it is anchored",
    Action.MARGIN: "front matter: printed beside the text",
    Action.SILENT: "nothing: holds no words of the body",
}


def elements(rules: Mapping[str, Rule]) -> str:
    """A table: what becomes of which elements, those that change their name with the new one."""
    rows: dict[str, list[str]] = defaultdict(list)
    for name, rule in sorted(rules.items()):
        becomes = _BECOMES[rule.action]
        if rule.context:
            becomes += f", context `{rule.context.value}`"
        if rule.mark:
            becomes += f" marked `{rule.mark.value}`"
        if rule.targets:
            becomes += " with its target"
        if rule.choose:
            becomes += ", by its place or attributes"
        named = rule.kind and rule.kind != name and rule.action is not Action.SILENT
        rows[becomes].append(f"`{name}` → `{rule.kind}`" if named else f"`{name}`")
    lines = [f"| {becomes} | {', '.join(names)} |" for becomes, names in sorted(rows.items())]
    return "\n".join(["| becomes | elements |", "|---|---|", *lines])


def uslm_rules() -> dict[str, Rule]:
    prefix = f"{{{NAMESPACES[0]}}}"
    return {name.removeprefix(prefix): r for name, r in USLM.items() if name.startswith(prefix)}


def with_section(page: str, name: str, content: str) -> str:
    marks = f"<!-- {name} -->", f"<!-- /{name} -->"
    pattern = re.compile(f"{re.escape(marks[0])}.*?{re.escape(marks[1])}", re.DOTALL)
    assert pattern.search(page), name
    return pattern.sub(lambda _: f"{marks[0]}\n{content}\n{marks[1]}", page)


def test_the_page_names_every_element_that_the_parser_knows(
    golden: Callable[[Path, str], None],
) -> None:
    page = PAGE.read_text("utf-8")
    page = with_section(page, "dtd", elements(DTD))
    golden(PAGE, with_section(page, "uslm", elements(uslm_rules())))


_GROUPS = (
    ("bills, DTD", "bills", False),
    ("bills, USLM", "bills", True),
    ("resolutions, DTD", "resolutions", False),
    ("resolutions, USLM", "resolutions", True),
    ("Rules Committee prints, DTD", "amendments", False),
    ("public laws, USLM", "public-laws", True),
    ("statute compilations, USLM", "other/comps", True),
    ("rebuilt bills, DTD", "rebuilt", False),
)


def corpus_row(title: str, folder: str, *, uslm: bool) -> str:
    every = USLM_FILES if uslm else FILES
    files = [file for file in every if file.is_relative_to(CORPUS / folder)]
    words = exact = puzzling = 0
    for file in files:
        bill = read(file)
        root = tree(file.read_bytes())
        law, notes = uslm_words(root) if uslm else (body_words(root), [])
        found = [w for p in bill.walk() for t in (p.enum, p.heading, p.text) for w in t.split()]
        words += len(found)
        # Notes stand after their sentence: tests/parse/test_words.py holds the order of the rest.
        exact += sorted(found) == sorted([*law, *(w for note in notes for w in note)])
        puzzling += bool(bill.not_understood)
    return f"| {title} | {len(files)} | {words:,} | {exact} | {puzzling} |"


@needs_corpus
def test_the_page_counts_the_corpus(golden: Callable[[Path, str], None]) -> None:
    head = [
        "| files of the corpus | files | words | exact | not understood |",
        "|---|---|---|---|---|",
    ]
    rows = [corpus_row(title, folder, uslm=uslm) for title, folder, uslm in _GROUPS]
    golden(PAGE, with_section(PAGE.read_text("utf-8"), "corpus", "\n".join([*head, *rows])))
