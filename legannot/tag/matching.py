"""Rules against a provision: which match, and on which words.

    text -> words -> rules whose needed words all occur -> their expressions -> context conditions

Most provisions hold none of the words that any rule needs and so run no expression.  Fixed phrases go
through spaCy's PhraseMatcher, one pass for all of them; patterns of the word notation are expressions
found through their rarest word.  (spaCy's token Matcher was measured at 2.4 s a megabyte for 300
patterns, linear in their number; the index keeps the cost of a pattern near zero where it cannot match.)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from legannot.model import Context, Operator, Unit
from legannot.tag.folding import fold
from legannot.tag.notation import Compiled, rarest, words_of
from legannot.tag.packs import Packs, Rule

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

Field = Literal["text", "heading"]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class View:
    """What the rules see of a provision, folded.

    `body` is lead-in and own text in one, the own text from `own` on; `around` is everything that may
    serve as context: body and headings.
    """

    body: str
    own: int
    heading: str
    around: str
    operator: Operator
    context: Context

    @classmethod
    def of(cls, unit: Unit) -> View:
        """The view of a unit."""
        lead = f"{unit.chapeau} " if unit.chapeau else ""
        headings = "; ".join(dict.fromkeys((*unit.headings, unit.heading)))
        body = fold(lead + unit.text)
        return cls(
            body=body,
            own=len(lead),
            heading=fold(unit.heading),
            around=f"{body} ; {fold(headings)}" if headings else body,
            operator=unit.operator,
            context=unit.context,
        )


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that holds for a provision, with ranges of its own text or of its heading."""

    rule: Rule
    field: Field
    ranges: tuple[Range, ...]


class Matcher:
    """All rules of some packs, compiled."""

    def __init__(self, packs: Packs) -> None:
        self.rules = packs.rules
        self._phrases = _PhraseIndex(packs.rules)
        self._index: dict[str, list[tuple[int, Compiled]]] = defaultdict(list)
        self._always: list[tuple[int, Compiled]] = []
        self._whole = [n for n, rule in enumerate(packs.rules) if rule.whole]
        for number, rule in enumerate(packs.rules):
            for pattern in rule.patterns:
                words = rarest(pattern.needs)
                for word in words:
                    self._index[word].append((number, pattern))
                if not words:
                    self._always.append((number, pattern))

    def matches(self, view: View) -> tuple[Match, ...]:
        """Every rule that holds, gates aside, in the order of the packs; at most one match a rule."""
        found: dict[int, list[Range]] = defaultdict(list)
        in_heading: dict[int, list[Range]] = defaultdict(list)
        if view.own < len(view.body):
            for number, span in self._ranges(view.body):
                if span[1] > view.own:
                    found[number].append(span)
            for number in self._whole:
                found[number].append((view.own, len(view.body)))
        if view.heading:
            for number, span in self._ranges(view.heading):
                in_heading[number].append(span)
        return tuple(self._hold(view, found, in_heading))

    def _hold(
        self, view: View, found: dict[int, list[Range]], in_heading: dict[int, list[Range]]
    ) -> Iterator[Match]:
        for number in sorted(found.keys() | in_heading.keys()):
            rule = self.rules[number]
            if not _conditions_hold(rule, view):
                continue
            kept = _without_exceptions(rule, view.body, _merged(found.get(number, [])))
            if kept:
                yield Match(rule, "text", tuple((max(s - view.own, 0), e - view.own) for s, e in kept))
                continue
            kept = _without_exceptions(rule, view.heading, _merged(in_heading.get(number, [])))
            if kept and rule.heading:
                yield Match(rule, "heading", kept)

    def _ranges(self, text: str) -> Iterator[tuple[int, Range]]:
        words = words_of(text)
        yield from self._phrases.ranges(text, words)
        candidates = {
            id(pattern): (number, pattern)
            for word in words & self._index.keys()
            for number, pattern in self._index[word]
        }
        for number, pattern in (*candidates.values(), *self._always):
            if all(need & words for need in pattern.needs):
                for hit in pattern.regex.finditer(text):
                    yield number, hit.span()


@lru_cache(maxsize=4)
def matcher(packs: Packs) -> Matcher:
    """The compiled matcher of `packs`; compiling takes about as long as tagging a bill."""
    return Matcher(packs)


class _PhraseIndex:
    """Fixed phrases of all rules in spaCy's PhraseMatcher, capitals ignored or exact."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._nlp = _tokenizer()
        self._matchers: list[PhraseMatcher] = []
        self._firsts: set[str] = set()
        for attr, kind in (("LOWER", "phrases"), ("ORTH", "exact")):
            self._matchers.append(self._matcher(attr, kind, rules))

    def ranges(self, text: str, words: set[str]) -> Iterator[tuple[int, Range]]:
        """Rule number and range of every phrase in `text`, whose words are `words`."""
        if not words & self._firsts:
            return
        doc = self._nlp.make_doc(text)
        for matcher in self._matchers:
            for key, start, end in matcher(doc):
                yield int(self._nlp.vocab.strings[key]), (doc[start].idx, _end(doc, end))

    def _matcher(self, attr: str, kind: str, rules: Iterable[Rule]) -> PhraseMatcher:
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(self._nlp.vocab, attr=attr)
        for number, rule in enumerate(rules):
            phrases = rule.phrases if kind == "phrases" else rule.exact
            variants = {v for phrase in phrases for v in _variants(fold(phrase), plural=kind == "phrases")}
            if variants:
                self._firsts.update(re.findall(r"\w+", v.lower())[0] for v in variants)
                matcher.add(str(number), [self._nlp.make_doc(v) for v in sorted(variants)])
        return matcher


def _tokenizer() -> Language:
    """A blank pipeline that splits at everything that is no letter or digit.

    spaCy's English rules keep "shall—" or "10^26" together in some surroundings and not in others; a
    phrase must match the same way everywhere.
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
    if rule.operators and view.operator not in rule.operators:
        return False
    if view.operator in rule.not_operators:
        return False
    if rule.contexts and view.context not in rule.contexts:
        return False
    if not all(need.regex.search(view.around) for need in rule.needs):
        return False
    return not any(pattern.regex.search(view.around) for pattern in rule.unless)


def _merged(ranges: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without_exceptions(rule: Rule, text: str, ranges: list[Range]) -> tuple[Range, ...]:
    if not rule.exceptions or not ranges:
        return tuple(ranges)
    barred = [hit.span() for pattern in rule.exceptions for hit in pattern.regex.finditer(text)]
    return tuple((s, e) for s, e in ranges if not any(a < e and s < b for a, b in barred))
