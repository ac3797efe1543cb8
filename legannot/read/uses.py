"""Uses of defined terms, in one pass over the words of a bill however many terms it defines.

Each word of a text is looked up once among the first words of the terms, reduced to the singular,
and the longest term that fits wins.  A capital in the term must be a capital in the text ("State"
is no "state"), and a capitalised word in a longer name is no use of the term ("Secretary of State"
where "Secretary" means the Secretary of Commerce).  "A covered foreign adversary entity" is no use
of "foreign adversary entity": "covered" promises a term of its own, and `terms` says that there is
none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from legannot.model import Bill, Context, Definition, TermUse
from legannot.read.tree import Tree

_WORD = re.compile(r"[^\W_]+(?:[-’'.&/^][^\W_]+)*")
# Words that open a sentence or a phrase and so do not make the next capital part of a name.
_NOT_NAMES = frozenset(
    "the a an any each every such this that these those no all if in on by for of to upon when"
    " where and or not except subject under after before with".split()
)
_SHORT = 3
# "the terms “", "designated " before a term, in characters.
_LEAD = 12


@dataclass(frozen=True, slots=True)
class _Term:
    words: tuple[str, ...]
    keys: tuple[str, ...]
    definitions: tuple[Definition, ...]


def uses(bill: Bill, tree: Tree, definitions: Sequence[Definition]) -> tuple[TermUse, ...]:
    """Every use of a term within the scope of a definition of it and outside that definition."""
    index = _index(definitions)
    if not index:
        return ()
    found: list[TermUse] = []
    for provision in bill.walk():
        if provision.context is Context.TOC or _NO_USE.search(provision.text):
            continue
        if provision.text:
            found.extend(_in(provision.path, provision.text, tree, index))
    return tuple(found)


def _index(definitions: Sequence[Definition]) -> Mapping[str, tuple[_Term, ...]]:
    by_words: dict[tuple[str, ...], list[Definition]] = defaultdict(list)
    for definition in definitions:
        words = tuple(_WORD.findall(definition.term))
        if words:
            by_words[words].append(definition)
    index: dict[str, list[_Term]] = defaultdict(list)
    for words, found in by_words.items():
        keys = tuple(map(singular, words))
        index[keys[0]].append(_Term(words, keys, tuple(found)))
    return {
        key: tuple(sorted(terms, key=lambda term: -len(term.words))) for key, terms in index.items()
    }


def _in(
    path: str, text: str, tree: Tree, index: Mapping[str, tuple[_Term, ...]]
) -> Iterator[TermUse]:
    words = list(_WORD.finditer(text))
    above = list(tree.above(path))
    position = 0
    while position < len(words):
        step = 1
        for term in index.get(singular(words[position].group()), ()):
            span = words[position : position + len(term.words)]
            if not _fits(term, span, text) or _in_a_name(term, words, position, text):
                continue
            if _MENTIONS.search(text[max(0, span[0].start() - _LEAD) : span[0].start()]):
                # "The term model does not include ..." speaks of the term and does not use it.
                step = len(term.words)
                break
            if any(_defines_here(definition, path, above) for definition in term.definitions):
                # Its own definition: neither it nor a shorter term in it is used here.
                step = len(term.words)
                break
            definition = _governing(term, path, above, tree)
            if definition is not None:
                if not makes_another(text, span[0].start(), len(span)):
                    yield TermUse(
                        definition.term, path, span[0].start(), end_of(span[-1]), definition.path
                    )
                step = len(term.words)
                break
        position += step


def _defines_here(definition: Definition, path: str, above: Sequence[str]) -> bool:
    """Whether a place belongs to a definition; one that borrows its meaning has no items."""
    return definition.path == path or (definition.verb != "reference" and definition.path in above)


def _fits(term: _Term, span: Sequence[re.Match[str]], text: str) -> bool:
    if len(span) < len(term.words):
        return False
    for key, word, match in zip(term.keys, term.words, span, strict=True):
        said = match.group()
        if singular(said) != key or (word[0].isupper() and not said[0].isupper()):
            return False
        if len(word) > 1 and word.isupper() and not said[:-1].isupper():
            return False
    # Nothing but a blank or a hyphen between the words.
    return all(text[left.end() : right.start()] in (" ", "-") for left, right in pairwise(span))


def _in_a_name(term: _Term, words: Sequence[re.Match[str]], position: int, text: str) -> bool:
    if term.words[0][0].islower():
        # A capital in mid-sentence: "Operating Committee for Export Policy" is no use of "export".
        said = words[position]
        return said.group()[0].isupper() and not _opens(text, said.start())
    if len(term.words) > 1:
        return False
    if position and text[words[position - 1].end() : words[position].start()] == " ":
        before = words[position - 1]
        opens = before.group().lower() in _NOT_NAMES and _opens(text, before.start())
        if before.group()[0].isupper() and not opens:
            return True
    following = text[end_of(words[position]) : end_of(words[position]) + 40]
    return bool(_NAME_GOES_ON.match(following))


def makes_another(text: str, start: int, words: int) -> bool:
    """Whether the word before a term of so many words makes another term of it.

    "Applicable", "approved" and their like do not: drafters put them before any term.
    """
    match = _MADE.search(text, max(0, start - _LEAD), start)
    if match is None:
        return False
    lead = max(0, match.start() - _LEAD)
    if match["maker"].lower() == "covered":
        return not _PREDICATE.search(text, lead, match.start())
    # "Eligible State", "adequate and qualified review bodies": plain adjectives.
    return words > 1 and _DETERMINER.search(text, lead, match.start()) is not None


def _opens(text: str, start: int) -> bool:
    """Whether a sentence or an item begins at a place."""
    return _OPENS.search(text[max(0, start - 3) : start]) is not None


def _governing(term: _Term, path: str, above: Sequence[str], tree: Tree) -> Definition | None:
    """The innermost definition whose scope holds the place."""
    best: Definition | None = None
    depth = len(above) + 1
    for definition in term.definitions:
        if tree.quote(path) != tree.quote(definition.path):
            # Law to be inserted elsewhere has its own definitions.
            continue
        reach = above.index(definition.scope) if definition.scope in above else len(above)
        if (not definition.scope or definition.scope in above) and reach < depth:
            best, depth = definition, reach
    return best


def singular(word: str) -> str:
    """A word in small letters without the endings of a plural and a possessive."""
    word = word.lower()
    for mark in ("’s", "'s"):
        word = word.removesuffix(mark)
    if len(word) <= _SHORT or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


def end_of(match: re.Match[str]) -> int:
    """Where a word ends, without the ending of a possessive."""
    said = match.group()
    return match.end() - (2 if said.endswith(("’s", "'s")) else 0)


# A title is a name; what an instruction strikes or inserts stands in another law.
_NO_USE = re.compile(
    r"\bmay\s+be\s+cited\s+as\b|\bby\s+(?:striking|inserting)\b|^(?:striking|inserting)\b"
)
_MENTIONS = re.compile(r"\b[Tt]erms?\s+[“\"‘']?$")
# What stands before the first word of a sentence or an item.
_OPENS = re.compile(r"(?:^|[.:;—–]\s*|[(“\"])$")
# Words that open a term of art (House Legislative Counsel's Manual on Drafting Style, definitions).
MAKER = re.compile(
    r"(?<![\w-])(?P<maker>covered|eligible|qualified|listed|designated|prohibited|restricted"
    r"|specified)[ -]",
    re.IGNORECASE,
)
_MADE = re.compile(f"{MAKER.pattern}$", re.IGNORECASE)
# "has covered entities"
_PREDICATE = re.compile(r"\b(?:ha(?:s|ve|d)|having|is|are|was|were|been|being|be)\s$")
_DETERMINER = re.compile(
    r"\b(?:an?|the|any|each|every|no|such|that|this|another|either|neither)\s$", re.IGNORECASE
)
_NAME_GOES_ON = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?[A-Z]|\s+[A-Z][a-z]")
