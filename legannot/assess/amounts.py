"""Amounts, shares, periods and dates that moved: by how much, and what that does.

"not later than [14] {21} business days after"    deadline, later    7 days more
"$75,000,000 [$400,000,000] or more"              threshold, narrower: fewer reach it
"there is authorized $27,000,000 [$26,000,000]"   amount, narrower

The words beside a figure say what it is for; without such words the direction stays unclear.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from legannot.assess.runs import Run
from legannot.model import Facts, Operator, Quantity
from legannot.model.report import Direction, QuantityChange, SubstanceKind
from legannot.read.patterns import words

Kind = SubstanceKind
Read = tuple[Kind, Direction, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """A quantity of the old text and its successor; one is None if it came or went."""

    old: Quantity | None
    new: Quantity | None
    before: str
    after: str


class Measures:
    """The quantities of both versions by provision."""

    def __init__(self, old: Facts, new: Facts) -> None:
        self._old = _by_path(old)
        self._new = _by_path(new)

    def moved(self, run: Run) -> list[Moved]:
        """The quantities that an edit touches, paired in their order."""
        was = [q for q in self._old.get(run.was.path, ()) if _meets(q, run.old_start, run.old)]
        now = [q for q in self._new.get(run.now.path, ()) if _meets(q, run.new_start, run.new)]
        was = [q for q in was if not _struck(run.old_text, q)]
        now = [q for q in now if not _struck(run.new_text, q)]
        if len(was) == len(now) and all(a.kind == b.kind for a, b in zip(was, now, strict=True)):
            pairs: list[tuple[Quantity | None, Quantity | None]] = list(zip(was, now, strict=True))
        else:
            # A figure that the text holds elsewhere has only changed its place.
            kept_old = {q.value for q in self._old.get(run.was.path, ())}
            kept_new = {q.value for q in self._new.get(run.now.path, ())}
            pairs = [(q, None) for q in was if q.value not in kept_new]
            pairs += [(None, q) for q in now if q.value not in kept_old]
        return [
            Moved(a, b, *_around(run, a, b))
            for a, b in pairs
            if a is None or b is None or (a.value, a.unit) != (b.value, b.unit)
        ]

    def table(self, run: Run) -> Iterator[QuantityChange]:
        """A row for each quantity that an edit changed."""
        for moved in self.moved(run):
            some = moved.new or moved.old
            if some is not None:
                yield QuantityChange(
                    kind=some.kind,
                    path=run.path,
                    row=run.row,
                    old=moved.old.quote if moved.old else "",
                    new=moved.new.quote if moved.new else "",
                    difference=difference(moved.old, moved.new),
                )


def read_measure(moved: Moved, operator: Operator) -> Read | None:
    """What a moved quantity does, None if it came or went."""
    old, new = moved.old, moved.new
    if old is None or new is None:
        return None
    before, now = _size(old), _size(new)
    if before is None or now is None or before == now:
        return None
    if old.kind == "date" and old.unit != new.unit:
        return Kind.DATE, "unclear", "days and years cannot be compared"
    up = now > before
    if new.kind == "date":
        return _of_date(moved, up=up)
    if new.kind == "duration":
        return _of_period(moved, new, up=up)
    return _of_amount(moved, new, operator, up=up)


def difference(old: Quantity | None, new: Quantity | None) -> str:
    """How far apart two quantities are, in words; empty if that cannot be said."""
    if old is None or new is None or old.kind != new.kind:
        return ""
    before, now = _size(old), _size(new)
    dates_apart = old.kind == "date" and old.unit != new.unit
    if before is None or now is None or before == now or dates_apart:
        return ""
    if old.kind == "date":
        unit = "year" if new.unit == "fiscal year" else "day"
        return f"{_counted(abs(now - before), unit)} {'later' if now > before else 'earlier'}"
    if old.kind == "compute":
        apart = f"{_plain(max(before, now) / min(before, now))} times"
    elif old.kind == "money":
        apart = f"${_plain(abs(now - before))}"
    elif old.kind == "percent":
        apart = _counted(abs(now - before), "percentage point")
    elif old.kind == "number":
        apart = _plain(abs(now - before))
    elif old.unit == new.unit:
        apart = _counted(abs(Fraction(new.value) - Fraction(old.value)), old.unit)
    else:
        apart = f"about {_counted(abs(now - before), 'day')}"
    return f"{apart} {'more' if now > before else 'less'}"


# ── what the words beside a figure say ───────────────────────────────────────────────────────────


_NOT_LATER = words(r"\b(?:not|no)\s+later\s+than\s+(?:the\s+date\s+that\s+is\s+)?$")
_BY = words(r"\b(?:(?:not|no)\s+later\s+than|by|on\s+or\s+before)\s+$")
_WITHIN = words(r"\bwithin\s+(?:the\s+|a\s+)?(?:period\s+of\s+)?$")
_AFTER = words(r"\s*(?:after|following|from)\b")
_BEFORE = words(r"\s*(?:before|prior\s+to|in\s+advance)\b")
_BEGINS = words(r"\b(?:beginning|on\s+and\s+after|effective|takes?\s+effect|date\s+that\s+is)\b")
_FOR = words(r"\bfor\s+(?:a\s+period\s+of\s+)?(?:(?:not\s+(?:less|more)\s+than|at\s+least)\s+)?$")
_EVERY = words(r"\b(?:every|each)\s+$")
_PRISON = words(r"\bimprison\w*\b")
_ENDS = words(r"\b(?:terminat\w+|expir\w+|sunset|ceases?|cease\s+to)\b")
_PERIOD_BEFORE = words(
    r"\b(?:for|during\s+the(?:\s+first)?|first|period\s+of|expiration\s+of(?:\s+such|\s+the)?"
    r"|such|up\s+to|not\s+(?:to\s+exceed|more\s+than))\s+(?:the\s+|a\s+|an\s+)?$"
)
_PERIOD_AFTER = words(r"[\s-]*(?:calendar\s+|fiscal\s+)?(?:period|term)\b")
_PENALTY = words(r"\b(?:fine[ds]?|penalt\w+|damages|forfeit\w*|restitution)\b")
_FLOOR_BEFORE = words(r"\b(?:(?:not|no)\s+(?:less|fewer)\s+than|at\s+least|minimum\s+of)\s+$")
_CAP_BEFORE = words(
    r"\b(?:(?:not|no)\s+more\s+than|not\s+(?:to\s+)?exceed(?:ing)?|up\s+to|maximum\s+of)\s+$"
)
_ABOVE_BEFORE = words(r"\b(?:(?:more|greater)\s+than|exceed(?:s|ing)?|in\s+excess\s+of|over)\s+$")
_BELOW_BEFORE = words(r"\b(?:(?:less|fewer)\s+than|under|below)\s+$")
_FLOOR_AFTER = words(r"\s+or\s+(?:more|greater|above)\b")
_CAP_AFTER = words(r"\s+or\s+(?:less|fewer|below)\b")
_FUNDS = words(
    r"""\b(?:appropriat\w+|additional\s+amount|sum\s+of|allocated|grant|remain\s+available
      |shall\s+be\s+(?:made\s+)?available|made\s+available|amounts?\s+provided)\b
      | \bfor\s+(?:each\s+of\s+)?fiscal\s+years?\b"""
)
_RESCINDED = words(r"\brescinded\b|\brescission")
_MUST = words(r"\b(?:shall|must)\b(?!.*\b(?:that|which|who|whose|if)\b)")
# In characters: how near the verb of an amount stands.
_NEAR = 130


def _of_date(moved: Moved, *, up: bool) -> Read:
    direction: Direction = "later" if up else "earlier"
    if _BY.search(moved.before):
        return Kind.DEADLINE, direction, "a day by which something must be done"
    if _ENDS.search(f"{moved.before[-60:]} {moved.after[:40]}"):
        return Kind.SUNSET, direction, "the day on which it ends"
    return Kind.DATE, direction, "a day"


def _of_period(moved: Moved, new: Quantity, *, up: bool) -> Read:
    before, after = moved.before, moved.after
    later: Direction = "later" if up else "earlier"
    sooner: Direction = "earlier" if up else "later"
    if _PRISON.search(before[-_NEAR:]):
        return Kind.PENALTY, "stricter" if up else "looser", "a term of imprisonment"
    if _EVERY.search(before):
        return Kind.FREQUENCY, "looser" if up else "stricter", "how often it must be done"
    if _BEFORE.match(after):
        return Kind.DEADLINE, sooner, "so long before an event"
    if _NOT_LATER.search(before) or _WITHIN.search(before):
        return Kind.DEADLINE, later, "a time within which something must be done"
    if _AFTER.match(after) and not _FOR.search(before):
        kind = Kind.DATE if _BEGINS.search(before[-40:]) else Kind.DEADLINE
        return kind, later, "so long after an event"
    if (
        _PERIOD_AFTER.match(after)
        or _PERIOD_BEFORE.search(before)
        or _FOR.search(before)
        or new.quote.endswith(("fiscal years", "-period"))
    ):
        return Kind.DURATION, later, "how long it holds"
    return Kind.DURATION, "unclear", "a period; the words beside it do not say what for"


def _of_amount(moved: Moved, new: Quantity, operator: Operator, *, up: bool) -> Read:
    before, after = moved.before, moved.after
    if _PENALTY.search(before[-_NEAR:]) and new.kind in ("money", "percent"):
        return Kind.PENALTY, "stricter" if up else "looser", "a penalty"
    must = operator is Operator.DUTY and _MUST.search(before[-_NEAR:]) is not None
    if _FLOOR_BEFORE.search(before) and must:
        return Kind.AMOUNT, "stricter" if up else "looser", "a least amount that is owed"
    if (
        _FLOOR_BEFORE.search(before)
        or _FLOOR_AFTER.match(after)
        or (_ABOVE_BEFORE.search(before) and not _CAP_BEFORE.search(before))
    ):
        # More must be reached before the words apply.
        return Kind.THRESHOLD, "narrower" if up else "wider", "what must at least be reached"
    if _CAP_BEFORE.search(before):
        return Kind.AMOUNT, "wider" if up else "narrower", "the most that is allowed"
    if _CAP_AFTER.match(after) or _BELOW_BEFORE.search(before):
        return Kind.THRESHOLD, "wider" if up else "narrower", "what may at most be reached"
    near = f"{before[-_NEAR:]} {after[:_NEAR]}"
    if new.kind == "money" and _FUNDS.search(near) and not _RESCINDED.search(near):
        return Kind.AMOUNT, "wider" if up else "narrower", "funds"
    kind = Kind.THRESHOLD if new.kind in ("compute", "percent") else Kind.AMOUNT
    return kind, "unclear", "a figure; the words beside it do not say what for"


# ── sizes ────────────────────────────────────────────────────────────────────────────────────────

# Enough to say which of two periods is the longer.
_DAYS = {
    "minute": Fraction(1, 1440),
    "hour": Fraction(1, 24),
    "day": Fraction(1),
    "week": Fraction(7),
    "month": Fraction(365, 12),
    "year": Fraction(365),
}


def _size(quantity: Quantity) -> Fraction | None:
    """A number that orders quantities of one kind; None where there is none."""
    value = quantity.value
    if value.startswith("10^"):
        return Fraction(10) ** int(value.removeprefix("10^"))
    if quantity.kind == "date":
        if quantity.unit != "day":
            return Fraction(value)
        return Fraction(date.fromisoformat(value).toordinal())
    scale = _DAYS.get(quantity.unit) if quantity.kind == "duration" else Fraction(1)
    return Fraction(value) * scale if scale else None


def _plain(number: Fraction) -> str:
    if number.denominator == 1:
        return f"{number.numerator:,}"
    return f"{float(number):,.2f}".rstrip("0").rstrip(".")


def _counted(number: Fraction, unit: str) -> str:
    return f"{_plain(number)} {unit if number == 1 else f'{unit}s'}"


def _by_path(facts: Facts) -> Mapping[str, Sequence[Quantity]]:
    found: dict[str, list[Quantity]] = defaultdict(list)
    for quantity in facts.quantities:
        found[quantity.path].append(quantity)
    return found


def _meets(quantity: Quantity, start: int, words: str) -> bool:
    return quantity.start < start + len(words) and start < quantity.end


_STRIKING = re.compile(r"\bstriking\b(?:(?!inserting).)*$")
_INSERTING = re.compile(r"(?:(?!striking).)*\binserting\b")


def _struck(text: str, quantity: Quantity) -> bool:
    """Whether an instruction names the figure as what other law held until now."""
    return bool(_STRIKING.search(text[: quantity.start]) and _INSERTING.match(text[quantity.end :]))


def _around(run: Run, old: Quantity | None, new: Quantity | None) -> tuple[str, str]:
    if new is not None:
        return run.new_text[: new.start], run.new_text[new.end :]
    if old is not None:
        return run.old_text[: old.start], run.old_text[old.end :]
    return "", ""
