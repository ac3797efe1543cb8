"""What may follow: the bill's own aims, then effect chains by rule, evidence, questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from legannot.model.report import Answer, ClaimKind, Effect
from legannot.render.html.index import Index, Link
from legannot.render.wording import AIMS, CLAIMS, DIRECTIONS, excerpt, party

# A rule that fires on every use of a term would bury its own lines; the rest is folded.
_PLACES_SHOWN = 6
# Of a stated aim: leaves seven of ten whole (1,015 of 1,404 passages of the corpus).
_AIM_WORDS = 40


@dataclass(frozen=True, slots=True)
class Aim:
    """A passage in which the bill says why: a finding or a sense of Congress."""

    link: Link
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chain, of exactly one kind, with its fixed lead-in.

    `at` are the provisions that it holds for, none where it holds for all that start the chain.
    """

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
    at: tuple[Link, ...]


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
    fresh: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question for staff, the provisions that raise it, and where the text speaks to it.

    `told` is False where no rule can tell whether the text answers; `place` is where the answer
    would stand.
    """

    id: str
    text: str
    links: tuple[Link, ...]
    spoken: tuple[str, ...]
    place: Link
    told: bool


@dataclass(frozen=True, slots=True)
class Party:
    """The lines that are about one party: by direction, each line as words with its chain's anchor.

    Nothing is added up: three burdens are not more than one.
    """

    who: str
    lines: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one provision says of itself and what it leaves unsaid."""

    link: Link
    says: tuple[tuple[str, str], ...]
    unsaid: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """A chain that the first version started and the last does not."""

    title: str
    rule: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """The whole part, in printing order."""

    aims: tuple[Aim, ...]
    more_aims: tuple[Aim, ...]
    gone: tuple[Gone, ...]
    chains: tuple[Chain, ...]
    parties: tuple[Party, ...]
    said: tuple[Said, ...]
    evidence: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]


def effects(index: Index) -> Effects:
    """The effects of a report, each rule's chain once, with every place that starts it."""
    report = index.report
    cited = dict.fromkeys(e for effect in report.effects for e in effect.evidence)
    chains = _chains(index)
    aims = _aims(index)
    return Effects(
        aims=aims[:AIMS],
        more_aims=aims[AIMS:],
        gone=tuple(
            Gone(one.title, one.rule, one.old) for one in report.chains if one.kind == "gone"
        ),
        chains=chains,
        parties=_parties(index, chains),
        said=tuple(_said(index)),
        evidence=tuple((e, report.evidence[e]) for e in report.evidence if e in cited),
        questions=_questions(index),
    )


def _aims(index: Index) -> tuple[Aim, ...]:
    # The whole passage stands in the text; dozens of long findings would part the reader from it.
    aims = index.report.aims
    return tuple(Aim(index.link(aim.path), excerpt(aim.text, _AIM_WORDS)) for aim in aims)


def _chains(index: Index) -> tuple[Chain, ...]:
    by_rule: dict[str, list[Effect]] = defaultdict(list)
    for effect in index.report.effects:
        by_rule[effect.rule].append(effect)
    fresh = {one.rule for one in index.report.chains if one.kind == "new"}
    return tuple(_chain(index, fired, fresh=rule in fresh) for rule, fired in by_rule.items())


def _chain(index: Index, fired: list[Effect], *, fresh: bool) -> Chain:
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
    lines = tuple(_line(index, e, len(order)) for e in sorted(fired, key=lambda e: e.order))
    first = fired[0]
    return Chain(
        rule=first.rule,
        title=first.title or first.rule,
        lines=lines,
        places=tuple(places[:_PLACES_SHOWN]),
        more=tuple(places[_PLACES_SHOWN:]),
        defeaters=common,
        fresh=fresh,
    )


def _line(index: Index, effect: Effect, starts: int) -> Line:
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
        at=tuple(map(index.link, effect.paths)) if len(effect.paths) != starts else (),
    )


def _parties(index: Index, chains: tuple[Chain, ...]) -> tuple[Party, ...]:
    anchors = {chain.rule: f"rule-{at}" for at, chain in enumerate(chains, start=1)}
    rows: dict[str, dict[str, dict[Link, None]]] = defaultdict(lambda: defaultdict(dict))
    for effect in index.report.effects:
        if effect.who:
            kind = f"{CLAIMS[effect.claim].lower()}, order {effect.order}"
            words = f"{effect.title or effect.rule} ({kind}; confidence {effect.confidence})"
            rows[effect.who][effect.direction][Link(words, anchors[effect.rule])] = None
    return tuple(
        Party(
            party(who),
            tuple((DIRECTIONS.get(sign, sign), tuple(lines)) for sign, lines in directions.items()),
        )
        for who, directions in rows.items()
    )


def _said(index: Index) -> Iterator[Said]:
    for path, facets in index.report.profiles.items():
        says: dict[str, list[str]] = {}
        for one in facets:
            if one.value:
                quote = f" “{one.quote}”" if one.quote and one.quote != one.value else ""
                where = f", {one.path}" if one.path != path else ""
                says.setdefault(one.label, []).append(f"{one.value}{quote}{where}")
        yield Said(
            index.link(path),
            tuple((label, "; ".join(values)) for label, values in says.items()),
            tuple(dict.fromkeys(one.label for one in facets if not one.value)),
        )


def _questions(index: Index) -> tuple[Question, ...]:
    raised: dict[str, dict[str, None]] = defaultdict(dict)
    for effect in index.report.effects:
        for question in effect.questions:
            raised[question] |= dict.fromkeys(effect.paths)
    answers = {answer.question: answer for answer in index.report.answers}
    return tuple(
        _question(index, name, text, tuple(raised[name]), answers.get(name))
        for name, text in index.report.questions.items()
        if name in raised
    )


def _question(
    index: Index, name: str, text: str, raised: tuple[str, ...], answer: Answer | None
) -> Question:
    return Question(
        name,
        text,
        tuple(map(index.link, raised)),
        answer.spoken if answer else (),
        index.link(answer.place if answer else raised[0]),
        told=answer.told if answer else False,
    )
