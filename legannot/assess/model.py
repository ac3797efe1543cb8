"""The impact model of `rules/impact.yaml` as checked values.

The rules that keep a report honest are checked when the file is loaded, so that no edit of it can
break them: no figure of our own outside an attributed claim; every claim with author, day and
interest; every dispute with two attributed sides; a form for bills and one for law; no talk of a
ban where a rule is about a list; no confidence written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar, get_args

from legannot.errors import RuleError
from legannot.model import Operator
from legannot.model.report import ClaimKind
from legannot.resources import data
from legannot.tag.yamlfile import Document, Place, read

FILE = "impact.yaml"
_CURE = "docs/impact.md shows what the impact model may hold."

Level = Literal["high", "medium", "low"]
Force = Literal["operative", "when used", "after merging", "none"]
Within = Literal["provision", "section", "bill"]
Direction = Literal["+", "-", "?", "0"]


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of evidence: who says it, when, with what interest, and of which kind."""

    id: str
    kind: str
    by: str
    date: str
    interest: str
    cite: str
    second_hand: bool

    @property
    def text(self) -> str:
        """The entry as a report prints it, with whatever a reader must hold against it."""
        parts = [self.kind.replace("_", " ")]
        if self.interest not in ("none", "none declared"):
            parts.append(f"interest: {self.interest}")
        if self.second_hand:
            parts.append("seen only second-hand")
        return f"{self.by}. {self.cite} ({'; '.join(parts)})"


