r"""The word notation of rule packs: what an analyst writes, as a bounded regular expression.

    (host+ | serve+ | make available) ... @model         up to 8 words between
    distil* ~6~ (model | output)                           within 6 words, either order
    "Entity List"                                          exactly these capitals

No text can make a pattern run away.  It has no unbounded repetition and at most `MAX_GAPS` gaps; a
general regular expression offers neither, and nobody but a programmer can read one.  And where an
expression might try more than `MAX_TRIES` ways through a text, the pattern is walked (`walk`),
which finds the same in linear time.  From the same tree come the words that every match must
contain: a provision without them runs no expression at all.

| written | matches |
| --- | --- |
| `word` | the word, any case, also with a plural or possessive ending |
| `word+` | the verb in its regular forms: `release+` is release, releases, released, releasing |
| `word*` | any word that begins so (four letters or more) |
| `"Word Word"` | exactly so, capitals and all |
| `a-b` | `a b`, `a-b`, `ab` |
| `(a \| b c)` | one of them |
| `[a \| b]` | one of them or nothing |
| `..`  `...`  `<n>` | up to 3, 8, n words between, inside one sentence |
| `~n~` | the two sides within n words of each other, in either order |
| `@name` | a word list of `words.yaml` |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from legannot.tag.folding import STEM, Folded
from legannot.tag.patterns import (
    Choice,
    Clause,
    Gap,
    Near,
    Pattern,
    Sequence,
    Word,
    compiled,
    either,
    gaps,
    needed,
    rarest,
)
from legannot.tag.walk import END, Program, Walk

MAX_GAP = 40
MAX_GAPS = 4
_SHORT_GAP, _LONG_GAP = 3, 8

MAX_TRIES = 20_000_000
"""Ways through a text that an expression may try: about a second at worst."""

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<near>~\d+~)
    | (?P<gap><\d+>|\.\.\.?(?!\w))
    | (?P<exact>"[^"]+")
    | @(?P<list>[a-z][a-z0-9-]*)
    | (?P<mark>[()\[\]|])
    | (?P<word>[\w$%&][\w$%&'.,^/:-]*[*+]?)
    )""",
    re.VERBOSE,
)


class WordLists(dict[str, tuple[str, ...]]):
    """Word lists that remember what was read of them, since hundreds of patterns name a few."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(lists)
        self.choices: dict[str, Choice] = {}


class NotationError(ValueError):
    """A pattern that cannot be read; the message says what is wrong and where."""


@dataclass(frozen=True)
class Compiled:
    """A pattern ready to run.

    `needs` is what the words of a text must hold for a match to be possible, `rare` a set of
    which one word stands in every match, empty if there is none.  Exact words are captured, so
    that their capitals can be compared.  `ways` is how many ways a text can match from one place,
    at most.
    """

    source: str
    expression: str
    exact: tuple[str, ...]
    needs: tuple[Clause, ...]
    rare: frozenset[str]
    ways: int
    tree: Pattern = field(repr=False, compare=False)

    @property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled when first used: most bills need few of the hundreds."""
        return compiled(self.expression)

    def possible(self, words: frozenset[str]) -> bool:
        """Whether a text with these words can match."""
        for clause in self.needs:  # noqa: SIM110 - a generator costs a third of tagging's time
            if not _met(clause, words):
                return False
        return True

    def find(self, text: Folded) -> Iterator[tuple[int, int]]:
        """The ranges that match, without overlap; the time is linear in the text."""
        if not self.possible(text.words):
            return
        if self.ways * len(text.low) > MAX_TRIES:
            yield from self._walked(text)
            return
        if not self.exact:
            for hit in self.regex.finditer(text.low):
                yield hit.span()
            return
        found = self.regex.search(text.low)
        while found is not None:
            spans = [(*found.span(n), words) for n, words in enumerate(self.exact, start=1)]
            as_written = all(s < 0 or _as_written(text.plain[s:e], w) for s, e, w in spans)
            if as_written:
                yield found.span()
            found = self.regex.search(text.low, found.end() if as_written else found.start() + 1)

    def found(self, text: Folded) -> bool:
        """Whether the pattern matches anywhere in `text`."""
        return next(self.find(text), None) is not None

    @cached_property
    def _program(self) -> Program:
        """The steps of a walk, made when first used: most patterns never need them."""
        program = Program()
        program.first = self.tree.steps(program, END)
        heads = self.tree.heads()
        program.starts = either(heads) if heads else None
        return program

    def _walked(self, text: Folded) -> Iterator[tuple[int, int]]:
        walk = Walk(self._program, text.low)
        hit = walk.search(0)
        while hit is not None:
            as_written = all(_as_written(text.plain[s:e], words) for s, e, words in hit.exact)
            if as_written:
                yield hit.start, hit.end
            hit = walk.search(hit.end if as_written else hit.start + 1)


def _as_written(found: str, words: str) -> bool:
    return found.replace("-", " ") == words.replace("-", " ")


def compile_pattern(source: str, lists: Mapping[str, tuple[str, ...]]) -> Compiled:
    """The pattern `source` ready to run; `lists` are the word lists that `@name` may name.

    Raises `NotationError` with what is wrong and where in `source`.
    """
    tree = _parse(source, lists, ())
    if isinstance(tree, Sequence) and not tree.items:
        raise NotationError("the pattern is empty")
    if (count := gaps(tree)) > MAX_GAPS:
        raise NotationError(f"{count} gaps in one pattern; at most {MAX_GAPS} keep it fast")
    if tree.may_be_empty():
        raise NotationError("nothing in the pattern must stand: every part is in []")
    exact: list[str] = []
    expression = tree.regex(exact)
    return Compiled(
        source,
        expression,
        tuple(exact),
        needed(tree),
        rarest(tree.certain()),
        tree.ways(),
        tree,
    )


