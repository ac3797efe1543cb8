"""Provisions as a reader meets them: own words under the lead-ins and headings above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from legannot.model import APPROPRIATIONS, CONTAINERS, Bill, Context, Operator, Provision, Unit
from legannot.read.cues import DECLARES
from legannot.read.operators import classify
from legannot.read.parties import parties
from legannot.read.tree import Tree

_BINDS_NOBODY = (Operator.FINDING, Operator.AMENDMENT, Operator.NONE)


@dataclass(frozen=True, slots=True)
class _Above:
    """What the provisions above one contribute to it."""

    section: str = ""
    chapeau: str = ""
    headings: tuple[str, ...] = ()


def units(bill: Bill) -> Mapping[str, Unit]:
    """Every provision that has words or a heading, by path, in reading order.

    The lead-ins of quoted law begin anew at the quoted block: the instruction outside it governs
    nobody.  Its section and headings are still those of the bill.
    """
    found: dict[str, Unit] = {}
    _collect(bill.provisions, _Above(), found)
    return found


def unit_at(tree: Tree, path: str) -> Unit:
    """One provision as a reader meets it, without looking at the rest of the bill."""
    above = _Above()
    here = above
    for place in reversed([*tree.above(path)]):
        here = _at(tree.provisions[place], above)
        above = _below(tree.provisions[place], here)
    return _unit(tree.provisions[path], here)


def _collect(provisions: Iterable[Provision], above: _Above, found: dict[str, Unit]) -> None:
    stack = [(provision, above) for provision in reversed(tuple(provisions))]
    while stack:
        provision, outer = stack.pop()
        here = _at(provision, outer)
        if provision.text or provision.heading:
            found[provision.path] = _unit(provision, here)
        below = _below(provision, here)
        stack.extend((child, below) for child in reversed(provision.children))


def _at(provision: Provision, above: _Above) -> _Above:
    own = (provision.heading,) if provision.heading else ()
    if provision.context is Context.QUOTED:
        chapeau = "" if provision.kind == "quoted-block" else above.chapeau
        return _Above(above.section or provision.path, chapeau, above.headings + own)
    if provision.kind == "section" or provision.kind in CONTAINERS:
        return _Above(provision.path, "", own)
    if provision.kind in APPROPRIATIONS:
        # An account of an appropriations act is known by its agency and bureau, not by a section.
        return _Above(provision.path, "", above.headings + own)
    return _Above(above.section or provision.path, above.chapeau, above.headings + own)


def _below(provision: Provision, here: _Above) -> _Above:
    return replace(here, chapeau=f"{here.chapeau} {provision.text}".strip())


def _unit(provision: Provision, here: _Above) -> Unit:
    operator = classify(
        provision.text,
        chapeau=here.chapeau,
        headings=here.headings,
        context=provision.context,
    )
    addressee, regulated = None, None
    if operator not in _BINDS_NOBODY:
        addressee, regulated = parties(provision.text, here.chapeau)
    return Unit(
        path=provision.path,
        kind=provision.kind,
        text=provision.text,
        heading=provision.heading,
        chapeau=here.chapeau,
        headings=here.headings,
        context=_context(provision, here.chapeau, operator),
        operator=operator,
        addressee=addressee,
        regulated=regulated,
        section=here.section,
    )


def _context(provision: Provision, chapeau: str, operator: Operator) -> Context:
    """That of the provision; a policy or purpose declared amid the law binds nobody either."""
    declared = operator is Operator.FINDING and provision.context is Context.OPERATIVE
    if declared and (DECLARES.search(chapeau) or DECLARES.search(provision.text)):
        return Context.FINDING
    return provision.context
