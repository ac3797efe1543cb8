"""What is amiss with defined terms: defined but never used, used but never defined, nearly a term.

    The term covered adversary entity means ...         defined
    ... a covered foreign adversary entity ...          near miss: one word more than the term
    ... a fully open-source model ... (twice)           near miss, as open-source model is defined
    ... each covered data broker ...                    undefined: "covered" promises a definition

Only the bill's own law is looked at: a term of quoted law may be defined or used in the law that it
goes into.  "Covered", "qualified", "eligible" and "applicable" open terms of art (House Legislative
Counsel's Manual on Drafting Style, definitions); of them "covered" alone has no other sense before
a noun, so that only it can be called undefined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from legannot.model import Bill, Context, Provision
from legannot.model.facts import Definition, TermFinding, TermUse
from legannot.read.quoted import quoted
from legannot.read.tree import Tree
from legannot.read.uses import MAKER, end_of, makes_another, singular


def term_findings(
    bill: Bill, tree: Tree, definitions: Sequence[Definition], uses: Sequence[TermUse]
) -> tuple[TermFinding, ...]:
    """What is amiss with the terms of a bill, in reading order.

    `definitions` and `uses` are those of the same bill.
    """
    own = [
        d
        for d in definitions
        if not tree.quote(d.path) and not _INSTRUCTS.search(tree.provisions[d.path].text)
    ]
    if not own:
        # A bill without definitions may amend law that has them.
        return ()
    found = [*_unused(own, uses), *_unknown(bill, tree, definitions, uses)]
    order = {path: place for place, path in enumerate(tree.provisions)}
    return tuple(sorted(found, key=lambda one: (order[one.path], one.start)))


def _unused(own: Sequence[Definition], uses: Sequence[TermUse]) -> Iterator[TermFinding]:
    # A term that holds in several places is defined once and amiss once.
    done = {(use.definition, use.term) for use in uses}
    for one in own:
        if (one.path, one.term) not in done:
            done.add((one.path, one.term))
            yield TermFinding("unused", one.path, one.start, one.end, one.term)


def _unknown(
    bill: Bill, tree: Tree, definitions: Sequence[Definition], uses: Sequence[TermUse]
) -> Iterator[TermFinding]:
    """Phrases that look like terms and are none."""
    taken: dict[str, list[tuple[int, int]]] = {}
    for use in uses:
        taken.setdefault(use.path, []).append((use.start, use.end))
    for one in definitions:
        taken.setdefault(one.path, []).append((one.start, one.end))
    terms: dict[tuple[str, ...], list[Definition]] = {}
    for one in definitions:
        terms.setdefault(tuple(_words(one.term)), []).append(one)
    known = {term for term in terms if term and term[0] in _OPENERS}
    longer = _Longer(tree, terms)
    degrees: list[TermFinding] = []
    for provision in bill.walk():
        if provision.context is not Context.OPERATIVE:
            continue
        done = taken.get(provision.path, [])
        near = _outside(done, longer.made(provision))
        yield from near
        degrees += _outside(done, longer.graded(provision))
        if _OPENER.search(provision.text):
            done = [*done, *((one.start, one.end) for one in near)]
            yield from _in(provision, known, terms, done)
    # Said once, "fully" may be a plain word; said again, it is part of a term.
    times = Counter(tuple(_words(one.term)) for one in degrees)
    yield from (one for one in degrees if times[tuple(_words(one.term))] > 1)


def _outside(taken: Sequence[tuple[int, int]], found: Iterator[TermFinding]) -> list[TermFinding]:
    """What does not begin within a term: "Federal qualified issuer" may be one."""
    return [one for one in found if not any(start <= one.start < end for start, end in taken)]


class _Longer:
    """Looks for defined terms with one word before them that makes another term of them."""

    def __init__(self, tree: Tree, terms: Mapping[tuple[str, ...], list[Definition]]) -> None:
        self._tree = tree
        self._terms = terms
        self._begin: dict[str, list[tuple[str, ...]]] = {}
        for term in sorted(terms, key=len, reverse=True):
            if term:
                self._begin.setdefault(term[0], []).append(term)

    def made(self, provision: Provision) -> Iterator[TermFinding]:
        """`a covered foreign adversary entity`, where that is not defined."""
        for start, at, end, term in self._found(provision, MAKER):
            if makes_another(provision.text, at, len(_words(term.term))):
                yield _near(provision, start, end, term)

    def graded(self, provision: Provision) -> Iterator[TermFinding]:
        """`a fully open-source model`, where that is not defined."""
        for start, _, end, term in self._found(provision, _DEGREE):
            if len(_words(term.term)) > 1:
                yield _near(provision, start, end, term)

    def _found(
        self, provision: Provision, opener: re.Pattern[str]
    ) -> Iterator[tuple[int, int, int, Definition]]:
        """Where the opener, the term after it and both end, and the term's definition."""
        if not opener.search(provision.text):
            return
        blotted = quoted(provision).blotted
        for match in opener.finditer(blotted):
            phrase = _PHRASE.match(blotted, match.end())
            places = list(_WORD.finditer(blotted, *phrase.span())) if phrase else []
            words = tuple(singular(place.group()) for place in places)
            opened = (singular(match["maker"]), *words)
            if self._longest(opened):
                continue
            term = self._longest(words)
            held = next((d for d in self._terms.get(term, ()) if self._holds(d, provision)), None)
            if held is None:
                continue
            end = end_of(places[len(term) - 1])
            if not _DEFINED_ELSEWHERE.search(blotted, end, end + _NEARBY):
                yield match.start(), match.end(), end, held

    def _longest(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The longest term that the words begin with, empty if they begin with none."""
        terms = self._begin.get(words[0], ()) if words else ()
        return next((term for term in terms if words[: len(term)] == term), ())

    def _holds(self, definition: Definition, provision: Provision) -> bool:
        """Whether a definition governs the words of a provision; its own are not looked at."""
        path = provision.path
        return (
            self._tree.within(path, definition.scope)
            and self._tree.quote(path) == self._tree.quote(definition.path)
            and path != definition.path
        )


def _in(
    provision: Provision,
    known: set[tuple[str, ...]],
    terms: Mapping[tuple[str, ...], list[Definition]],
    taken: Sequence[tuple[int, int]],
) -> Iterator[TermFinding]:
    blotted = quoted(provision).blotted
    for match in _OPENER.finditer(blotted):
        start = match.start()
        if any(begin <= start < end for begin, end in taken):
            continue
        words = _words(match.group())
        near = next((term for term in known if _one_more(term, words)), None)
        if near is not None:
            end = _end_of(match, len(near) + 1)
            yield _near(provision, start, end, terms[near][0])
        elif words[0] == "covered" and not (
            any(words[:2] == list(term[:2]) for term in known)
            or _DEFINED_ELSEWHERE.search(blotted, match.end(), match.end() + _NEARBY)
        ):
            end = _end_of(match, 2)
            yield TermFinding("undefined", provision.path, start, end, provision.text[start:end])


def _near(provision: Provision, start: int, end: int, term: Definition) -> TermFinding:
    said = provision.text[start:end]
    return TermFinding("near-miss", provision.path, start, end, said, term.term)


def _one_more(term: tuple[str, ...], words: Sequence[str]) -> bool:
    """Whether the words are the term with one word put in."""
    length = len(term) + 1
    if len(term) < 2 or len(words) < length:  # noqa: PLR2004 - one word has nothing between
        return False
    return any(
        [*words[:gap], *words[gap + 1 : length]] == list(term) for gap in range(1, len(term))
    )


def _words(text: str) -> list[str]:
    return [singular(word) for word in _WORD.findall(text)]


def _end_of(match: re.Match[str], words: int) -> int:
    """Where the first so many words of a match end."""
    places = [word.end() for word in _WORD.finditer(match.group())]
    return match.start() + places[min(words, len(places)) - 1]


_OPENERS = ("covered", "qualified", "eligible", "applicable")
# "a covered employee (as defined in section 199.3 of ...)", in characters.
_DEFINED_ELSEWHERE = re.compile(
    r"\b(?:as\s+)?(?:defined|described|such\s+term|that\s+term)\b|\bunder\s+section"
)
_NEARBY = 60
# "by inserting (in this section referred to as the Board)": a term of the law amended.
_INSTRUCTS = re.compile(r"\b(?:striking|inserting)\b")
# A degree before a defined term: "a fully open-source model".
_DEGREE = re.compile(
    r"(?<![\w-])(?P<maker>[Ff]ully|[Pp]artially|[Pp]artly|[Ww]holly|[Cc]ompletely|[Ee]ntirely)[ -]"
)
# Words with nothing but blanks and hyphens between them.
_PHRASE = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*(?: [^\W_]+(?:[-’'][^\W_]+)*){0,11}")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# The opener and up to four words; "covered by", "eligible for" open no term.
_OPENER = re.compile(
    r"(?<![\w-])(?:[Cc]overed|[Qq]ualified|[Ee]ligible|[Aa]pplicable)"
    r"(?:\s+(?!(?:by|under|in|into|for|to|as|if|and|or|at|on|with|of|the|a|an|that|which|is|are|was|were"
    r"|shall|may|must|who|from|during|when|through|unless|until|only|not|be|pursuant|including|has|have)\b)"
    r"[^\W\d_]+(?:[-’'][^\W\d_]+)*){1,4}"
)
