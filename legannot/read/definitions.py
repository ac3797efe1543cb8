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

from legannot.model import LEVELS, Bill, Citation, Context, Definition, Provision
from legannot.read.cited import CHAIN, Part, parts
from legannot.read.tree import Tree

Verb = Literal["means", "includes", "reference"]


def definitions(bill: Bill, tree: Tree, citations: Sequence[Citation]) -> tuple[Definition, ...]:
    """The terms a bill defines, in reading order; `citations` are those of the same bill.

    A term that holds in several places ("for purposes of subsections (a) and (c)") is given once
    for each of them.
    """
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
        reference = _reference(tuple(borrowed)) if name.verb == "reference" else ""
        for scope in _scopes(provision, tree, name):
            yield Definition(
                term=text[name.start : name.end],
                path=provision.path,
                start=name.start,
                end=name.end,
                verb=name.verb,
                scope=scope,
                reference=reference,
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


def _scopes(provision: Provision, tree: Tree, named: _Named) -> tuple[str, ...]:
    """The paths inside which a definition holds, by its own words or the lead-ins above it."""
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
        starts = [match.end() for match in _SCOPE.finditer(words)]
        if not starts and (opening := _OPENING.match(words)):
            starts = [opening.end("in")]
        if starts:
            return _named_scopes(tree, place, words, starts[-1])
    return (tree.quote(path),)


def _named_scopes(tree: Tree, path: str, words: str, at: int) -> tuple[str, ...]:
    """The places that words name from an offset on: `this section and section 2`.

    What cannot be found (another law's, or none of this bill) leaves the section around.
    """
    whole_law = tree.quote(path)
    found: list[str] = []
    while True:
        if here := _HERE.match(words, at):
            found.append(tree.enclosing(path, here["level"].lower()) or whole_law)
            at = here.end()
        elif reference := CHAIN.match(words, at):
            found += _referred(tree, path, reference)
            at = reference.end()
        if not (here or reference) or not (more := _MORE.match(words, at)):
            break
        at = more.end()
    if not found:
        return (tree.enclosing(path, "section") or whole_law,)
    if whole_law in found:
        return (whole_law,)
    held = dict.fromkeys(found)
    return tuple(one for one in held if held.keys().isdisjoint(list(tree.above(one))[1:]))


def _referred(tree: Tree, path: str, reference: re.Match[str]) -> list[str]:
    """The places of this bill that a reference names; none if it is one to another law."""
    here = (reference["here"] or "").lower()
    if reference["tail"] and not here:
        return []
    # "subparagraph (A) of paragraph (1)": the last part is the outermost.
    steps = parts(reference["parts"])[::-1]
    around = tree.enclosing(path, here) if here else ""
    below = bool(around) and steps[0].kind in LEVELS
    places = [around] if below else [""]
    for depth, part in enumerate(steps):
        outermost = depth == 0 and not below
        places = [
            one
            for place in places
            for one in _items(tree, path if outermost else place, part, around, outermost)
        ]
    return places


def _items(tree: Tree, path: str, part: Part, around: str, outermost: bool) -> Iterator[str]:
    """The places that the items of a part name, said at a path or looked for below it."""
    last = ""
    for item in part.items:
        place = (
            tree.find(path, part.kind, item.labels, around)
            if outermost
            else tree.descend(path, item.labels)
        )
        if item.through and place and last and tree.parent(place) == tree.parent(last):
            yield from _between(tree, last, place)
        if place:
            yield place
        last = place


def _between(tree: Tree, first: str, last: str) -> Iterator[str]:
    """What stands between the ends of a run; of a run at the top of a bill all that is around."""
    parent = tree.parent(first)
    if not parent:
        yield tree.quote(first)
        return
    row = [child.path for child in tree.provisions[parent].children]
    yield from row[row.index(first) + 1 : row.index(last)]


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
_FOR = r"\b(?:for\s+(?:the\s+)?purposes?\s+of|used\s+in)\s+"
_THIS = rf"this\s+(?:joint\s+|concurrent\s+)?(?P<level>{_LEVEL_NAMES})\b"
_PLACE = r"(?:sub)?(?:section|paragraph|clause)s?\s+[\d(]"
# A scope begins where these end.  "Except as provided in this paragraph" is none.
_SCOPE = re.compile(
    rf"(?<!provided\s)\b(?:in|under|throughout|for\s+(?:the\s+)?purposes?\s+of|used\s+in)\s+(?={_THIS})"
    rf"|{_FOR}(?={_PLACE})",
    re.IGNORECASE,
)
# "In subsection (b), the term": elsewhere "in subsection (b)" says where something stands.
_OPENING = re.compile(
    rf"\s*(?P<in>In\s+)(?={_PLACE})[^;:—]{{1,80}}?(?:[:—]|,?\s+the\s+terms?\b|,\s*[“\"]?$)"
)
_HERE = re.compile(_THIS, re.IGNORECASE)
_MORE = re.compile(r"(?:,?\s+(?:and|or)|,)\s+(?:in\s+|for\s+purposes\s+of\s+)?")
