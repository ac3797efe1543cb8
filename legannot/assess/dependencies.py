"""The interdependency map of one version: its terms and provisions, outside law and lists.

sec. 8(a)  --uses-->  "listed entity"  --defined in-->  sec. 3(12)  --keyed to-->  Entity List
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from legannot.assess.lists import LISTS
from legannot.assess.meanings import Key, Meanings
from legannot.model import Citation, Context, Facts
from legannot.model.report import Dependencies, Edge, EdgeKind, Node

# Title and section, or Congress and number: what is below names a part of the same law.
_LAW_PARTS = {"usc": 3, "usc-appendix": 3, "usc-chapter": 3, "pl": 3, "cfr": 3, "act": 2, "eo": 2}


def dependencies(facts: Facts, title: str = "") -> Dependencies:
    """Every dependence of a version, one node a thing; linear in its uses and citations."""
    meanings = Meanings(facts, title)
    nodes: dict[str, Node] = {}
    edges: dict[Edge, None] = {}
    for source, target, kind in (*_terms(meanings), *_cited(facts), *_listed(facts)):
        nodes.setdefault(source.id, source)
        nodes.setdefault(target.id, target)
        edges[Edge(source.id, target.id, kind)] = None
    order = {path: i for i, path in enumerate(facts.units)}
    ranked = sorted(
        nodes.values(), key=lambda n: (_KINDS.index(n.kind), order.get(n.path, 0), n.id)
    )
    return Dependencies(tuple(ranked), tuple(edges))


_KINDS = ("term", "provision", "law", "list")
_Found = tuple[Node, Node, EdgeKind]


def _terms(meanings: Meanings) -> Iterator[_Found]:
    for key, definition in meanings.definitions.items():
        term = _term(key)
        yield term, _provision(key[1]), "defined in"
        # A place of the bill itself is no law outside it and has no such form.
        if law := _law_of(definition.reference):
            yield term, law, "cites law"
        for path in meanings.uses(key):
            yield _provision(path), term, "uses"
        for further in meanings.builds(key):
            yield _term(further), term, "built from"


def _cited(facts: Facts) -> Iterator[_Found]:
    for citation in facts.citations:
        here = _provision(citation.path)
        if citation.kind == "internal":
            if citation.target and citation.target != citation.path:
                yield here, _provision(citation.target), "cites"
        elif law := _law(citation):
            yield here, law, "cites law"


def _listed(facts: Facts) -> Iterator[_Found]:
    for path, unit in facts.units.items():
        if unit.context is Context.TOC:
            continue
        for name, sign in LISTS:
            if sign.search(unit.text):
                yield _provision(path), Node(f"list:{name}", "list", name), "keyed to"


def _term(key: Key) -> Node:
    return Node(f"term:{key[0]}@{key[1]}", "term", key[0], key[1])


def _provision(path: str) -> Node:
    return Node(f"provision:{path}", "provision", path, path)


def _law(citation: Citation) -> Node | None:
    return _law_of(citation.target) if citation.kind != "other" else None


def _law_of(target: str) -> Node | None:
    parts = target.split("/")
    size = _LAW_PARTS.get(parts[0])
    if parts[0] == "cfr" and parts[2:3] in (["part"], ["chapter"]):
        size = 4
    if size is None or len(parts) < min(size, 2):
        return None
    law = "/".join(parts[:size])
    return Node(f"law:{law}", "law", named(law))


def named(target: str) -> str:
    """The usual way to write a normal form of law: `usc/50/4801` is 50 U.S.C. 4801."""
    kind, *parts = target.split("/")
    for form, words in _FORMS:
        if form == kind and len(parts) >= words.count("{"):
            return words.format(*parts)
    return re.sub(r"^\w+/", "", target)


_FORMS: Sequence[tuple[str, str]] = (
    ("usc", "{} U.S.C. {}"),
    ("usc", "title {}, United States Code"),
    ("usc-appendix", "{} U.S.C. App. {}"),
    ("usc-chapter", "{} U.S.C. chapter {}"),
    ("pl", "Public Law {}-{}"),
    ("cfr", "{} CFR {} {}"),
    ("cfr", "{} CFR {}"),
    ("cfr", "title {}, Code of Federal Regulations"),
    ("act", "{}"),
    ("eo", "Executive Order {}"),
)
