"""Effect chains: rules of the impact model fired on the tags, operators and facets of one version.

A chain goes as far as the words carry it:

    duty, prohibition ...        every line, confidence by order and evidence
    definition                   every line if something operative uses the term, else the first
    finding, amendment, none     the first line only, as a signal: such words bind nobody (yet)

Confidence is the lower of two caps, that of the line's place in the chain and that of its best
evidence; a dispute is never above low, and an exception that softens the rule takes a step off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from legannot.assess.model import Facet, ImpactModel, ImpactRule, Level, Line
from legannot.assess.reach import used_in
from legannot.model import Bill, Context, Facts, Operator, Status, Tag, Unit
from legannot.model.report import Effect

SIGNAL_ONLY = "signal only"
NOT_RATED = "not rated"

_LEVELS: tuple[Level, ...] = ("low", "medium", "high")
# Two measurements by people without a stake lift a second-order line (IMPACT, section 2).
_MEASURED = "independent_measurement"
_ENOUGH_MEASUREMENTS = 2
_INDIRECT = 2

# Provisions that switch a chain off or soften it stand beside its lines, whatever the rule.
_DEFEATERS = frozenset(("ow.exempt", "eco.research", "eco.small", "proc.carveout", "proc.timing"))
_NARROWING = frozenset((Operator.EXCEPTION, Operator.TIMING, Operator.SUNSET))
# As many words of the bill as show why a rule fired.
_QUOTED_WORDS = 30


def effects(
    bill: Bill,
    facts: Facts,
    tags: Sequence[Tag],
    model: ImpactModel,
    changed: Collection[str] = frozenset(),
) -> tuple[Effect, ...]:
    """The lines of every rule that fires, those on `changed` paths first, then in reading order.

    `tags` are those of `bill`.  Suggested tags start nothing: no rule of the packs vouches for them.
    """
    place = _Places(bill, facts, tags)
    found: list[tuple[tuple[bool, int, int, int], Effect]] = []
    for position, path in enumerate(place.tags):
        for number, rule in enumerate(model.rules):
            started = _Start.of(rule, path, place, model)
            if started is None:
                continue
            is_new = path in changed
            for line, effect in started.lines(is_new=is_new):
                found.append(((not is_new, number, position, line), effect))
    found.sort(key=lambda item: item[0])
    return tuple(effect for _, effect in found)


class _Places:
    """One version by place: its units, tags, sections and who uses what is defined where."""

    def __init__(self, bill: Bill, facts: Facts, tags: Sequence[Tag]) -> None:
        self.enacted = bill.version.startswith("pl") or bill.document == "public-law"
        self.units = facts.units
        self.users = used_in(facts)
        self.terms = {d.path for d in facts.definitions}
        own: dict[str, list[Tag]] = defaultdict(list)
        for tag in tags:
            if tag.status is not Status.SUGGESTED and tag.field == "text":
                own[tag.path].append(tag)
        order = {path: i for i, path in enumerate(self.units)}
        self.tags = {path: own[path] for path in sorted(own, key=lambda p: order.get(p, -1))}
        self.by_section: dict[str, list[Tag]] = defaultdict(list)
        for path, held in self.tags.items():
            self.by_section[self.section(path)] += held
        self._said: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            self._said[unit.section].append(unit)
        self.pointing: dict[str, list[str]] = defaultdict(list)
        for citation in facts.citations:
            if citation.kind == "internal" and citation.target:
                self.pointing[citation.target].append(citation.path)

    def section(self, path: str) -> str:
        """The section around a place, the place itself where it has none."""
        unit = self.units.get(path)
        return unit.section if unit and unit.section else path

    def around(self, path: str, within: str) -> Sequence[Unit]:
        """The provisions in which a facet is looked for, as read."""
        if within == "provision":
            section = self._said[self.section(path)]
            return [u for u in section if u.path == path or u.path.startswith(f"{path}(")]
        return self._said[self.section(path)] if within == "section" else tuple(self.units.values())

    def carrying(self, topics: Collection[str], path: str, within: str) -> list[Tag]:
        """The tags with one of some topics, around a place."""
        sections = (
            self.by_section.values() if within == "bill" else [self.by_section[self.section(path)]]
        )
        return [
            tag
            for section in sections
            for tag in section
            if tag.topic in topics and (within != "provision" or tag.path == path)
        ]


@dataclass(frozen=True, slots=True)
class _Start:
    """A rule that fires at a place."""

    rule: ImpactRule
    tag: Tag
    places: _Places
    model: ImpactModel
    binds: bool
    why: tuple[str, ...]

    @classmethod
    def of(cls, rule: ImpactRule, path: str, places: _Places, model: ImpactModel) -> _Start | None:
        """The start, or None where a condition does not hold."""
        tag = next(
            (t for t in places.tags[path] if t.topic in rule.on and t.operator in rule.operators),
            None,
        )
        if tag is None or tag.context in (Context.TOC.value, "heading", "struck"):
            return None
        why = [_because(tag), f"what it does: {tag.operator.value}"]
        unit = places.units.get(path)
        if unit is not None and unit.addressee:
            why.append(f"who must act: {model.parties.get(unit.addressee, unit.addressee)}")
        for reason in _conditions(rule, path, places, model):
            if reason is None:
                return None
            why.append(reason)
        binds, force = _binding(tag, places, model)
        return cls(rule, tag, places, model, binds, (*why, force))

    def lines(self, *, is_new: bool) -> Iterator[tuple[int, Effect]]:
        """Each line of the chain that the force of the words carries, with its place in the chain."""
        path = self.tag.path
        against = tuple(_defeaters(path, self.places))
        softened = bool(
            self.rule.softened_by
            & {t.topic for place in against for t in self.places.tags.get(place, ())}
        )
        for number, line in enumerate(self.rule.chain):
            if line.order and not self.binds:
                return
            effect, reasons = self._words(line)
            yield (
                number,
                Effect(
                    rule=self.rule.id,
                    path=path,
                    order=line.order,
                    claim=line.kind,
                    lead=self.model.leads[line.kind],
                    effect=effect,
                    who=line.who,
                    direction=line.direction,
                    confidence=confidence(line, self.model, binds=self.binds, softened=softened),
                    quote=_excerpt(self.tag),
                    assumptions=line.assumptions,
                    evidence=line.evidence,
                    counter=_attributed(line.counter, line.counter_by),
                    note=_note(line, self.model),
                    questions=self.rule.questions,
                    defeaters=against,
                    why=(f"rule {self.rule.id}: {self.rule.about}", *self.why, *reasons),
                    changed=is_new,
                ),
            )

    def _words(self, line: Line) -> tuple[str, list[str]]:
        enacted = self.places.enacted
        if not line.facet:
            return line.said(line.effect, enacted=enacted), []
        facet = self.model.facets[line.facet]
        where = _spoken(facet, self.tag.path, self.places)
        scope = {"provision": "this provision", "section": "its section", "bill": "the whole text"}
        if where:
            return line.said(line.effect, enacted=enacted), [f"{facet.label}: {', '.join(where)}"]
        silence = f"{facet.label}: nothing found in {scope[facet.within]}"
        return line.said(line.silent, enacted=enacted), [silence]


def confidence(line: Line, model: ImpactModel, *, binds: bool, softened: bool) -> str:
    """`high`, `medium` or `low`; `signal only` without force, `not rated` without evidence."""
    if not binds:
        return SIGNAL_ONLY
    if line.kind == "text":
        # The bill itself is the evidence, and it is quoted beside the line.
        return "high"
    kinds = [model.sources[name].kind for name in line.evidence]
    if not kinds:
        return NOT_RATED
    cap = _LEVELS.index(model.order_caps[line.order])
    if line.order == _INDIRECT and kinds.count(_MEASURED) >= _ENOUGH_MEASUREMENTS:
        cap = _LEVELS.index("medium")
    level = min(cap, max(_LEVELS.index(model.evidence_caps[kind]) for kind in kinds))
    if line.kind == "disputed":
        level = 0
    return _LEVELS[max(0, level - softened)]


def _because(tag: Tag) -> str:
    words = "”, “".join(dict.fromkeys(evidence.quote for evidence in tag.evidence))
    how = (
        f"through the definition in {tag.via}" if tag.via else f"by {tag.rule or tag.status.value}"
    )
    return f"it touches {tag.topic}, {how}: “{words}”"


def _conditions(
    rule: ImpactRule, path: str, places: _Places, model: ImpactModel
) -> Iterator[str | None]:
    """A sentence for each further condition that holds, None for one that does not."""
    if rule.beside:
        beside = places.carrying(rule.beside, path, "section")
        yield f"in the same section: {_listed(beside)}" if beside else None
    if rule.count:
        beside = places.carrying(rule.count_of, path, "section")
        enough = len({tag.topic for tag in beside}) >= rule.count
        yield f"in the same section: {_listed(beside)}" if enough else None
    if rule.regulated:
        unit = places.units.get(path)
        party = unit.regulated if unit else None
        if party is None:
            yield "who is burdened: the text does not say"
        else:
            yield (
                f"who is burdened: {model.parties.get(party, party)}"
                if party in rule.regulated
                else None
            )


def _listed(tags: Sequence[Tag]) -> str:
    first: dict[str, str] = {}
    for tag in tags:
        first.setdefault(tag.topic, tag.path)
    return ", ".join(f"{topic} ({path})" for topic, path in first.items())


def _binding(tag: Tag, places: _Places, model: ImpactModel) -> tuple[bool, str]:
    """Whether the words bind anybody, and the sentence that says why or why not."""
    force = model.force[tag.operator]
    if force == "operative":
        if tag.context == Context.QUOTED.value:
            return True, "force: operative, as law to be inserted"
        return True, "force: operative"
    if force == "none":
        return False, f"force: none, it is a {tag.operator.value}; a signal only"
    if force == "after merging":
        return False, "force: none by itself; it rewrites another law, which was not merged here"
    users = [
        path
        for place in _around(tag.path, places)
        for path in places.users.get(place, ())
        if (unit := places.units.get(path)) and model.force[unit.operator] == "operative"
    ]
    if users:
        return True, f"force: through what uses the term: {', '.join(dict.fromkeys(users))}"
    return False, "force: none found; no operative provision in sight uses the term"


def _around(path: str, places: _Places) -> Iterator[str]:
    """The place and those it stands under, as far as they define something."""
    for term in places.terms:
        if path == term or path.startswith((f"{term}(", f"{term} [")):
            yield term


def _spoken(facet: Facet, path: str, places: _Places) -> list[str]:
    """Where the bill speaks of a facet, at most three places."""
    where: dict[str, None] = {}
    for tag in places.carrying(facet.topics, path, facet.within):
        if not facet.operators or tag.operator in facet.operators:
            where[tag.path] = None
    if facet.words is not None:
        for unit in places.around(path, facet.within):
            if found := facet.words.search(unit.text):
                where[f"{unit.path} (“{found.group()}”)"] = None
    return list(where)[:3]


def _defeaters(path: str, places: _Places) -> Iterator[str]:
    """Exceptions, dates and exemptions beside a place, or that point at it from elsewhere."""
    above = _above(path)
    pointing = [place for target in above for place in places.pointing.get(target, ())]
    beside = [tag.path for tag in places.by_section[places.section(path)]]
    for place in dict.fromkeys((*beside, *pointing)):
        if place != path and any(map(_narrows, places.tags.get(place, ()))):
            yield place


def _narrows(tag: Tag) -> bool:
    if tag.topic not in _DEFEATERS:
        return False
    return tag.topic == "ow.exempt" or tag.operator in _NARROWING


def _above(path: str) -> list[str]:
    """The place and the levels around it up to its section: sec. 5(b)(1), sec. 5(b), sec. 5."""
    found = [path]
    while path.endswith((")", "]")):
        path = path[: path.rindex("(" if path.endswith(")") else "[")].rstrip()
        if path:
            found.append(path)
    return found


def _excerpt(tag: Tag) -> str:
    """The words around the first evidence, whole words of the bill."""
    first = tag.evidence[0]
    words = [(m, m + len(w)) for m, w in _positions(tag.text)]
    inside = [i for i, (start, end) in enumerate(words) if start < first.end and first.start < end]
    if not inside:
        return first.quote
    spare = max(0, _QUOTED_WORDS - len(inside)) // 2
    start = words[max(0, inside[0] - spare)][0]
    end = words[min(len(words) - 1, inside[-1] + spare)][1]
    return tag.text[start:end]


def _positions(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in text.split(" "):
        if word:
            yield at, word
        at += len(word) + 1


def _attributed(words: str, by: str) -> str:
    return f"{words} (so {by})" if words else ""


def _note(line: Line, model: ImpactModel) -> str:
    """Who holds a disputed view or makes a claim, before whatever else is to be said."""
    if line.kind == "disputed":
        said = f"Held by {line.held_by}."
    elif line.kind == "claim":
        sources = (model.sources[name] for name in line.evidence)
        said = "Claimed by " + "; ".join(
            f"{s.by}, {s.date} (interest: {s.interest})" for s in sources
        )
        said += "."
    else:
        said = ""
    return " ".join(part for part in (said, line.note) if part)
