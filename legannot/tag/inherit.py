"""Tags that reach a provision through a defined term it uses (PITFALLS 23).

A definition lends its users what the term *means*, not everything that its limbs mention:

    "closed-source AI model means a model with the following characteristics:
      (C) access that is provided via an API"          a trait of the thing: lends nothing
    "deploy means to release ... an open-source system"    the meaning itself: lends ow.release
    "model extraction attack means querying that (iii) violates the terms of use"
                                                      an act: its limbs are how it is done
    "entity of concern means an entity that (C) is conducting a model extraction attack"
                                                      an actor: known by what it does
    "listed investment means an interest in a person on (A) the Entity List"
                                                      being on a list is a meaning at any depth

Lending from every limb gave each user of "closed-source AI model" up to four leaves that its
owner's interface, terms and weights have, and the Act of that model 79 inherited tags; it is 34
now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from legannot.model import Bill, Context, Definition, Evidence, Facts, Markup, Operator, Status, Tag
from legannot.model.facts import Unit
from legannot.tag.silence import silent

# What a term can carry to its users: the thing defined.  That it is defined (def.*), its
# exceptions and its machinery stay where they stand.
CARRIED = ("ow.", "dx.", "acc.", "list.")
NOT_CARRIED = ("ow.exempt", "list.process")
# Only what binds somebody reaches anything through a term; a finding has no force and a definition
# acts through the provisions that use it in turn.
_BINDING = frozenset({Context.OPERATIVE, Context.QUOTED})
_IDLE = frozenset({Operator.FINDING, Operator.DEFINITION, Operator.AMENDMENT})

# Terms for something done, verb or noun.  An ending will not tell: "application" is a thing.
_ACT = re.compile(
    r"(?:deploy(?:ment)?|releas(?:e|ing)|publi(?:sh|cation)|host(?:ing)?|distribut(?:e|ion)|downloads?"
    r"|use|access|transfers?|exports?|reexports?|imports?|(?:im|ex)portation|integration|modification"
    r"|attacks?|theft|extraction|distillation|exfiltration|misuse|abuse|circumvention|incidents?"
    r"|breach(?:es)?|transactions?|acquisition|procurement|activit(?:y|ies)|conduct|practices?"
    r"|training|inference|quer(?:y|ying))",
    re.IGNORECASE,
)
# A limb that says what an actor does begins with its verb.
_DOES = re.compile(
    r"\W*(?:is|are|was|were|has|have|had|does|knowingly|intentionally"
    r"|[a-z]+s (?:a|an|the|any|or|to|in|on|with|access|such|one)) ",
    re.IGNORECASE,
)
# Where the main clause of a definition gives way to its limbs, in running text.
_LIMBS = re.compile(r"\((?:A|i|1)\) |:|—\s*$|following (?:characteristics|criteria|conditions)")
# "(in this section referred to as ...)" names what stands just before it.
_ASIDE = re.compile(r"(?:referred to|known) as (?:the |a |an )?\W*$", re.IGNORECASE)
_NAMED_BEFORE = 80


def inherited(tags: Sequence[Tag], bill: Bill, facts: Facts) -> tuple[Tag, ...]:
    """One tag for each leaf that a used term's definition lends and its user does not have.

    `via` names the definition's path, the evidence is the term where it is used.
    """
    lent = _lent(tags, facts)
    has = {(tag.path, tag.topic) for tag in tags}
    struck = {p.path for p in bill.walk() if p.markup is Markup.STRUCK}
    found: dict[tuple[str, str], Tag] = {}
    for use in facts.uses:
        unit = facts.units.get(use.path)
        if unit is None or not _bound(unit) or use.end > len(unit.text):
            continue
        for topic, source in lent.get((use.definition, use.term), {}).items():
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


def _bound(unit: Unit) -> bool:
    return unit.context in _BINDING and unit.operator not in _IDLE and not silent(unit)


def _lent(tags: Iterable[Tag], facts: Facts) -> Mapping[tuple[str, str], Mapping[str, Tag]]:
    """By definition (path and term) the tags that it lends."""
    by_path: dict[str, list[Tag]] = {}
    for tag in tags:
        if (
            tag.status is Status.ASSERTED
            and tag.topic.startswith(CARRIED)
            and tag.topic not in NOT_CARRIED
            and tag.field == "text"
        ):
            by_path.setdefault(tag.path, []).append(tag)
    lent: dict[tuple[str, str], dict[str, Tag]] = {}
    for definition in facts.definitions:
        unit = facts.units.get(definition.path)
        for tag in _tags_of(definition, by_path):
            if _meant(tag, definition, unit.text if unit else ""):
                lent.setdefault((definition.path, definition.term), {}).setdefault(tag.topic, tag)
    return lent


def _tags_of(definition: Definition, by_path: Mapping[str, Sequence[Tag]]) -> Iterator[Tag]:
    for path, own in by_path.items():
        if path == definition.path or path.startswith(definition.path + "("):
            yield from own


def _meant(tag: Tag, definition: Definition, own: str) -> bool:
    """Whether a tag in a definition, or below it, says what the term means.

    `own` is the text of the provision that defines the term.
    """
    here = tag.path == definition.path
    if _ASIDE.search(own[: definition.start]):
        named = range(definition.start - _NAMED_BEFORE, definition.start)
        return here and any(e.start in named for e in tag.evidence)
    if definition.verb == "reference":
        # The law referred to is cited for its words, not for its subject.
        return here and any(
            e.start < definition.end and e.end > definition.start for e in tag.evidence
        )
    if tag.topic.startswith("list.") or _ACT.fullmatch(definition.term.split()[-1]):
        return True
    if not here:
        return _DOES.match(tag.text) is not None
    limbs = _LIMBS.search(own, definition.end)
    main = limbs.start() if limbs else len(own)
    return any(definition.start <= e.start < main for e in tag.evidence)
