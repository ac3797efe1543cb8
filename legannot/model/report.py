"""The report: everything a renderer needs, decided; renderers add no judgement of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from legannot.model.bill import Bill
from legannot.model.comparison import Change, Comparison
from legannot.model.facts import Facts
from legannot.model.notes import Placed
from legannot.model.record import Record
from legannot.model.tags import Tag, Topic

TagChangeKind = Literal["added", "removed", "touched", "same"]
ClaimKind = Literal["text", "inference", "claim", "disputed"]


@dataclass(frozen=True, slots=True)
class TagChange:
    """A topic of a provision before and after.

    `added` / `removed`: it rests on inserted / deleted words; `touched`: it holds on both sides and
    the words it rests on were edited; `same`: neither it nor its words changed.
    """

    topic: str
    kind: TagChangeKind
    path: str
    old: Tag | None
    new: Tag | None
    row: int


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A line of the subject table: how many provisions carry a topic, version by version."""

    topic: Topic
    counts: tuple[int, ...]
    added: int
    removed: int
    touched: int
    start: str
    start_row: int = -1


class SubstanceKind(StrEnum):
    """What a change of words consists of in law."""

    OPERATOR = "operator"  # may, shall, should
    DUTY = "duty"
    PROHIBITION = "prohibition"
    EXCEPTION = "exception"  # waivers, carve-outs and rules of construction too
    PENALTY = "penalty"
    THRESHOLD = "threshold"  # the amount, share or compute from which something counts
    AMOUNT = "amount"
    DEADLINE = "deadline"
    DATE = "date"
    DURATION = "duration"
    FREQUENCY = "frequency"
    SUNSET = "sunset"
    SCOPE = "scope"
    LIST = "list"
    LIMB = "limb"  # of a definition or a condition
    CONNECTIVE = "connective"
    CONDITION = "condition"
    MENTAL_STATE = "mental state"
    EVIDENCE = "evidence"
    PROCEDURE = "procedure"
    CONSULTATION = "consultation"
    DECIDER = "decider"
    WORDING = "wording"


Direction = Literal["stricter", "looser", "later", "earlier", "wider", "narrower", "unclear"]


@dataclass(frozen=True, slots=True)
class Substance:
    """What one edit, or a provision that came or went, does to the law.

    `old` and `new` are words of the two versions, `edit` the number of the edit in its row (None
    where the whole provision came or went), `why` says what the direction rests on, `topics` are
    the subjects whose words were edited, `exception` what an exception singles out (research, open
    models, small business, waiver).  `stricter`: more is required, forbidden or punished of whoever
    the words address; `wider`: they reach more persons, things, cases or money.
    """

    kind: SubstanceKind
    direction: Direction
    path: str
    row: int
    edit: int | None
    old: str
    new: str
    why: str
    topics: tuple[str, ...] = ()
    exception: str = ""


@dataclass(frozen=True, slots=True)
class QuantityChange:
    """An amount, share, period, date or count that differs; one side is empty if it came or went.

    `difference` is in words ("90 days more"), empty where the two cannot be compared.
    """

    kind: str
    path: str
    row: int
    old: str
    new: str
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Further:
    """A provision reached through other definitions: `through` leads there from the changed one."""

    path: str
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """A changed definition and the provisions that depend on it with their words unchanged.

    `uses` use its term, `further` a term that is built from it.  `because` are the provisions that
    changed where not the words of the definition did but what it refers to.
    """

    term: str
    definition: str
    uses: tuple[str, ...]
    further: tuple[Further, ...] = ()
    because: tuple[str, ...] = ()


ReferenceKind = Literal[
    "target changed", "target renumbered", "target gone", "points at other words", "other law"
]


