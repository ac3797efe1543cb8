"""Effect chains: rules of the impact model fired on the tags, operators and facets of one version.

A chain goes as far as the words carry it:

    duty, prohibition ...        every line, confidence by order and evidence
    definition                   every line if something operative uses the term, else the first
    finding, amendment, none     the first line only, as a signal: such words bind nobody (yet)

Confidence is the lower of two caps, that of the line's place in the chain and that of its best
evidence; a dispute is never above low, and an exception that softens the rule takes a step off.

A rule has one chain however many provisions start it.  A line names those that it holds for; where
its words depend on what the bill speaks of, "it would except some research" holds for some and
"nothing on an exception for research" for others, and they are two lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from legannot.assess.levels import above
from legannot.assess.model import ImpactModel, ImpactRule, Level, Line
from legannot.assess.places import Places
from legannot.model import Context, Operator, Tag, Unit
from legannot.model.report import Effect, Start

SIGNAL_ONLY = "signal only"
NOT_RATED = "not rated"

_LEVELS: tuple[Level, ...] = ("low", "medium", "high")
# Two measurements by people without a stake lift a line of the second order to medium.
_MEASURED = "independent_measurement"
_ENOUGH_MEASUREMENTS = 2
_SECOND_ORDER = 2

# As many topics as show what a bill is about.
_SHOWN = 3
# Words that stand for no act of the legislature: a list of contents, what a committee struck.
_NOT_SAID = (Context.TOC.value, "struck")
# What binds most starts a chain most strongly.
_STRENGTH = (Operator.PROHIBITION, Operator.DUTY, Operator.DEFINITION, Operator.PERMISSION)

# As many words of the bill as show why a rule fired.
_QUOTED_WORDS = 30
# ... and as many of each piece of evidence as name it.
_REASON_WORDS = 12


def effects(
    places: Places,
    model: ImpactModel,
    changed: Collection[str] = frozenset(),
) -> tuple[Effect, ...]:
    """One chain for every rule that fires, those with a start on a `changed` path first.

    `places` index one version.  Suggested tags and tags of headings start nothing.
    """
    found = [
        start
        for rule in model.rules
        for held in (places.own, places.lent)
        for path, own in held.items()
        if (start := _start(rule, path, own, places, model))
    ]
    # A definition that starts a rule names its users; they need no chain of their own.
    at_home = {
        (start.rule.id, place)
        for start in found
        if not start.tag.via
        for place in above(start.tag.path)
    }
    found = [s for s in found if not s.tag.via or (s.rule.id, s.tag.via) not in at_home]
    order = {path: i for i, path in enumerate(places.units)}
    found.sort(key=lambda s: (*s.weakness(changed), order.get(s.tag.path, -1)))
    chains: dict[str, list[_Start]] = {rule.id: [] for rule in model.rules}
    for start in found:
        chains[start.rule.id].append(start)
    begun = [starts for starts in chains.values() if starts]
    begun.sort(key=lambda starts: starts[0].tag.path not in changed)
    return tuple(effect for starts in begun for effect in _chain(starts, model, changed))


def _chain(
    starts: Sequence[_Start], model: ImpactModel, changed: Collection[str]
) -> Iterator[Effect]:
    """The lines of one rule; each names the starts that it holds for."""
    for line in starts[0].rule.chain:
        said: dict[str, list[Start]] = defaultdict(list)
        for start in starts:
            if start.binds or not line.order:
                words, place = start.at(line, changed=start.tag.path in changed)
                said[words].append(place)
        for words, begun in said.items():
            yield _effect(starts[0].rule, line, words, tuple(begun), model)


def _effect(
    rule: ImpactRule, line: Line, words: str, starts: tuple[Start, ...], model: ImpactModel
) -> Effect:
    best = starts[0]
    return Effect(
        rule=rule.id,
        path=best.path,
        order=line.order,
        claim=line.kind,
        lead=model.leads[line.kind],
        effect=words,
        who=line.who,
        direction=line.direction,
        confidence=best.confidence,
        quote=best.quote,
        assumptions=line.assumptions,
        evidence=line.evidence,
        counter=f"{line.counter} (so {line.counter_by})" if line.counter else "",
        note=_note(line, model),
        questions=rule.questions,
        defeaters=best.defeaters,
        why=best.why,
        changed=best.changed,
        title=rule.title,
        starts=starts,
    )


def confidence(line: Line, model: ImpactModel, *, binds: bool, softened: bool) -> str:
    """`high`, `medium` or `low`; `signal only` without force, `not rated` without evidence."""
    if not binds:
        return SIGNAL_ONLY
    if line.kind == "text":
        # The bill itself is the evidence, and it is quoted beside the line.
        return model.order_caps[0]
    kinds = [model.sources[name].kind for name in line.evidence]
    if not kinds:
        return NOT_RATED
    cap = _LEVELS.index(model.order_caps[line.order])
    if line.order == _SECOND_ORDER and kinds.count(_MEASURED) >= _ENOUGH_MEASUREMENTS:
        cap = _LEVELS.index("medium")
    level = min(cap, max(_LEVELS.index(model.evidence_caps[kind]) for kind in kinds))
    if line.kind == "disputed":
        level = 0
    return _LEVELS[max(0, level - softened)]


def _start(
    rule: ImpactRule, path: str, held: Sequence[Tag], places: Places, model: ImpactModel
) -> _Start | None:
    """The rule as started at a place, None where one of its conditions does not hold."""
    tag = next((t for t in held if t.topic in rule.on and t.operator in rule.operators), None)
    if tag is None or tag.context in _NOT_SAID:
        return None
    operative = [operator for operator, kind in model.force.items() if kind == "operative"]
    users = places.users(path, operative) if tag.operator is Operator.DEFINITION else ()
    binds, force = _binding(tag, users, model)
    if not binds and (tag.via or _idle(tag)):
        return None
    why = [_because(tag), f"what it does: {tag.operator.value}"]
    unit = places.units.get(path)
    if not rule.in_reports and unit is not None and _reports(unit):
        return None
    if unit is not None and unit.addressee:
        why.append(f"who must act: {model.parties.get(unit.addressee, unit.addressee)}")
    for reason in _conditions(rule, tag, users, places, model):
        if not reason:
            return None
        why.append(reason)
    return _Start(rule, tag, places, model, binds, (*why, force))


def _reports(unit: Unit) -> bool:
    """Whether the words say what a report, a study or an assessment is to hold.

    A report restricts nobody (PITFALLS 22): what it must look at is no rule on what it looks at.
    """
    return _REPORT.search(f"{unit.chapeau} {unit.text}") is not None


_KINDS_OF_REPORT = (
    r"(?:reports?|assessments?|study|studies|reviews?|analys[ei]s|strateg(?:y|ies)|briefings?"
    r"|playbook|estimates?|evaluations?|notifications?"
    # Guidance binds nobody, unless it is guidance that requires something.
    r"|(?:guidance|guidelines|best\s+practices)(?![^.;]{0,120}\brequir))"
)
_REPORT = re.compile(
    rf"""\b{_KINDS_OF_REPORT}\b[^.;]{{0,120}}?\b(?:shall|must|to)\s+
          (?:also\s+)?(?:include|contain|address|identify|describe|consider)\b
      | \bshall\b[^.;]{{0,120}}?\b(?:submit|complete|conduct|prepare|carry\s+out|develop|provide
          |publish|issue)\b
          [^.;]{{0,100}}?\b{_KINDS_OF_REPORT}\b
      | ^\s*(?:an?|any|the)\s+(?:\w+\s+){{0,2}}{_KINDS_OF_REPORT}\s+of\b""",
    re.IGNORECASE | re.VERBOSE,
)


def _idle(tag: Tag) -> bool:
    """Whether it defines what nothing here uses; law to be inserted may be used elsewhere."""
    return tag.operator is Operator.DEFINITION and tag.context != Context.QUOTED.value


@dataclass(frozen=True, slots=True)
class _Start:
    """A rule that fires at a place."""

    rule: ImpactRule
    tag: Tag
    places: Places
    model: ImpactModel
    binds: bool
    why: tuple[str, ...]

    def weakness(self, changed: Collection[str]) -> tuple[bool, bool, bool, int]:
        """What sorts the strongest start first: changed, binding, in its own words, forbidding."""
        operator = self.tag.operator
        rank = _STRENGTH.index(operator) if operator in _STRENGTH else len(_STRENGTH)
        return self.tag.path not in changed, not self.binds, bool(self.tag.via), rank

    def at(self, line: Line, *, changed: bool) -> tuple[str, Start]:
        """The words of a line for this place, and the place as a report shows it."""
        against = self.places.defeaters(self.tag)
        narrowing = {t.topic for place in against for t in self.places.own.get(place, ())}
        softened = bool(self.rule.softened_by & narrowing)
        words, reasons = self._words(line)
        return words, Start(
            path=self.tag.path,
            quote=_excerpt(self.tag),
            why=(f"rule {self.rule.id}: {self.rule.about}", *self.why, *reasons),
            confidence=confidence(line, self.model, binds=self.binds, softened=softened),
            defeaters=against,
            changed=changed,
        )

    def _words(self, line: Line) -> tuple[str, list[str]]:
        """The words of a line and, where they depend on a facet, what was found."""
        said, reasons = line.effect, []
        if line.facet:
            facet = self.model.facets[line.facet]
            where = self.places.spoken(facet, self.tag.path)
            if not where:
                said = line.silent
                where = [f"nothing found in the {facet.within}"]
            reasons = [f"{facet.label}: {', '.join(where)}"]
        return line.said(said, enacted=self.places.enacted), reasons


def _because(tag: Tag) -> str:
    quotes = dict.fromkeys(_shortened(evidence.quote) for evidence in tag.evidence)
    words = "”, “".join(quotes)
    how = (
        f"through the definition in {tag.via}" if tag.via else f"by {tag.rule or tag.status.value}"
    )
    return f"it touches {tag.topic}, {how}: “{words}”"


def _shortened(quote: str) -> str:
    words = quote.split()
    return " ".join(words[:_REASON_WORDS]) + (" …" if len(words) > _REASON_WORDS else "")


def _conditions(
    rule: ImpactRule, tag: Tag, users: Sequence[str], places: Places, model: ImpactModel
) -> Iterator[str]:
    """A sentence for each further condition that holds, an empty one for one that does not."""
    if rule.also:
        here = [t for t in places.own.get(tag.path, ()) if t.topic in rule.also]
        yield f"on the same words: {_listed(here)}" if here else ""
    if rule.beside:
        beside = places.beside(rule.beside, tag, users)
        yield f"beside it: {_listed(beside)}" if beside else ""
    if rule.in_bill:
        about = places.carrying(rule.in_bill, tag.path, "bill")
        yield f"what the bill is about: {_listed(about[:_SHOWN])}" if about else ""
    if rule.count:
        beside = places.beside(rule.count_of, tag, users)
        enough = len({other.topic for other in beside}) >= rule.count
        yield f"beside it: {_listed(beside)}" if enough else ""
    if rule.regulated:
        unit = places.units.get(tag.path)
        party = unit.regulated if unit else None
        if party is None:
            yield "who is burdened: the text does not say"
        else:
            named = model.parties.get(party, party)
            yield f"who is burdened: {named}" if party in rule.regulated else ""


def _listed(tags: Sequence[Tag]) -> str:
    first: dict[str, str] = {}
    for tag in tags:
        first.setdefault(tag.topic, tag.path)
    return ", ".join(f"{topic} ({path})" for topic, path in first.items())


def _binding(tag: Tag, users: Sequence[str], model: ImpactModel) -> tuple[bool, str]:
    """Whether the words bind anybody, and the sentence that says why or why not."""
    force = model.force[tag.operator]
    if force == "operative":
        inserted = tag.context == Context.QUOTED.value
        return True, f"force: operative{', as law to be inserted' if inserted else ''}"
    if force == "none":
        return False, f"force: none ({tag.operator.value}), a signal only"
    if force == "after merging":
        return False, "force: none by itself; it rewrites another law, which was not merged here"
    if users:
        return True, f"force: through what uses the term: {', '.join(users)}"
    return False, "force: none found; no operative provision in sight uses the term"


def _excerpt(tag: Tag) -> str:
    """The words around the longest evidence, whole words of the bill."""
    evidence = max(tag.evidence, key=lambda found: len(found.quote))
    words = list(_positions(tag.text))
    inside = [
        i for i, (start, end) in enumerate(words) if start < evidence.end and evidence.start < end
    ]
    if not inside:
        return evidence.quote
    spare = max(0, _QUOTED_WORDS - len(inside)) // 2
    start = words[max(0, inside[0] - spare)][0]
    end = words[min(len(words) - 1, inside[-1] + spare)][1]
    return tag.text[start:end]


def _positions(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for word in text.split(" "):
        if word:
            yield at, at + len(word)
        at += len(word) + 1


def _note(line: Line, model: ImpactModel) -> str:
    """Who holds a disputed view or makes a claim, before whatever else is to be said."""
    said = ""
    if line.kind == "disputed":
        said = f"Held by {line.held_by}."
    elif line.kind == "claim":
        sources = (model.sources[name] for name in line.evidence)
        authors = "; ".join(f"{s.by}, {s.date} (interest: {s.interest})" for s in sources)
        said = f"Claimed by {authors}."
    return " ".join(part for part in (said, line.note) if part)
