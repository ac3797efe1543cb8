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
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import TypeAlias

from legannot.tag.folding import STEM, Folded
from legannot.tag.frequency import commonness
from legannot.tag.walk import END, Between, Fork, Gap, Program, Read, Walk

MAX_GAP = 40
MAX_GAPS = 4
_SHORT_GAP, _LONG_GAP = 3, 8

MAX_TRIES = 20_000_000
"""Ways through a text that an expression may try: about a second at worst."""

_ENDINGS = ("'s", "es", "s'", "s", "")
_ENDING = "(?:'s|es|s'|s)?"
# Words and what stands between them are disjoint classes, so a gap can be read in one way only; the
# record separator is the end of a sentence (folding.STOP).
_BETWEEN = r"[^\w;:.\x1e]{1,3}"
_GAP = r"(?:[^\w\x1e]{{1,6}}\w+){{0,{n}}}?[^\w\x1e]{{1,6}}"

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

_WIDEST = 6  # characters that may separate two words
_ANY = ""  # instead of the first character of a match: it is open

# Words of which a match has one; sets of words of which it has one each; such options of which
# one holds.
Words: TypeAlias = "frozenset[str]"
Option: TypeAlias = "tuple[Words, ...]"
Clause: TypeAlias = "tuple[Option, ...]"


class WordLists(dict[str, tuple[str, ...]]):
    """Word lists that remember what was read of them, since hundreds of patterns name a few."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(lists)
        self.choices: dict[str, _Choice] = {}


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
    tree: _Near | _Sequence = field(repr=False, compare=False)

    @property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled when first used: most bills need few of the hundreds."""
        return _regex(self.expression)

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
        program.starts = _either(heads) if heads else None
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
    if isinstance(tree, _Sequence) and not tree.items:
        raise NotationError("the pattern is empty")
    if (gaps := _gaps(tree)) > MAX_GAPS:
        raise NotationError(f"{gaps} gaps in one pattern; at most {MAX_GAPS} keep it fast")
    if tree.may_be_empty():
        raise NotationError("nothing in the pattern must stand: every part is in []")
    exact: list[str] = []
    expression = tree.regex(exact)
    return Compiled(
        source,
        expression,
        tuple(exact),
        _clauses(tree),
        _rarest(tree.certain()),
        tree.ways(),
        tree,
    )


