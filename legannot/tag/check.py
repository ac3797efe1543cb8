"""The rules' own examples, run: each rule must find its `match` sentences and leave its `no_match` alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from legannot.model import Unit
from legannot.read.operators import classify
from legannot.tag.gates import Scope, Section, passed
from legannot.tag.matching import View, matcher
from legannot.tag.packs import Example, Packs, Rule
from legannot.tag.silence import silent


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that a rule gets wrong; `expected` says whether it should have matched."""

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
    scope = Scope.of(packs)
    return [failure for rule in packs.rules for failure in _failures(rule, packs, scope)]


def _failures(rule: Rule, packs: Packs, scope: Scope) -> Iterator[Failure]:
    for expected, examples in ((True, rule.match), (False, rule.no_match)):
        for example in examples:
            if _found(rule, example, packs, scope) is not expected:
                text = example.text or example.heading
                yield Failure(rule.id, rule.file, rule.line, expected, text)


def _found(rule: Rule, example: Example, packs: Packs, scope: Scope) -> bool:
    unit = _unit(example)
    if silent(unit):
        return False
    view = View.of(unit)
    section = Section(texts=[f"{unit.heading} ; {unit.text}"])
    matches = passed(matcher(packs).matches(view), view, section, scope)
    return any(match.rule is rule for match in matches)


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
