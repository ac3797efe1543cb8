"""What may follow: the bill's own aims, then effect chains by rule, evidence, questions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from legannot.model.report import ClaimKind, Effect
from legannot.render.html.index import Index, Link
from legannot.render.wording import CLAIMS, DIRECTIONS, party

# A rule that fires on every use of a term would bury its own lines; the rest is folded.
_PLACES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Aim:
    """A passage in which the bill says why: a finding or a sense of Congress."""

    link: Link
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chain, of exactly one kind, with its fixed lead-in."""

    kind: ClaimKind
    label: str
    lead: str
    effect: str
    who: str
    direction: str
    confidence: str
    assumptions: tuple[str, ...]
    evidence: tuple[str, ...]
    counter: str
    note: str


@dataclass(frozen=True, slots=True)
class Place:
    """A provision that started a chain: its words, why the rule fired, what may switch it off."""

    link: Link
    quote: str
    why: tuple[str, ...]
    defeaters: tuple[Link, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """The lines of a rule and every place that starts it; `defeaters` are what all places share."""

    rule: str
    title: str
    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    more: tuple[Place, ...]
    defeaters: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question for staff and the provisions that raise it."""

    id: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """The whole part, in printing order."""

    aims: tuple[Aim, ...]
    chains: tuple[Chain, ...]
    evidence: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]


def effects(index: Index) -> Effects:
    """The effects of a report, each rule's chain once, with every place that starts it."""
    report = index.report
    cited = dict.fromkeys(e for effect in report.effects for e in effect.evidence)
    return Effects(
        aims=tuple(_aims(index)),
        chains=_chains(index),
        evidence=tuple((e, report.evidence[e]) for e in report.evidence if e in cited),
        questions=_questions(index),
    )


def _aims(index: Index) -> list[Aim]:
    return [Aim(index.link(aim.path), aim.text) for aim in index.report.aims]


def _chains(index: Index) -> tuple[Chain, ...]:
    by_rule: dict[str, list[Effect]] = defaultdict(list)
    for effect in index.report.effects:
        by_rule[effect.rule].append(effect)
    return tuple(_chain(index, fired) for fired in by_rule.values())


def _chain(index: Index, fired: list[Effect]) -> Chain:
    starts = {start.path: start for effect in reversed(fired) for start in effect.begun}
    order = dict.fromkeys(start.path for effect in fired for start in effect.begun)
    places = [
        Place(
            link=index.link(path),
            quote=starts[path].quote,
            why=starts[path].why,
            defeaters=tuple(map(index.link, starts[path].defeaters)),
            changed=starts[path].changed and not index.single,
        )
        for path in order
    ]
    shared = {place.defeaters for place in places}
    common = shared.pop() if len(shared) == 1 else ()
    if common:
        places = [replace(place, defeaters=()) for place in places]
    lines = tuple(map(_line, sorted(fired, key=lambda e: e.order)))
    first = fired[0]
    return Chain(
        rule=first.rule,
        title=first.title or first.rule,
        lines=lines,
        places=tuple(places[:_PLACES_SHOWN]),
        more=tuple(places[_PLACES_SHOWN:]),
        defeaters=common,
    )


def _line(effect: Effect) -> Line:
    return Line(
        kind=effect.claim,
        label=CLAIMS[effect.claim],
        lead=effect.lead,
        effect=effect.effect,
        who=party(effect.who),
        direction=DIRECTIONS.get(effect.direction, effect.direction),
        confidence=effect.confidence,
        assumptions=effect.assumptions,
        evidence=effect.evidence,
        counter=effect.counter,
        note=effect.note,
    )


def _questions(index: Index) -> tuple[Question, ...]:
    raised: dict[str, dict[str, None]] = defaultdict(dict)
    for effect in index.report.effects:
        for question in effect.questions:
            raised[question] |= dict.fromkeys(effect.paths)
    return tuple(
        Question(q, text, tuple(map(index.link, raised[q])))
        for q, text in index.report.questions.items()
        if q in raised
    )
