"""Rules against a provision: which match, and on which words.

    text -> words -> rules whose needed words all occur -> their expressions -> context conditions

Most provisions hold none of the words that any rule needs and so run no expression.  Fixed
phrases go through spaCy's PhraseMatcher, one pass for all of them; patterns of the word notation
are expressions found through their rarest word.  (spaCy's token Matcher was measured at 2.4 s a
megabyte for 300 patterns, linear in their number; the index keeps the cost of a pattern near zero
where it cannot match.)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from legannot.model import Unit
from legannot.tag.folding import Folded, fold, folded
from legannot.tag.notation import Compiled
from legannot.tag.packs import Packs, Rule
from legannot.tag.quotations import STRUCK, Stretch, context_at

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

Field = Literal["text", "heading"]
Range = tuple[int, int]


class View:
    """What the rules see of a provision.

    `body` is lead-in and own text in one, the own text from `own` on; `headings` are those above
    the provision and its own.  Conditions look at both, evidence lies in the own text or the own
    heading.  `stretches` are the words that an instruction quotes.
    """

    def __init__(self, unit: Unit, stretches: Sequence[Stretch] = ()) -> None:
        lead = f"{unit.chapeau} " if unit.chapeau else ""
        self.unit = unit
        self.own = len(lead)
        self.body = Folded(lead + unit.text)
        self.heading = folded(unit.heading)
        self.stretches = stretches

    @cached_property
    def parts(self) -> tuple[tuple[int, Folded], ...]:
        """The stretches of `body` that hold evidence each by itself, and where they begin."""
        if not self.stretches:
            return ((0, self.body),)
        edges = {self.own + at for s in self.stretches for at in (s.start, s.end)}
        cuts = sorted(edges | {0, len(self.body.plain)})
        return tuple((a, Folded(self.body.plain[a:b])) for a, b in pairwise(cuts))

    def context(self, start: int, end: int) -> str | None:
        """`struck` or `quoted` for a range of the own text that an instruction quotes."""
        return context_at(self.stretches, start, end)

    def broken(self, start: int, end: int) -> bool:
        """Whether a range of the own text runs over the edge of a quotation."""
        return any(
            start < s.end and s.start < end and not (s.start <= start and end <= s.end)
            for s in self.stretches
        )

    @cached_property
    def headings(self) -> Folded:
        """All headings in one text."""
        headings = dict.fromkeys((*self.unit.headings, self.unit.heading))
        return folded(" ; ".join(filter(None, headings)))

    def has(self, pattern: Compiled) -> bool:
        """Whether a pattern stands in the lead-in, the own text or a heading."""
        return pattern.found(self.body) or pattern.found(self.headings)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that holds for a provision, with ranges of its own text or of its heading.

    `lead_in` are the words of the lead-in with which the first range begins, if it begins there.
    `context` is that of the words where an instruction quotes all of them, None otherwise.
    """

    rule: Rule
    field: Field
    ranges: tuple[Range, ...]
    lead_in: str | None = None
    context: str | None = None


