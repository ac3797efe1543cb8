"""Documents that the USLM schema allows, made by chance: every content model is walked as written.

`document(seed)` is the same for a seed each time; `numbered(seed)` has no word twice, so that each
can be found again.  The models nest far more than any bill does: notes in headings of table cells
in quoted law in a note ...
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cache
from xml.sax.saxutils import escape

from lxml import etree

from tests.conftest import CORPUS
from tests.parse.generated import BREAKS, WORDS

GPO = "http://schemas.gpo.gov/xml/uslm"
SCHEMA = CORPUS / "schemas/uslm/uslm-components-2.1.0.xsd"
XSD = "{http://www.w3.org/2001/XMLSchema}"
# In words a document may hold any element of the schema: more often one that bills have there.
USUAL = ("i", "ref", "term", "quotedText", "inline", "sup", "p", "quotedContent", "footnote")
# Names of characters need a document type, which USLM has not.
_BREAKS = tuple(piece for piece in BREAKS if piece != "&sect;")
DEEPEST = 12  # elements: deeper ones hold only words, if they may
MOST = 3  # of what may be repeated without end
# Pictures have no words of their own: a name stands for them.
PICTURES = frozenset({"figure", "img", "figCaption"})
# Types of whole documents, of groups of them, and of covers and ends: no part of a body.
_BESIDE = frozenset(
    {
        "LawDocType", "AmendDocType", "GenericDocType", "SetType", "AmendMetaType", "MetaType",
        "AmendPrefaceType", "PrefaceType", "AttestationType", "EndorsementType", "MainType",
        "AmendMainType", "CollectionType",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Schema:
    """The declarations of the schema by name."""

    elements: dict[str, etree._Element] = field(default_factory=dict)
    types: dict[str, etree._Element] = field(default_factory=dict)
    groups: dict[str, etree._Element] = field(default_factory=dict)
    substitutes: dict[str, list[str]] = field(default_factory=dict)

    def type_name(self, name: str) -> str:
        """The named type of an element, which may be that of the head of its group."""
        element = self.elements[name]
        inner = element.find(f"{XSD}complexType")
        if inner is not None:
            derived = next(inner.iter(f"{XSD}extension", f"{XSD}restriction"), None)
            return str(derived.get("base")) if derived is not None else ""
        head = element.get("substitutionGroup")
        return element.get("type") or (self.type_name(head) if head in self.elements else "")

    def of(self, *families: str) -> frozenset[str]:
        """The elements of some types, or of types derived from them."""
        return frozenset(n for n in self.elements if self.families(n) & set(families))

    def families(self, name: str) -> set[str]:
        """An element's type and all those from which it is derived."""
        found: set[str] = set()
        waiting = [self.type_name(name)]
        while waiting:
            kind = waiting.pop()
            if kind in self.types and kind not in found:
                found.add(kind)
                derived = self.types[kind].iter(f"{XSD}extension", f"{XSD}restriction")
                waiting += [str(d.get("base")) for d in derived]
        return found

    def whole(self, name: str) -> bool:
        """Whether an element is a document of its own, or part of a cover."""
        return bool(self.families(name) & _BESIDE)


@cache
def schema() -> Schema:
    """The schema's own declarations; what it imports (tables, formulas) is left out."""
    made = Schema()
    for child in etree.parse(SCHEMA).getroot():
        name = child.get("name")
        if name is None or not isinstance(child.tag, str):
            continue
        kind = child.tag.removeprefix(XSD)
        if kind == "element":
            made.elements[name] = child
            if head := child.get("substitutionGroup"):
                made.substitutes.setdefault(head, []).append(name)
        elif kind in ("complexType", "group"):
            (made.types if kind == "complexType" else made.groups)[name] = child
    return made


@cache
def allowed() -> tuple[str, ...]:
    """The elements that a body may hold."""
    made = schema()
    return tuple(
        name
        for name, declared in made.elements.items()
        if declared.get("abstract") != "true" and name not in PICTURES and not made.whole(name)
    )


def document(seed: int) -> str:
    """A bill with a body that the schema allows."""
    return _body(_Maker(random.Random(seed)), seed)


def numbered(seed: int) -> str:
    """As `document`, with words of which each is there once."""
    return _body(_Counter(random.Random(seed)), seed)


