"""What depends on what: terms and their reach, references, lists, and a matrix of terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from legannot.model.report import Further, ReferenceChange
from legannot.render.html.index import Index, Link
from legannot.render.html.index import sections as home_sections
from legannot.render.html.tree import units

# As many columns of a matrix as a page takes.
_MOST_COLUMNS = 26
# What stands elsewhere is changed or moved by the table of changes and needs no second mention.
_QUIET = ("target changed", "target renumbered")


@dataclass(frozen=True, slots=True)
class Way:
    """Provisions that a change reaches through other definitions, in order."""

    through: tuple[Link, ...]
    places: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """A changed definition and the provisions that depend on it.

    `because` are the changed provisions that it refers to, where its own words stand.
    """

    term: str
    definition: Link
    because: tuple[Link, ...]
    uses: tuple[Link, ...]
    ways: tuple[Way, ...]

    @property
    def total(self) -> int:
        """How many provisions the change reaches."""
        return len(self.uses) + sum(len(way.places) for way in self.ways)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A section, the sections it cites, those that cite it, and other law that it names."""

    section: Link
    cites: tuple[Link, ...]
    cited_by: tuple[Link, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference that no longer leads where it led."""

    link: Link
    quote: str
    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A list kept outside the bill, where it is named and the provisions that hang on it."""

    name: str
    named: tuple[Link, ...]
    reached: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TermRow:
    """A defined term of the last version: where, on what it is built, which sections use it.

    `changed`: its definition, or something it is built from, changed in this comparison.
    """

    term: str
    changed: bool
    definition: Link
    built: tuple[str, ...]
    law: tuple[str, ...]
    used: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Connections:
    """The whole part, in printing order.

    `columns` are the sections of the matrix of terms, none where they would be too many for a page.
    """

    reached: tuple[Reached, ...]
    pointers: tuple[Pointer, ...]
    changed_targets: tuple[Link, ...]
    triggers: tuple[Trigger, ...]
    terms: tuple[TermRow, ...]
    columns: tuple[Link, ...]
    crossings: tuple[Crossing, ...]
    broken: tuple[tuple[Link, str], ...]


def connections(index: Index) -> Connections:
    """Reach, references, lists, terms and cross-references of the last version."""
    report = index.report
    sections = dict(home_sections(index.new.provisions))
    crossings, broken = _crossings(index, sections)
    terms = _terms(index, sections)
    loud = [one for one in report.references if one.kind not in _QUIET]
    return Connections(
        reached=tuple(
            Reached(
                r.term,
                index.link(r.definition),
                _links(index, r.because),
                _links(index, r.uses),
                tuple(_ways(index, r.further)),
            )
            for r in report.reach
        ),
        pointers=tuple(_pointer(index, one) for one in loud),
        changed_targets=_links(
            index,
            dict.fromkeys(o.path for o in report.references if o.kind == "target changed"),
        ),
        triggers=tuple(
            Trigger(c.list, _links(index, c.named), _links(index, (f.path for f in c.reached)))
            for c in report.cascades
        ),
        terms=terms,
        columns=_columns(index, terms),
        crossings=crossings,
        broken=broken,
    )


def _ways(index: Index, further: tuple[Further, ...]) -> Iterator[Way]:
    by_way: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for one in further:
        by_way[one.through[1:]].append(one.path)
    for way, paths in by_way.items():
        yield Way(_links(index, way), _links(index, paths))


def _pointer(index: Index, one: ReferenceChange) -> Pointer:
    return Pointer(index.link(one.path), one.quote, one.kind, one.old or "nothing", one.new)


def _terms(index: Index, sections: Mapping[str, str]) -> tuple[TermRow, ...]:
    """Every term that a provision uses or another term is built from, in the order of the map."""
    nodes = {node.id: node for node in index.report.map.nodes}
    used: dict[str, dict[str, None]] = defaultdict(dict)
    built: dict[str, dict[str, None]] = defaultdict(dict)
    law: dict[str, dict[str, None]] = defaultdict(dict)
    homes: dict[str, set[str]] = defaultdict(set)
    for edge in index.report.map.edges:
        if edge.kind == "defined in":
            homes[nodes[edge.target].path].add(edge.source)
    for edge in index.report.map.edges:
        source, target = nodes[edge.source], nodes[edge.target]
        if edge.kind == "uses":
            used[target.id][sections.get(source.path, source.path)] = None
        elif edge.kind == "built from":
            built[source.id][target.label] = None
        elif target.kind in ("law", "list"):
            for term in (source.id,) if source.kind == "term" else homes.get(source.path, ()):
                law[term][target.label] = None
    changed = {(reach.term, reach.definition) for reach in index.report.reach}
    return tuple(
        TermRow(
            node.label,
            (node.label, node.path) in changed,
            index.link(node.path),
            tuple(built[node.id]),
            tuple(law[node.id]),
            _links(index, used[node.id]),
        )
        for node in nodes.values()
        if node.kind == "term" and (used[node.id] or built[node.id] or law[node.id])
    )


def _columns(index: Index, terms: tuple[TermRow, ...]) -> tuple[Link, ...]:
    used = {link for term in terms for link in term.used}
    order = {path: at for at, path in enumerate(p.path for p in index.new.walk())}
    columns = sorted(used, key=lambda link: order.get(link.text, len(order)))
    return tuple(columns) if len(columns) <= _MOST_COLUMNS else ()


def _crossings(
    index: Index, sections: Mapping[str, str]
) -> tuple[tuple[Crossing, ...], tuple[tuple[Link, str], ...]]:
    cites: dict[str, dict[str, None]] = defaultdict(dict)
    cited: dict[str, dict[str, None]] = defaultdict(dict)
    outside: dict[str, dict[str, None]] = defaultdict(dict)
    broken: list[tuple[Link, str]] = []
    for citation in index.report.facts[-1].citations:
        here = sections.get(citation.path, citation.path)
        if citation.kind != "internal":
            outside[here][citation.quote] = None
            continue
        target = sections.get(citation.target, "")
        if not target:
            broken.append((index.link(citation.path), citation.quote))
        elif target != here:
            cites[here][target] = None
            cited[target][here] = None
    order = [n.row.new.path for n in units(index.roots) if n.row.new]
    crossings = tuple(
        Crossing(
            index.link(path),
            _links(index, cites[path]),
            _links(index, cited[path]),
            tuple(outside[path]),
        )
        for path in order
        if path in cites or path in cited or path in outside
    )
    return crossings, tuple(broken)


def _links(index: Index, paths: Iterable[str]) -> tuple[Link, ...]:
    return tuple(map(index.link, paths))
