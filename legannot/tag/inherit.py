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

What a provision inherits it lends on, so that the penalty of a ban that names only a defined term
is found.  A term in the meaning of another reaches the users of that one where it is

    "covered model means a weights-available model that"    what the thing is
    "publish means to make an open release"                 what the act is
    "publisher means a person that makes an open release"   the act that an actor is known by

and not where it is a trait ("computing power means the power used to deploy a system").  Each leaf
reaches a place once, by the shortest way, and at most `STEPS` from the words that a rule matched.

Lending from every limb gave each user of "closed-source AI model" up to four leaves that its
owner's interface, terms and weights have, and the Act of that model 79 inherited tags; it is 34
now.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from legannot.model import Context, Definition, Evidence, Facts, Operator, Status, Tag
from legannot.model.facts import Unit
from legannot.tag.quotations import STRUCK, Quotations, context_at
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
# What comes between a term and the term that its meaning begins with: "means any X", a kind of X.
_A_KIND_OF = re.compile(r"\W*means,?\W+(?:(?:a|an|any|the|each|all)\s+)?", re.IGNORECASE)
_AN_ACTOR = re.compile(
    r"\W*means,?\W+(?:(?:a|an|any|the|each|all)\s+)?(?:[\w-]+\s+){0,4}?(?:persons?|entit(?:y|ies)"
    r"|individuals?|actors?|anyone|compan(?:y|ies)|corporations?|organizations?|firms?|developers?"
    r"|providers?|operators?|publishers?|governments?)\b",
    re.IGNORECASE,
)


# The longest way seen to be sound: the penalty of a ban on a term that another term defines.
STEPS = 3


def inherited(tags: Sequence[Tag], facts: Facts, quoting: Quotations) -> tuple[Tag, ...]:
    """One tag for each leaf that a term or a rule referred to lends and its user does not have.

    `via` names the path of the nearest definition or rule, the evidence is the term or the
    reference where it stands.  `quoting` are the words that instructions quote: what they strike
    inherits nothing.
    """
    has = {(tag.path, tag.topic) for tag in tags}
    found: dict[tuple[str, str], _Source] = {}
    asserted = [_Source(tag, 0) for tag in tags if _lends(tag)]

    def keep(loans: Iterable[_Source]) -> None:
        for loan in loans:
            key = loan.tag.path, loan.tag.topic
            if key not in has:
                found.setdefault(key, loan)

    keep(_through_terms(asserted, facts, quoting))
    # What a reference lends to lends to no other (`_ACTS_ON_A_RULE`): once through is enough.
    rules = (*asserted, *(loan for loan in found.values() if loan.steps < STEPS))
    keep(_through_references(rules, facts, quoting))
    return tuple(loan.tag for loan in found.values())


@dataclass(frozen=True, slots=True)
class _Source:
    """A tag that may be lent, `steps` away from the words that a rule matched."""

    tag: Tag
    steps: int
    # The term by which it came, if by one, and whether it was said of a part of what that means:
    # in a limb, unless the limb says who somebody is.
    term: str = ""
    partly: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """The words of a provision by which tags reach it, and the path that they lead to."""

    unit: Unit
    via: str
    start: int
    end: int

    def takes(self, source: _Source, quoting: Quotations) -> _Source:
        """The tag that the provision inherits."""
        tag = Tag(
            path=self.unit.path,
            topic=source.tag.topic,
            operator=self.unit.operator,
            status=Status.INHERITED,
            context=self._context(quoting) or self.unit.context.value,
            confidence=source.tag.confidence,
            text=self.unit.text,
            evidence=(Evidence(self.start, self.end, self.unit.text[self.start : self.end]),),
            rule=source.tag.rule,
            exemplar=source.tag.exemplar,
            via=self.via,
        )
        return _Source(tag, source.steps + 1)

    def struck(self, quoting: Quotations) -> bool:
        """Whether an instruction takes the words out."""
        return self._context(quoting) == STRUCK

    def _context(self, quoting: Quotations) -> str | None:
        return context_at(quoting.get(self.unit.path, ()), self.start, self.end)


