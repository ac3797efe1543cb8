"""The impact model as values: evidence, facets, rules with their chains.

`modelfile` reads and checks them; nothing here is made in any other way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from legannot.model import Operator
from legannot.model.report import ClaimKind

#: `{would bar|bars}`: the form for a bill and the one for law.
TENSE = re.compile(r"\{(?P<bill>[^{}|]+)\|(?P<law>[^{}|]+)\}")

Level = Literal["high", "medium", "low"]
Force = Literal["operative", "when used", "after merging", "none"]
Within = Literal["provision", "section", "bill"]
Direction = Literal["+", "-", "?", "0"]


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of evidence: who says it, when, with what interest, and of which kind."""

    id: str
    kind: str
    by: str
    date: str
    interest: str
    cite: str
    second_hand: bool

    @property
    def text(self) -> str:
        """The entry as a report prints it, with whatever a reader must hold against it."""
        parts = [self.kind.replace("_", " ")]
        if self.interest not in ("none", "none declared"):
            parts.append(f"interest: {self.interest}")
        if self.second_hand:
            parts.append("seen only second-hand")
        said = (
            self.cite if self.cite.startswith(self.by) else f"{self.by}, {self.date}. {self.cite}"
        )
        return f"{'Reported: ' if self.second_hand else ''}{said} ({'; '.join(parts)})"


@dataclass(frozen=True, slots=True)
class Facet:
    """Something a bill may be silent about, and how one sees that it is not.

    `values` tell apart what it may say ("developed by", "owned by"), by the words that say so.
    """

    id: str
    label: str
    within: Within
    topics: tuple[str, ...]
    operators: frozenset[Operator]
    words: re.Pattern[str] | None
    answers: tuple[str, ...]
    values: Mapping[str, re.Pattern[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chain before it meets a bill.  It has no confidence: that is computed."""

    order: int
    kind: ClaimKind
    effect: str
    who: str
    direction: Direction
    facet: str
    silent: str
    assumptions: tuple[str, ...]
    evidence: tuple[str, ...]
    held_by: str
    counter: str
    counter_by: str
    note: str

    def said(self, words: str, *, enacted: bool) -> str:
        """`words` in the form for a bill ("would bar") or for law ("bars")."""
        return TENSE.sub(lambda m: m["law"] if enacted else m["bill"], words)


@dataclass(frozen=True, slots=True)
class Example:
    """A drafted section that must, or must not, start a rule; `where` is its file and line."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class ImpactRule:
    """When a chain starts, its lines, what softens it and what to ask."""

    id: str
    title: str
    about: str
    on: frozenset[str]
    also: frozenset[str]
    beside: frozenset[str]
    in_bill: frozenset[str]
    in_reports: bool
    count: int
    count_of: frozenset[str]
    operators: frozenset[Operator]
    regulated: frozenset[str]
    chain: tuple[Line, ...]
    softened_by: frozenset[str]
    questions: tuple[str, ...]
    starts: tuple[Example, ...] = ()
    starts_not: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class ImpactModel:
    """The whole model, checked; `files` are those that it was read from.

    `sources` are the evidence that may be printed, `never` the ids of what may not.  `profile` are
    the facets that are told of every provision that starts a chain.
    """

    leads: Mapping[ClaimKind, str]
    evidence_caps: Mapping[str, Level]
    order_caps: Mapping[int, Level]
    force: Mapping[Operator, Force]
    parties: Mapping[str, str]
    sources: Mapping[str, Source]
    facets: Mapping[str, Facet]
    rules: tuple[ImpactRule, ...]
    questions: Mapping[str, str]
    stakeholders: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()
    profile: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
