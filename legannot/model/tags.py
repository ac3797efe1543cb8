"""Tags: what a provision touches, with the words, the rule or the exemplar that says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from legannot.model.facts import Operator


class Status(StrEnum):
    """On what a tag rests."""

    ASSERTED = "asserted"  # a rule matched
    SUGGESTED = "suggested"  # only the sentence embedding thinks so
    INHERITED = "inherited"  # through a defined term that the provision uses


@dataclass(frozen=True, slots=True)
class Evidence:
    """Quoted words: `text[start:end] == quote` in the `text` of the tag that carries it."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic found in one provision.

    `text` is the string the evidence quotes: the provision's own text, or its heading where `field`
    is `heading`.  `context` is the provision's (`operative`, `quoted`, `struck`, `finding` ...), or
    `heading`.  `confidence` is between 0 and 1.  `rule` names the rule of an asserted tag,
    `exemplar` the sentence of a suggested one, `via` the path of the definition of an inherited
    one.  `lead_in` are the words of the lead-in above that the first evidence continues, if it does
    ("AI model means a model with these characteristics:" of "access governed by terms of service").
    """

    path: str
    topic: str
    operator: Operator
    status: Status
    context: str
    confidence: float
    text: str
    evidence: tuple[Evidence, ...]
    rule: str | None = None
    exemplar: str | None = None
    via: str | None = None
    field: str = "text"
    lead_in: str | None = None

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"tag {self.topic} on {self.path} has no evidence")
        for item in self.evidence:
            if self.text[item.start : item.end] != item.quote:
                raise ValueError(f"tag {self.topic} on {self.path} misquotes its text")


@dataclass(frozen=True, slots=True)
class Topic:
    """A leaf of the taxonomy: `id` such as `ow.release`, its family's name, and what it covers."""

    id: str
    family: str
    label: str
    definition: str
    procedural: bool = False