def _body(maker: _Maker, turn: int) -> str:
    own = maker.made(allowed()[turn % len(allowed())])
    levels = "".join(maker.element(name) for name in maker.level_names())
    return (
        f'<bill xmlns="{GPO}"><main>{levels}<section><content>{own}</content>'
        "</section></main></bill>"
    )


class _Maker:
    """Makes elements by chance until there are enough; then what is open is ended with words."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.schema = schema()
        self._left = rng.choice((20, 80, 300))

    def level_names(self) -> list[str]:
        """What stands directly in the body."""
        firsts = ("longTitle", "enactingFormula", "preamble", "section", "title", "appropriations")
        return [self.rng.choice((*firsts, "section", "level")) for _ in range(3)]

    def element(self, name: str, depth: int = 0) -> str:
        """An element, or one that may stand for it."""
        name = self._one_of(name)
        return self.made(name, depth) if name in allowed() else ""

    def made(self, name: str, depth: int = 0) -> str:
        """An element with what its content model allows."""
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            inside = self._words() if self._mixed(name) else ""
        else:
            names = self._content(self._type(name))
            pieces = [self.element(child, depth + 1) for child in names]
            if self._mixed(name):
                pieces = [self._words(), *(piece + self._words() for piece in pieces)]
            inside = "".join(pieces)
        return f"<{name}>{inside}</{name}>"

    def _one_of(self, name: str) -> str:
        stand_ins = self.schema.substitutes.get(name, [])
        abstract = name in self.schema.elements and (
            self.schema.elements[name].get("abstract") == "true"
        )
        if stand_ins and (abstract or self.rng.random() < 0.7):
            return self._one_of(self.rng.choice(stand_ins))
        return name

    def _type(self, name: str) -> etree._Element | None:
        element = self.schema.elements[name]
        inner = element.find(f"{XSD}complexType")
        return inner if inner is not None else self.schema.types.get(self.schema.type_name(name))

    def _mixed(self, name: str) -> bool:
        kind = self._type(name)
        while kind is not None:
            if kind.get("mixed") == "true" or kind.find(f"{XSD}simpleContent") is not None:
                return True
            derived = next(kind.iter(f"{XSD}extension", f"{XSD}restriction"), None)
            kind = self.schema.types.get(str(derived.get("base"))) if derived is not None else None
        # A type of words alone (`xsd:string`) has no declaration here.
        return self._type(name) is None

    def _content(self, part: etree._Element | None) -> list[str]:
        """Names of children in one order that a content model allows."""
        found: list[str] = []
        for child in part if part is not None else ():
            if isinstance(child.tag, str):
                kind = child.tag.removeprefix(XSD)
                if kind == "extension":
                    found += self._content(self.schema.types.get(str(child.get("base"))))
                if kind in ("complexContent", "extension", "restriction"):
                    found += self._content(child)
                elif kind in ("sequence", "choice", "group", "element", "any"):
                    for _ in range(self._times(child)):
                        found += self._particle(child, kind)
        return found

    def _particle(self, part: etree._Element, kind: str) -> list[str]:
        if kind == "element":
            name = part.get("ref") or part.get("name") or ""
            return [name] if ":" not in name else []
        if kind == "any":
            ours = part.get("namespace") == "##targetNamespace"
            return [self.rng.choice((*USUAL, self.rng.choice(allowed())))] if ours else []
        if kind == "group" and (ref := part.get("ref")):
            return self._content(self.schema.groups[ref])
        if kind == "choice":
            whole = [c for c in part if isinstance(c.tag, str) and "annotation" not in c.tag]
            chosen = self.rng.choice(whole)
            one = etree.Element("one")
            one.append(_copy(chosen))
            return self._content(one)
        return self._content(part)

    def _times(self, part: etree._Element) -> int:
        fewest = int(part.get("minOccurs", "1"))
        most = part.get("maxOccurs", "1")
        return self.rng.randint(fewest, max(fewest, MOST if most == "unbounded" else int(most)))

    def _words(self) -> str:
        rng = self.rng
        words = [rng.choice(WORDS) + rng.choice(("", " ")) for _ in range(rng.randint(0, 4))]
        return "".join(escape(word) + rng.choice(_BREAKS) for word in words)


class _Counter(_Maker):
    """Numbers its words."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self._count = 0

    def _words(self) -> str:
        self._count += 1
        return self.rng.choice(("", f" word{self._count} "))


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element))
