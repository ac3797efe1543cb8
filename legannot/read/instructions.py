"""Amendatory instructions as data: what is struck, inserted or numbered anew, in which law, where.

    Section 4(b) of the X Act (15 U.S.C. 1(b)) is amended—
      (1) in paragraph (1), by striking “may” and inserting “shall”; and
      (2) by redesignating paragraphs (3) and (4) as paragraphs (4) and (5), respectively.

    replace      act/X Act, 4/b/1   “may” -> “shall”
    redesignate  act/X Act, 4/b     paragraph 3 -> paragraph 4, paragraph 4 -> paragraph 5

Only operative words instruct: what stands in quoted law is for the law to say.  Every amendatory
verb under a lead-in that amends is either parsed or listed as unparsed with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from legannot.model import LEVELS, Bill, Context, Instruction, Provision, Unparsed, Words
from legannot.read.amending import clauses, verbs
from legannot.read.arguments import Clause, Failure, Piece, Verb
from legannot.read.quoted import BLOT, Quoted, quoted
from legannot.read.targets import Named, Target, by_code, narrowed, without_asides
from legannot.read.tree import Tree

Found = tuple[tuple[Instruction, ...], tuple[Unparsed, ...]]

_BLOCKS = ("quoted-block", "amendment-block", "toc", "table")


def instructions(bill: Bill, tree: Tree) -> Found:
    """The instructions of a bill in reading order, and those that could not be taken apart."""
    reader = _Bill(bill, tree)
    stack = [(provision, _Lead()) for provision in reversed(bill.provisions)]
    while stack:
        provision, lead = stack.pop()
        if provision.context is not Context.OPERATIVE:
            continue
        below = reader.read(provision, lead)
        stack.extend(
            (child, _Lead() if child.kind in _BLOCKS else below)
            for child in reversed(provision.children)
        )
    return tuple(reader.found), tuple(reader.unparsed)


@dataclass(frozen=True, slots=True)
class _Lead:
    """What the lead-ins above a provision leave to it."""

    target: Target = field(default_factory=Target)
    amends: bool = False
    # "is amended by striking—": the verb that the items lack.
    verb: str = ""
    applied: bool = False


class _Bill:
    """Reads the provisions of one bill in order."""

    def __init__(self, bill: Bill, tree: Tree) -> None:
        self.found: list[Instruction] = []
        self.unparsed: list[Unparsed] = []
        self.tree = tree
        self._last = Named()
        self._bare = _lost_its_marks(bill)
        # Which law is meant where none is named, by the path of the scope.
        self._meant = dict(_laws_meant(bill, tree))

    def read(self, provision: Provision, lead: _Lead) -> _Lead:
        """Note the provision's instructions; returns what it leaves to those below it."""
        if not provision.text:
            return lead
        if not lead.amends and not _may_amend(provision.text):
            return _Lead()
        if provision.kind == "section":
            self._last.places.clear()
        return _Reader(self, provision, lead).read()

    def law_meant(self, path: str) -> str:
        """The law that a clause of the bill says is meant at a path; empty if none does."""
        if not self._meant:
            return ""
        return next(
            (self._meant[at] for at in (*self.tree.above(path), "") if at in self._meant), ""
        )

    @property
    def last(self) -> Named:
        """The law and section last named."""
        return self._last

    @property
    def bare(self) -> bool:
        """Whether the bill's quotations have lost their marks."""
        return self._bare


