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
class TermFinding:
    """Something amiss with a defined term.

    `unused`: `term` is defined and used nowhere in its scope.  `undefined`: `term` reads like a
    defined term and is none.  `near-miss`: it is one word away from the defined term `near`.
    """

    kind: Literal["unused", "undefined", "near-miss"]
    path: str
    start: int
    end: int
    term: str
    near: str = ""


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
    """A date, period, amount, share or count, typed: `value` in `unit` (ISO day for a date).

    Compute is `10^26`, or digits where it is no power of ten.  Of a period that is counted from
    something, `direction` says whether it runs after or before it, and `anchor` is what that is, in
    the words of the text (empty where they do not say).
    """

    path: str
    start: int
    end: int
    kind: Literal["date", "duration", "money", "percent", "compute", "number"]
    value: str
    unit: str
    quote: str
    direction: Literal["", "after", "before"] = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that an instruction takes out, puts in or goes by.

    `quoted`: quoted in the text.  `described`: named but not quoted ("the period at the end",
    "paragraph (3)").  `range`: from some words through others ("X and all that follows through Y").
    `block`: the quoted block at `path`, whose provisions hold the words; `text` is empty then.
    For the others `text` is the part of the provision's text from `start` to `end`.
    """

    kind: Literal["quoted", "described", "range", "block"]
    path: str
    start: int = 0
    end: int = 0
    text: str = ""


Action = Literal[
    "strike",  # take out `old`
    "insert",  # put in `new` where `relation` and `anchor` say
    "replace",  # strike and insert
    "rewrite",  # amend to read as follows: `old`, or all of `places` where it names none
    "add",  # at the end, as a new part
    "redesignate",  # number anew, by `designations`
    "transfer",  # move `old` elsewhere
    "indent",  # move the margins of `old`
    "repeal",
    "substitute",  # not amended: to be applied with `new` in the place of `old`
]
Relation = Literal["", "before", "after", "end", "beginning"]


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction to amend other law, as data.

    `quote` is the instruction's own words.  `law` is the law amended in the normal form of
    `Citation.target` (`act/Export Control Reform Act of 2018`, `usc/10`), `this` for the bill
    itself; `places` are what in it is amended, labels outermost first (`1754/a/2`, `title/I/5`;
    `3..5` is a run), one empty place for the law as a whole.  Both follow from the lead-ins above.
    `code` is where the U.S. Code holds the first place, if the text says.  `where` are words that
    say more of the place than labels can ("the matter preceding paragraph (1)").  `applied`: the
    law is only to be applied as if so amended and stays as it is.
    """

    path: str
    start: int
    end: int
    action: Action
    law: str
    places: tuple[str, ...]
    quote: str
    code: str = ""
    where: str = ""
    old: tuple[Words, ...] = ()
    new: tuple[Words, ...] = ()
    relation: Relation = ""
    anchor: Words | None = None
    everywhere: bool = False
    designations: tuple[tuple[str, str], ...] = ()
    applied: bool = False


@dataclass(frozen=True, slots=True)
class Unparsed:
    """Words that instruct to amend and that the grammar cannot take apart, and why."""

    path: str
    start: int
    end: int
    quote: str
    why: str


ConditionKind = Literal[
    "exception",  # except as provided, unless
    "exclusion",  # other than, excluding: taken out of a class
    "condition",  # if, provided that
    "override",  # notwithstanding
    "subordination",  # subject to
    "waiver",  # may waive
    "scope",  # to the extent, in the case of, with respect to
    "mental-state",  # knowingly, with intent
]


@dataclass(frozen=True, slots=True)
class Condition:
    """Words that limit others, and those that they limit.

    `cue` is the word that opens the clause, in lower case.  `limits` is the stretch of the same
    text that is limited, `limited` its words.  `items`: the clause goes on in the provisions below.
    Where a text is nothing but the clause, `limits` is empty and `limits_path` the provision that
    it limits: the one that it belongs to ("unless approved" below the items), or itself, for what
    is below it ("In the case of a bank—").
    """

    path: str
    start: int
    end: int
    kind: ConditionKind
    cue: str
    quote: str
    limits: tuple[int, int]
    limited: str
    items: bool = False
    limits_path: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that `read` found in one bill."""

    units: Mapping[str, Unit]
    definitions: tuple[Definition, ...] = ()
    uses: tuple[TermUse, ...] = ()
    citations: tuple[Citation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()
    conditions: tuple[Condition, ...] = ()
    term_findings: tuple[TermFinding, ...] = ()