@cache
def _regex(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _either(expressions: frozenset[str]) -> re.Pattern[str]:
    return _regex("|".join(sorted(expressions)))


def forms(verb: str) -> frozenset[str]:
    """The regular forms of an English verb, and some that do no harm ("addding" stands nowhere)."""
    found = {verb, verb + "s", verb + "es", verb + "ed", verb + "ing"}
    if verb.endswith("e"):
        found |= {verb + "d", verb[:-1] + "ing"}
    elif verb.endswith("y"):
        found |= {verb[:-1] + "ies", verb[:-1] + "ied"}
    elif verb[-1] not in "aiou":
        found |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    exact: bool = False

    def regex(self, exact: list[str]) -> str:
        if self.exact:
            exact.append(self.text)
            return f"({self._exactly()})"
        if self.text.endswith("+"):
            before, hyphen, verb = self.text[:-1].rpartition("-")
            lead = "".join(_character(c) for c in before + hyphen)
            choices = "|".join(sorted(forms(verb), reverse=True))
            return _bounded(f"{lead}(?:{choices})") if lead else _choice(choices)
        stem = self.text.rstrip("*,")
        body = "".join(_character(c) for c in stem)
        if self.text.endswith("*"):
            body += r"\w*"
        elif stem.endswith("y"):
            body = f"{body[:-1]}(?:ies|y{_ENDING})"
        elif stem[-1].isalpha():
            body += _ENDING
        return _bounded(body)

    def _exactly(self) -> str:
        return _bounded("[ -]".join(map(re.escape, re.split("[ -]", self.text.lower()))))

    def ends(self) -> tuple[str, ...]:
        """An expression for each way the word can end, in the order in which `regex` tries them."""
        if self.exact:
            return (self._exactly(),)
        if self.text.endswith(("+", "*")):
            return (self.regex([]),)
        stem = self.text.rstrip(",")
        body = "".join(_character(c) for c in stem[:-1])
        if stem.endswith("y"):
            tails = ["ies", *(f"y{ending}" for ending in _ENDINGS)]
        elif stem[-1].isalpha():
            tails = [_character(stem[-1]) + ending for ending in _ENDINGS]
        elif stem.endswith("^"):
            tails = [f"[ ^*]{{{times}}}" for times in (3, 2, 1, 0)]
        elif stem.endswith("-"):
            tails = ["[ -]", ""]
        else:
            tails = [_character(stem[-1])]
        return tuple(_bounded(body + tail) for tail in tails)

    def ways(self) -> int:
        """How many ways a text can match from one place, at most."""
        # Before a sign every stretch of blanks can be cut in several places.
        signs = 1 if self.text[0].isalnum() else _WIDEST
        return signs * (4 if self.text.endswith("^") else 2 if self.text.endswith("-") else 1)

    def ambiguous(self) -> bool:
        """Whether "model's" can be read as one word or as two."""
        return not self.exact and self.text.rstrip(",")[-1].isalpha()

    def heads(self) -> frozenset[str]:
        """Expressions of the words of which a match begins with one."""
        return frozenset({self._exactly() if self.exact else self.regex([])})

    def initials(self) -> frozenset[str]:
        """The characters of which a match begins with one."""
        # The plural of "y" begins otherwise.
        stem = self.text.rstrip("*+,")
        return frozenset({stem[0].lower()[0] if len(stem) > 1 else _ANY})

    def steps(self, program: Program, then: int) -> int:
        """The number of the first of the steps that match this and go on with step `then`."""
        (any_end,) = self.heads()
        ends = tuple(map(_regex, self.ends()))
        return program.add(Read(_regex(any_end), ends, then, self.text if self.exact else ""))

    def certain(self) -> Option:
        text = self.text.lower()
        parts = re.findall(r"\w+", text)
        if "^" in text or "," in text:
            return ()  # the parts may be printed as one
        if self.exact:
            return tuple(frozenset({part}) for part in parts)
        if text.endswith("+"):
            last = forms(parts[-1])
        elif text.endswith("*"):
            last = frozenset({parts[-1][:STEM] + "*"})
        else:
            last = frozenset({parts[-1], parts[-1] + "s", parts[-1] + "es", parts[-1][:-1] + "ies"})
        if "-" in text:
            # "open-source" may be printed as one word, so only the first letters are certain.
            return (frozenset({parts[0], text.replace("-", "")[:STEM] + "*"}),)
        return (*(frozenset({part}) for part in parts[:-1]), last)


def _bounded(body: str) -> str:
    """`body` as whole words.

    The check at the start stands after the first letter, because an expression that begins with a
    letter lets `re` skip to where that letter stands: nine times as fast on a megabyte of bills.
    """
    if body[0].isalnum():
        # "734.13" is no part of "$83,734.13".
        whole = rf"(?<!\d[,.]{body[0]})" if body[0].isdigit() else ""
        return rf"{body[0]}(?<=\b{body[0]}){whole}{body[1:]}(?!\w)"
    return rf"(?<!\w){body}(?!\w)"


def _choice(choices: str) -> str:
    first = choices[0]
    inner = "|".join(choice[1:] for choice in choices.split("|"))
    return rf"{first}(?<=\b{first})(?:{inner})\b"


@dataclass(frozen=True, slots=True)
class _Gap:
    words: int


@dataclass(frozen=True)
class _Choice:
    """Options of which one stands; a word list is one choice in all the patterns that name it."""

    options: tuple[_Sequence, ...]
    optional: bool = False

    def regex(self, exact: list[str]) -> str:
        written, words = self._written
        exact.extend(words)
        return written

    @cached_property
    def _written(self) -> tuple[str, tuple[str, ...]]:
        exact: list[str] = []
        return "(?:" + "|".join(option.regex(exact) for option in self._order) + ")", tuple(exact)

    @cached_property
    def _order(self) -> list[_Sequence]:
        # Exact options last: the same word in any capitals must not lose to one whose capitals
        # fail.
        return sorted(self.options, key=_Sequence.has_exact)

    def steps(self, program: Program, then: int) -> int:
        """The number of the first of the steps that match one option and go on with `then`."""
        heads = self.heads()
        steps = tuple(option.steps(program, then) for option in self._order)
        return program.add(Fork(_either(heads) if heads else None, steps))

    def ways(self) -> int:
        """How many ways a text can match from one place, at most."""
        return self._ways

    @cached_property
    def _ways(self) -> int:
        # Options that begin with different letters cannot both match at one place.
        by_initial: dict[str, int] = defaultdict(int)
        for option in self.options:
            ways = option.ways()
            for initial in option.initials():
                by_initial[initial] += ways
        anywhere = by_initial.pop(_ANY, 0)
        return max(by_initial.values(), default=0) + anywhere + self.optional

    def heads(self) -> frozenset[str] | None:
        """Expressions of the words of which a match begins with one; None if that is open."""
        return self._heads

    @cached_property
    def _heads(self) -> frozenset[str] | None:
        heads = [option.heads() for option in self.options]
        return frozenset().union(*filter(None, heads)) if all(heads) else None

    def initials(self) -> frozenset[str]:
        """The characters of which a match begins with one."""
        return frozenset().union(*(option.initials() for option in self.options))

    def may_be_empty(self) -> bool:
        """Whether no word of it need stand."""
        return self.optional or any(option.may_be_empty() for option in self.options)

    def certain(self) -> Option:
        return self._certain

    @cached_property
    def _certain(self) -> Option:
        if self.optional:
            return ()
        best = [_rarest(option.certain()) for option in self.options]
        return (frozenset().union(*best),) if all(best) else ()

    @cached_property
    def has_exact(self) -> bool:
        """Whether a word's capitals matter anywhere in it."""
        return any(option.has_exact() for option in self.options)


@dataclass(frozen=True, slots=True)
class _Sequence:
    items: tuple[_Word | _Gap | _Choice, ...]

    def has_exact(self) -> bool:
        """Whether a word's capitals matter anywhere in it."""
        return any(
            item.exact if isinstance(item, _Word) else isinstance(item, _Choice) and item.has_exact
            for item in self.items
        )

    def may_be_empty(self) -> bool:
        """Whether no word of it need stand."""
        return all(isinstance(item, _Choice) and item.may_be_empty() for item in self.items)

    def ways(self) -> int:
        """How many ways a text can match from one place, at most."""
        total = 1
        for number, item in enumerate(self.items):
            total *= item.words + 1 if isinstance(item, _Gap) else item.ways()
            if isinstance(item, _Word) and item.ambiguous():
                behind = _Sequence(self.items[number + 1 :]).initials()
                total *= 1 + ("s" in behind or _ANY in behind)
        return total

    def heads(self) -> frozenset[str] | None:
        """Expressions of the words of which a match begins with one; None if that is open."""
        found: frozenset[str] = frozenset()
        for item in self.items:
            if isinstance(item, _Gap) or (heads := item.heads()) is None:
                return None
            found |= heads
            if isinstance(item, _Word) or not item.may_be_empty():
                return found
        return None

    def initials(self) -> frozenset[str]:
        """The characters of which a match begins with one."""
        found: frozenset[str] = frozenset()
        for item in self.items:
            if isinstance(item, _Gap):
                break
            found |= item.initials()
            if isinstance(item, _Word) or not item.may_be_empty():
                return found
        return found | {_ANY}

    def steps(self, program: Program, then: int) -> int:
        """The number of the first of the steps that match this and go on with step `then`."""
        between = _regex(_BETWEEN)
        joins = self._joins()
        for number, item in reversed(list(enumerate(self.items))):
            joined, behind = joins[number], then
            if isinstance(item, _Gap):
                then = program.add(_gap(item.words, _Sequence(self.items[number + 1 :]), behind))
                continue
            if isinstance(item, _Choice) and item.optional and joined:
                then = item.steps(program, program.add(Between(between, behind)))
            else:
                then = item.steps(program, behind)
                if not joined:
                    then = program.add(Between(between, then))
            if isinstance(item, _Choice) and item.optional:
                then = program.add(Fork(None, (then, behind)))
        return then

    def _joins(self) -> list[bool]:
        """Of each item whether nothing stands between it and what is before it."""
        joins: list[bool] = []
        joined = True
        for item in self.items:
            joins.append(joined)
            if isinstance(item, _Gap):
                joined = True
            elif isinstance(item, _Word) or not item.optional:
                joined = False
        return joins

    def regex(self, exact: list[str]) -> str:
        parts: list[str] = []
        joined = True
        for item in self.items:
            if isinstance(item, _Gap):
                parts.append(_GAP.format(n=item.words))
                joined = True
                continue
            body = item.regex(exact)
            if isinstance(item, _Choice) and item.optional:
                # After a gap or at the start the separator follows the optional words.
                parts.append(f"(?:{body}{_BETWEEN})?" if joined else f"(?:{_BETWEEN}{body})?")
                continue
            parts.append(body if joined else _BETWEEN + body)
            joined = False
        return "".join(parts)

    def certain(self) -> Option:
        items = [item for item in self.items if not isinstance(item, _Gap)]
        return tuple(words for item in items for words in item.certain())


@dataclass(frozen=True, slots=True)
class _Near:
    left: _Sequence
    right: _Sequence
    words: int

    def regex(self, exact: list[str]) -> str:
        gap = _GAP.format(n=self.words)
        one = self.left.regex(exact) + gap + self.right.regex(exact)
        other = self.right.regex(exact) + gap + self.left.regex(exact)
        return f"(?:{one}|{other})"

    def may_be_empty(self) -> bool:
        """Whether no word of it need stand."""
        return self.left.may_be_empty() and self.right.may_be_empty()

    def ways(self) -> int:
        """How many ways a text can match from one place, at most."""
        return 2 * self.left.ways() * (self.words + 1) * self.right.ways()

    def heads(self) -> frozenset[str] | None:
        """Expressions of the words of which a match begins with one; None if that is open."""
        left, right = self.left.heads(), self.right.heads()
        return left | right if left and right else None

    def steps(self, program: Program, then: int) -> int:
        """The number of the first of the steps that match this and go on with step `then`."""
        orders = ((self.left, self.right), (self.right, self.left))
        starts = []
        for one, other in orders:
            gap = _gap(self.words, other, other.steps(program, then))
            starts.append(one.steps(program, program.add(gap)))
        return program.add(Fork(None, tuple(starts)))

    def certain(self) -> Option:
        return self.left.certain() + self.right.certain()


def _gap(words: int, behind: _Sequence, then: int) -> Gap:
    heads = behind.heads()
    ahead = heads and _regex(f"{_GAP.format(n=words)}(?:{'|'.join(sorted(heads))})")
    return Gap(words, then, ahead or None)


def _met(clause: Clause, words: frozenset[str]) -> bool:
    for option in clause:
        for one in option:
            if words.isdisjoint(one):
                break
        else:
            return True
    return False


def _likelihood(clause: Clause) -> int:
    """How many of a thousand texts meet a clause, at most; the strictest is asked first."""
    return sum(min(map(commonness, option)) for option in clause)


def _clauses(tree: _Near | _Sequence) -> tuple[Clause, ...]:
    """What a match needs, clause by clause; the choices of the pattern itself option by option."""
    if isinstance(tree, _Near):
        return _clauses(tree.left) + _clauses(tree.right)
    found: list[Clause] = []
    for item in tree.items:
        if isinstance(item, _Word):
            found.extend(((words,),) for words in item.certain())
        elif isinstance(item, _Choice) and not item.optional:
            options = [option.certain() for option in item.options]
            if all(options):
                single = frozenset().union(*(o[0] for o in options if len(o) == 1))
                several = tuple(o for o in options if len(o) > 1)
                found.append((((single,),) if single else ()) + several)
    return tuple(sorted(found, key=_likelihood))


def _rarest(option: Option) -> Words:
    """Of sets of words of which every match has one each, that which fewest texts will meet."""
    return min(option, key=commonness, default=frozenset())


def _character(char: str) -> str:
    if char == "-":
        return "[ -]?"
    if char == "^":
        # 10^26, 10**26, "10 26" and "1026": superscripts get lost in mirrors (PITFALLS 8).
        return r"[ ^*]{0,3}"
    if char == ",":
        return ",?"
    if char == ".":
        return r"[.\x1e]"
    return re.escape(char.lower())


def _gaps(tree: _Near | _Sequence) -> int:
    if isinstance(tree, _Near):
        return 1 + _gaps(tree.left) + _gaps(tree.right)
    total = 0
    for item in tree.items:
        if isinstance(item, _Gap):
            total += 1
        elif isinstance(item, _Choice):
            total += max((_gaps(option) for option in item.options), default=0)
    return total


def _parse(
    source: str, lists: Mapping[str, tuple[str, ...]], seen: tuple[str, ...]
) -> _Near | _Sequence:
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
    return _Near(left, right, _size(near.strip("~")))


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

    def sequence(self) -> _Sequence:
        """Words, choices and gaps up to a mark that ends them."""
        items: list[_Word | _Gap | _Choice] = []
        while (item := self.item()) is not None:
            items.append(item)
        if items and (isinstance(items[0], _Gap) or isinstance(items[-1], _Gap)):
            raise NotationError("a gap must stand between words")
        if any(isinstance(a, _Gap) and isinstance(b, _Gap) for a, b in pairwise(items)):
            raise NotationError("two gaps in a row")
        return _Sequence(tuple(items))

    def item(self) -> _Word | _Gap | _Choice | None:
        """One word, choice or gap, None if the next token is neither."""
        if (word := self.take("word")) is not None:
            return self.word(word)
        if (exact := self.take("exact")) is not None:
            return _Word(exact.strip('"'), exact=True)
        if (gap := self.take("gap")) is not None:
            return _Gap({"..": _SHORT_GAP, "...": _LONG_GAP}.get(gap) or _size(gap.strip("<>")))
        if (name := self.take("list")) is not None:
            return self.named(name)
        for opening, closing in (("(", ")"), ("[", "]")):
            if self.take("mark", opening) is not None:
                return self.choice(closing)
        return None

    @staticmethod
    def word(text: str) -> _Word:
        """A plain word, a stem or a verb."""
        if text.endswith("+") and not text[:-1].replace("-", "").isalpha():
            raise NotationError(f"`{text}`: only a verb of letters has forms")
        if re.search(r"\w", text) is None:
            raise NotationError(f"`{text}` holds no letter or digit")
        if re.search(r"[-,^]{2}", text):
            raise NotationError(f"`{text}`: two signs in a row that need not be printed")
        if text.endswith("*") and re.search(rf"\w{{{STEM}}}\*$", text) is None:
            raise NotationError(f"`{text}` is too short before its star; {STEM} letters at least")
        return _Word(text)

    def choice(self, closing: str) -> _Choice:
        """The options up to `closing`."""
        options = [self.sequence()]
        while self.take("mark", "|") is not None:
            options.append(self.sequence())
        if self.take("mark", closing) is None:
            raise NotationError(f"`{closing}` is missing")
        if not all(option.items for option in options):
            raise NotationError("an empty choice")
        return _Choice(tuple(options), optional=closing == "]")

    def named(self, name: str) -> _Choice:
        """The word list `name` as a choice."""
        if name in self.seen:
            raise NotationError(f"the word list @{name} contains itself")
        if name not in self.lists:
            raise NotationError(f"there is no word list @{name}")
        known = self.lists.choices if isinstance(self.lists, WordLists) else {}
        if name in known:
            return known[name]
        options: list[_Sequence] = []
        for entry in self.lists[name]:
            tree = _parse(entry, self.lists, (*self.seen, name))
            if isinstance(tree, _Near):
                raise NotationError(f"`~n~` cannot stand in a word list (@{name})")
            options.append(tree)
        known[name] = _Choice(tuple(options))
        return known[name]
