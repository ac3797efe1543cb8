"""What may follow: the bill's own aims, then effect chains by rule, evidence, questions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from legannot.model import Context
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
    """The same lines for every place that started them; `defeaters` are those all places share."""

    rule: str
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
    stating = (Context.FINDING, Context.SENSE, Context.PREAMBLE)
    return [
        Aim(index.link(p.path), p.text) for p in index.new.walk() if p.context in stating and p.text
    ]


def _chains(index: Index) -> tuple[Chain, ...]:
    by_place: dict[tuple[str, str], list[Effect]] = defaultdict(list)
    for effect in index.report.effects:
        by_place[effect.rule, effect.path].append(effect)
    groups: dict[tuple[str, tuple[Line, ...]], list[Place]] = {}
    for (rule, path), fired in by_place.items():
        chain = sorted(fired, key=lambda e: e.order)
        lines = tuple(_line(effect) for effect in chain)
        first = chain[0]
        defeaters = dict.fromkeys(d for effect in chain for d in effect.defeaters)
        place = Place(
            link=index.link(path),
            quote=first.quote,
            why=first.why,
            defeaters=tuple(index.link(d) for d in defeaters),
            changed=first.changed and not index.single,
        )
        groups.setdefault((rule, lines), []).append(place)
    return tuple(_chain(rule, lines, places) for (rule, lines), places in groups.items())


def _chain(rule: str, lines: tuple[Line, ...], places: list[Place]) -> Chain:
    shared = {place.defeaters for place in places}
    common = shared.pop() if len(shared) == 1 else ()
    if common:
        places = [replace(place, defeaters=()) for place in places]
    return Chain(rule, lines, tuple(places[:_PLACES_SHOWN]), tuple(places[_PLACES_SHOWN:]), common)


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
            raised[question][effect.path] = None
    return tuple(
        Question(q, text, tuple(map(index.link, raised[q])))
        for q, text in index.report.questions.items()
        if q in raised
    )
