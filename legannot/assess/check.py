"""The impact model's own examples, run: each rule starts where it says so, and nowhere else.

An example is a drafted section, or several, one a line.  They are read and tagged
as any bill is, with rules alone, so that what is checked is the whole way from words to a chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from legannot.assess.effects import effects
from legannot.assess.model import Example, ImpactModel, ImpactRule
from legannot.assess.places import Places
from legannot.model import Bill, Facts, Provenance, Provision, Tag
from legannot.read import read

#: What tags a version, such as `Tagger.tags`.
Tags = Callable[[Bill, Facts], Sequence[Tag]]


@dataclass(frozen=True, slots=True)
class Failure:
    """An example on which a rule does the opposite of what the file says."""

    rule: str
    example: Example
    expected: bool

    def __str__(self) -> str:
        verb = "does not start" if self.expected else "starts"
        return f"{self.example.where}: {self.rule} {verb} on {self.example.text!r}"


def check(model: ImpactModel, tags: Tags) -> list[Failure]:
    """Every example that fails, in the order of the model; empty if all hold."""
    return [failure for rule in model.rules for failure in _failures(rule, model, tags)]


def topics_named(model: ImpactModel) -> dict[str, str]:
    """Every topic that rules and facets name, with the first place that does."""
    named: dict[str, str] = {}
    for rule in model.rules:
        groups = (rule.on, rule.also, rule.beside, rule.in_bill, rule.count_of, rule.softened_by)
        for topic in sorted(topic for group in groups for topic in group):
            named.setdefault(topic, f"rule {rule.id}")
    for facet in model.facets.values():
        for topic in facet.topics:
            named.setdefault(topic, f"facet {facet.id}")
    return named


def _failures(rule: ImpactRule, model: ImpactModel, tags: Tags) -> Iterator[Failure]:
    for expected, examples in ((True, rule.starts), (False, rule.starts_not)):
        for example in examples:
            bill = _drafted(example.text)
            facts = read(bill)
            started = effects(Places(bill, facts, tags(bill, facts)), model)
            if (rule.id in {effect.rule for effect in started}) is not expected:
                yield Failure(rule.id, example, expected)


def _drafted(text: str) -> Bill:
    """A bill of one section a line, so that a definition can stand beside what uses it."""
    sections = tuple(
        Provision(
            path=f"sec. {number}", kind="section", enum=f"{number}.", text=" ".join(line.split())
        )
        for number, line in enumerate(filter(str.strip, text.splitlines()), start=2)
    )
    return Bill(
        id=None,
        version="",
        title="",
        official_title="",
        provisions=sections,
        provenance=Provenance("example", "", len(text)),
        format="",
    )
