"""A bill as the rest of the program sees it: an ordered tree of provisions that own their text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Literal, Protocol, cast

from legannot.model.identity import BillId, Stage, stage
from legannot.model.text import Span


class Context(StrEnum):
    """What the words of a provision are, whoever printed them how."""

    OPERATIVE = "operative"
    QUOTED = "quoted"  # law to be inserted or struck: the content of a quoted block
    FINDING = "finding"
    SENSE = "sense"
    TOC = "toc"
    PREAMBLE = "preamble"


class Markup(StrEnum):
    """What a committee did to the words in a reported print."""

    NONE = ""
    STRUCK = "struck"
    INSERTED = "inserted"


# Levels of the Bill DTD, outermost first (bill.dtd, entity legis-structures).
CONTAINERS = (
    "division", "title", "subtitle", "chapter", "subchapter", "part", "subpart",
)  # fmt: skip
LEVELS = (
    "subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem",
)  # fmt: skip
APPROPRIATIONS = ("appropriations-major", "appropriations-intermediate", "appropriations-small")


class Written(Protocol):
    """What a provision is made of but for its place: a provision itself, or one in the making."""

    @property
    def kind(self) -> str:
        """The name of the level."""

    @property
    def enum(self) -> str:
        """The enumerator as printed."""

    @property
    def heading(self) -> str:
        """The heading."""

    @property
    def text(self) -> str:
        """Its own words."""

    @property
    def context(self) -> Context:
        """What its words are."""

    @property
    def markup(self) -> Markup:
        """What a committee did to it."""

    @property
    def spans(self) -> Sequence[Span]:
        """What is known of its words."""

    @property
    def heading_spans(self) -> Sequence[Span]:
        """What is known of its heading."""

    @property
    def line(self) -> int:
        """The line of the source where it begins."""

    @property
    def enum_spans(self) -> Sequence[Span]:
        """What a committee struck and put in of the enumerator."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One level of a bill.

    `text` is the provision's own words (its lead-in), NFC and folded to single spaces, without
    enumerator, heading and children.  Flush text after the children is a child of kind
    `continuation`. `kind` is the element's name in the Bill DTD.  Reading order is enum, heading,
    text, children. `line` is the line of the source where it begins, 0 if not known.  `enum_spans`
    are what a committee struck and put in of the enumerator ("5.6." for "5." that became "6.").
    """

    path: str
    kind: str
    enum: str = ""
    heading: str = ""
    text: str = ""
    context: Context = Context.OPERATIVE
    markup: Markup = Markup.NONE
    spans: tuple[Span, ...] = ()
    heading_spans: tuple[Span, ...] = ()
    children: tuple[Provision, ...] = ()
    line: int = 0
    enum_spans: tuple[Span, ...] = ()

    def walk(self) -> Iterator[Provision]:
        """Itself and all provisions below it, in reading order."""
        stack = [self]
        while stack:
            provision = stack.pop()
            yield provision
            stack.extend(reversed(provision.children))

    @property
    def connective(self) -> str:
        """What joins its items, "and" or "or": the last word of the last item but one.

        Empty where it has no items, or where they are sentences of their own.
        """
        items = [child for child in self.children if child.kind in LEVELS]
        if len(items) < 2:  # noqa: PLR2004  one item is joined to none
            return ""
        *_, last = items[-2].walk()
        word = last.text.rpartition(" ")[2]
        return word if word in ("and", "or") else ""


class _Draft:
    """A provision whose fields are still set as those of any object."""

    __slots__ = tuple(f.name for f in fields(Provision))

    def __init__(self, path: str, source: Written, children: tuple[Provision, ...]) -> None:
        self.path = path
        self.kind = source.kind
        self.enum = source.enum
        self.heading = source.heading
        self.text = source.text
        self.context = source.context
        self.markup = source.markup
        self.spans = tuple(source.spans)
        self.heading_spans = tuple(source.heading_spans)
        self.children = children
        self.line = source.line
        self.enum_spans = tuple(source.enum_spans)


def placed(path: str, source: Written, children: tuple[Provision, ...]) -> Provision:
    """A provision that is as `source` says, under its path.

    An omnibus has 10,000: as a frozen dataclass sets them, one call for each field, that takes
    three times as long and a tenth of the time of reading the bill.
    """
    draft: object = _Draft(path, source, children)
    draft.__class__ = Provision
    return cast("Provision", draft)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the bytes came from: a file name or address, their SHA-256 (hex), their number."""

    source: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Something of the source that the parser has no rule for; its words are kept in the bill."""

    line: int
    element: str
    text: str


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """An item of the cover, attestation or endorsement, outside the legislative body."""

    kind: str
    text: str


DocumentType = Literal["bill", "resolution", "amendment", "public-law", "compilation"]


@dataclass(frozen=True, slots=True)
class Bill:
    """One version of one bill.

    `id` is None where the source does not say which bill it is.  `dates` are ISO 8601 days by what
    they date (`action`: the newest action named on the cover).  `title` is the short title,
    `official_title` the long one.  `set_aside` counts what was set aside of its print, by name, so
    that it can be compared with a version that comes in another format.
    """

    id: BillId | None
    version: str
    title: str
    official_title: str
    provisions: tuple[Provision, ...]
    provenance: Provenance
    format: str
    document: DocumentType = "bill"
    dates: Mapping[str, str] = field(default_factory=dict)
    front: tuple[FrontMatter, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    notices: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, int], ...] = ()

    @property
    def stage(self) -> Stage:
        """The version's place in the life of the bill."""
        return stage(self.version)

    @property
    def label(self) -> str:
        """`H.R. 1500`, or the file's name where the bill does not say which it is."""
        return self.id.label if self.id else self.provenance.source

    def walk(self) -> Iterator[Provision]:
        """Every provision in reading order."""
        for provision in self.provisions:
            yield from provision.walk()

    def as_reported(self) -> Bill:
        """The bill as the committee reported it: struck words gone, inserted ones plain."""
        from legannot.model.markup import resolve

        return resolve(self, drop=Markup.STRUCK)

    def as_introduced(self) -> Bill:
        """The bill as it was before the markup: inserted words gone, struck ones plain."""
        from legannot.model.markup import resolve

        return resolve(self, drop=Markup.INSERTED)

    @property
    def marked(self) -> bool:
        """Whether the print holds two texts: something struck and something kept."""
        return any(
            p.markup is Markup.STRUCK
            or any(s.kind == "struck" for s in (*p.spans, *p.heading_spans, *p.enum_spans))
            for p in self.walk()
        )
