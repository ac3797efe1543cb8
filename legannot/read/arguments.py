"""What one verb of an instruction to amend takes out and puts in, and where.

in paragraph (1), by striking “may” each place it appears and inserting “shall”; and
                     verb     [ its argument            ]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from legannot.model.facts import Action, Relation
from legannot.read import amendatory as words
from legannot.read.cited import parts
from legannot.read.runs import one, pairs
from legannot.read.targets import without_asides

# A stretch of the text and how it names words: as `model.Words`.
Kind = Literal["quoted", "described", "range", "block"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of an instruction by their place in its text; a `block` is not in the text."""

    kind: Kind
    start: int = 0
    end: int = 0


BLOCK = Piece("block")


@dataclass(frozen=True, slots=True)
class Clause:
    """One instruction in a text.

    `place` is where the words stand before its verb that say where it amends, and holds for the
    verbs behind it as well; `within` those behind its object ("in the first sentence").
    """

    action: Action
    start: int
    end: int
    place: tuple[int, int] = (0, 0)
    within: tuple[int, int] = (0, 0)
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    relation: Relation = ""
    anchor: Piece | None = None
    everywhere: bool = False
    designations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A verb whose words the grammar cannot take apart, and why."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Verb:
    """An amendatory verb: its stem, where it stands, where the next and where its sentence begin.

    `finite`: it has a subject ("is amended"), its own or that of a lead-in ("Section 4 is—").
    """

    name: str
    start: int
    end: int
    limit: int
    opens: int = 0
    finite: bool = False


