"""Where the words of a mental state end and which act they limit.

    knowingly and intentionally exports a model       each limits "exports a model"
    a person that, with intent to defraud, sells it   limits "sells it"
    whoever sells a chip with intent to evade this    limits "sells a chip"
    Act commits an offense

Source of the terms: Model Penal Code section 2.02.
"""

from __future__ import annotations

import re

from legannot.read.patterns import words

Span = tuple[int, int]

_ADVERB = (
    r"(?:knowing(?:ly)?|will?ful(?:ly)?|intentional(?:ly)?|purposely|reckless(?:ly)?"
    r"|negligent(?:ly)?|maliciously|corruptly)"
)
#: What tells a mental state.  Skills are none ("with the knowledge and skills"), nor is what
#: Congress had in mind ("consistent with the intent of Congress").
MENTAL = rf"""
      \b{_ADVERB}\b
    | \b(?<!consistent\s)with\s+(?:the\s+|a\s+|specific\s+)?intent(?:ion)?\b
        (?=\s+(?:to|that|of\s+\w+ing|and|or)\b|\s*[,;.)]|$)
    | \bwith\s+(?:the\s+|actual\s+|full\s+)*knowledge\b
        (?=\s+that\b|,?\s+or\s+(?:reckless|intent|reason|with)|\s+and\s+intent|\s*[,;.)]|$
          |\s+of\s+(?:the\s+)?(?:fact|violation|falsity|false|purpose|unlawful|such|its|that|this)\b)
    | \bwith\s+reckless\s+disregard\b
    | \bkn(?:ew|ows)\b
      (?:,?\s+or\s+(?:\w+\s+){{0,3}}?(?:should\s+have\s+known|reason\s+to\s+know),?)?
    | \b(?:has|had|having|with)\s+reason(?:able\s+cause)?\s+to\s+(?:know|believe)\b
    | \bin\s+(?:good|bad)\s+faith\b
"""
_IS_ADVERB = words(_ADVERB)
# What is known stands behind these; they are the verb, and limit nothing before.
_IS_VERB = words(r"(?:kn(?:ew|ows)|has|had|having)\b")
# "knowingly and intentionally", "knowingly and with intent to defraud, exports".
_JOINED = words(
    rf"(?:,?\s+(?:and|or)\s+(?:{_ADVERB}\b|with\s+(?:the\s+)?intent\b[^,;.—]{{1,120}}(?=,)))*,?\s*"
)
_STOP = r"[,;:—–](?=\s|$)|[.](?=\s+(?-i:[A-Z(])|\s*$)|[)]"
_FINITE = r"""\s(?=(?:shall|may|must|will|would|is|are|was|were|commits?|violates?|unless|if)
    (?:\s|[,;.]|$))"""
# The act itself, and not the verb of the main clause around it.
_VERB = words(r"(?!(?:shall|may|must|will|would|is|are|was|were|and|or)\b)\w+")
_PHRASE_ENDS = words(rf"{_STOP}|{_FINITE}")
_STOPS = words(_STOP)
_CLAUSE_OF_ITS_OWN = words(r"\s+(?:of\s+the\s+fact\s+)?that\b")
_GOES_ON = words(
    r",\s+(?!(?:shall|may|must|will|is|are|and|or|but|to\s+the|in|for|by|on|at|with)\b)(?=\w)"
)
# "a person that, with intent", "who with intent", "who knowingly and with intent".
_BEFORE_VERB = words(
    rf"\b(?:who(?:ever)?|that|which|persons?|one)(?:,?\s+{_ADVERB},?\s+(?:and|or))?(?P<comma>,)?\s*$"
)
_VERB_STARTS = words(
    r"""\b(?:who(?:ever)?|that|which|shall|may|must|will)\b(?:\s+not\b)?
      | \bto\b(?=\s+(?!(?:an?|the|any|such|another|each|every|his|her|its|their|that|this|those)
          \b))"""
)
_JOINT = re.compile(r",?\s+(?:and|or)\s*$")
_BREAKS = re.compile(r"[,;:—–(]\s")


def tied(text: str, cue: re.Match[str], sentence: Span) -> tuple[int, Span]:
    """Where the words that `cue` begins end, and the stretch of the sentence that they limit.

    The stretch is empty where the sentence holds no act.
    """
    start, end = sentence
    if _IS_ADVERB.fullmatch(cue.group()):
        if cue.group().lower() == "knowing" and _CLAUSE_OF_ITS_OWN.match(text, cue.end()):
            return _of_phrase(text, cue, sentence)
        behind = _joined_end(text, cue.end(), end)
        verb = _VERB.match(text, behind, end)
        if verb is None:
            return cue.end(), _act_before(text, start, cue.start())
        stop = _PHRASE_ENDS.search(text, verb.end(), end)
        return cue.end(), (behind, stop.start() if stop else end)
    if _IS_VERB.match(cue.group()):
        stop = _PHRASE_ENDS.search(text, cue.end(), end)
        return cue.end(), (cue.end(), stop.start() if stop else end)
    return _of_phrase(text, cue, sentence)


def _of_phrase(text: str, cue: re.Match[str], sentence: Span) -> tuple[int, Span]:
    """`tied` for "with intent to deceive" and its like."""
    start, end = sentence
    closes = _complement_end(text, cue.end(), end)
    opens = not text[start : cue.start()].strip(" (“")
    led = _BEFORE_VERB.search(text, start, cue.start())
    goes_on = _GOES_ON.match(text, closes, end)
    if (opens or led or text[: cue.start()].endswith(", ")) and goes_on:
        stop = _STOPS.search(text, goes_on.end(), end) if opens else None
        stop = stop or _PHRASE_ENDS.search(text, goes_on.end(), end)
        return closes, (goes_on.end(), stop.start() if stop else end)
    if led and not led["comma"] and not led.group().lower().startswith(("person", "one")):
        # "who with intent to deceive exports weights": where the verb begins is not said.
        stop = _PHRASE_ENDS.search(text, cue.end(), end)
        return cue.end(), (cue.end(), stop.start() if stop else end)
    return closes, _act_before(text, start, cue.start())


def _joined_end(text: str, start: int, end: int) -> int:
    match = _JOINED.match(text, start, end)
    return match.end() if match else start


def _complement_end(text: str, start: int, end: int) -> int:
    """Where "to evade this Act" ends, or "that a violation will occur", which has its own verb."""
    stop = _PHRASE_ENDS.search(text, start, end)
    if stop and _CLAUSE_OF_ITS_OWN.match(text, start) and stop.group().isspace():
        stop = _PHRASE_ENDS.search(text, stop.end() + 1, end)
    return stop.start() if stop else end


def _act_before(text: str, start: int, cue: int) -> Span:
    """The verb phrase before some words; without one, what stands there."""
    starts = [match.end() for match in _VERB_STARTS.finditer(text, start, cue)]
    if not starts:
        starts = [match.end() for match in _BREAKS.finditer(text, start, cue)]
    # A comma may stand between the act and the words.
    found = [at for at in starts if text[at:cue].strip(" ,;:—–(")]
    joint = _JOINT.search(text, start, cue)
    return (found[-1] if found else start), joint.start() if joint else cue
