"""What limits what: exceptions, conditions, overrides, scopes and mental states, as spans.

    Except as provided in subsection (b), no person may knowingly export a model unless licensed.
    exception -> no person may ...   mental state -> export a model   exception -> no person may ...

The clause that a cue opens ends where its grammar does: a clause that opens a sentence at the comma
before the main clause, one that closes it at the stop, one that stands on a noun ("other than a
bank") before the verb.  What it limits is told in the same text: the main clause for a clause, the
noun phrase before it for one on a noun, the verb phrase behind it for a mental state.  A lead-in
that ends in a dash ("unless—") has its clause in the items below it, which is said (`items`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from legannot.model import Bill, Context, Provision
from legannot.model.facts import Condition, ConditionKind
from legannot.read.mental import MENTAL, tied
from legannot.read.patterns import words
from legannot.read.quoted import quoted


def conditions(bill: Bill) -> tuple[Condition, ...]:
    """The conditions in the texts of a bill, in reading order; tables of contents have none."""
    found: list[Condition] = []
    parents = {child.path: one.path for one in bill.walk() for child in one.children}
    for provision in bill.walk():
        if provision.context is not Context.TOC and _CUE.search(provision.text):
            found.extend(_in(provision, parents))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A cue and where its clause ends; `start` and `end` bound what it can limit."""

    cue: re.Match[str]
    kind: ConditionKind
    start: int
    end: int
    clause: int
    limits: tuple[int, int] | None = None

    @property
    def opens(self) -> bool:
        """Whether it stands before the main clause of its sentence."""
        return self.kind in _CLAUSES and self.start == self.cue.start()


def _in(provision: Provision, parents: Mapping[str, str]) -> Iterator[Condition]:
    # What is quoted is another law's condition.
    text = quoted(provision).blotted
    for start, end in _sentences(text):
        clauses = list(_clauses(text, start, end))
        for position, one in enumerate(clauses):
            cue = one.cue
            row = _row(text, clauses, position)
            limits = one.limits or _limits(text, *row, one)
            items = text[-1:] in ("—", "–", ":") and not text[one.clause :].strip(" —–:")
            alone = ""
            if limits[1] <= limits[0]:
                # All that the provision says limits what it belongs to, or the items below.
                if _NOTHING.fullmatch(text[: row[0]]) and _NOTHING.fullmatch(text[row[1] :]):
                    whole = items and one.kind in _OF_ITEMS and one.clause > cue.end()
                    alone = provision.path if whole else parents.get(provision.path, "")
                    items = items and not whole
                if not alone:
                    continue
                limits = (cue.start(), cue.start())
            yield Condition(
                path=provision.path,
                start=cue.start(),
                end=one.clause,
                kind=one.kind,
                cue=" ".join(cue.group().lower().split()),
                quote=provision.text[cue.start() : one.clause],
                limits=limits,
                limited=provision.text[limits[0] : limits[1]],
                items=items,
                limits_path=alone,
            )


def _clauses(text: str, start: int, end: int) -> Iterator[_Clause]:
    """The clauses of a sentence, those inside others too."""
    # Those around the next cue, outermost first: what is inside one ends with it.
    around: list[_Clause] = []
    main = start
    last: _Clause | None = None
    for match in _CUE.finditer(text, start, end):
        while around and around[-1].clause <= match.start():
            around.pop()
        kind = _kind(match)
        low, high = main, around[-1].clause if around else end
        if around and around[-1].opens:
            # Inside a clause that opens the sentence, before the main clause.
            low = around[-1].cue.end()
        if kind in _CLAUSES and match.group()[0].isupper():
            # "In general Subject to subsection (b), the": a heading in the text has no stop.
            low = match.start()
        elif last and not around and last.opens and _next_to(text, last.clause, match.start()):
            # "Except as provided in subsection (b), if a person applies, the Secretary".
            low = match.start()
        if kind == "mental-state":
            clause, tie = tied(text, match, (low, high))
            yield _Clause(match, kind, low, high, clause, _tight(text, *tie))
            continue
        clause = _clause_end(text, match, low, high)
        if clause <= match.start():
            continue
        found = _Clause(match, kind, low, high, clause)
        if not around:
            last = found
            main = clause if found.opens else main
        yield found
        around.append(found)


