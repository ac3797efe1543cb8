"""A bill whose text turns up in another: as a whole, as a part of it, around it, or in pieces.

    S. 7 (40 sections)       H.R. 9, an omnibus
    sec. 1 Short title       div. B, title III, sec. 2301      words alike .91
    sec. 2 Definitions       div. B, title III, sec. 2302      equal
    sec. 3 Reports           div. B, title III, sec. 2303      alike .72

Each section of the bill is searched by itself; what was found is added up by version, and the
deepest division or title that holds most of it is where the bill went.  Weights are those of the
search: a short title or a severability clause that all bills share tells next to nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from legannot.align.outline import Outline
from legannot.model import CONTAINERS, Bill, Context
from legannot.model.likeness import Strand, Text, Travel, TurnUp
from legannot.similar.index import Index, Row
from legannot.similar.passages import Passage, passage
from legannot.similar.search import ranked

# Share of the found words that a container must hold (as diff/within.py), share of a text that must
# be found for it to have turned up whole, and for it to be told at all.
HOLDS, TURNED_UP, TOLD = 0.8, 0.6, 0.25
# A section reworded further than this has gone another way.  At .5 the bills that each name a post
# office were found in one another.
ALIKE = 0.6
# A section of fewer words ("This Act may be cited as ...") is no sign of a bill.
SIGN = 12
# Words quoted of each section that was found.
_QUOTED = 14
# "Strike all after the enacting clause and insert the following": an amendment in the nature of a
# substitute (House Manual, sec. 923; Riddick's Senate Procedure, "Amendments").
_STRIKES_ALL = re.compile(r"\bstrik(?:e|ing) (?:out )?all (?:that follows )?after the enacting")


@dataclass(frozen=True, slots=True)
class _Unit:
    passage: Passage
    weight: float
    above: tuple[tuple[str, str], ...]  # path and heading of its containers, innermost first


@dataclass(frozen=True, slots=True)
class _Match:
    unit: _Unit
    row: Row
    likeness: float
    size: int


def travels(
    index: Index,
    bill: Bill,
    scope: Mapping[int, Text],
    say: Callable[[int, int], None] = lambda _, __: None,
) -> tuple[TurnUp, ...]:
    """Every other bill of `scope` in which the text of this one turns up, the fullest first.

    Versions of the bill itself are left out.  `say` hears how many of how many sections are done.
    """
    others = {
        id_: text
        for id_, text in scope.items()
        if text.sha256 != bill.provenance.sha256 and not (bill.id and text.bill == str(bill.id))
    }
    units = _units(index, Outline(bill.as_reported()))
    found: dict[int, list[_Match]] = defaultdict(list)
    for done, unit in enumerate(units, 1):
        for match in _matches(index, unit, others):
            found[match.row.version].append(match)
        say(done, len(units))
    held = index.versions([text.sha256 for text in others.values()])
    sizes = {version.id: version.words for version in held}
    own = _substitutes(bill)
    told = [
        turned
        for version, matches in found.items()
        if (turned := _turned_up(index, units, matches, others[version], sizes[version], own=own))
    ]
    return _by_bill(told)


def _units(index: Index, outline: Outline) -> list[_Unit]:
    units: list[_Unit] = []
    for position in outline.units():
        node = outline.nodes[position]
        if node.size < SIGN or node.provision.context is Context.TOC:
            continue
        words = outline.all_words(position)
        containers = [outline.nodes[at].provision for at in outline.ancestors(position) if at >= 0]
        units.append(
            _Unit(
                passage(outline, position),
                sum(map(index.weight, words)),
                tuple((p.path, p.heading) for p in containers if p.kind in CONTAINERS),
            )
        )
    return units


def _matches(index: Index, unit: _Unit, scope: Mapping[int, Text]) -> list[_Match]:
    """The best place of each version that reads like the unit."""
    best: dict[int, _Match] = {}
    for found in ranked(index, unit.passage, scope):
        if found.likeness < ALIKE:
            break
        for row in found.rows:
            if row.version not in best:
                best[row.version] = _Match(unit, row, found.likeness, len(found.words))
    return list(best.values())


def _turned_up(
    index: Index,
    units: Sequence[_Unit],
    matches: Sequence[_Match],
    text: Text,
    size: int,
    *,
    own: bool,
) -> TurnUp | None:
    total = sum(unit.weight for unit in units)
    share = sum(m.unit.weight * m.likeness for m in matches) / total if total else 0.0
    # Two sections may have been found in one place: its words count once.
    covered = {m.row.id: m.size * m.likeness for m in matches}
    other_share = min(1.0, sum(covered.values()) / size) if size else 0.0
    container = _deepest((_containers(index, m.row), m.unit.weight) for m in matches)
    travel = Travel.SHARES
    if share >= TURNED_UP:
        travel = Travel.WHOLE if other_share >= TURNED_UP else Travel.PART
    elif other_share >= TURNED_UP:
        travel = Travel.HOLDS
        container = _deepest((m.unit.above, m.unit.weight) for m in matches)
    elif max(share, other_share) < TOLD:
        return None
    if travel is Travel.WHOLE:
        container = "", ""
    strands = tuple(
        Strand(
            m.unit.passage.path,
            m.row.path,
            m.row.heading,
            m.likeness,
            _opening(m.row.text or m.unit.passage.text),
        )
        for m in matches
    )
    held = other_share if travel is Travel.HOLDS else share
    substitute = own or text.document == "amendment" or _strikes_all(index, text)
    return TurnUp(travel, text, *container, held, strands, substitute=substitute)


def _containers(index: Index, row: Row) -> tuple[tuple[str, str], ...]:
    return tuple((r.path, r.heading) for r in index.above(row) if r.kind in CONTAINERS)


def _deepest(places: Iterable[tuple[tuple[tuple[str, str], ...], float]]) -> tuple[str, str]:
    """Path and heading of the deepest container that holds most of what was found."""
    weights: Counter[tuple[str, str]] = Counter()
    depth: dict[tuple[str, str], int] = {}
    total = 0.0
    for above, weight in places:
        total += weight
        for level, container in enumerate(reversed(above)):
            # `Counter` is typed for whole numbers; the order of weights is all that is asked.
            weights[container] += round(weight * 1000)
            depth[container] = level
    holding = [c for c, weight in weights.items() if weight >= HOLDS * total * 1000]
    return max(holding, key=lambda c: depth[c]) if holding else ("", "")


def _by_bill(told: Iterable[TurnUp]) -> tuple[TurnUp, ...]:
    """The fullest version of each other bill, with the names of the rest."""
    order = list(Travel)
    groups: dict[str, list[TurnUp]] = defaultdict(list)
    for turned in told:
        groups[turned.text.bill or turned.text.sha256].append(turned)
    best: list[TurnUp] = []
    for group in groups.values():
        group.sort(key=lambda t: (order.index(t.travel), -t.share, t.text.name))
        first, *rest = group
        best.append(
            TurnUp(
                first.travel, first.text, first.container, first.container_heading, first.share,
                first.strands, tuple(t.text for t in rest), first.substitute,
            )
        )  # fmt: skip
    best.sort(key=lambda t: (order.index(t.travel), -t.share, t.text.name))
    return tuple(best)


def _strikes_all(index: Index, text: Text) -> bool:
    """Whether the other text is one that replaces all of a bill."""
    return any(map(_STRIKES_ALL.search, index.opening(text.sha256)))


def _substitutes(bill: Bill) -> bool:
    if bill.document == "amendment":
        return True
    return any(_STRIKES_ALL.search(p.text.lower()) for p in bill.provisions)


def _opening(text: str) -> str:
    words = text.split()
    return " ".join(words[:_QUOTED]) + (" …" if len(words) > _QUOTED else "")
