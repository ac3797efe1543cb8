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
from collections.abc import Iterator

from legannot.model import Bill, Context, Provision
from legannot.model.facts import Condition, ConditionKind
from legannot.read.patterns import words
from legannot.read.quoted import quoted


def conditions(bill: Bill) -> tuple[Condition, ...]:
    """The conditions in the texts of a bill, in reading order; tables of contents have none."""
    found: list[Condition] = []
    for provision in bill.walk():
        if provision.context is not Context.TOC and _CUE.search(provision.text):
            found.extend(_in(provision))
    return tuple(found)


def _in(provision: Provision) -> Iterator[Condition]:
    # What is quoted is another law's condition.
    text = quoted(provision).blotted
    for start, end in _sentences(text):
        taken = start
        for match in _CUE.finditer(text, start, end):
            if match.start() < taken:
                continue
            kind = _kind(match)
            # "In general Subject to subsection (b), the": a heading in the text has no stop.
            begin = match.start() if kind in _CLAUSES and match.group()[0].isupper() else start
            clause = _clause_end(text, match, begin, end, kind)
            limits = _limits(text, match.start(), clause, (begin, end), kind)
            if clause <= match.start() or limits[1] <= limits[0]:
                continue
            yield Condition(
                path=provision.path,
                start=match.start(),
                end=clause,
                kind=kind,
                cue=" ".join(match.group().lower().split()),
                quote=provision.text[match.start() : clause],
                limits=limits,
                limited=provision.text[limits[0] : limits[1]],
                items=text[-1:] in ("—", "–", ":") and not text[clause:].strip(" —–:"),
            )
            # A mental state is one word in a clause that goes on; others hold what is in them.
            taken = match.end() if kind == "mental-state" else clause


def _kind(match: re.Match[str]) -> ConditionKind:
    kind = match.lastgroup or "condition"
    return _KINDS[kind]


def _clause_end(text: str, cue: re.Match[str], start: int, end: int, kind: ConditionKind) -> int:
    """Where the clause that a cue opens ends."""
    if kind == "mental-state":
        return cue.end()
    # "If, after consultation, the Secretary finds": the clause has only begun.
    aside = _ASIDE.match(text, cue.end(), end)
    own = aside.end() if aside else cue.end()
    if cue.lastgroup == "noun":
        stop = _NOUN_ENDS.search(text, own, end)
    elif not text[start : cue.start()].strip(" (“") or _OPENS.search(text, start, cue.start()):
        stop = _comma_before_main(text, own, end)
    else:
        stop = _CLAUSE_ENDS.search(text, own, end)
    found = stop.start() if stop else end
    found = _parenthesis_end(text, cue.start(), found, start)
    while found > cue.end() and text[found - 1] in " ,;.":
        found -= 1
    return found


def _comma_before_main(text: str, start: int, end: int) -> re.Match[str] | None:
    """The comma after which the main clause begins: its subject comes next, then its verb."""
    last = None
    for match in _COMMA.finditer(text, start, end):
        verb = _MAIN_VERB.search(text, match.end(), end)
        if verb is None:
            break
        last = last or match
        # "Except as provided in subsections (b), (c), and (d), the Secretary": a list goes on.
        if _SUBJECT.match(text, match.end(), end):
            return match
    return last


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


def _limits(
    text: str, cue: int, clause: int, sentence: tuple[int, int], kind: ConditionKind
) -> tuple[int, int]:
    """The stretch that a clause limits."""
    start, end = sentence
    if kind == "mental-state":
        stop = _VERB_PHRASE_ENDS.search(text, clause, end)
        return _tight(text, clause, stop.start() if stop else end)
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
    while start < end and text[start] in " ,;—–:(":
        start += 1
    while end > start and text[end - 1] in " ,;.—–:(":
        end -= 1
    return start, end


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
# What opens a clause; the others stand on a noun or a verb.
_CLAUSES = frozenset(("override", "exception", "subordination", "condition", "scope"))
# Source of the terms: House Legislative Counsel's Manual on Drafting Style (exceptions, conditions,
# "notwithstanding", "subject to"); Model Penal Code section 2.02 (mental states).
_CUE = words(
    r"""(?P<override>\bnotwithstanding\b)
      | (?P<exception>\bexcept\b(?:\s+(?:as|that|to|in|for|with|where|when|if|under|by|pursuant|
          insofar)\b)? | \bunless\b | \bwith\s+the\s+exception\s+of\b)
      | (?P<noun>\bother\s+than\b(?!\s+as\b) | \bexcluding\b | \b(?:but|does|do)\s+not\s+includ\w+\b
        | \bexclusive\s+of\b | \bapart\s+from\b)
      | (?P<waiver>\b(?:may|shall)\s+(?:,[^,;.]{1,120},\s+)?(?:waive|grant\s+(?:an?\s+)?waivers?)\b
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
      | (?P<mental>\b(?:knowing(?:ly)?|will?ful(?:ly)?|intentional(?:ly)?|purposely|reckless(?:ly)?
          |negligent(?:ly)?|maliciously|corruptly)\b
        | \bwith\s+(?:the\s+)?(?:intent|knowledge|reckless\s+disregard|actual\s+knowledge)\b
        | \bkn(?:ew|ows)\b
          (?:,?\s+or\s+(?:\w+\s+){0,3}?(?:should\s+have\s+known|reason\s+to\s+know),?)?
        | \b(?:has|had|having|with)\s+reason(?:able\s+cause)?\s+to\s+(?:know|believe)\b
        | \bin\s+(?:good|bad)\s+faith\b)
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
_COMMA = re.compile(r",(?=\s)|[—–]")
_CLAUSE_ENDS = re.compile(
    r"[;—–:](?=\s|$)|[.](?=\s+[A-Z(]|\s*$)|,\s+(?:and|or|but)\s+(?:shall|may|is|are)\b"
)
_NOUN_ENDS = words(
    r"[,;:—–](?=\s|$)|[.](?=\s+(?-i:[A-Z(])|\s*$)|\s(?=(?:shall|may|must|will|is|are|means|that\s+is|who|has|have)\s)"
)
_VERB_PHRASE_ENDS = words(
    r"[,;:—–](?=\s|$)|[.](?=\s+(?-i:[A-Z(])|\s*$)|\s(?=(?:shall|may|must|will|is|are|unless|if)\s)"
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
