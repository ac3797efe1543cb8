"""Tags that reach a provision through a defined term it uses (PITFALLS 23) or a reference (17).

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

A reference lends only to what acts on the rule referred to, its exception, penalty or end:
"Subsection (a) shall not apply to testing" narrows what subsection (a) forbids or requires.  A
whole section lends to exceptions alone: a date for "sections 6 through 9" says nothing of each.

Lending from every limb gave each user of "closed-source AI model" up to four leaves that its
owner's interface, terms and weights have, and the Act of that model 79 inherited tags; it is 34
now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
# What a reference can lend: something required, forbidden or allowed, to what narrows or ends it or
# says what its breach costs.
_RULES = frozenset({Operator.DUTY, Operator.PROHIBITION, Operator.PERMISSION})
_ACTS_ON_A_RULE = frozenset(
    {Operator.EXCEPTION, Operator.PENALTY, Operator.SUNSET, Operator.TIMING}
)
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
    """One tag for each leaf that a term or a rule referred to lends and its user does not have.

    `via` names the path of the definition or of the rule, the evidence is the term or the
    reference where it stands.
    """
    has = {(tag.path, tag.topic) for tag in tags}
    struck = {p.path for p in bill.walk() if p.markup is Markup.STRUCK}
    found: dict[tuple[str, str], Tag] = {}
    for loan in (*_through_terms(tags, facts), *_through_references(tags, facts)):
        unit, source = loan.unit, loan.source
        key = (unit.path, source.topic)
        if key in has or key in found:
            continue
        found[key] = Tag(
            path=unit.path,
            topic=source.topic,
            operator=unit.operator,
            status=Status.INHERITED,
            context="struck" if unit.path in struck else unit.context.value,
            confidence=source.confidence,
            text=unit.text,
            evidence=(Evidence(loan.start, loan.end, unit.text[loan.start : loan.end]),),
            rule=source.rule,
            exemplar=source.exemplar,
            via=loan.via,
        )
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Loan:
    """A tag that reaches a provision by way of the words from `start` to `end` of its text."""

    unit: Unit
    source: Tag
    via: str
    start: int
    end: int


def _through_terms(tags: Sequence[Tag], facts: Facts) -> Iterator[_Loan]:
    lent = _lent(tags, facts)
    for use in facts.uses:
        unit = facts.units.get(use.path)
        if unit is None or not _bound(unit) or use.end > len(unit.text):
            continue
        for source in lent.get((use.definition, use.term), {}).values():
            yield _Loan(unit, source, use.definition, use.start, use.end)


def _through_references(tags: Sequence[Tag], facts: Facts) -> Iterator[_Loan]:
    rules: dict[str, list[Tag]] = {}
    for tag in tags:
        if _carried(tag) and tag.operator in _RULES:
            rules.setdefault(tag.path, []).append(tag)
    for citation in facts.citations:
        unit = facts.units.get(citation.path)
        if (
            citation.kind != "internal"
            or unit is None
            or unit.operator not in _ACTS_ON_A_RULE
            or not _bound(unit)
            or citation.end > len(unit.text)
            or unit.path.startswith(citation.target)
            or ("(" not in citation.target and unit.operator is not Operator.EXCEPTION)
        ):
            continue
        for path, own in rules.items():
            if path == citation.target or path.startswith(citation.target + "("):
                for source in own:
                    yield _Loan(unit, source, citation.target, citation.start, citation.end)


def _bound(unit: Unit) -> bool:
    return unit.context in _BINDING and unit.operator not in _IDLE and not silent(unit)


def _carried(tag: Tag) -> bool:
    return (
        tag.status is Status.ASSERTED
        and tag.topic.startswith(CARRIED)
        and tag.topic not in NOT_CARRIED
        and tag.field == "text"
    )


def _lent(tags: Iterable[Tag], facts: Facts) -> Mapping[tuple[str, str], Mapping[str, Tag]]:
    """By definition (path and term) the tags that it lends."""
    by_path: dict[str, list[Tag]] = {}
    for tag in tags:
        if _carried(tag):
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
