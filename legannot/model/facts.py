"""What the words of a bill are: facts found by `read`, beside the text, keyed by citation path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from legannot.model.bill import Context


class Operator(StrEnum):
    """What a provision does in law (TAXONOMY section 1)."""

    DUTY = "duty"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    EXCEPTION = "exception"
    DEFINITION = "definition"
    DELEGATION = "delegation"
    PENALTY = "penalty"
    TIMING = "timing"
    SUNSET = "sunset"
    FINDING = "finding"
    AMENDMENT = "amendment"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Unit:
    """A provision as a reader meets it: its own words under the lead-ins and headings above it.

    `chapeau` is the lead-in text of its ancestors up to the section, outermost first, joined by one
    space.  `headings` are the headings from the section down to and including its own, outermost
    first. `addressee` is who must act, `regulated` who is burdened: keys of `impact.yaml`, None if
    the text does not say.
    """

    path: str
    kind: str
    text: str
    heading: str = ""
    chapeau: str = ""
    headings: tuple[str, ...] = ()
    context: Context = Context.OPERATIVE
    operator: Operator = Operator.NONE
    addressee: str | None = None
    regulated: str | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A defined term: where it is defined, by which verb, and where it holds.

    `scope` is the path of the provision inside which it holds, empty for the whole Act.
    `reference` is the citation of the law whose meaning is borrowed, empty if defined in words.
    """

    term: str
    path: str
    start: int
    end: int
    verb: Literal["means", "includes", "reference"]
    scope: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class TermUse:
    """A use of a defined term, outside its own definition."""

    term: str
    path: str
    start: int
    end: int
    definition: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation of law, internal or external, in one normal form.

    `target` is `usc/50/4813/a/2`, `pl/116/283`, `cfr/15/744.11` or, for `internal`, a citation path
    (empty if it does not resolve).  `quote` is the citing words.
    """

    path: str
    start: int
    end: int
    kind: Literal["usc", "public-law", "cfr", "statute", "act", "order", "internal", "other"]
    target: str
    quote: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A date, period, amount, share or count, typed: `value` in `unit` (ISO day for a date)."""

    path: str
    start: int
    end: int
    kind: Literal["date", "duration", "money", "percent", "compute", "number"]
    value: str
    unit: str
    quote: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that `read` found in one bill."""

    units: Mapping[str, Unit]
    definitions: tuple[Definition, ...] = ()
    uses: tuple[TermUse, ...] = ()
    citations: tuple[Citation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
