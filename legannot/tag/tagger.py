"""Tags for the provisions of a bill: rules assert, the model suggests or vetoes, terms inherit.

matches of all rules -> gate by section -> one tag a leaf (the surest rule)
-> leaves that yield -> suggestions where no rule spoke -> tags inherited through terms
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from legannot.model import Bill, Evidence, Facts, Markup, Status, Tag, Unit
from legannot.tag.embed import Encoder
from legannot.tag.gates import Section, anchors, in_scope, scope
from legannot.tag.inherit import inherited
from legannot.tag.matching import Match, View, matchers
from legannot.tag.packs import Packs
from legannot.tag.quotations import STRUCK, Quotations, quotations
from legannot.tag.silence import silent
from legannot.tag.suggest import Nearness, Suggestion, suggester

NO_ENCODER = "No sentence model: tags come from rules alone; nothing is suggested."


@dataclass(frozen=True, slots=True)
class TagResult:
    """The tags of a bill in reading order, and what the reader of them should know."""

    tags: tuple[Tag, ...]
    notices: tuple[str, ...] = ()


def tag(bill: Bill, facts: Facts, packs: Packs, encoder: Encoder | None = None) -> TagResult:
    """The tags of every provision of `bill`.

    `facts` are those of `legannot.read` for the same bill.  Without an encoder only rules speak,
    and a notice says so.
    """
    quoting = quotations(bill, facts)
    tags = tag_units(tuple(facts.units.values()), packs, encoder, quoting=quoting)
    tags += inherited(tags, facts, quoting)
    struck = {p.path for p in bill.walk() if p.markup is Markup.STRUCK}
    tags = [replace(t, context=STRUCK) if t.path in struck else t for t in tags]
    order = {path: i for i, path in enumerate(facts.units)}
    topics = {name: i for i, name in enumerate(packs.leaves)}
    tags.sort(key=lambda t: (order[t.path], topics[t.topic]))
    return TagResult(tuple(tags), () if encoder else (NO_ENCODER,))


def tag_unit(unit: Unit, packs: Packs, encoder: Encoder | None = None) -> tuple[Tag, ...]:
    """The tags of one provision that stands alone.

    Its section is itself, and rules that only want to see a section (`gate: section`) get the
    benefit of the doubt.
    """
    alone = replace(unit, section=unit.path)
    return tuple(tag_units((alone,), packs, encoder, alone=True))


@dataclass(slots=True)
class _Work:
    """A provision with what was found in it so far."""

    unit: Unit
    view: View
    section: Section
    matches: tuple[Match, ...]
    in_scope: bool = False
    nearness: Nearness | None = None


def tag_units(
    units: Sequence[Unit],
    packs: Packs,
    encoder: Encoder | None,
    *,
    alone: bool = False,
    quoting: Quotations | None = None,
) -> list[Tag]:
    """The asserted and suggested tags of some provisions, each section of theirs whole.

    `alone`: each stands without its section, and rules that only want to see one hold.  `quoting`:
    the words that instructions quote, where they are known.
    """
    work = _ungated(units, packs, quoting or {})
    _, gated = matchers(packs)
    words = scope(packs)
    for item in work:
        item.in_scope = in_scope(item.view, item.section, words)
        if item.in_scope or alone:
            found = gated.matches(item.view)
            item.matches += tuple(m for m in found if item.in_scope or m.rule.gate == "section")
    if encoder is not None:
        _compare([item for item in work if item.in_scope or _doubtful(item)], packs, encoder)
    return [tag for item in work for tag in _decided(item, packs)]


def _ungated(units: Sequence[Unit], packs: Packs, quoting: Quotations) -> list[_Work]:
    """All provisions that may carry tags, with the rules that hold in any section."""
    sections: dict[str, Section] = defaultdict(Section)
    ungated, _ = matchers(packs)
    work: list[_Work] = []
    for unit in units:
        if silent(unit):
            continue
        view = View(unit, quoting.get(unit.path, ()))
        section = sections[unit.section]
        section.views.append(view)
        matches = ungated.matches(view)
        section.anchored = section.anchored or anchors(matches, packs.leaves)
        work.append(_Work(unit, view, section, matches))
    return work


def _doubtful(item: _Work) -> bool:
    return any(match.rule.polysemous for match in item.matches)


def _compare(work: Sequence[_Work], packs: Packs, encoder: Encoder) -> None:
    units = [item.unit for item in work]
    for item, nearness in zip(work, suggester(packs, encoder).nearness(units), strict=True):
        item.nearness = nearness


def _decided(item: _Work, packs: Packs) -> list[Tag]:
    surest: dict[str, Match] = {}
    for match in item.matches:
        topic = match.rule.topic
        if (
            match.rule.polysemous
            and item.nearness
            and item.nearness.vetoes(topic, packs.thresholds)
        ):
            continue
        if topic not in surest or _weight(match) > _weight(surest[topic]):
            surest[topic] = match
    surest = {
        topic: match
        for topic, match in surest.items()
        if match.rule.keeps or not _yields(match, packs.leaves[topic].yields_to, surest)
    }
    tags = [_asserted(item.unit, match, packs) for match in surest.values()]
    if item.nearness and item.in_scope:
        near = item.nearness.suggestions(packs.thresholds, frozenset(surest))
        tags += [
            _suggested(item, suggestion)
            for suggestion in near
            if item.unit.operator in packs.leaves[suggestion.topic].operators
            and not item.view.broken(suggestion.start, suggestion.end)
        ]
    return tags


def _weight(match: Match) -> tuple[bool, float]:
    """What stays in the law counts before what is struck from it, then the surer rule."""
    return match.context != STRUCK, match.rule.confidence


def _yields(match: Match, leaves: Iterable[str], found: Mapping[str, Match]) -> bool:
    """Whether another leaf takes the place of this one; what is struck takes none of what stays."""
    others = (found[leaf] for leaf in leaves if leaf in found)
    return any(other.context != STRUCK or match.context == STRUCK for other in others)


def _asserted(unit: Unit, match: Match, packs: Packs) -> Tag:
    text = unit.heading if match.field == "heading" else unit.text
    return Tag(
        path=unit.path,
        topic=match.rule.topic,
        operator=unit.operator,
        status=Status.ASSERTED,
        context="heading" if match.field == "heading" else match.context or unit.context.value,
        confidence=packs.thresholds.calibrated(match.rule.confidence),
        text=text,
        evidence=tuple(Evidence(s, e, text[s:e]) for s, e in match.ranges),
        rule=match.rule.id,
        field=match.field,
        lead_in=match.lead_in,
    )


def _suggested(item: _Work, near: Suggestion) -> Tag:
    unit = item.unit
    return Tag(
        path=unit.path,
        topic=near.topic,
        operator=unit.operator,
        status=Status.SUGGESTED,
        context=item.view.context(near.start, near.end) or unit.context.value,
        confidence=round(near.confidence, 3),
        text=unit.text,
        evidence=(Evidence(near.start, near.end, unit.text[near.start : near.end]),),
        exemplar=near.exemplar,
    )