def _row(text: str, clauses: Sequence[_Clause], position: int) -> tuple[int, int]:
    """Where the row of clauses side by side begins and ends in which one stands.

    "subject to subsection (b), and only if the Secretary agrees": both limit what is before both.
    """
    one = clauses[position]
    first, last = one.cue.start(), one.clause
    if one.kind not in _CLAUSES:
        return first, last
    for before in reversed(clauses[:position]):
        if before.kind in _CLAUSES and _next_to(text, before.clause, first):
            first = before.cue.start()
    for behind in clauses[position + 1 :]:
        if behind.kind in _CLAUSES and _next_to(text, last, behind.cue.start()):
            last = behind.clause
    return first, last


def _next_to(text: str, end: int, start: int) -> bool:
    return end <= start and _BETWEEN.fullmatch(text, end, start) is not None


def _kind(match: re.Match[str]) -> ConditionKind:
    kind = match.lastgroup or "condition"
    return _KINDS[kind]


def _clause_end(text: str, cue: re.Match[str], start: int, end: int) -> int:
    """Where the clause that a cue opens ends."""
    # "The Secretary, subject to subsection (b), shall act": a clause between commas.
    between = _BETWEEN_COMMAS.match(text, cue.start(), end)
    if between and text[start : cue.start()].rstrip().endswith(","):
        return between.end()
    # "If, after consultation, the Secretary finds": the clause has only begun.
    aside = _ASIDE.match(text, cue.end(), end)
    own = aside.end() if aside else cue.end()
    if cue.lastgroup == "noun":
        stop = _NOUN_ENDS.search(text, own, end)
    elif not text[start : cue.start()].strip(" (“") or _OPENS.search(text, start, cue.start()):
        stop = _comma_before_main(text, own, end)
    else:
        stop = _CLAUSE_ENDS.search(text, own, end)
        other = next(
            filter(partial(_starts_clause, text, end), _COMMA.finditer(text, own, end)), None
        )
        stop = min(filter(None, (stop, other)), key=lambda match: match.start(), default=None)
    found = stop.start() if stop else end
    found = _parenthesis_end(text, cue.start(), found, start)
    joined = _JOINT.search(text, cue.end(), found)
    found = joined.start() if joined else found
    while found > cue.end() and text[found - 1] in " ,;.":
        found -= 1
    return found


def _comma_before_main(text: str, start: int, end: int) -> re.Match[str] | None:
    """The comma after which the main clause begins: its subject comes next, then its verb."""
    last = None
    for match in _COMMA.finditer(text, start, end):
        if last is None and _starts_clause(text, end, match):
            return match
        if match.group().isspace():
            continue
        verb = _MAIN_VERB.search(text, match.end(), end)
        if verb is None:
            break
        last = last or match
        # "Except as provided in subsections (b), (c), and (d), the Secretary": a list goes on.
        if _SUBJECT.match(text, match.end(), end):
            return match
    if last is None and not _LIST.search(text, start, end):
        # An item without a verb: "With respect to each vendor, a description of its work".
        return next(
            (c for c in _COMMAS.finditer(text, start, end) if _NOUN.match(text, c.end())), None
        )
    return last


def _starts_clause(text: str, end: int, comma: re.Match[str]) -> bool:
    """Whether another clause begins behind a comma, no aside as in "determines, if asked, that"."""
    joined = _AND.match(text, comma.end(), end)
    cue = _CUE.match(text, joined.end() if joined else comma.end(), end)
    if cue is None or _kind(cue) not in _CLAUSES:
        return False
    return _BETWEEN_COMMAS.match(text, cue.start(), end) is None