def _met(clause: Clause, words: frozenset[str]) -> bool:
    for option in clause:
        for one in option:
            if words.isdisjoint(one):
                break
        else:
            return True
    return False


def _parse(source: str, lists: Mapping[str, tuple[str, ...]], seen: tuple[str, ...]) -> Pattern:
    parser = _Parser(source, lists, seen)
    left = parser.sequence()
    near = parser.take("near")
    if near is None:
        parser.end()
        return left
    right = parser.sequence()
    parser.end()
    if not left.items or not right.items:
        raise NotationError(f"`{near}` needs words on both sides")
    return Near(left, right, _size(near.strip("~")))


def _size(digits: str) -> int:
    size = int(digits)
    if not 0 < size <= MAX_GAP:
        raise NotationError(f"a gap of {size} words; 1 to {MAX_GAP} are allowed")
    return size


class _Parser:
    """Recursive descent over the tokens of one pattern."""

    def __init__(
        self, source: str, lists: Mapping[str, tuple[str, ...]], seen: tuple[str, ...]
    ) -> None:
        self.lists, self.seen = lists, seen
        self.tokens: list[tuple[str, str, int]] = []
        position = 0
        while source[position:].strip():
            match = _TOKEN.match(source, position)
            if match is None or match.lastgroup is None:
                rest = source[position:].strip()[:20]
                raise NotationError(f"cannot read `{rest}` at {position}")
            self.tokens.append((match.lastgroup, match.group(match.lastgroup), match.start()))
            position = match.end()
        self.at = 0

    def take(self, kind: str, value: str | None = None) -> str | None:
        """The next token's text if it is of this kind and value."""
        if self.at < len(self.tokens):
            found, text, _ = self.tokens[self.at]
            if found == kind and value in (None, text):
                self.at += 1
                return text
        return None

    def end(self) -> None:
        """Raise `NotationError` if tokens are left."""
        if self.at < len(self.tokens):
            _, text, position = self.tokens[self.at]
            raise NotationError(f"unexpected `{text}` at {position}")

    def sequence(self) -> Sequence:
        """Words, choices and gaps up to a mark that ends them."""
        items: list[Word | Gap | Choice] = []
        while (item := self.item()) is not None:
            items.append(item)
        if items and (isinstance(items[0], Gap) or isinstance(items[-1], Gap)):
            raise NotationError("a gap must stand between words")
        if any(isinstance(a, Gap) and isinstance(b, Gap) for a, b in pairwise(items)):
            raise NotationError("two gaps in a row")
        return Sequence(tuple(items))

    def item(self) -> Word | Gap | Choice | None:
        """One word, choice or gap, None if the next token is neither."""
        if (word := self.take("word")) is not None:
            return self.word(word)
        if (exact := self.take("exact")) is not None:
            return Word(exact.strip('"'), exact=True)
        if (gap := self.take("gap")) is not None:
            return Gap({"..": _SHORT_GAP, "...": _LONG_GAP}.get(gap) or _size(gap.strip("<>")))
        if (name := self.take("list")) is not None:
            return self.named(name)
        for opening, closing in (("(", ")"), ("[", "]")):
            if self.take("mark", opening) is not None:
                return self.choice(closing)
        return None

    @staticmethod
    def word(text: str) -> Word:
        """A plain word, a stem or a verb."""
        if text.endswith("+") and not text[:-1].replace("-", "").isalpha():
            raise NotationError(f"`{text}`: only a verb of letters has forms")
        if re.search(r"\w", text) is None:
            raise NotationError(f"`{text}` holds no letter or digit")
        if re.search(r"[-,^]{2}", text):
            raise NotationError(f"`{text}`: two signs in a row that need not be printed")
        if text.endswith("*") and re.search(rf"\w{{{STEM}}}\*$", text) is None:
            raise NotationError(f"`{text}` is too short before its star; {STEM} letters at least")
        return Word(text)

    def choice(self, closing: str) -> Choice:
        """The options up to `closing`."""
        options = [self.sequence()]
        while self.take("mark", "|") is not None:
            options.append(self.sequence())
        if self.take("mark", closing) is None:
            raise NotationError(f"`{closing}` is missing")
        if not all(option.items for option in options):
            raise NotationError("an empty choice")
        return Choice(tuple(options), optional=closing == "]")

    def named(self, name: str) -> Choice:
        """The word list `name` as a choice."""
        if name in self.seen:
            raise NotationError(f"the word list @{name} contains itself")
        if name not in self.lists:
            raise NotationError(f"there is no word list @{name}")
        known = self.lists.choices if isinstance(self.lists, WordLists) else {}
        if name in known:
            return known[name]
        options: list[Sequence] = []
        for entry in self.lists[name]:
            tree = _parse(entry, self.lists, (*self.seen, name))
            if isinstance(tree, Near):
                raise NotationError(f"`~n~` cannot stand in a word list (@{name})")
            options.append(tree)
        known[name] = Choice(tuple(options))
        return known[name]