class Arguments:
    """What stands behind one verb, from `start` to `end`."""

    def __init__(
        self, text: str, verb: Verb, start: int, end: int, *, bare: bool, lost: bool
    ) -> None:
        self._text = text
        self._verb = verb
        self._start = start
        self._end = end
        self._bare = bare
        self._lost = lost

    def read(self, *, before_insert: bool) -> Clause | Failure | None:
        """The instruction of the verb; None for one that only leads in ("is amended by").

        `before_insert`: the next verb says what takes the place of what this one strikes.
        """
        name = self._verb.name
        if name == "strike":
            return self._strike(before_insert=before_insert)
        if name in ("insert", "add"):
            return self._insert()
        if name == "rewrite":
            return self._rewrite()
        if name == "amend":
            return None
        if name == "repeal":
            return self._repeal()
        if name == "redesignate":
            return self._redesignate()
        if name == "transfer":
            return self._transfer()
        return self._substitute()

    def _strike(self, *, before_insert: bool) -> Clause | Failure:
        lead = words.OUT.match(self._text, self._start, self._end)
        start = lead.end() if lead else self._start
        following = words.THE_FOLLOWING.match(self._text, start, self._end)
        if following:
            piece = self._content(following.end())
            if piece is None:
                return self._fail("what is struck is not quoted")
            return self._clause("strike", old=(piece,))
        aside = words.ASIDE.match(self._text, start, self._end)
        if aside:
            start = aside.end()
        found = self._object(start, as_quoted=self._lost and before_insert)
        if found is None:
            return self._fail("what is struck is neither quoted nor described")
        pieces, after = found
        relation, anchor = self._relation(after)
        within = aside.span() if aside else self._place_after(after, pieces)
        return self._clause(
            "strike", old=pieces, relation=relation, anchor=anchor, within=within,
            everywhere=self._everywhere(after),
        )  # fmt: skip

    def _insert(self) -> Clause | Failure:
        action: Action = "add" if self._verb.name == "add" else "insert"
        start = self._start
        lead = words.IN_LIEU.match(self._text, start, self._end)
        if lead:
            start = lead.end()
        position = words.POSITION.match(self._text, start, self._end)
        if position:
            return self._insert_at(action, position)
        aside = words.ASIDE.match(self._text, start, self._end)
        if aside:
            self._start = aside.end()
            read = self._insert()
            return replace(read, within=aside.span()) if isinstance(read, Clause) else read
        following = words.THE_FOLLOWING.match(self._text, start, self._end)
        if following or words.NEW_PARTS.match(self._text, start, self._end) or start >= self._end:
            return self._insert_following(action, following.end() if following else start)
        found = self._object(start, as_quoted=self._lost, cut_at_position=True)
        if found is None:
            return self._fail("what is inserted is neither quoted nor described")
        pieces, after = found
        relation, anchor = self._relation(after)
        return self._clause(
            action, new=pieces, relation=relation or ("end" if action == "add" else ""),
            anchor=anchor, everywhere=self._everywhere(after),
            within=self._place_after(after, pieces),
        )  # fmt: skip

    def _rewrite(self) -> Clause | Failure:
        if self._verb.finite:
            piece = self._content(self._start)
            return self._clause("rewrite", new=(piece or BLOCK,))
        read = words.TO_READ.search(self._text, self._start, self._end)
        if read is None:
            return self._fail("it does not say how the amended words read")
        end = read.start()
        if end <= self._start:
            return self._fail("it does not say what is amended")
        piece = self._content(read.end())
        return self._clause(
            "rewrite", old=(Piece("described", self._start, end),), new=(piece or BLOCK,)
        )

    def _repeal(self) -> Clause | Failure:
        if not self._verb.finite:
            found = self._object(self._start, as_quoted=False)
            if found is None:
                return self._fail("what is repealed is not described")
            return self._clause("repeal", old=found[0])
        return replace(self._clause("repeal"), end=self._verb.end)

    def _redesignate(self) -> Clause | Failure:
        text = without_asides(self._text)
        start = self._start
        subject = words.SUBJECT.match(text, self._verb.opens, self._verb.start)
        made: list[tuple[str, str]] = []
        for match in words.AS.finditer(text, start, self._end):
            new = parts(match["new"])[0]
            named = match["old"] or (subject["old"] if subject and self._verb.finite else "")
            described = text[start : match.start("as")].strip(" ,") or "it"
            paired = pairs(parts(named)[0], new) if named else one(described, new)
            if not paired:
                return self._fail("it names more or fewer old designations than new ones")
            made += paired
            start = match.end()
        if not made:
            return self._fail("it does not say what is redesignated as what")
        return self._clause("redesignate", designations=tuple(made))

    def _transfer(self) -> Clause | Failure:
        margin = words.MARGIN.search(self._text, self._start, self._end)
        if margin:
            return self._clause("indent", old=self._described(self._start, margin.end()))
        to = words.TO.search(self._text, self._start, self._end)
        end = to.start() if to else self._end
        old = self._described(self._start, end)
        relation, anchor = self._relation(end)
        if not (old or self._verb.finite) or (to is None and not relation):
            return self._fail("it does not say what is moved where")
        return self._clause("transfer", old=old, relation=relation, anchor=anchor)

    def _substitute(self) -> Clause | Failure:
        """`substituting X for Y`, `replacing X with Y`."""
        aside = words.ASIDE.match(self._text, self._start, self._end)
        start = aside.end() if aside else self._start
        if self._verb.name == "substitute":
            link, action = words.FOR, "substitute"
        else:
            link, action = words.WITH, "replace"
        found = list(link.finditer(self._text, start, self._end))
        # "substituting the amounts appropriated for X for the amounts in Y": only what is quoted
        # tells where it ends.
        quotes = words.QUOTES.match(self._text, start, self._end) is not None or self._bare
        middle = (found[0] if quotes else found[-1]) if found else None
        if middle is None:
            # "by striking X and substituting Y"
            return self._insert()
        first = self._object(start, as_quoted=False, end=middle.start())
        second = self._object(middle.end(), as_quoted=False)
        if first is None or second is None:
            return self._fail("one of the two texts is neither quoted nor described")
        new, old = (first, second) if self._verb.name == "substitute" else (second, first)
        return self._clause(
            "substitute" if action == "substitute" else "replace",
            old=old[0], new=new[0], everywhere=self._everywhere(self._start),
            within=aside.span() if aside else self._place_after(second[1], second[0]),
        )  # fmt: skip

    # The parts they share.

    def _clause(
        self,
        action: Action,
        *,
        within: tuple[int, int] = (0, 0),
        old: tuple[Piece, ...] = (),
        new: tuple[Piece, ...] = (),
        relation: Relation = "",
        anchor: Piece | None = None,
        everywhere: bool = False,
        designations: tuple[tuple[str, str], ...] = (),
    ) -> Clause:
        return Clause(
            action, self._verb.start, max(self._end, self._verb.end), (0, 0), within, old, new,
            relation, anchor, everywhere, designations,
        )  # fmt: skip

    def _fail(self, why: str) -> Failure:
        return Failure(self._verb.start, max(self._end, self._verb.end), why)

    def _insert_at(self, action: Action, position: re.Match[str]) -> Clause | Failure:
        """`after X the following`, `at the end the following new paragraph`, `before X, Y`."""
        relation = _relation_of(position)
        start = position.end()
        following = words.THE_FOLLOWING.search(self._text, start, self._end)
        if following:
            anchor = self._described_or_quoted(start, following.start())
            content = (self._content(following.end()) or BLOCK,)
        else:
            comma = words.LAST_QUOTE.search(self._text, start, self._end)
            new_part = words.NEW_PART.search(self._text, start, self._end)
            if comma:
                anchor = self._described_or_quoted(start, comma.start())
                content = (Piece("quoted", *comma.span("quote")),)
            else:
                end = new_part.start() if new_part else self._end
                anchor = self._described_or_quoted(start, end)
                content = (BLOCK,)
        if relation in ("before", "after") and anchor is None:
            return self._fail("it does not say before or after what")
        return self._clause(action, new=content, relation=relation, anchor=anchor)

    def _insert_following(self, action: Action, start: int) -> Clause | Failure:
        """`the following new sentence after X: Q`, `the following`, or a block at once."""
        colon = self._text.find(":", start, self._end)
        upto = colon if colon >= 0 else self._end
        relation, anchor = self._relation(start, upto)
        content = (self._content(start) or BLOCK,)
        return self._clause(
            action, new=content, relation=relation or ("end" if action == "add" else ""),
            anchor=anchor,
        )  # fmt: skip

    def _content(self, start: int) -> Piece | None:
        """The words quoted after "the following:", None if a block must hold them."""
        match = words.QUOTE.search(self._text, start, self._end)
        if match and words.ONLY_LABELS.fullmatch(self._text, start, match.start()):
            return Piece("quoted", *match.span())
        if self._bare and (colon := words.COLON.match(self._text, start, self._end)):
            start = colon.end()
            if start < self._end:
                return Piece("quoted", start, self._end)
        return None

    def _object(
        self, start: int, *, as_quoted: bool, cut_at_position: bool = False, end: int | None = None
    ) -> tuple[tuple[Piece, ...], int] | None:
        """What is struck or inserted, and where the words behind it begin."""
        end = self._end if end is None else end
        ranged = words.RANGE.match(self._text, start, end)
        if ranged:
            return (Piece("range", start, ranged.end()),), ranged.end()
        match = words.QUOTES.match(self._text, start, end)
        if match:
            pieces = tuple(
                Piece("quoted", *one.span()) for one in words.QUOTE.finditer(match.group())
            )
            offset = match.start()
            return tuple(
                Piece("quoted", p.start + offset, p.end + offset) for p in pieces
            ), match.end()
        cut = self._cut(start, end, at_position=cut_at_position)
        described = (words.NAMED_PART if self._lost else words.DESCRIBED).match(
            self._text, start, end
        )
        if described and not (as_quoted and words.LEVEL.match(self._text, start, end)):
            return (Piece("described", start, cut),), cut
        if self._bare and (joint := words.BARE_CONNECTIVE.match(self._text, start, end)):
            return (Piece("quoted", *joint.span("words")),), joint.end("words")
        if self._bare and cut > start:
            return (Piece("quoted", start, cut),), cut
        return None

    def _cut(self, start: int, end: int, *, at_position: bool) -> int:
        """Where an object without quotation marks ends."""
        found = [end]
        stops = (words.EVERYWHERE, words.BEFORE_AFTER) if at_position else (words.EVERYWHERE,)
        matches = (pattern.search(self._text, start + 1, end) for pattern in stops)
        found += [match.start() for match in matches if match]
        cut = min(found)
        if self._bare and cut < end and self._text[cut] == ",":
            # "inserting , or in kind, after money": the comma is quoted.
            return cut + 1
        while cut > start and self._text[cut - 1] in " ,":
            cut -= 1
        return cut

    def _described(self, start: int, end: int) -> tuple[Piece, ...]:
        while end > start and self._text[end - 1] in " ,":
            end -= 1
        return (Piece("described", start, end),) if end > start else ()

    def _described_or_quoted(self, start: int, end: int) -> Piece | None:
        while start < end and self._text[start] in " ,":
            start += 1
        end = start + len(self._text[start:end].rstrip(" ,:"))
        if end <= start:
            return None
        match = words.QUOTE.match(self._text, start, end)
        if match:
            return Piece("quoted", *match.span())
        quoted = self._bare and not words.NAMED_PART.match(self._text, start, end)
        return Piece("quoted" if quoted else "described", start, end)

    def _relation(self, start: int, end: int | None = None) -> tuple[Relation, Piece | None]:
        """`after X` behind an object."""
        limit = self._end if end is None else end
        match = words.BEFORE_AFTER.search(self._text, start, limit)
        if match is None:
            return "", None
        relation = _relation_of(match)
        stop = words.EVERYWHERE.search(self._text, match.end(), limit)
        anchor = self._described_or_quoted(match.end(), stop.start() if stop else limit)
        return relation, anchor

    def _everywhere(self, start: int) -> bool:
        return words.EVERYWHERE.search(self._text, max(start - 1, 0), self._end) is not None

    def _place_after(self, start: int, pieces: tuple[Piece, ...]) -> tuple[int, int]:
        """`in the first sentence` behind quoted words; a description holds its own place."""
        if not pieces or pieces[0].kind != "quoted":
            return 0, 0
        match = words.IN.search(self._text, start, self._end)
        return (match.start(), self._end) if match else (0, 0)


def _relation_of(match: re.Match[str]) -> Relation:
    word = match["relation"].lower()
    if word.startswith(("before", "prior", "preceding")):
        return "before"
    if word.startswith(("after", "following")):
        return "after"
    return "beginning" if "beginning" in word else "end"
