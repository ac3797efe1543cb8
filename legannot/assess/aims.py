"""The aims that a bill states, in its own words: findings, senses, purposes and recitals.

A lead-in alone says nothing ("Congress finds the following:"): it stands beside each passage that
completes it.
"""

from __future__ import annotations

import re
from typing import Literal

from legannot.model import Bill, Context, Facts, Markup, Operator, Provision, Unit
from legannot.model.report import Aim
from legannot.read import cues

_Kind = Literal["finding", "sense", "purpose", "recital"]
_STATED: dict[Context, _Kind] = {
    Context.FINDING: "finding",
    Context.SENSE: "sense",
    Context.PREAMBLE: "recital",
}
# A subsection of a section of findings may be a sense.
_SENSE = re.compile(r"\bsense\s+of\s+(?:the\s+)?(?:Congress|Senate|House)\b", re.IGNORECASE)
_OPEN = ("—", "–", ":", "-")


def aims(bill: Bill, facts: Facts) -> tuple[Aim, ...]:
    """The passages in which a bill says why, in reading order, without bare lead-ins."""
    found: list[Aim] = []
    stack = [(provision, "") for provision in reversed(bill.provisions)]
    while stack:
        provision, lead = stack.pop()
        kind = _kind(provision, facts.units.get(provision.path))
        text = provision.text
        leads = bool(text) and text.endswith(_OPEN) and _speaks_below(provision)
        if kind and text and not leads and provision.markup is not Markup.STRUCK:
            found.append(Aim(provision.path, kind, text, lead))
        below = f"{lead} {text}".strip() if kind and leads else lead if kind else ""
        stack.extend((child, below) for child in reversed(provision.children))
    return tuple(found)


def _kind(provision: Provision, unit: Unit | None) -> _Kind | None:
    kind = _STATED.get(provision.context)
    if kind != "finding" and kind is not None:
        return kind
    if unit is None or (kind is None and provision.context is not Context.OPERATIVE):
        return kind
    if _SENSE.search(unit.chapeau) or _SENSE.search(unit.text):
        return "sense"
    if kind is None and unit.operator is Operator.FINDING:
        states = cues.DECLARES.search(unit.chapeau) or cues.DECLARES.search(unit.text)
        return "purpose" if states else None
    return kind


def _speaks_below(provision: Provision) -> bool:
    return any(child.text or child.children for child in provision.children)