class _Reader:
    """Reads one provision."""

    def __init__(self, bill: _Bill, provision: Provision, lead: _Lead) -> None:
        self._bill = bill
        self._provision = provision
        self._lead = lead
        self._quoted: Quoted = quoted(provision)
        self._blocks = [child.path for child in self._beneath() if child.kind in _BLOCKS]
        self._used = 0
        self._applies = lead.applied
        # One provision of a marked bill may yet have lost its marks.
        self._bare = bill.bare or BLOT not in self._quoted.blotted

    def _beneath(self) -> Sequence[Provision]:
        """What holds the provision's blocks: its children, or what follows flush text."""
        provision = self._provision
        if provision.children or provision.kind != "continuation":
            return provision.children
        tree = self._bill.tree
        around = tree.provisions.get(tree.parent(provision.path))
        siblings = around.children if around else ()
        after = [s.path for s in siblings].index(provision.path) + 1 if siblings else 0
        return tuple(takewhile(lambda s: s.kind in _BLOCKS, siblings[after:]))

    def read(self) -> _Lead:
        """Note every instruction of the provision; returns what its items inherit."""
        lead = self._lead
        for start, end in _sentences(self._quoted.blotted):
            lead = self._sentence(start, end, lead)
        return lead

    def _sentence(self, start: int, end: int, lead: _Lead) -> _Lead:
        blotted = self._quoted.blotted
        found = verbs(blotted, start, end)
        if lead.verb and (not found or found[0].start > start + _NEAR):
            opened = Verb(lead.verb, start, start, found[0].start if found else end)
            if lead.verb == "repeal":
                self._item_repealed(start, end, lead)
                return lead
            found = (opened, *found)
        if not found:
            return self._without_verb(start, end, lead)
        first = found[0]
        if not self._amends(first, found, start, lead):
            return lead
        target = self._subject(first, start, lead)
        if first.name == "amend" and len(found) > 1:
            target = self._narrowed(target, first.end, found[1].start)
        elif first.name == "amend":
            target = self._narrowed(target, first.end, first.limit)
        # Applied with other words, the law stays as it is: "shall be applied by striking ...".
        self._applies = lead.applied or bool(_SHALL_BE_APPLIED.search(blotted, start, first.start))
        below = _Lead(target, amends=True, verb=self._opened(found, end), applied=self._applies)
        self._clauses(found, target, below.verb)
        return below

    def _without_verb(self, start: int, end: int, lead: _Lead) -> _Lead:
        blotted = self._quoted.blotted
        if lead.amends:
            # "in paragraph (1)—" narrows for its items; flush text narrows nothing.
            opens = self._has_items() and blotted[end - 1] in "—–:-,"
            return replace(lead, target=self._narrowed(lead.target, start, end)) if opens else lead
        if _LEFT_OPEN.search(blotted, start, end) and _LAW_PART.search(blotted, start, end):
            # "Section 408 of the X Act is—": the items say what.
            target = self._narrowed(Target(), start, end)
            if target.law:
                return _Lead(target, amends=True)
        elif _NAMES_A_LAW.search(blotted, start, end) and self._has_items():
            # "In the table in the statement described in section 4 of the X Act—"
            return _Lead(self._narrowed(Target(), start, end))
        return lead

    def _amends(self, first: Verb, found: Sequence[Verb], start: int, lead: _Lead) -> bool:
        """Whether the verbs of a sentence instruct to amend."""
        blotted = self._quoted.blotted
        if lead.amends:
            return True
        said = blotted[first.start : first.end].lower()
        if first.finite:
            subject = blotted[start : first.start]
            if first.name == "transfer":
                return _TO_APPEAR.search(blotted, first.end, first.limit) is not None
            return _LAW_PART.search(subject) is not None
        if first.name == "substitute":
            return _APPLIED.search(blotted, start, first.start) is not None
        if _SHALL_BE_APPLIED.search(blotted, start, first.start):
            return True
        if _IN_A_PLACE.fullmatch(blotted, start, first.start):
            return True
        if start == first.start and said in ("strike", "insert", "redesignate"):
            return True
        # "(1) in section 4, by striking ...": its lead-in may be out of sight.
        opens = _OPENING.fullmatch(blotted, start, first.start) is not None
        return opens and any(verb.name in ("strike", "insert") for verb in found)

    def _subject(self, first: Verb, start: int, lead: _Lead) -> Target:
        if first.name == "substitute" and not first.finite and not lead.amends:
            start = self._applied(start, first.start)
        target = self._narrowed(lead.target, start, first.start)
        if self._provision.kind == "amendment-instruction":
            # One chamber's amendment to the other's bill: "Strike all after the enacting clause".
            target = replace(target, law="this")
        if not target.law:
            target = replace(target, law=self._bill.law_meant(self._provision.path))
        if not target.law and target.code:
            target = by_code(target)
        self._bill.last.note(target.law, ())
        return target

    def _applied(self, start: int, end: int) -> int:
        """Where the words begin that say what is applied with other words in it.

        "..., States may apply section 673(2) of the X Act by substituting": the last clause that
        cites, not all the law that a long sentence of an appropriation names.
        """
        seen = without_asides(self._quoted.blotted[start:end])
        text = self._quoted.text[start:end]
        known = self._bill.last.law
        for match in reversed(list(_CLAUSE.finditer(seen))):
            tail = match.end()
            if (
                _CITES.search(seen, tail)
                and narrowed(Target(), text[tail:], seen[tail:], Named(known)).law
            ):
                return start + tail
        return start

    def _narrowed(self, target: Target, start: int, end: int) -> Target:
        if end <= start:
            return target
        quoting = self._quoted
        return narrowed(
            target, quoting.text[start:end], quoting.blotted[start:end], self._bill.last
        )

    def _opened(self, found: Sequence[Verb], end: int) -> str:
        """The verb that a lead-in leaves to its items."""
        last = found[-1]
        blotted = self._quoted.blotted
        if last.name == "amend" or not self._has_items():
            return ""
        if last.name == "repeal":
            return "repeal" if _LISTS.search(blotted, 0, end) else ""
        return last.name if not blotted[last.end : end].strip(" :—–-") else ""

    def _has_items(self) -> bool:
        return any(child.kind in LEVELS for child in self._provision.children)

    def _item_repealed(self, start: int, end: int, lead: _Lead) -> None:
        target = self._narrowed(lead.target, start, end)
        if target == lead.target or not target.law:
            self._fail(Failure(start, end, _NO_LAW))
            return
        end = start + len(self._quoted.text[start:end].rstrip(" .;,"))
        self._add(Clause("repeal", start, end), target)

    def _clauses(self, found: Sequence[Verb], target: Target, opened: str) -> None:
        current = target
        acting = found[:-1] if opened else found
        for read in clauses(self._quoted.blotted, acting, bare=self._bare, lost=self._bill.bare):
            if isinstance(read, Failure):
                self._fail(read)
                continue
            if read.place[1] > read.place[0] and read.place[0] >= found[0].end:
                current = self._narrowed(target, *read.place)
            there = current
            if read.within[1] > read.within[0]:
                there = self._narrowed(current, *read.within)
            if read.action == "insert" and not read.relation and there == current:
                self._fail(Failure(read.start, read.end, "it does not say where to insert"))
                continue
            self._add(read, there)

    def _add(self, clause: Clause, target: Target) -> None:
        if not target.law or target.mixed:
            why = _SEVERAL_LAWS if target.mixed else _NO_LAW
            self._fail(Failure(clause.start, clause.end, why))
            return
        new = tuple(self._words(piece) for piece in clause.new)
        if None in new:
            self._fail(Failure(clause.start, clause.end, "no quoted text follows it"))
            return
        quote = self._quoted.text[clause.start : clause.end]
        self._bill.found.append(
            Instruction(
                path=self._provision.path,
                start=clause.start,
                end=clause.end,
                action=clause.action,
                law=target.law,
                places=target.paths(),
                quote=quote,
                code=target.codified(),
                where=target.where,
                old=tuple(w for w in map(self._words, clause.old) if w),
                new=tuple(w for w in new if w),
                relation=clause.relation,
                anchor=self._words(clause.anchor) if clause.anchor else None,
                everywhere=clause.everywhere,
                designations=clause.designations,
                applied=self._applies or clause.action == "substitute",
            )
        )

    def _words(self, piece: Piece) -> Words | None:
        path = self._provision.path
        if piece.kind == "block":
            if self._used >= len(self._blocks):
                return None
            block = self._blocks[self._used]
            self._used += 1
            return Words("block", block)
        start, end = piece.start, piece.end
        if piece.kind == "quoted" and self._quoted.blotted[start] == BLOT:
            start, end = self._quoted.inner(start, end)
        return Words(piece.kind, path, start, end, self._quoted.text[start:end])

    def _fail(self, failure: Failure) -> None:
        quote = self._quoted.text[failure.start : failure.end]
        self._bill.unparsed.append(
            Unparsed(self._provision.path, failure.start, failure.end, quote, failure.why)
        )


