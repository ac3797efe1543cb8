"""The tree of a pattern: its words, gaps and choices, and what each is made into.

expression    what `re` looks for, bounded
steps         what a walk takes where an expression could run away
certain       words without one of which no text matches
ways          how many ways a text can match from one place, at most
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeAlias

from legannot.tag import walk
from legannot.tag.folding import STEM
from legannot.tag.frequency import commonness

_ENDINGS = ("'s", "es", "s'", "s", "")
_ENDING = "(?:'s|es|s'|s)?"
# Words and what stands between them are disjoint classes, so a gap can be read in one way only; the
# record separator is the end of a sentence (folding.STOP).
_BETWEEN = r"[^\w;:.\x1e]{1,3}"

_WIDEST = 6  # characters that may separate two words
_ANY = ""  # instead of the first character of a match: it is open

# Words of which a match has one; sets of words of which it has one each; such options of which
# one holds.
Words: TypeAlias = "frozenset[str]"
Option: TypeAlias = "tuple[Words, ...]"
Clause: TypeAlias = "tuple[Option, ...]"
Pattern: TypeAlias = "Near | Sequence"


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """An expression ready to run; patterns share many."""
    return re.compile(expression)


def _words(most: int) -> str:
    """Up to so many words, as few as possible, with what separates them."""
    return rf"(?:{walk.SEPARATOR}\w+){{0,{most}}}?{walk.SEPARATOR}"


def either(expressions: frozenset[str]) -> re.Pattern[str]:
    """What matches where one of these does."""
    return compiled("|".join(sorted(expressions)))


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
class Word:
    """One word as it is written, with its `+` or `*`; `exact` if its capitals matter."""

    text: str
    exact: bool = False

    def regex(self, exact: list[str]) -> str:
        """The expression that matches this; the exact words that it captures go to `exact`."""
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

    def steps(self, program: walk.Program, then: int) -> int:
        """The number of the first of the steps that match this and go on with step `then`."""
        (any_end,) = self.heads()
        ends = tuple(map(compiled, self.ends()))
        return program.add(
            walk.Read(compiled(any_end), ends, then, self.text if self.exact else "")
        )

    def certain(self) -> Option:
        """Sets of words of which every match has one each."""
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
class Gap:
    """Up to so many words, as few as possible."""

    words: int


@dataclass(frozen=True)
class Choice:
    """Options of which one stands; a word list is one choice in all the patterns that name it."""

    options: tuple[Sequence, ...]
    optional: bool = False

    def regex(self, exact: list[str]) -> str:
        """The expression that matches this; the exact words that it captures go to `exact`."""
        written, words = self._written
        exact.extend(words)
        return written

    @cached_property
    def _written(self) -> tuple[str, tuple[str, ...]]:
        exact: list[str] = []
        return "(?:" + "|".join(option.regex(exact) for option in self._order) + ")", tuple(exact)

    @cached_property
    def _order(self) -> list[Sequence]:
        # Exact options last: the same word in any capitals must not lose to one whose capitals
        # fail.
        return sorted(self.options, key=Sequence.has_exact)

    def steps(self, program: walk.Program, then: int) -> int:
        """The number of the first of the steps that match one option and go on with `then`."""
        heads = self.heads()
        steps = tuple(option.steps(program, then) for option in self._order)
        return program.add(walk.Fork(either(heads) if heads else None, steps))

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
        """Sets of words of which every match has one each."""
        return self._certain

    @cached_property
    def _certain(self) -> Option:
        if self.optional:
            return ()
        best = [rarest(option.certain()) for option in self.options]
        return (frozenset().union(*best),) if all(best) else ()

    @cached_property
    def has_exact(self) -> bool:
        """Whether a word's capitals matter anywhere in it."""
        return any(option.has_exact() for option in self.options)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Words, choices and gaps that follow each other."""

    items: tuple[Word | Gap | Choice, ...]

    def has_exact(self) -> bool:
        """Whether a word's capitals matter anywhere in it."""
        return any(
            item.exact if isinstance(item, Word) else isinstance(item, Choice) and item.has_exact
            for item in self.items
        )

    def may_be_empty(self) -> bool:
        """Whether no word of it need stand."""
        return all(isinstance(item, Choice) and item.may_be_empty() for item in self.items)

    def ways(self) -> int:
        """How many ways a text can match from one place, at most."""
        total = 1
        for number, item in enumerate(self.items):
            total *= item.words + 1 if isinstance(item, Gap) else item.ways()
            if isinstance(item, Word) and item.ambiguous():
                behind = Sequence(self.items[number + 1 :]).initials()
                total *= 1 + ("s" in behind or _ANY in behind)
        return total

    def heads(self) -> frozenset[str] | None:
        """Expressions of the words of which a match begins with one; None if that is open."""
        found: frozenset[str] = frozenset()
        for item in self.items:
            if isinstance(item, Gap) or (heads := item.heads()) is None:
                return None
            found |= heads
            if isinstance(item, Word) or not item.may_be_empty():
                return found
        return None

    def initials(self) -> frozenset[str]:
        """The characters of which a match begins with one."""
        found: frozenset[str] = frozenset()
        for item in self.items:
            if isinstance(item, Gap):
                break
            found |= item.initials()
            if isinstance(item, Word) or not item.may_be_empty():
                return found
        return found | {_ANY}

    def steps(self, program: walk.Program, then: int) -> int:
        """The number of the first of the steps that match this and go on with step `then`."""
        between = compiled(_BETWEEN)
        joins = self._joins()
        for number, item in reversed(list(enumerate(self.items))):
            joined, behind = joins[number], then
            if isinstance(item, Gap):
                then = program.add(_gap(item.words, Sequence(self.items[number + 1 :]), behind))
                continue
            if isinstance(item, Choice) and item.optional and joined:
                then = item.steps(program, program.add(walk.Between(between, behind)))
            else:
                then = item.steps(program, behind)
                if not joined:
                    then = program.add(walk.Between(between, then))
            if isinstance(item, Choice) and item.optional:
                then = program.add(walk.Fork(None, (then, behind)))
        return then

    def _joins(self) -> list[bool]:
        """Of each item whether nothing stands between it and what is before it."""
        joins: list[bool] = []
        joined = True
        for item in self.items:
            joins.append(joined)
            if isinstance(item, Gap):
                joined = True
            elif isinstance(item, Word) or not item.optional:
                joined = False
        return joins

    def regex(self, exact: list[str]) -> str:
        """The expression that matches this; the exact words that it captures go to `exact`."""
        parts: list[str] = []
        joined = True
        for item in self.items:
            if isinstance(item, Gap):
                parts.append(_words(item.words))
                joined = True
                continue
            body = item.regex(exact)
            if isinstance(item, Choice) and item.optional:
                # After a gap or at the start the separator follows the optional words.
                parts.append(f"(?:{body}{_BETWEEN})?" if joined else f"(?:{_BETWEEN}{body})?")
                continue
            parts.append(body if joined else _BETWEEN + body)
            joined = False
        return "".join(parts)

    def certain(self) -> Option:
        """Sets of words of which every match has one each."""
        items = [item for item in self.items if not isinstance(item, Gap)]
        return tuple(words for item in items for words in item.certain())


