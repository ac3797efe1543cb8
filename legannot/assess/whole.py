"""Provisions that came or went: a rule by what it is, an item by the list that it stands in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from legannot.assess import signs
from legannot.assess.amounts import Read
from legannot.assess.levels import above
from legannot.assess.shifts import Shifts
from legannot.model import Change, Context, Facts, Operator, Unit
from legannot.model.report import Direction, Substance, SubstanceKind

Kind = SubstanceKind

_NO_FORCE = (Context.FINDING, Context.SENSE, Context.PREAMBLE, Context.TOC)
_SILENT = (Operator.FINDING, Operator.AMENDMENT)
# "is prohibited", "is liable": what an exception or a penalty may say without "shall".
_WITHOUT_MODAL = (Operator.EXCEPTION, Operator.PENALTY, Operator.PROHIBITION, Operator.SUNSET)
_LISTING = (Operator.DUTY, Operator.PROHIBITION, Operator.PERMISSION, Operator.DELEGATION)
# As many words as tell a reader which provision it is.
_QUOTED = 40
_NAMES = re.compile(r"(?:means|includes|the\s+following)\s*[—–:-]?\s*$", re.IGNORECASE)


def whole(rows: Sequence[Change], old: Facts, new: Facts, shifts: Shifts) -> Iterator[Substance]:
    """What each provision does that stands in one version only; parts go with their whole.

    A provision whose words were moved from or to another place is passed over.
    """
    sides = (_Side(old), _Side(new))
    apart = tuple(
        {row.shown.path for row in rows if _one(row) and (row.old is None) == came and _said(row)}
        for came in (False, True)
    )
    for index, row in enumerate(rows):
        if not _one(row) or not row.shown.text:
            continue
        came = row.old is None
        unit = sides[came].units.get(row.shown.path)
        if unit is None or unit.context in _NO_FORCE or unit.operator in _SILENT:
            continue
        if signs.SHORT_TITLE.search(unit.text):
            continue
        if any(place in apart[came] for place in above(row.shown.path)[1:]):
            continue
        if shifts.came_from(unit.text) if came else shifts.went_to(unit.text):
            continue
        kind, direction, why = _read(unit, sides[came], came=came)
        words = " ".join(unit.text.split(" ")[:_QUOTED])
        yield Substance(
            kind=kind,
            direction=direction,
            path=row.shown.path,
            row=index,
            edit=None,
            old="" if came else words,
            new=words if came else "",
            why=why,
        )


def of_operator(operator: Operator, text: str, *, came: bool) -> Read | None:
    """What a whole rule does that came or went; None where what it is tells no direction."""
    more: Direction = "stricter" if came else "looser"
    less: Direction = "looser" if came else "stricter"
    if operator is Operator.PROHIBITION:
        return Kind.PROHIBITION, more, "a prohibition"
    if operator is Operator.PENALTY:
        return Kind.PENALTY, more, "a penalty"
    if operator is Operator.EXCEPTION and signs.ONLY_IF.search(text):
        return Kind.CONDITION, more, "what an exception depends on"
    if operator is Operator.EXCEPTION:
        return Kind.EXCEPTION, less, "an exception, a waiver or a rule of construction"
    if operator is Operator.SUNSET:
        return Kind.SUNSET, "earlier" if came else "later", "a day on which it ends"
    if operator is Operator.PERMISSION and signs.WAIVES.search(text):
        return Kind.EXCEPTION, less, "a waiver"
    if operator in (Operator.DUTY, Operator.DELEGATION):
        first = re.search(r"\b(?:shall|must)\b", text)
        if first and not signs.STATES.match(text, first.start()):
            return Kind.DUTY, more, "a duty"
    return None


class _Side:
    """The units of one version, with the items of each list."""

    def __init__(self, facts: Facts) -> None:
        self.units: Mapping[str, Unit] = facts.units
        self._items: dict[str, list[str]] = defaultdict(list)
        for path, unit in facts.units.items():
            around = above(path)
            if len(around) > 1:
                self._items[around[1]].append(unit.text)

    def joined_by(self, path: str) -> str:
        """`and` or `or`: what joins the items among which a provision stands; empty if neither."""
        around = above(path)
        for text in self._items.get(around[1], ()) if len(around) > 1 else ():
            if found := re.search(r"[;,]\s*(and|or)$", text):
                return found[1]
        return ""


def _one(row: Change) -> bool:
    return row.old is None or row.new is None


def _said(row: Change) -> bool:
    return bool(row.shown.text)


def _read(unit: Unit, side: _Side, *, came: bool) -> Read:
    if signs.AUTHORIZES.search(unit.text):
        return Kind.AMOUNT, "wider" if came else "narrower", "funds are authorized"
    found = _of_item(unit, side, came=came) if _is_item(unit) else _of_rule(unit, came=came)
    return found or (Kind.WORDING, "unclear", "the words do not say what follows")


def _is_item(unit: Unit) -> bool:
    """Whether it goes on with its lead-in and is no sentence of its own."""
    if not unit.chapeau or not unit.chapeau.rstrip().endswith(("—", "–", ":", "-")):
        return False
    return unit.text[:1].islower() or not signs.MODAL.search(unit.text)


def _of_item(unit: Unit, side: _Side, *, came: bool) -> Read | None:
    more: Direction = "wider" if came else "narrower"
    less: Direction = "narrower" if came else "wider"
    if unit.operator is Operator.EXCEPTION:
        return Kind.EXCEPTION, "looser" if came else "stricter", "an item of an exception"
    if _NAMES.search(unit.chapeau):
        return Kind.LIST, more, "an item of a list"
    if signs.CONDITIONS.search(unit.chapeau):
        joined = side.joined_by(unit.path)
        if joined == "or":
            return Kind.LIMB, more, "one more way to be reached" if came else "one way fewer"
        if joined == "and":
            return Kind.LIMB, less, "one more thing to be met" if came else "one thing fewer"
        return None
    if unit.operator in _LISTING:
        return Kind.LIST, more, "an item of a list"
    return None


def _of_rule(unit: Unit, *, came: bool) -> Read | None:
    if not signs.MODAL.search(unit.text) and unit.operator not in _WITHOUT_MODAL:
        return None
    return of_operator(unit.operator, unit.text, came=came)
