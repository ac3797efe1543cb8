"""The impact model from its file, checked, and an organisation's own file laid over it.

The rules that keep a report honest are checked when a file is loaded, so that no edit of it can
break them: no figure of our own outside an attributed claim; every claim with author, day and
interest; every dispute with two attributed sides; a form for bills and one for law; no talk of a
ban where a rule is about a list; no confidence written by hand.  A file of one's own can add and
replace rules, evidence, facets, questions and stakeholders; it cannot loosen these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar, get_args

from legannot.assess.model import (
    TENSE,
    Direction,
    Example,
    Facet,
    Force,
    ImpactModel,
    ImpactRule,
    Level,
    Line,
    Source,
    Within,
)
from legannot.errors import RuleError
from legannot.model import Operator
from legannot.model.report import ClaimKind
from legannot.resources import data
from legannot.tag.yamlfile import Document, Place, read

FILE = "impact.yaml"


def load(folder: Path | None = None) -> ImpactModel:
    """The model that ships with the package, with the `impact.yaml` of `folder`, if any, over it.

    An entry of that file replaces the one with the same id and otherwise comes after it;
    `disabled` names rules to leave out.  Raises `RuleError` with file, line and the entry's id for
    whatever does not hold.
    """
    shipped = data("rules") / FILE
    document = read(shipped)
    model = _Loader(document).model()
    own = folder / FILE if folder else None
    if own is None or not own.is_file() or own.samefile(shipped):
        return model
    return _Loader(read(own), document, model).model()


_CURE = "docs/impact-tutorial.md shows what an impact model may hold."
_FIGURE = re.compile(r"\d|\bpercent\b")
_NAMED = re.compile(r"\[([^\[\]]+)\]")
_BAN = re.compile(r"\bban(?:s|ned|ning)?\b", re.IGNORECASE)
_LISTS = "list."
_STEPS = (0, 1, 2)

_TOP = frozenset(
    "version claim_types evidence_caps order_caps force parties stakeholders evidence facets"
    " profile rules questions disabled".split()
)
# What keeps the lines of every report honest; a file of one's own may repeat it, not change it.
_FIXED = ("claim_types", "evidence_caps", "order_caps", "force", "parties")
_SOURCE = frozenset("kind by date interest seen print cite".split())
_FACET = frozenset("label answers topics operators words values within".split())
_RULE = frozenset(
    "id title about on also with in_bill in_reports at_least operator regulated chain"
    " softened_by questions starts starts_not".split()
)
_LINE = frozenset(
    "order kind effect silent facet who direction assumes evidence held_by counter counter_by"
    " note".split()
)
_Choice = TypeVar("_Choice", bound=str)


class _Loader:
    """Reads one document; each method takes a place and says what is wrong there."""

    def __init__(
        self,
        document: Document,
        shipped: Document | None = None,
        base: ImpactModel | None = None,
    ) -> None:
        self._file = document
        self._base = base
        self._only((), _TOP)
        if shipped is not None:
            self._keeps(shipped)
        fixed = shipped or document
        self._caps = {
            kind: self._one_of(("evidence_caps", kind), get_args(Level), f"cap of {kind}", fixed)
            for kind in fixed.names("evidence_caps")
        }
        self._parties = frozenset(fixed.names("parties"))
        inherited = (base.stakeholders, base.never, tuple(base.questions)) if base else ((), (), ())
        stakeholders, never, questions = inherited
        self._stakeholders = tuple(
            dict.fromkeys((*stakeholders, *document.strings("stakeholders")))
        )
        own = frozenset(document.names("evidence"))
        self._never = (frozenset(never) - own) | frozenset(
            name for name in own if document.text("evidence", name, "print")
        )
        self._questions = frozenset((*questions, *document.names("questions")))

    def model(self) -> ImpactModel:
        """The checked whole."""
        file, base = self._file, self._base
        sources = {name: self._source(name) for name in file.names("evidence")}
        sources = {**base.sources, **sources} if base else sources
        facets = {name: self._facet(name) for name in file.names("facets")}
        facets = {**base.facets, **facets} if base else facets
        questions = {q: self._needed(("questions", q)) for q in file.names("questions")}
        return ImpactModel(
            leads=base.leads
            if base
            else {kind: self._needed(("claim_types", kind)) for kind in get_args(ClaimKind)},
            evidence_caps=self._caps,
            order_caps=base.order_caps if base else self._order_caps(),
            force=base.force if base else self._force(),
            parties=base.parties
            if base
            else {name: self._needed(("parties", name)) for name in file.names("parties")},
            sources={name: s for name, s in sources.items() if name not in self._never},
            facets=facets,
            rules=self._rules(sources, facets),
            questions={**base.questions, **questions} if base else questions,
            stakeholders=self._stakeholders,
            never=self._never,
            profile=self._profile(facets),
            files=(*(base.files if base else ()), str(file.path)),
        )

    def _keeps(self, shipped: Document) -> None:
        for section in _FIXED:
            said = self._file.get(section)
            if said is not None and said != shipped.get(section):
                raise self._wrong(
                    f"`{section}` is the same for every report and cannot be changed", (section,)
                )

    def _order_caps(self) -> dict[int, Level]:
        return {
            step: self._one_of(("order_caps", str(step)), get_args(Level), f"cap of order {step}")
            for step in _STEPS
        }

    def _force(self) -> dict[Operator, Force]:
        return {
            operator: self._one_of(
                ("force", operator.value), get_args(Force), f"force of {operator.value}"
            )
            for operator in Operator
        }

    def _rules(
        self, sources: Mapping[str, Source], facets: Mapping[str, Facet]
    ) -> tuple[ImpactRule, ...]:
        rules = {rule.id: rule for rule in self._base.rules} if self._base else {}
        own: set[str] = set()
        for at, _ in self._file.items("rules"):
            rule = self._rule(at, sources, facets)
            if rule.id in own:
                raise self._wrong(f"rule {rule.id} stands twice", at)
            own.add(rule.id)
            rules[rule.id] = rule
        for at, name in self._file.items("disabled"):
            if rules.pop(str(name), None) is None:
                raise self._wrong(f"there is no rule {name} to leave out", at)
        if not rules:
            raise self._wrong("holds no rules", ())
        return tuple(rules.values())

    def _profile(self, facets: Mapping[str, Facet]) -> tuple[str, ...]:
        named = self._file.strings("profile")
        if unknown := set(named) - set(facets):
            raise self._wrong(f"there is no facet {min(unknown)}", ("profile",))
        return tuple(dict.fromkeys((*(self._base.profile if self._base else ()), *named)))

    def _source(self, name: str) -> Source:
        at: Place = ("evidence", name)
        self._only(at, _SOURCE, f"evidence {name}")
        kind = self._needed((*at, "kind"), f"evidence {name}")
        if kind not in self._caps:
            raise self._wrong(f"evidence {name}: {kind} has no cap in evidence_caps", (*at, "kind"))
        seen = self._one_of((*at, "seen"), ("original", "second-hand"), f"evidence {name}: seen")
        return Source(
            id=name,
            kind=kind,
            by=self._needed((*at, "by"), f"evidence {name}"),
            date=self._needed((*at, "date"), f"evidence {name}"),
            interest=self._needed((*at, "interest"), f"evidence {name}"),
            cite=self._needed((*at, "cite"), f"evidence {name}"),
            second_hand=seen == "second-hand",
        )

    def _facet(self, name: str) -> Facet:
        at: Place = ("facets", name)
        self._only(at, _FACET, f"facet {name}")
        words = self._file.strings(*at, "words")
        topics = self._file.strings(*at, "topics")
        values = {
            value: _any_of(self._file.strings(*at, "values", value))
            for value in self._file.names(*at, "values")
        }
        if not words and not topics and not values:
            raise self._wrong(f"facet {name}: needs topics, words or values to be seen by", at)
        return Facet(
            id=name,
            label=self._needed((*at, "label"), f"facet {name}"),
            within=self._one_of((*at, "within"), get_args(Within), f"facet {name}: within"),
            topics=topics,
            operators=self._operators((*at, "operators"), f"facet {name}"),
            words=_any_of(words) if words else None,
            values=values,
            answers=self._asked((*at, "answers"), f"facet {name}"),
        )

    def _rule(
        self, at: Place, sources: Mapping[str, Source], facets: Mapping[str, Facet]
    ) -> ImpactRule:
        file = self._file
        name = self._needed((*at, "id"), "rule")
        where = f"rule {name}"
        self._only(at, _RULE, where)
        on = frozenset(file.strings(*at, "on"))
        operators = self._operators((*at, "operator"), where)
        if not on or not operators:
            raise self._wrong(f"{where}: needs `on` (topics) and `operator`", at)
        regulated = frozenset(file.strings(*at, "regulated"))
        if unknown := regulated - self._parties:
            raise self._wrong(f"{where}: no party {min(unknown)}", (*at, "regulated"))
        questions = self._asked((*at, "questions"), where)
        chain = tuple(
            self._line(place, where, sources, facets) for place, _ in file.items(*at, "chain")
        )
        if not chain or chain[0].kind != "text":
            raise self._wrong(f"{where}: its chain must begin with what the text says", at)
        about = self._needed((*at, "about"), where)
        title = self._needed((*at, "title"), where)
        if any(topic.startswith(_LISTS) for topic in on):
            self._no_ban(where, at, f"{title} {about}", chain)
        return ImpactRule(
            id=name,
            title=title,
            about=about,
            on=on,
            also=frozenset(file.strings(*at, "also")),
            beside=frozenset(file.strings(*at, "with")),
            in_bill=frozenset(file.strings(*at, "in_bill")),
            in_reports=file.get(*at, "in_reports") is not False,
            count=int(file.number(*at, "at_least", "count")) if file.get(*at, "at_least") else 0,
            count_of=frozenset(file.strings(*at, "at_least", "of")),
            operators=operators,
            regulated=regulated,
            chain=chain,
            softened_by=frozenset(file.strings(*at, "softened_by")),
            questions=questions,
            starts=self._examples((*at, "starts")),
            starts_not=self._examples((*at, "starts_not")),
        )

    def _examples(self, at: Place) -> tuple[Example, ...]:
        self._file.strings(*at)
        return tuple(
            Example(str(text), f"{self._file.path.name}, line {self._file.line(place)}")
            for place, text in self._file.items(*at)
        )

    def _line(
        self,
        at: Place,
        where: str,
        sources: Mapping[str, Source],
        facets: Mapping[str, Facet],
    ) -> Line:
        file = self._file
        where = f"{where}, line {int(at[-1]) + 1} of its chain"
        self._only(at, _LINE, where)
        order = file.get(*at, "order")
        if order not in _STEPS or isinstance(order, bool):
            raise self._wrong(f"{where}: order must be 0, 1 or 2", at)
        line = Line(
            order=int(str(order)),
            kind=self._one_of((*at, "kind"), get_args(ClaimKind), f"{where}: kind"),
            effect=self._needed((*at, "effect"), where),
            who=self._one_of((*at, "who"), tuple(sorted(self._stakeholders)), f"{where}: who"),
            direction=self._one_of((*at, "direction"), get_args(Direction), f"{where}: direction"),
            facet=file.text(*at, "facet"),
            silent=file.text(*at, "silent"),
            assumptions=file.strings(*at, "assumes"),
            evidence=file.strings(*at, "evidence"),
            held_by=file.text(*at, "held_by"),
            counter=file.text(*at, "counter"),
            counter_by=file.text(*at, "counter_by"),
            note=file.text(*at, "note"),
        )
        for wrong in self._dishonest(line, sources, facets):
            raise self._wrong(f"{where}: {wrong}", at)
        return line

    def _dishonest(
        self, line: Line, sources: Mapping[str, Source], facets: Mapping[str, Facet]
    ) -> Iterator[str]:
        """Whatever would let a line say more than it may."""
        unknown = set(line.evidence) - set(sources)
        said = _NAMED.findall(f"{line.held_by} {line.counter_by}")
        named = {name.strip() for group in said for name in group.split(",")} - set(line.evidence)
        sides = (line.evidence, line.held_by, line.counter, line.counter_by)
        checks = (
            (bool(self._never & set(line.evidence)), "its evidence is marked `print: never`"),
            (bool(unknown), f"there is no evidence {min(unknown, default='')}"),
            (bool(named), f"{min(named, default='')} is named but not listed under `evidence`"),
            (
                line.kind != "claim" and bool(_FIGURE.search(f"{line.effect} {line.silent}")),
                "a figure may stand in an attributed claim only",
            ),
            (
                not TENSE.search(line.effect),
                "the effect needs a form for bills and one for law, as in {would bar|bars}",
            ),
            ((line.kind == "text") != (line.order == 0), "order 0 is what the text says, no more"),
            (
                line.kind == "inference" and not line.assumptions,
                "an inference must name what it assumes",
            ),
            (
                line.kind == "claim" and not line.evidence,
                "a claim needs evidence that says who makes it",
            ),
            (
                line.kind == "disputed" and not all(sides),
                "a dispute needs both sides: evidence, held_by, counter, counter_by",
            ),
            (bool(line.facet) and line.facet not in facets, f"there is no facet {line.facet}"),
            (bool(line.facet) != bool(line.silent), "`facet` and `silent` go together"),
        )
        return (wrong for holds, wrong in checks if holds)

    def _no_ban(self, where: str, at: Place, about: str, chain: tuple[Line, ...]) -> None:
        for words in (about, *(w for line in chain for w in (line.effect, line.silent))):
            if _BAN.search(words):
                raise self._wrong(f"{where}: a listing is no ban; say what it restricts", at)

    def _asked(self, at: Place, where: str) -> tuple[str, ...]:
        questions = self._file.strings(*at)
        if missing := set(questions) - self._questions:
            raise self._wrong(f"{where}: there is no question {min(missing)}", at)
        return questions

    def _operators(self, at: Place, where: str) -> frozenset[Operator]:
        names = self._file.strings(*at)
        if unknown := set(names) - {operator.value for operator in Operator}:
            raise self._wrong(f"{where}: there is no operator {min(unknown)}", at)
        return frozenset(map(Operator, names))

    def _only(self, at: Place, known: frozenset[str], where: str = "") -> None:
        for name in self._file.names(*at):
            if name not in known:
                head = f"{where}: " if where else ""
                raise self._wrong(f"{head}does not know the key `{name}`", (*at, name))

    def _needed(self, at: Place, where: str = "") -> str:
        text = self._file.text(*at)
        if not text:
            raise self._wrong(f"{where or at[0]}: `{at[-1]}` is missing or empty", at)
        return text

    def _one_of(
        self, at: Place, allowed: tuple[_Choice, ...], where: str, file: Document | None = None
    ) -> _Choice:
        value = (file or self._file).text(*at)
        for choice in allowed:
            if choice == value:
                return choice
        raise self._wrong(f"{where} must be one of {', '.join(map(str, allowed))}", at)

    def _wrong(self, what: str, at: Place) -> RuleError:
        return self._file.error(what, at, cure=_CURE)


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