@dataclass(frozen=True, slots=True)
class Near:
    """Two sequences within so many words of each other, in either order."""

    left: Sequence
    right: Sequence
    words: int

    def regex(self, exact: list[str]) -> str:
        """The expression that matches this; the exact words that it captures go to `exact`."""
        gap = _words(self.words)
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

    def steps(self, program: walk.Program, then: int) -> int:
        """The number of the first of the steps that match this and go on with step `then`."""
        orders = ((self.left, self.right), (self.right, self.left))
        starts = []
        for one, other in orders:
            gap = _gap(self.words, other, other.steps(program, then))
            starts.append(one.steps(program, program.add(gap)))
        return program.add(walk.Fork(None, tuple(starts)))

    def certain(self) -> Option:
        """Sets of words of which every match has one each."""
        return self.left.certain() + self.right.certain()


def _gap(words: int, behind: Sequence, then: int) -> walk.Gap:
    heads = behind.heads()
    ahead = heads and compiled(f"{_words(words)}(?:{'|'.join(sorted(heads))})")
    return walk.Gap(words, then, ahead or None)


def _likelihood(clause: Clause) -> int:
    """How many of a thousand texts meet a clause, at most; the strictest is asked first."""
    return sum(min(map(commonness, option)) for option in clause)


def needed(tree: Pattern) -> tuple[Clause, ...]:
    """What a match needs, clause by clause; the choices of the pattern itself option by option."""
    if isinstance(tree, Near):
        return needed(tree.left) + needed(tree.right)
    found: list[Clause] = []
    for item in tree.items:
        if isinstance(item, Word):
            found.extend(((words,),) for words in item.certain())
        elif isinstance(item, Choice) and not item.optional:
            options = [option.certain() for option in item.options]
            if all(options):
                single = frozenset().union(*(o[0] for o in options if len(o) == 1))
                several = tuple(o for o in options if len(o) > 1)
                found.append((((single,),) if single else ()) + several)
    return tuple(sorted(found, key=_likelihood))


def gaps(tree: Pattern) -> int:
    """How many gaps a text can meet on its longest way through a pattern."""
    if isinstance(tree, Near):
        return 1 + gaps(tree.left) + gaps(tree.right)
    total = 0
    for item in tree.items:
        if isinstance(item, Gap):
            total += 1
        elif isinstance(item, Choice):
            total += max((gaps(option) for option in item.options), default=0)
    return total


def rarest(option: Option) -> Words:
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
