"""Tags that reach a provision through a defined term it uses (PITFALLS 23)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from legannot.model import Bill, Definition, Evidence, Facts, Markup, Status, Tag
from legannot.tag.silence import silent

# What a term can carry to its users: the thing defined.  That it is defined (def.*), its
# exceptions and its machinery stay where they stand.
CARRIED = ("ow.", "dx.", "acc.", "list.")
NOT_CARRIED = ("ow.exempt", "list.process")


def inherited(tags: Sequence[Tag], bill: Bill, facts: Facts) -> tuple[Tag, ...]:
    """One tag for each leaf that a used term's definition carries and its user does not have.

    `via` names the definition's path, the evidence is the term where it is used.
    """
    carried = _carried(tags, facts.definitions)
    has = {(tag.path, tag.topic) for tag in tags}
    struck = {p.path for p in bill.walk() if p.markup is Markup.STRUCK}
    found: dict[tuple[str, str], Tag] = {}
    for use in facts.uses:
        unit = facts.units.get(use.path)
        if unit is None or silent(unit) or use.end > len(unit.text):
            continue
        for topic, source in carried.get((use.definition, use.term), {}).items():
            key = (use.path, topic)
            if key in has or key in found:
                continue
            found[key] = Tag(
                path=use.path,
                topic=topic,
                operator=unit.operator,
                status=Status.INHERITED,
                context="struck" if use.path in struck else unit.context.value,
                confidence=source.confidence,
                text=unit.text,
                evidence=(Evidence(use.start, use.end, unit.text[use.start : use.end]),),
                rule=source.rule,
                exemplar=source.exemplar,
                via=use.definition,
            )
    return tuple(found.values())


def _carried(
    tags: Iterable[Tag], definitions: Iterable[Definition]
) -> Mapping[tuple[str, str], Mapping[str, Tag]]:
    """By definition (path and term) the tags that it and what stands below it carry."""
    by_path: dict[str, list[Tag]] = {}
    for tag in tags:
        if (
            tag.status is Status.ASSERTED
            and tag.topic.startswith(CARRIED)
            and tag.topic not in NOT_CARRIED
        ):
            by_path.setdefault(tag.path, []).append(tag)
    carried: dict[tuple[str, str], dict[str, Tag]] = {}
    for definition in definitions:
        topics: dict[str, Tag] = {}
        for path, own in by_path.items():
            if path == definition.path or path.startswith(definition.path + "("):
                for tag in own:
                    topics.setdefault(tag.topic, tag)
        if topics:
            carried[definition.path, definition.term] = topics
    return carried