def _through_terms(
    asserted: Iterable[_Source], facts: Facts, quoting: Quotations
) -> Iterator[_Source]:
    """What the users of terms inherit, those nearest to the words of a rule first."""
    uses: dict[_Term, list[tuple[int, _Way]]] = defaultdict(list)
    for number, use in enumerate(facts.uses):
        unit = facts.units.get(use.path)
        if unit is not None and use.end <= len(unit.text):
            way = _Way(unit, use.definition, use.start, use.end)
            if not way.struck(quoting):
                uses[use.definition, use.term].append((number, way))
    definitions: dict[str, list[Definition]] = defaultdict(list)
    for definition in facts.definitions:
        definitions[definition.path].append(definition)
    lent: set[tuple[_Term, str]] = set()
    sources = list(asserted)
    while sources:
        loans: list[tuple[int, _Source]] = []
        for source in sources:
            for definition in _meanings(source, definitions, facts):
                term = definition.path, definition.term
                if (term, source.tag.topic) in lent:
                    continue
                lent.add((term, source.tag.topic))
                own = facts.units[definition.path].text
                partly = source.tag.path != definition.path and not _is_actor(definition, own)
                loans += [
                    (number, replace(way.takes(source, quoting), term=term[1], partly=partly))
                    for number, way in uses[term]
                ]
        loans.sort(key=lambda loan: loan[0])
        yield from (loan for _, loan in loans if _bound(facts.units[loan.tag.path]))
        sources = [loan for _, loan in loans if loan.steps < STEPS]


_Term = tuple[str, str]  # the path of a definition and the term that it defines


def _meanings(
    source: _Source, definitions: Mapping[str, Sequence[Definition]], facts: Facts
) -> Iterator[Definition]:
    """The definitions that a tag is part of the meaning of."""
    path = source.tag.path
    while path:
        unit = facts.units.get(path)
        own = unit.text if unit else ""
        for definition in definitions.get(path, ()):
            if _meant(source.tag, definition, own) and (
                not source.term or _passes_on(source, definition, own)
            ):
                yield definition
        path = path.rpartition("(")[0]


def _passes_on(source: _Source, definition: Definition, own: str) -> bool:
    """Whether a term used in a definition is what the defined term is, does or is known by."""
    (use,) = source.tag.evidence
    # What is done to a thing is not what the thing is: "the use of outputs of a closed model".
    if _is_act(definition.term) and _is_act(source.term):
        return True
    if source.partly:
        return False
    here = source.tag.path == definition.path
    if here and _A_KIND_OF.fullmatch(own, definition.end, use.start):
        return True
    return _is_act(source.term) and _is_actor(definition, own)


def _is_actor(definition: Definition, own: str) -> bool:
    return _AN_ACTOR.match(own, definition.end) is not None


def _is_act(term: str) -> bool:
    return _ACT.fullmatch(term.rsplit(maxsplit=1)[-1]) is not None


def _through_references(
    rules: Iterable[_Source], facts: Facts, quoting: Quotations
) -> Iterator[_Source]:
    """What exceptions, penalties and ends of rules inherit from the rules that they name."""
    by_path: dict[str, list[_Source]] = defaultdict(list)
    for rule in rules:
        if rule.tag.operator in _RULES:
            by_path[rule.tag.path].append(rule)
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
        way = _Way(unit, citation.target, citation.start, citation.end)
        if way.struck(quoting):
            continue
        for path, own in by_path.items():
            if path == citation.target or path.startswith(citation.target + "("):
                yield from (way.takes(rule, quoting) for rule in own)


def _bound(unit: Unit) -> bool:
    return unit.context in _BINDING and unit.operator not in _IDLE and not silent(unit)


def _lends(tag: Tag) -> bool:
    return (
        tag.status is Status.ASSERTED
        and tag.topic.startswith(CARRIED)
        and tag.topic not in NOT_CARRIED
        and tag.field == "text"
    )


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
    if tag.topic.startswith("list.") or _is_act(definition.term):
        return True
    if not here:
        return _DOES.match(tag.text) is not None
    limbs = _LIMBS.search(own, definition.end)
    main = limbs.start() if limbs else len(own)
    return any(definition.start <= e.start < main for e in tag.evidence)