class Matcher:
    """Rules, compiled together."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._phrases = _PhraseIndex(self.rules)
        self._index: dict[str, list[tuple[int, Compiled]]] = defaultdict(list)
        self._always: list[tuple[int, Compiled]] = []
        self._whole = [n for n, rule in enumerate(self.rules) if rule.whole]
        for number, rule in enumerate(self.rules):
            for pattern in rule.patterns:
                for word in pattern.rare:
                    self._index[word].append((number, pattern))
                if not pattern.rare:
                    self._always.append((number, pattern))

    def matches(self, view: View) -> tuple[Match, ...]:
        """Every rule that holds, gates aside, in the order of the packs; one match a rule."""
        in_text: dict[int, list[Range]] = defaultdict(list)
        in_heading: dict[int, list[Range]] = defaultdict(list)
        if view.unit.text:
            for at, part in view.parts:
                for number, (start, end) in self._ranges(part):
                    if at + end > view.own:
                        in_text[number].append((at + start, at + end))
            for number in self._whole:
                in_text[number].append((view.own, len(view.body.plain)))
        if view.unit.heading:
            for number, span in self._ranges(view.heading):
                in_heading[number].append(span)
        return tuple(self._hold(view, in_text, in_heading))

    def _hold(
        self, view: View, in_text: dict[int, list[Range]], in_heading: dict[int, list[Range]]
    ) -> Iterator[Match]:
        for number in sorted(in_text.keys() | in_heading.keys()):
            rule = self.rules[number]
            if not _conditions_hold(rule, view):
                continue
            kept = _without_exceptions(rule, view.parts, _merged(in_text.get(number, [])))
            if kept:
                own = tuple((max(s - view.own, 0), e - view.own) for s, e in kept)
                ranges, context = _in_force(view, own)
                yield Match(rule, "text", ranges, _lead_in(view, kept[0][0]), context)
                continue
            headings = _merged(in_heading.get(number, []))
            kept = _without_exceptions(rule, ((0, view.heading),), headings)
            if kept and rule.heading:
                yield Match(rule, "heading", kept)

    def _ranges(self, text: Folded) -> Iterator[tuple[int, Range]]:
        yield from self._phrases.ranges(text)
        candidates = {
            id(pattern): (number, pattern)
            for word in text.words & self._index.keys()
            for number, pattern in self._index[word]
        }
        for number, pattern in (*candidates.values(), *self._always):
            for span in pattern.find(text):
                yield number, span


@lru_cache(maxsize=4)
def matchers(packs: Packs) -> tuple[Matcher, Matcher]:
    """The rules of `packs` that hold anywhere, and those that need a section in scope.

    Compiling takes about as long as tagging a bill, so it happens once for the packs of a run.
    """
    return (
        Matcher(rule for rule in packs.rules if rule.gate == "none"),
        Matcher(rule for rule in packs.rules if rule.gate != "none"),
    )


class _PhraseIndex:
    """Fixed phrases of all rules in spaCy's PhraseMatcher, capitals ignored or exact."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._variants: dict[str, dict[int, list[str]]] = {"LOWER": {}, "ORTH": {}}
        self._wanted: dict[str, list[frozenset[str]]] = defaultdict(list)
        for number, rule in enumerate(rules):
            for attr, phrases in (("LOWER", rule.phrases), ("ORTH", rule.exact)):
                plural = attr == "LOWER"
                variants = {v for p in phrases for v in _variants(fold(p), plural=plural)}
                for words in (re.findall(r"\w+", v.lower()) for v in variants):
                    self._wanted[words[0]].append(frozenset(words))
                self._variants[attr][number] = sorted(variants)

    def ranges(self, text: Folded) -> Iterator[tuple[int, Range]]:
        """Rule number and range of every phrase in `text`."""
        if not self._possible(text.words):
            return
        nlp, matchers = self._machinery
        doc = nlp.make_doc(text.plain)
        for matcher in matchers:
            for key, start, end in matcher(doc):
                yield int(nlp.vocab.strings[key]), (doc[start].idx, _end(doc, end))

    def _possible(self, words: frozenset[str]) -> bool:
        """Whether all words of some phrase stand in a text."""
        return any(
            words.issuperset(phrase)
            for first in words & self._wanted.keys()
            for phrase in self._wanted[first]
        )

    @cached_property
    def _machinery(self) -> tuple[Language, list[PhraseMatcher]]:
        """Made at the first text that holds the words of a phrase: spaCy is slow to import."""
        from spacy.matcher import PhraseMatcher

        nlp = _tokenizer()
        matchers = []
        for attr, phrases in self._variants.items():
            matcher = PhraseMatcher(nlp.vocab, attr=attr)
            for number, variants in phrases.items():
                if variants:
                    matcher.add(str(number), [nlp.make_doc(v) for v in variants])
            matchers.append(matcher)
        return nlp, matchers


def _tokenizer() -> Language:
    """A blank pipeline that splits at everything that is no letter or digit.

    spaCy's English rules keep "shall—" or "10^26" together in some surroundings and not in
    others; a phrase must match the same way everywhere.
    """
    import spacy
    from spacy.tokenizer import Tokenizer

    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(nlp.vocab, infix_finditer=re.compile(r"\W|_").finditer)
    return nlp


def _end(doc: Doc, end: int) -> int:
    last = doc[end - 1]
    return int(last.idx) + len(last)


def _variants(phrase: str, *, plural: bool) -> Iterator[str]:
    for one in {phrase, phrase.replace("-", " ")}:
        yield one
        if plural and one[-1].isalpha() and not one.endswith("s"):
            yield one[:-1] + "ies" if one.endswith("y") else one + "s"


def _conditions_hold(rule: Rule, view: View) -> bool:
    if rule.operators and view.unit.operator not in rule.operators:
        return False
    if view.unit.operator in rule.not_operators:
        return False
    if rule.contexts and view.unit.context not in rule.contexts:
        return False
    if not all(view.has(need) for need in rule.needs):
        return False
    return not any(view.has(pattern) for pattern in rule.unless)


def _lead_in(view: View, start: int) -> str | None:
    """The words of the lead-in from `start` on, "(a)" with its parenthesis; None behind it."""
    lead = view.unit.chapeau
    return lead[lead.rfind(" ", 0, start) + 1 :].strip() or None if start < len(lead) else None


def _merged(ranges: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without_exceptions(
    rule: Rule, parts: Iterable[tuple[int, Folded]], ranges: list[Range]
) -> tuple[Range, ...]:
    if not rule.exceptions or not ranges:
        return tuple(ranges)
    barred = [
        (at + start, at + end)
        for at, part in parts
        for pattern in rule.exceptions
        for start, end in pattern.find(part)
    ]
    return tuple((s, e) for s, e in ranges if not any(a < e and s < b for a, b in barred))


def _in_force(view: View, own: tuple[Range, ...]) -> tuple[tuple[Range, ...], str | None]:
    """The ranges that are not struck, or all of them, and the context if they share one."""
    contexts = {span: view.context(*span) for span in own}
    staying = tuple(span for span in own if contexts[span] != STRUCK) or own
    said = {contexts[span] for span in staying}
    return staying, said.pop() if len(said) == 1 else None
