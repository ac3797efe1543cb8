"""Defined terms: where each is defined, by which verb, and in which part of the bill it holds.

    In this section:                                   scope, for every item below
      (2) The term closed-source AI model means ...    term, verb
      (5) The term export has the meaning given that term in section 1742(3) of ...   reference
    ... the Financial Stability Board (in this Act referred to as the Board) ...       term

Official XML marks the term (`term`, `quote`); mirrors drop the marks, so the words decide where it
ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from legannot.model import Bill, Citation, Context, Definition, Provision
from legannot.read.cited import CHAIN, parts
from legannot.read.tree import Tree

Verb = Literal["means", "includes", "reference"]


def definitions(bill: Bill, tree: Tree, citations: Sequence[Citation]) -> tuple[Definition, ...]:
    """The terms a bill defines, in reading order; `citations` are those of the same bill."""
    cited: dict[str, list[Citation]] = {}
    for citation in citations:
        cited.setdefault(citation.path, []).append(citation)
    found: list[Definition] = []
    for provision in bill.walk():
        if provision.context is not Context.TOC and _MAY_DEFINE.search(provision.text):
            found.extend(_in(provision, tree, cited.get(provision.path, ())))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Named:
    """A term in a text: where it stands, its verb, and where the words after the verb begin."""

    start: int
    end: int
    verb: Verb
    after: int


def _in(provision: Provision, tree: Tree, cited: Sequence[Citation]) -> Iterator[Definition]:
    text = provision.text
    named = sorted(_named(provision), key=lambda n: n.start)
    for name in named:
        # "the terms X and Y have the meanings given in section 3": both borrow from it.
        end = next((other.start for other in named if other.start >= name.after), len(text))
        borrowed = (c for c in cited if name.after <= c.start < max(end, name.after + 1))
        yield Definition(
            term=text[name.start : name.end],
            path=provision.path,
            start=name.start,
            end=name.end,
            verb=name.verb,
            scope=_scope(provision, tree, name),
            reference=_reference(tuple(borrowed)) if name.verb == "reference" else "",
        )


def _reference(cited: Sequence[Citation]) -> str:
    """Of "section 1742(3) of the ... Act of 2018 (50 U.S.C. 4801(3))" the form of the Code."""
    if not cited:
        return ""
    first = cited[0]
    adjacent = cited[1:2]
    if first.kind == "act" and adjacent and adjacent[0].start - first.end <= len(" ("):
        first = adjacent[0]
    return first.target or first.quote


def _named(provision: Provision) -> Iterator[_Named]:
    text = provision.text
    seen: set[int] = set()
    for named in chain(_introduced(provision), _abbreviated(provision), _marked(provision)):
        if named.start not in seen and text[named.start : named.end].strip():
            seen.add(named.start)
            yield named


def _introduced(provision: Provision) -> Iterator[_Named]:
    """`The term X means`, `the terms X and Y have the meanings given`."""
    text = provision.text
    for match in _TERM.finditer(text):
        verb = _verb(match["verb"])
        for start, end in _names(provision, match, several=match["term"].endswith("s")):
            yield _Named(start, end, verb, match.end())
    open_ended = _TERM_ALONE.search(text)
    if open_ended:
        # "The term transaction— (A) means ...; (B) includes ...": the items bring the verb.
        first = next((_ITEM_VERB.match(child.text) for child in provision.children), None)
        if first:
            for start, end in _names(provision, open_ended, several=False):
                yield _Named(start, end, _verb(first.group()), len(text))


def _names(
    provision: Provision, match: re.Match[str], *, several: bool
) -> Iterator[tuple[int, int]]:
    start, end = match.span("name")
    # USLM marks a term with the quotation marks that it prints, the Bill DTD without.
    marked = [
        _trimmed(provision.text, span.start, span.end)
        for span in provision.spans
        if span.kind in ("term", "quote") and start <= span.start and span.end <= end
    ]
    if marked:
        yield from marked
        return
    text = provision.text
    for piece in (_AND if several else _OR_SHORT).finditer(text, start, end):
        yield _trimmed(text, start, piece.start())
        start = piece.end()
    yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _QUOTES:
        start += 1
    while end > start and text[end - 1] in _QUOTES:
        end -= 1
    return start, end


def _abbreviated(provision: Provision) -> Iterator[_Named]:
    """`(in this Act referred to as the Board)`."""
    for match in _REFERRED.finditer(provision.text):
        for start, end in _names(provision, match, several=False):
            yield _Named(start, end, "means", match.end())


def _marked(provision: Provision) -> Iterator[_Named]:
    """`"X" means`, with marks from the XML or printed quotation marks, without "the term"."""
    text = provision.text
    for span in provision.spans:
        if span.kind in ("term", "quote") and (match := _VERB_NEXT.match(text, span.end)):
            yield _Named(*_trimmed(text, span.start, span.end), _verb(match["verb"]), match.end())
    for match in _QUOTED.finditer(text):
        yield _Named(*match.span("name"), _verb(match["verb"]), match.end())


def _verb(words: str) -> Verb:
    lower = words.lower()
    if "meaning" in lower:
        return "reference"
    return "includes" if "include" in lower else "means"


def _scope(provision: Provision, tree: Tree, named: _Named) -> str:
    """The path inside which a definition holds, by its own words or the lead-ins above it."""
    text = provision.text
    before = text[text.rfind(". ", 0, named.start) + 1 : named.start]
    after = text[named.end : named.after]
    path = provision.path
    places = [(path, before), (path, after)]
    for place in tree.above(path):
        if place == tree.quote(path) or tree.provisions[place].kind == "section":
            break
        if above := tree.parent(place):
            places.append((above, tree.provisions[above].text))
    for place, words in places:
        found = list(_SCOPE.finditer(words))
        if found:
            return _named_scope(tree, place, found[-1])
    return tree.quote(path)


def _named_scope(tree: Tree, path: str, match: re.Match[str]) -> str:
    whole_law = tree.quote(path)
    here = (match["here"] or "").lower()
    if here:
        return tree.enclosing(path, here) or whole_law
    reference = CHAIN.match(match["there"])
    steps = parts(reference["parts"]) if reference else ()
    if not steps:
        return whole_law
    items = steps[0].items
    found = tree.find(path, steps[0].kind, items[0].labels)
    if not found or len(steps) > 1:
        return tree.enclosing(path, "section") or whole_law
    # Several items: what holds them all.
    return found if len(items) == 1 else next(iter(list(tree.above(found))[1:]), whole_law)


_QUOTES = " “”\"‘’'"
_MAY_DEFINE = re.compile(r"\b[Tt]erms?\s|\bmeans\b|\bmeaning\b|referred to")
_MEANS = (
    r"(?:shall\s+)?(?:means?|includes?|refers?\s+to|ha(?:s|ve)\s+the\s+(?:same\s+)?meanings?"
    r"(?:\s+given)?)\b"
)
_LETTER = r"(?:[^.;—]|\.(?=\S))"
_TERM = re.compile(
    rf"""\b[Tt]he\s+(?P<term>terms?)\s+(?!(?:of|and|or|is|are|was|under|for|to|that|with)\s
            |in\s(?:which|effect|office|the|this|section|accordance|question)\b)
        (?P<name>{_LETTER}{{1,200}}?)
        (?:,?\s+(?:with\s+respect\s+to|when\s+used|as\s+used|used|in\s+the\s+case\s+of)\b{_LETTER}{{0,200}}?)?
        ,?\s*(?:[—–]\s*)?(?:\([A-Za-z]\)\s*)?(?<!\bnot)\s(?P<verb>{_MEANS})
    """,
    re.VERBOSE,
)
_TERM_ALONE = re.compile(r"\b[Tt]he\s+term\s+(?P<name>[^.;—]{1,120}?)\s*[—–:]$")
_ITEM_VERB = re.compile(_MEANS)
_VERB_NEXT = re.compile(rf"[”\"’']?,?\s+(?P<verb>{_MEANS})")
_QUOTED = re.compile(rf"[“\"](?P<name>[^”\"]{{1,120}})[,]?[”\"]\s+(?P<verb>{_MEANS})")
_REFERRED = re.compile(
    r"""\((?:hereafter\s+|hereinafter\s+)?(?:in\s+this\s+\w+,?\s+)?(?:hereafter\s+|hereinafter\s+)?
        referred\s+to\s+(?:in\s+this\s+\w+\s+)?as\s+(?:the\s+|an?\s+)?(?P<name>[^()]{1,80})\)
    """,
    re.VERBOSE,
)
# "artificial intelligence or AI": a term and its abbreviation.
_OR_SHORT = re.compile(r"\s+or\s+(?=[A-Z]{2,}\b)")
_AND = re.compile(r",?\s+(?:and|or)\s+|,\s+")
_LEVEL_NAMES = (
    r"(?:(?:sub)?(?:section|paragraph|clause|title|chapter|part)|division|act|resolution)"
)
_SCOPE = re.compile(
    rf"""\b(?:in|under|throughout|for\s+(?:the\s+)?purposes?\s+of|used\s+in)\s+
          this\s+(?:joint\s+|concurrent\s+)?(?P<here>{_LEVEL_NAMES})\b
      | \b(?:for\s+(?:the\s+)?purposes?\s+of|used\s+in)\s+
          (?P<there>(?:sub)?(?:section|paragraph|clause)s?\s+[\d(][^,;:]{{0,60}})
    """,
    re.VERBOSE | re.IGNORECASE,
)