def _parenthesis_end(text: str, cue: int, found: int, start: int) -> int:
    """A clause inside parentheses ends with them."""
    depth = text.count("(", start, cue) - text.count(")", start, cue)
    if depth <= 0:
        return found
    for position in range(cue, found):
        if text[position] == "(":
            depth += 1
        elif text[position] == ")":
            depth -= 1
            if depth == 0:
                return position
    return found


def _limits(text: str, cue: int, clause: int, one: _Clause) -> tuple[int, int]:
    """The stretch that a clause limits; `cue` and `clause` bound the row that it stands in."""
    start, end = min(one.start, cue), one.end
    kind = one.kind
    if kind == "waiver":
        # What is waived: the object of the verb, before the terms on which it may be.
        verb = _WAIVES.search(text, cue, clause)
        stop = _OBJECT_ENDS.search(text, verb.end() if verb else cue, clause)
        return _tight(text, verb.end() if verb else cue, stop.start() if stop else clause)
    if kind == "exclusion":
        noun = len(text[:cue].rstrip(" ,("))
        starts = [match.end() for match in _NOUN_STARTS.finditer(text, start, noun)]
        return _tight(text, starts[-1] if starts else start, cue)
    # The longer side is the main clause: a clause opens its sentence or closes it.
    left, right = (start, cue), (clause, end)
    if _MAIN_VERB.search(text, *left):
        return _tight(text, *left)
    if _MAIN_VERB.search(text, *right):
        return _tight(text, *right)
    return _tight(text, *max(left, right, key=lambda side: side[1] - side[0]))


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return (start, start) if _NOTHING.fullmatch(text, start, end) else (start, end)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