def _may_amend(text: str) -> bool:
    """A cheap gate: most provisions of most bills amend nothing."""
    if text[-1] in "—–:-" and _NAMES_A_LAW.search(text, max(0, len(text) - _LEAD_IN)):
        return True
    return _MAY_AMEND.search(text) is not None


def _sentences(blotted: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE.finditer(blotted):
        yield start, match.start()
        start = match.end()
    yield start, len(blotted)


def _lost_its_marks(bill: Bill) -> bool:
    """Whether most of a bill's instructions quote without any mark, as in some mirrors."""
    marked = unmarked = 0
    for provision in bill.walk():
        if provision.context is Context.OPERATIVE and _STRIKES.search(provision.text):
            if any(s.kind == "quote" for s in provision.spans) or "“" in provision.text:
                marked += 1
            else:
                unmarked += 1
    return unmarked > marked


def _laws_meant(bill: Bill, tree: Tree) -> Iterator[tuple[str, str]]:
    for provision in bill.walk():
        if provision.context is not Context.OPERATIVE or "or other provision" not in provision.text:
            continue
        match = _MEANT.search(provision.text) or _MADE_TO.search(provision.text)
        if match is None:
            continue
        target = narrowed(Target(), match["law"], match["law"], Named())
        if target.law:
            yield tree.enclosing(provision.path, match["scope"].lower()), target.law


_NO_LAW = "no law is named that it amends"
_SEVERAL_LAWS = "more than one law is named before it"
# The end of a lead-in, in which the law is named; in characters.
_LEAD_IN = 300
# In characters: "(1) " before the verb that an item has after all.
_NEAR = 3
_MAY_AMEND = re.compile(
    r"\b(?:amended|repealed|redesignated|transferred|stricken|struck)\b|\b(?:is|are)[—–:-]+$|\b(?:by|,)\s+(?:striking"
    r"|inserting|adding|redesignating|amending|substituting)\b|^(?:strik|insert|redesignat|amend|Strike"
    r"|Insert|Redesignate)",
)
_STRIKES = re.compile(
    r"\b(?:striking|inserting)\s+(?!the\s|after|at|before|paragraph|sub|sec|clause)"
)
_LAW_PART = re.compile(
    r"\b(?:[Ss]ections?|(?:[Ss]ub)?(?:section|[Pp]aragraph|clause|title|chapter|part|item)s?|Act|Code"
    r"|Public\s+Law|Law|[Tt]itle|[Cc]hapter|Subtitle|Division|Clause|Table|[Ii]tems?|Resolution|Rules?"
    r"|Order|[Pp]roviso|heading|table|[Mm]atter|following|Part|Regulations|sentence|such)\b"
)
_TO_APPEAR = re.compile(
    r"\bappear|\binserted\s+(?:after|before)|\bat\s+the\s+end\s+of\s+(?:such\s+)?(?:chapter|part|title|section)"
)
_APPLIED = re.compile(
    r"\bappl(?:ied|y|ies|ication)\b|\bread\b|\btreated\b|^\W*(?:In|By|by)\b|^\s*$"
)
_SHALL_BE_APPLIED = re.compile(r"\bshall\s+(?:also\s+)?be\s+applied\b[^;:]{0,200}$")
_IN_A_PLACE = re.compile(r"\W*[Ii]n\s[^;]{1,80}")
# Where in "..., and States may apply section 5 of the X Act by" the words begin that are applied.
_CLAUSE = re.compile(r"[;:,]\s+(?:and\s+|or\s+|That\s+|then\s+)*|\bapply\s+|\bapplying\s+")
_CITES = re.compile(
    r"\b(?:sub)?(?:section|paragraph|clause|title|division)s?\s+[\d(A-Z]|\b(?:this|such)\s+(?:sub)?(?:section"
    r"|paragraph|clause)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\W*(?:(?:in|In|by|By|at|At|under)\b.{0,400})?")
_LEFT_OPEN = re.compile(r"\b(?:is|are)[—–:-]+$")
_NAMES_A_LAW = re.compile(r"(?:Act|Code|Law\s+\d|Statement|statement)\b.{0,200}[—–:-]$")
_LISTS = re.compile(r"\bfollowing\b[^.]*$")
# A stop, then a sentence that begins like one; "Stat. 12" and "U.S.C. App." do not.
_SENTENCE = re.compile(
    rf"(?<![A-Z])(?<!Stat)(?<!No)(?<!Pub)(?<!seq)(?<!Sec)(?<!Sgt)(?<!Dr)(?<!Mr)(?<!Ms)"
    rf"(?<!Mrs)(?<!St)(?<!Jr)(?<!Lt)(?<!Gen)(?<!Col)(?<!Hon)(?<!Inc)(?<=[\w){BLOT}])[.]\s+(?=[A-Z(]|{BLOT})"
    rf"|:\s+(?=Provided\b)|(?<={BLOT})\s+(?=(?:Section|Subsection|Paragraph|Subparagraph|Such\s+section|The\s+amendment"
    r"|Title|Chapter)\b)"
)
_MEANT = re.compile(
    r"in\s+this\s+(?P<scope>Act|title|subtitle|division|section|part|chapter)\b.{0,60}?\b(?:an\s+)?"
    r"amendment(?:\s+or\s+repeal)?\s+is\s+expressed.{0,200}?reference\s+shall\s+be\s+(?:considered|deemed)"
    r"\s+to\s+be\s+(?:made\s+)?to\s+(?P<law>.{5,200})",
    re.IGNORECASE,
)
_MADE_TO = re.compile(
    r"amendments\s+made\s+by\s+this\s+(?P<scope>Act|title|subtitle|division|section|part|chapter)\s+to\s"
    r"+a\s+section\s+or\s+other\s+provision\s+of\s+law\s+are\s+amendments\s+to\s+(?P<law>.{5,200})",
    re.IGNORECASE,
)
