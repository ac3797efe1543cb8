"""Edit real bills and keep the truth: which provision became which, and what moved.

A bill's tree is copied into mutable drafts that know the path they came from.  Each operation is
one that drafters make: put a section in and renumber the rest, move a section, move a paragraph
into another section, delete, reword.  The mutated tree gets its paths as any parsed bill does, so
that the truth is a list of (old path, new path).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from legannot.model import Bill, Context, Provision, with_paths

MOVABLE_WORDS = 12
PASSED = 2


@dataclass(eq=False)
class Draft:
    """A provision being edited; `origin` is its path in the old bill, empty if it is new."""

    provision: Provision
    origin: str
    children: list[Draft] = field(default_factory=list)

    def walk(self) -> list[Draft]:
        return [self, *(d for child in self.children for d in child.walk())]

    def words(self) -> int:
        return sum(
            len(d.provision.text.split()) + len(d.provision.heading.split()) for d in self.walk()
        )

    def build(self) -> Provision:
        return replace(self.provision, children=tuple(c.build() for c in self.children))


@dataclass(frozen=True)
class Mutated:
    """The edited bill, the true pairs of paths, and the new paths of what was moved."""

    bill: Bill
    pairs: frozenset[tuple[str, str]]
    moved: frozenset[str]


def draft(provision: Provision, *, foreign: bool = False) -> Draft:
    return Draft(
        provision,
        "" if foreign else provision.path,
        [draft(child, foreign=foreign) for child in provision.children],
    )


class Editor:
    """Applies operations to one bill; `stranger` lends sections that the bill never had."""

    def __init__(self, bill: Bill, stranger: Bill, rng: random.Random) -> None:
        self.bill = bill
        self.rng = rng
        self.roots = [draft(p) for p in bill.provisions]
        # A second short title would be as much the old one as the old one reworded.
        self.new_sections = [
            p
            for p in stranger.walk()
            if p.kind == "section"
            and len(p.text) + len(p.heading) > 40
            and not p.heading.lower().startswith("short title")
        ]
        self.vocabulary = sorted(
            {w for p in stranger.walk() for w in p.text.split() if w.isalpha()}
        )
        self.moved: list[Draft] = []
        self.section_moves = 0

    def operations(self) -> tuple[Callable[[], None], ...]:
        """What may be done to a bill, each as likely as the next."""
        return (
            self.insert_section,
            self.delete_provision,
            self.move_section,
            self.move_paragraph,
        )

    def mutated(self, share: float, operations: int) -> Mutated:
        """The bill after so many operations, renumbered, and `share` of its words reworded."""
        for _ in range(operations):
            self.rng.choice(self.operations())()
        self.renumber()
        self.reword(share)
        return self.finish()

    def sections(self) -> list[tuple[list[Draft], int]]:
        """Every section outside quoted law as (siblings, index)."""
        found = []
        stack = [self.roots]
        while stack:
            siblings = stack.pop()
            for i, item in enumerate(siblings):
                if item.provision.kind == "section":
                    found.append((siblings, i))
                elif item.provision.kind != "quoted-block":
                    stack.append(item.children)
        return found

    def insert_section(self) -> None:
        siblings, at = self.rng.choice(self.sections())
        siblings.insert(at, draft(self.rng.choice(self.new_sections), foreign=True))

    def delete_provision(self) -> None:
        owners = [d for r in self.roots for d in r.walk() if len(d.children) > 2]
        if not owners:
            return
        owner = self.rng.choice(owners)
        gone = self.rng.choice(owner.children)
        owner.children.remove(gone)
        self.moved = [d for d in self.moved if d not in gone.walk()]

    def move_section(self) -> None:
        sections = self.sections()
        if len(sections) < 5 * (1 + self.section_moves):
            return
        siblings, at = self.rng.choice(sections)
        # Back where it came from it would not have moved.
        if siblings[at] in self.moved:
            return
        # Past three others at least that were there before and stayed: which of two or three that
        # changed places moved is anyone's view.
        stayed = [bool(d.origin) and d not in self.moved for d in siblings]
        places = [
            p
            for p in range(len(siblings))
            if sum(stayed[min(p, at) : max(p, at) + 1]) - stayed[at] > PASSED
        ]
        if not places:
            return
        item = siblings.pop(at)
        self.section_moves += 1
        siblings.insert(self.rng.choice(places), item)
        self.moved.append(item)

    def move_paragraph(self) -> None:
        sections = [s[i] for s, i in self.sections()]
        sources = [
            (owner, child)
            for section in sections
            for owner in section.walk()
            for child in owner.children
            if child.provision.enum and child.origin and child.provision.context != Context.QUOTED
            if not any(d in self.moved for d in (owner, *child.walk()))
            if MOVABLE_WORDS <= child.words() <= section.words() / 3
        ]
        if not sources or len(sections) < 2:
            return
        owner, child = self.rng.choice(sources)
        targets = [s for s in sections if owner not in s.walk() and s.children]
        if not targets:
            return
        owner.children.remove(child)
        self.rng.choice(targets).children.append(child)
        self.moved.append(child)

    def renumber(self) -> None:
        """Sections of the whole bill in order from 1, as the enrolling clerk would."""
        for n, (siblings, i) in enumerate(sorted_sections(self), 1):
            item = siblings[i]
            item.provision = replace(item.provision, enum=f"{n}.")

    def reword(self, share: float) -> None:
        """Replace, drop or put in about `share` of all words, in runs of one to four."""
        for root in self.roots:
            for item in root.walk():
                words = item.provision.text.split()
                if len(words) < 3 or not item.origin:
                    continue
                item.provision = replace(
                    item.provision, text=" ".join(self._reworded(words, share)), spans=()
                )

    def _reworded(self, words: list[str], share: float) -> list[str]:
        result: list[str] = []
        at = 0
        while at < len(words):
            run = self.rng.randint(1, 4)
            if self.rng.random() < share / 2.5:
                action = self.rng.choice(("replace", "drop", "insert"))
                fresh = self.rng.choices(self.vocabulary, k=run)
                if action != "drop":
                    result += fresh
                if action == "insert":
                    result.append(words[at])
                    at += 1
                else:
                    at += run
            else:
                result.append(words[at])
                at += 1
        return result or words[:1]

    def finish(self) -> Mutated:
        new = with_paths(d.build() for d in self.roots)
        drafts = [d for root in self.roots for d in root.walk()]
        paths = [p.path for root in new for p in root.walk()]
        origin = dict(zip(map(id, drafts), paths, strict=True))
        return Mutated(
            replace(
                self.bill,
                provisions=new,
                provenance=replace(self.bill.provenance, sha256="0" * 64, source="edited"),
            ),
            frozenset((d.origin, origin[id(d)]) for d in drafts if d.origin),
            frozenset(origin[id(d)] for d in self.moved if d.origin),
        )


def sorted_sections(editor: Editor) -> list[tuple[list[Draft], int]]:
    order = {id(d): i for i, d in enumerate(d for r in editor.roots for d in r.walk())}
    return sorted(editor.sections(), key=lambda place: order[id(place[0][place[1]])])


def mutate(bill: Bill, stranger: Bill, seed: int, share: float, operations: int) -> Mutated:
    """Some operations of every sort, renumbered, and `share` of the words reworded."""
    return Editor(bill, stranger, random.Random(seed)).mutated(share, operations)