#: The name of each group of `_CUE` and what it tells.
_KINDS: dict[str, ConditionKind] = {
    "override": "override",
    "exception": "exception",
    "noun": "exclusion",
    "waiver": "waiver",
    "subject": "subordination",
    "condition": "condition",
    "scope": "scope",
    "mental": "mental-state",
}
_MARKS = " ,;.—–:("
# What opens a clause; the others stand on a noun or a verb.
_CLAUSES = frozenset(("override", "exception", "subordination", "condition", "scope"))
# Source of the terms: House Legislative Counsel's Manual on Drafting Style (exceptions, conditions,
# "notwithstanding", "subject to").
_CUE = words(
    rf"""(?P<override>\bnotwithstanding\b)
      | (?P<exception>\bexcept\b(?:\s+(?:as|that|to|in|for|with|where|when|if|under|by|pursuant|
          insofar)\b)? | \bunless\b | \bwith\s+the\s+exception\s+of\b)
      | (?P<noun>\bother\s+than\b(?!\s+as\b) | \bexcluding\b | \b(?:but|does|do)\s+not\s+includ\w+\b
        | \bexclusive\s+of\b | \bapart\s+from\b)
      | (?P<waiver>\b(?:may|shall)\s+(?:,[^,;.]{{1,120}},\s+)?
          (?:waive|grant\s+(?:an?\s+)?waivers?)\b
        | \bwaives?\s+the\s+(?:application|requirements?|prohibitions?|limitations?)\b)
      | (?P<subject>\bsubject\s+to\b(?!\s+(?:(?:the\s+)?jurisdiction|an?\b|penalt|fine|imprison)))
      | (?P<condition>\b(?:only|even)\s+if\b | \bif\b(?!\s+any\s*[,;.)—])
        | (?-i:\bprovided),?\s+that\b
        | \b(?:on|upon)\s+(?:the\s+)?condition\s+that\b | \bin\s+the\s+event\s+(?:that|of)\b
        | \b(?:so|as)\s+long\s+as\b | \bcontingent\s+(?:up)?on\b)
      | (?P<scope>\bto\s+the\s+(?:(?:maximum|fullest|greatest|minimum)\s+)?extent\b
        | \bin\s+the\s+case\s+of\b | \bfor\s+(?:the\s+)?purposes?\s+of\b(?=\s+(?:this|that|the\s+
          preceding|such|(?:sub)?(?:section|paragraph|clause|title)|applying|carrying|section))
        | \bsolely\s+(?:for|to|with)\b | \bwith\s+respect\s+(?:only\s+)?to\b | \bbut\s+only\b)
      | (?P<mental>{MENTAL})
    """
)
_MAIN_VERB = words(
    r"\b(?:shall|may|must|will|is|are|means|includes|applies|apply|does|do|has|have|takes?)\b"
)
_SUBJECT = words(
    r"""\s*(?:the|a|an|any|each|every|no|such|this|that|these|those|all|it|if|in|there|not|none|nothing
          |neither|upon|on|section|subsection|paragraph|beginning|for|at)\b
      | \s*(?-i:[A-Z])"""
)
# The longest that stands directly behind a cue in the corpus (XML up to 600 KB) has 174 characters.
_ASIDE = re.compile(r",\s[^,;.—]{1,180},(?=\s)")
# A clause between commas, after which the one around it goes on.
_BETWEEN_COMMAS = words(
    r"""[^,;.—]{1,180}(?=,\s+(?:that|to|whether|which|shall|may|must|will|is|are|not|has|have)\b)"""
)
_NOTHING = words(r"[\s,;.—–:(]*(?:(?:and|or|but)\b)?[\s,;.—–:(]*")
_LIST = words(r",\s+(?:and|or)\s")
_NOUN = words(r"\s+(?:the|an?|each|any|all|such)\s")
# Whole clauses before a dash: "In the case of a good that is imported—" limits the items below.
_OF_ITEMS = frozenset(("override", "subordination", "scope"))
# What stands between two clauses side by side, and before the second of them.
_BETWEEN = words(r"\s*,?\s*(?:(?:and|or|but)\s+)?")
_AND = words(r"\s*(?:(?:and|or|but)\s+)?")
# "if the person applies; or": the next item is another.
_JOINT = re.compile(r"[;,]\s+(?:and|or)$")
_COMMAS = re.compile(r",(?=\s)")
_COMMA = re.compile(r",(?=\s)|[—–]|\s(?=and\s)")
_CLAUSE_ENDS = re.compile(
    r"[;—–:](?=\s|$)|[.](?=\s+[A-Z(]|\s*$)|,\s+(?:and|or|but)\s+(?:shall|may|is|are)\b"
)
_NOUN_ENDS = words(
    r"[,;:—–](?=\s|$)|[.](?=\s+(?-i:[A-Z(])|\s*$)|\s(?=(?:shall|may|must|will|is|are|means|that\s+is|who|has|have)\s)"
    r"|\s(?=(?:unless|if|except|subject\s+to)\s)"
)
_WAIVES = words(r"\bwaives?\b(?:\s+the\s+application\s+of)?|\bwaivers?\s+(?:of|from)\b")
_OBJECT_ENDS = words(
    r"\s(?=(?:if|on\s+a|upon|by|when|where|for\s+a\s+period|not\s+later)\b)|,\s|\s(?=in\s+the\s+case\b)"
)
_NOUN_STARTS = words(
    r"""(?:^|[,;:(—–]\s*|\b(?=(?:any|each|every|all|an?|the|no|such)\s)|\b(?:of|to|for|by|from|with|in|and
          |or|means|includes?|on)\s+)"""
)
_OPENS = words(r"(?:^|[;:—–]\s*(?:and\s+|or\s+)?|\bthat,?\s+|\)\s+)$")
# A stop that ends a sentence: a capital follows, and no abbreviation stands before.
_SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\bNo)(?<!Stat)(?<!Pub)(?<!seq)(?<!Sec)(?<=[\w)”\x01])[.]\s+(?=[A-Z(“\x01])"
    r"|:\s+(?=Provided\b)"
)
