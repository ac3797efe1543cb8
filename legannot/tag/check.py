"""The rules' own examples, run: a rule finds its `match` and leaves its `no_match` alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from legannot.model import Unit
from legannot.read.operators import classify
from legannot.tag.gates import Section, in_scope, scope
from legannot.tag.matching import Matcher, View
from legannot.tag.packs import Example, Packs, Rule
from legannot.tag.silence import silent


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that a rule gets wrong; `expected` says whether it should have matched.

    `line` is the example's own.
    """

    rule: str
    file: str
    line: int
    expected: bool
    text: str

    def __str__(self) -> str:
        verb = "does not find" if self.expected else "finds"
        return f"{self.file}, line {self.line}: {self.rule} {verb} {self.text!r}"


def check(packs: Packs) -> list[Failure]:
    """Every example that fails, in the order of the packs; empty if all hold."""
    return [failure for rule in packs.rules for failure in _failures(rule, packs)]


def _failures(rule: Rule, packs: Packs) -> Iterator[Failure]:
    alone = Matcher([rule])
    for expected, examples in ((True, rule.match), (False, rule.no_match)):
        for example in examples:
            if _found(alone, example, packs) is not expected:
                text = example.text or example.heading
                yield Failure(rule.id, rule.file, example.line, expected, text)


def _found(alone: Matcher, example: Example, packs: Packs) -> bool:
    unit = _unit(example)
    if silent(unit):
        return False
    view = View(unit)
    found = alone.matches(view)
    section = Section(views=[view])
    return any(m.rule.gate != "scope" or in_scope(view, section, scope(packs)) for m in found)


def _unit(example: Example) -> Unit:
    headings = (example.heading,) if example.heading else ()
    return Unit(
        path="example",
        kind="section",
        text=example.text,
        heading=example.heading,
        chapeau=example.chapeau,
        headings=headings,
        context=example.context,
        operator=classify(
            example.text,
            chapeau=example.chapeau,
            headings=headings,
            context=example.context,
        ),
    )
