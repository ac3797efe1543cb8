"""The word notation of rule packs: what an analyst writes, turned into a bounded regular expression.

    (host | serve | make available) ... @model          up to 8 words between
    distil* ~6~ (model | output)                          within 6 words, either order
    "Entity List"                                         exactly these capitals

A pattern has no unbounded repetition and at most `MAX_GAPS` gaps, so no text can make it run away; a
general regular expression offers neither, and nobody but a programmer can read one.  From the same
tree come the words that every match must contain: a provision without them runs no expression at all.

| written | matches |
| --- | --- |
| `word` | the word, any case, also with a plural or possessive ending |
| `word*` | any word that begins so (four letters or more) |
| `word+` | the verb in its regular forms: `release+` is release, releases, released, releasing |
| `"Word Word"` | exactly so, capitals and all |
| `a-b` | `a b`, `a-b`, `ab` |
| `(a \\| b c)` | one of them |
| `[a \\| b]` | one of them or nothing |
| `..`  `...`  `<n>` | up to 3, 8, n words between, inside one sentence |
| `~n~` | the two sides within n words of each other, in either order |
| `@name` | a word list of `words.yaml` |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_GAP = 40
MAX_GAPS = 4
STEM = 4  # letters of a word that stand for it in the index of words

_ENDING = "(?:'s|es|s'|s)?"
_BETWEEN = r"[^\w;:.]{1,3}"
# Words and what stands between them are disjoint classes, so a gap can be read in one way only.  A full
# stop before a capital ends the sentence and the gap.
_GAP = r"(?:(?!\.[\"')\]]{{0,2}} (?-i:[A-Z]))\W{{1,6}}\w+){{0,{n}}}?(?!\.[\"')\]]{{0,2}} (?-i:[A-Z]))\W{{1,6}}"

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


class NotationError(ValueError):
    """A pattern that cannot be read; the message says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern ready to run: `needs` are sets of words of which each must have one in the text.

    A word stands in `needs` in lower case, a stem (`word*`) as its first four letters and a star.
    """

    source: str
    regex: re.Pattern[str]
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    exact: bool = False

    def regex(self) -> str:
        if self.exact:
            body = r"[\s-]+".join(re.escape(part) for part in self.text.split())
            return rf"(?<!\w)(?-i:{body})(?!\w)"
        if self.text.endswith("+"):
            return rf"(?<!\w)(?:{'|'.join(sorted(forms(self.text[:-1]), reverse=True))})(?!\w)"
        stem, star = self.text.rstrip("*,"), self.text.endswith("*")
        body = "".join(_character(c) for c in stem)
        if star:
            body += r"\w*"
        elif stem.endswith("y"):
            body = f"{body[:-1]}(?:ies|y{_ENDING})"
        elif stem[-1].isalpha():
            body += _ENDING
        return rf"(?<!\w){body}(?!\w)"

    def needs(self) -> tuple[frozenset[str], ...]:
        if "^" in self.text:
            return ()
        if self.text.endswith("+"):
            return (forms(self.text[:-1].lower()),)
        parts = re.findall(r"\w+", self.text.lower())
        if self.text.endswith("*"):
            last = frozenset({parts[-1][:STEM] + "*"}) if len(parts[-1]) >= STEM else frozenset()
        elif self.exact:
            last = frozenset({parts[-1]})
        else:
            last = frozenset({parts[-1], parts[-1] + "s", parts[-1] + "es", parts[-1][:-1] + "ies"})
        if "-" in self.text and not self.exact:
            # "open-source" may be printed as one word, so neither half is certain.
            joined = "".join(parts)
            return (frozenset({parts[0], joined, joined + "s"}),)
        return tuple(frozenset({part}) for part in parts[:-1]) + ((last,) if last else ())


@dataclass(frozen=True, slots=True)
class _Gap:
    words: int


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple[_Sequence, ...]
    optional: bool = False

    def regex(self) -> str:
        return "(?:" + "|".join(option.regex() for option in self.options) + ")"

    def needs(self) -> tuple[frozenset[str], ...]:
        if self.optional:
            return ()
        best = [min(option.needs(), key=_commonness, default=frozenset()) for option in self.options]
        return (frozenset().union(*best),) if all(best) else ()


@dataclass(frozen=True, slots=True)
class _Sequence:
    items: tuple[_Word | _Gap | _Choice, ...]

    def regex(self) -> str:
        parts: list[str] = []
        joined = True
        for item in self.items:
            if isinstance(item, _Gap):
                parts.append(_GAP.format(n=item.words))
                joined = True
                continue
            between = "" if joined else _BETWEEN
            optional = isinstance(item, _Choice) and item.optional
            if optional and joined:
                # After a gap or at the start the separator follows the optional words.
                parts.append(f"(?:{item.regex()}{_BETWEEN})?")
                continue
            parts.append(f"(?:{between}{item.regex()})?" if optional else between + item.regex())
            joined = False
        return "".join(parts)

    def needs(self) -> tuple[frozenset[str], ...]:
        return tuple(n for item in self.items if not isinstance(item, _Gap) for n in item.needs())


@dataclass(frozen=True, slots=True)
class _Near:
    left: _Sequence
    right: _Sequence
    words: int

    def regex(self) -> str:
        left, right, gap = self.left.regex(), self.right.regex(), _GAP.format(n=self.words)
        return f"(?:{left}{gap}{right}|{right}{gap}{left})"

    def needs(self) -> tuple[frozenset[str], ...]:
        return self.left.needs() + self.right.needs()


def compile_pattern(source: str, lists: Mapping[str, tuple[str, ...]]) -> Compiled:
    """The pattern `source` ready to run; `lists` are the word lists that `@name` may name.

    Raises `NotationError` with what is wrong and where in `source`.
    """
    tree = _parse(source, lists, ())
    if isinstance(tree, _Sequence) and not tree.items:
        raise NotationError("the pattern is empty")
    if (gaps := _gaps(tree)) > MAX_GAPS:
        raise NotationError(f"{gaps} gaps in one pattern; at most {MAX_GAPS} keep it fast")
    return Compiled(source, re.compile(tree.regex(), re.IGNORECASE), tree.needs())


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


def words_of(folded: str) -> set[str]:
    """The words and stems of a folded text, for comparison with `Compiled.needs`."""
    words = set(re.findall(r"\w+", folded.lower()))
    words.update([word[:STEM] + "*" for word in words if len(word) >= STEM])
    return words


# Words that stand in most provisions of most bills and so tell nothing about one
# (the commonest of the corpus's bills, counted over their text).
_COMMON = frozenset(
    """a act after agency and any are as be by date for from general in including is it means may more
    not of on or other person section secretary shall such term that the this to under united states
    use used using with which who whether
    """.split()
)


def _commonness(needs: frozenset[str]) -> tuple[int, int]:
    return sum(word in _COMMON for word in needs), len(needs)


def rarest(needs: tuple[frozenset[str], ...]) -> frozenset[str]:
    """Of the sets of needed words the one that fewest texts will meet; empty if nothing is needed."""
    return min(needs, key=_commonness, default=frozenset())


def _character(char: str) -> str:
    if char == "-":
        return "[ -]?"
    if char == "^":
        # 10^26, 10**26, "10 26" and "1026": superscripts get lost in mirrors (PITFALLS 8).
        return r"[ ^*]{0,3}"
    if char == ",":
        return ",?"
    return re.escape(char)


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


def _parse(source: str, lists: Mapping[str, tuple[str, ...]], seen: tuple[str, ...]) -> _Near | _Sequence:
    parser = _Parser(source, lists, seen)
    left = parser.sequence()
    near = parser.take("near")
    if near is None:
        parser.end()
        return left
    words = _size(near.strip("~"))
    right = parser.sequence()
    parser.end()
    if not left.items or not right.items:
        raise NotationError(f"`{near}` needs words on both sides")
    return _Near(left, right, words)


def _size(digits: str) -> int:
    size = int(digits)
    if not 0 < size <= MAX_GAP:
        raise NotationError(f"a gap of {size} words; 1 to {MAX_GAP} are allowed")
    return size


class _Parser:
    """Recursive descent over the tokens of one pattern."""

    def __init__(self, source: str, lists: Mapping[str, tuple[str, ...]], seen: tuple[str, ...]) -> None:
        self.source, self.lists, self.seen = source, lists, seen
        self.tokens: list[tuple[str, str, int]] = []
        position = 0
        while source[position:].strip():
            match = _TOKEN.match(source, position)
            if match is None or match.lastgroup is None:
                raise NotationError(f"cannot read `{source[position:].strip()[:20]}` at {position}")
            self.tokens.append((match.lastgroup, match.group(match.lastgroup), match.start()))
            position = match.end()
        self.at = 0

    def take(self, kind: str, value: str | None = None) -> str | None:
        if self.at < len(self.tokens):
            found, text, _ = self.tokens[self.at]
            if found == kind and value in (None, text):
                self.at += 1
                return text
        return None

    def end(self) -> None:
        if self.at < len(self.tokens):
            _, text, position = self.tokens[self.at]
            raise NotationError(f"unexpected `{text}` at {position}")

    def sequence(self) -> _Sequence:
        items: list[_Word | _Gap | _Choice] = []
        while (item := self.item()) is not None:
            items.append(item)
        if items and (isinstance(items[0], _Gap) or isinstance(items[-1], _Gap)):
            raise NotationError("a gap must stand between words")
        if any(isinstance(a, _Gap) and isinstance(b, _Gap) for a, b in zip(items, items[1:], strict=False)):
            raise NotationError("two gaps in a row")
        return _Sequence(tuple(items))

    def item(self) -> _Word | _Gap | _Choice | None:
        if (word := self.take("word")) is not None:
            if word.endswith("+") and not word[:-1].isalpha():
                raise NotationError(f"`{word}`: only a verb of letters has forms")
            if word.endswith("*") and len(re.findall(r"\w+", word)[-1]) < STEM:
                raise NotationError(f"`{word}` is too short before its star; {STEM} letters at least")
            return _Word(word)
        if (exact := self.take("exact")) is not None:
            return _Word(exact.strip('"'), exact=True)
        if (gap := self.take("gap")) is not None:
            return _Gap({"..": 3, "...": 8}.get(gap) or _size(gap.strip("<>")))
        if (name := self.take("list")) is not None:
            return self.named(name)
        for opening, closing in (("(", ")"), ("[", "]")):
            if self.take("mark", opening) is not None:
                return self.choice(closing)
        return None

    def choice(self, closing: str) -> _Choice:
        options = [self.sequence()]
        while self.take("mark", "|") is not None:
            options.append(self.sequence())
        if self.take("mark", closing) is None:
            raise NotationError(f"`{closing}` is missing")
        if not all(option.items for option in options):
            raise NotationError("an empty choice")
        return _Choice(tuple(options), optional=closing == "]")

    def named(self, name: str) -> _Choice:
        if name in self.seen:
            raise NotationError(f"the word list @{name} contains itself")
        if name not in self.lists:
            raise NotationError(f"there is no word list @{name}")
        options: list[_Sequence] = []
        for entry in self.lists[name]:
            tree = _parse(entry, self.lists, (*self.seen, name))
            if isinstance(tree, _Near):
                raise NotationError(f"`~n~` cannot stand in a word list (@{name})")
            options.append(tree)
        return _Choice(tuple(options))