@dataclass(frozen=True, slots=True)
class Facet:
    """Something a bill may be silent about, and how one sees that it is not."""

    id: str
    label: str
    within: Within
    topics: tuple[str, ...]
    operators: frozenset[Operator]
    words: re.Pattern[str] | None
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chain before it meets a bill.  It has no confidence: that is computed."""

    order: int
    kind: ClaimKind
    effect: str
    who: str
    direction: Direction
    facet: str
    silent: str
    assumptions: tuple[str, ...]
    evidence: tuple[str, ...]
    held_by: str
    counter: str
    counter_by: str
    note: str

    def said(self, words: str, *, enacted: bool) -> str:
        """`words` in the form for a bill ("would bar") or for law ("bars")."""
        return _TENSE.sub(lambda m: m["law"] if enacted else m["bill"], words)


@dataclass(frozen=True, slots=True)
class ImpactRule:
    """When a chain starts, its lines, what softens it and what to ask."""

    id: str
    title: str
    about: str
    on: frozenset[str]
    also: frozenset[str]
    beside: frozenset[str]
    in_bill: frozenset[str]
    in_reports: bool
    count: int
    count_of: frozenset[str]
    operators: frozenset[Operator]
    regulated: frozenset[str]
    chain: tuple[Line, ...]
    softened_by: frozenset[str]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImpactModel:
    """The whole model, checked."""

    leads: Mapping[ClaimKind, str]
    evidence_caps: Mapping[str, Level]
    order_caps: Mapping[int, Level]
    force: Mapping[Operator, Force]
    parties: Mapping[str, str]
    sources: Mapping[str, Source]
    facets: Mapping[str, Facet]
    rules: tuple[ImpactRule, ...]
    questions: Mapping[str, str]


def load(folder: Path | None = None) -> ImpactModel:
    """The model of `folder`, or the one that ships with the package if the folder has none.

    Raises `RuleError` with file, line and the entry's id for whatever does not hold.
    """
    own = folder / FILE if folder else None
    document = read(own if own and own.is_file() else data("rules") / FILE)
    return _Loader(document).model()


_TENSE = re.compile(r"\{(?P<bill>[^{}|]+)\|(?P<law>[^{}|]+)\}")
_FIGURE = re.compile(r"\d|\bpercent\b")
_NAMED = re.compile(r"\bE\d+\b")
_BAN = re.compile(r"\bban(?:s|ned|ning)?\b", re.IGNORECASE)
_LISTS = "list."
_STEPS = (0, 1, 2)

_TOP = frozenset(
    "version claim_types evidence_caps order_caps force parties stakeholders evidence facets rules"
    " questions".split()
)
_SOURCE = frozenset("kind by date interest seen print cite".split())
_FACET = frozenset("label answers topics operators words within".split())
_RULE = frozenset(
    "id title about on also with in_bill in_reports at_least operator regulated chain"
    " softened_by questions".split()
)
_LINE = frozenset(
    "order kind effect silent facet who direction assumes evidence held_by counter counter_by"
    " note".split()
)
_Choice = TypeVar("_Choice", bound=str)


class _Loader:
    """Reads one document; each method takes a place and says what is wrong there."""

    def __init__(self, document: Document) -> None:
        self._file = document
        self._only((), _TOP)
        self._caps = {
            kind: self._one_of(("evidence_caps", kind), get_args(Level), f"cap of {kind}")
            for kind in document.names("evidence_caps")
        }
        self._never = frozenset(
            name for name in document.names("evidence") if document.text("evidence", name, "print")
        )
        self._stakeholders = frozenset(document.strings("stakeholders"))

    def model(self) -> ImpactModel:
        """The checked whole."""
        file = self._file
        sources = {name: self._source(name) for name in file.names("evidence")}
        facets = {name: self._facet(name) for name in file.names("facets")}
        rules: dict[str, ImpactRule] = {}
        for at, _ in file.items("rules"):
            rule = self._rule(at, sources, facets)
            if rule.id in rules:
                raise self._wrong(f"rule {rule.id} stands twice", at)
            rules[rule.id] = rule
        if not rules:
            raise self._wrong("holds no rules", ())
        return ImpactModel(
            leads={kind: self._needed(("claim_types", kind)) for kind in get_args(ClaimKind)},
            evidence_caps=self._caps,
            order_caps={
                step: self._one_of(
                    ("order_caps", str(step)), get_args(Level), f"cap of order {step}"
                )
                for step in _STEPS
            },
            force={
                operator: self._one_of(
                    ("force", operator.value), get_args(Force), f"force of {operator.value}"
                )
                for operator in Operator
            },
            parties={name: self._needed(("parties", name)) for name in file.names("parties")},
            sources={name: s for name, s in sources.items() if name not in self._never},
            facets=facets,
            rules=tuple(rules.values()),
            questions={q: self._needed(("questions", q)) for q in file.names("questions")},
        )

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
        if not words and not topics:
            raise self._wrong(f"facet {name}: needs topics or words to be seen by", at)
        pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        return Facet(
            id=name,
            label=self._needed((*at, "label"), f"facet {name}"),
            within=self._one_of((*at, "within"), get_args(Within), f"facet {name}: within"),
            topics=topics,
            operators=self._operators((*at, "operators"), f"facet {name}"),
            words=re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) if words else None,
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
        if unknown := regulated - set(file.names("parties")):
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
        named = set(_NAMED.findall(f"{line.held_by} {line.counter_by}")) - set(line.evidence)
        sides = (line.evidence, line.held_by, line.counter, line.counter_by)
        checks = (
            (bool(unknown), f"there is no evidence {min(unknown, default='')}"),
            (bool(self._never & set(line.evidence)), "its evidence is marked `print: never`"),
            (bool(named), f"{min(named, default='')} is named but not listed under `evidence`"),
            (
                line.kind != "claim" and bool(_FIGURE.search(line.effect)),
                "a figure may stand in an attributed claim only",
            ),
            (
                not _TENSE.search(line.effect),
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
        if missing := set(questions) - set(self._file.names("questions")):
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

    def _one_of(self, at: Place, allowed: tuple[_Choice, ...], where: str) -> _Choice:
        value = self._file.text(*at)
        for choice in allowed:
            if choice == value:
                return choice
        raise self._wrong(f"{where} must be one of {', '.join(map(str, allowed))}", at)

    def _wrong(self, what: str, at: Place) -> RuleError:
        return self._file.error(what, at, cure=_CURE)