@dataclass(frozen=True, slots=True)
class ReferenceChange:
    """A reference whose target is not what it was; the words that cite may be the same.

    `old` and `new` are the targets: paths of the bill or normal forms of law, empty for none.
    """

    kind: ReferenceKind
    path: str
    quote: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Cascade:
    """A list kept outside the bill that several of its provisions take as their trigger.

    `named` are the provisions that name the list, `reached` the operative ones that depend on it,
    each with the definitions that lead there.
    """

    list: str
    named: tuple[str, ...]
    reached: tuple[Further, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question for staff and where the text speaks to it.

    `spoken` are places with the words that do, empty where the text does not say; `place` is where
    the answer would stand.  `told` is False where no rule can tell whether the text answers.
    """

    question: str
    spoken: tuple[str, ...]
    place: str
    told: bool = True


@dataclass(frozen=True, slots=True)
class FacetValue:
    """What the text says of one facet of a provision; an empty `value`: the text does not say.

    `path` is where it says so, by the words of `quote` (empty where a tag or an officer's name
    tells it).  A facet may have several values, one each.
    """

    facet: str
    label: str
    value: str = ""
    path: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One bill among several on one subject: what it starts, excepts and answers.

    `chains` are ids of rules, `exceptions` lead from what is singled out to the places that do it,
    `spoken` are the questions that its text speaks to, of those that it raises (`asked`).
    """

    bill: str
    title: str
    chains: tuple[str, ...]
    exceptions: Mapping[str, tuple[str, ...]]
    asked: tuple[str, ...]
    spoken: tuple[str, ...]


NodeKind = Literal["term", "provision", "law", "list"]
EdgeKind = Literal["defined in", "uses", "built from", "cites", "cites law", "keyed to"]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that a bill depends on or is made of; `path` is empty for what stands outside."""

    id: str
    kind: NodeKind
    label: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A dependence of the node `source` on the node `target`."""

    source: str
    target: str
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class Dependencies:
    """The interdependency map of one version: terms, provisions, outside law and lists."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """A passage in which the bill says why: `kind` is `finding`, `sense`, `purpose` or `recital`.

    `lead` are the words above it that the passage completes ("It is the sense of Congress that").
    """

    path: str
    kind: Literal["finding", "sense", "purpose", "recital"]
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """A provision that starts a chain: its words, why the rule fires there, what softens it there.

    `confidence` is that of the line when it rests on this provision alone.
    """

    path: str
    quote: str
    why: tuple[str, ...]
    confidence: str
    defeaters: tuple[str, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of an effect chain (IMPACT sections 2 and 3).

    `lead` is the fixed opening of its claim kind, `title` the rule in a few words.  `starts` are
    the provisions that the line holds for, the strongest first; `path`, `quote` (the words of the
    bill that started it), `why` (each condition of the rule with what was found), `defeaters`
    (paths printed beside it), `confidence` and `changed` (the comparison altered the provision) are
    those of the strongest.  A disputed line always has a `counter`.
    """

    rule: str
    path: str
    order: int
    claim: ClaimKind
    lead: str
    effect: str
    who: str
    direction: str
    confidence: str
    quote: str
    assumptions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    counter: str = ""
    note: str = ""
    questions: tuple[str, ...] = ()
    defeaters: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    changed: bool = False
    title: str = ""
    starts: tuple[Start, ...] = ()

    def __post_init__(self) -> None:
        if self.claim == "disputed" and not self.counter:
            raise ValueError(f"{self.rule}: a disputed line needs both sides")

    @property
    def begun(self) -> tuple[Start, ...]:
        """The provisions that the line holds for, the strongest first."""
        own = Start(self.path, self.quote, self.why, self.confidence, self.defeaters, self.changed)
        return self.starts or (own,)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the provisions that the line holds for."""
        return tuple(start.path for start in self.begun)


@dataclass(frozen=True, slots=True)
class ChainChange:
    """A rule of the impact model in the first and in the last version: where its chain starts.

    `old` or `new` is empty where the chain starts in one of them only.
    """

    rule: str
    title: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def kind(self) -> Literal["new", "gone", "stays"]:
        """What became of the chain."""
        if not self.old:
            return "new"
        return "stays" if self.new else "gone"


@dataclass(frozen=True, slots=True)
class Unread:
    """What a person must read, and why: an unsure pair, text not understood, a missing model.

    `unparsed` is an instruction to amend that could not be taken apart, `term` a term that is
    defined and unused, used and undefined, or nearly another.
    """

    kind: Literal["not-understood", "unparsed", "unsure-pair", "missing", "notice", "term"]
    where: str
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of "in short": `lead` in our words, then quoted words of the bill with their marks."""

    lead: str
    path: str
    row: int
    deleted: str = ""
    inserted: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """From one version to the next, with its counts of provisions by change kind."""

    comparison: Comparison
    counts: Mapping[str, int]
    edits: int

    @property
    def reprint(self) -> bool:
        """Whether no word changed."""
        return not self.comparison.changes


@dataclass(frozen=True, slots=True)
class Method:
    """How the report was made, for its foot: nothing here depends on the clock."""

    version: str
    rules: str
    rules_sha256: str
    command: str
    embeddings: str


@dataclass(frozen=True, slots=True)
class Report:
    """An impact report over one version or several in order.

    `comparison` is first version to last with each row dated to its steps, None for a single
    version. `passing` are the rows of provisions that came after the first version and were gone
    before the last.  `facts` and `tags` run parallel to `bills`; `aims` are those of the last
    version, `notes` the house's own, every one with what became of its words.  `record` is what
    Congress's record says of the bill, None where it was not at hand.
    """

    bills: tuple[Bill, ...]
    facts: tuple[Facts, ...]
    tags: tuple[tuple[Tag, ...], ...]
    comparison: Comparison | None
    steps: tuple[Step, ...]
    passing: tuple[Change, ...]
    findings: tuple[Finding, ...]
    subjects: tuple[SubjectRow, ...]
    tag_changes: tuple[TagChange, ...]
    reach: tuple[Reach, ...]
    effects: tuple[Effect, ...]
    unread: tuple[Unread, ...]
    notices: tuple[str, ...]
    topics: Mapping[str, Topic]
    questions: Mapping[str, str]
    evidence: Mapping[str, str]
    method: Method
    aims: tuple[Aim, ...] = ()
    substance: tuple[Substance, ...] = ()
    quantities: tuple[QuantityChange, ...] = ()
    references: tuple[ReferenceChange, ...] = ()
    cascades: tuple[Cascade, ...] = ()
    answers: tuple[Answer, ...] = ()
    chains: tuple[ChainChange, ...] = ()
    notes: tuple[Placed, ...] = ()
    map: Dependencies = field(default_factory=lambda: Dependencies((), ()))
    profiles: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    record: Record | None = None
