"""What a provision does in law: one main operator, by its words, its lead-in and its headings.

The words are read as drafters write them.  The first main clause decides; a modal in a relative
clause ("any person that may ...") does not.  An item continues its lead-in:

    Each developer shall—                                      duty
      (1) participate in the program; and                      duty, from the lead-in
      (2) provide materials that may include—                  duty: "may" belongs to "materials"
        (C) model weights;                                     duty
    This section shall not apply to—                           exception

Findings, senses and policies bind nobody whatever their verbs say; a rule of construction narrows
although it has no "except"; "authorized to and shall" is a duty; "none of the funds" a prohibition.
"""

from __future__ import annotations

import re
from functools import lru_cache

from legannot.model import Context, Operator
from legannot.read import cues
from legannot.read.clauses import bare, conditional, sentences, subordinate

# Lead-ins and headings repeat for each item below them; a bill of 3 MB has some thousands.
_KEPT = 4096
# What a provision does shows itself early; flattened quoted law runs to 5,000 characters.
_WINDOW = 3000

_NO_FORCE = (Context.FINDING, Context.SENSE, Context.PREAMBLE)


def classify(
    text: str,
    *,
    chapeau: str = "",
    headings: tuple[str, ...] = (),
    context: Context = Context.OPERATIVE,
) -> Operator:
    """The main operator of a provision (TAXONOMY section 1).

    `text` is its own words, with or without a leading enumerator, run-in heading or lead-in;
    `chapeau` the lead-ins above it; `headings` those above it and its own, outermost first.
    """
    if context in _NO_FORCE:
        return Operator.FINDING
    if context is Context.TOC or cues.NO_WORDS.fullmatch(text):
        return Operator.NONE
    topics = _topics(headings)
    own = bare(text)[:_WINDOW]
    inherited = _of_lead_in(chapeau[-_WINDOW:], topics) if chapeau else Operator.NONE
    continues = chapeau.rstrip()[-1:] in tuple("—–-:,") and not own[:1].isupper()
    return _decide(own, inherited, topics, continues=continues)


@lru_cache(maxsize=_KEPT)
def _topics(headings: tuple[str, ...]) -> tuple[str, ...]:
    """The single topics of headings, lower case, innermost last: `Findings; purpose` has two."""
    return tuple(
        topic.strip(" .").lower()
        for heading in headings
        for topic in cues.HEADING_SEPARATOR.split(heading)
        if topic.strip(" .")
    )


@lru_cache(maxsize=_KEPT)
def _of_lead_in(chapeau: str, topics: tuple[str, ...]) -> Operator:
    # The innermost lead-in governs; an outer one only where the inner has no operator of its own.
    if cues.DECLARES.search(chapeau):
        return Operator.FINDING
    for sentence in reversed(sentences(chapeau)):
        own = bare(sentence)
        found = _first(own)
        if found is not None:
            return _weighed(found, own, topics)
    return _of_headings(topics) or Operator.NONE


def _decide(own: str, inherited: Operator, topics: tuple[str, ...], *, continues: bool) -> Operator:
    found = _first(own)
    if found is Operator.AMENDMENT:
        return found
    if cues.MAKES_RULES.match(own):
        found = Operator.DELEGATION
    if cues.CITED_AS.search(own) or cues.CONTENTS_ENTRY.match(own) or cues.BUDGET_LINE.match(own):
        return Operator.NONE
    if inherited is Operator.FINDING or cues.DECLARES.match(own):
        return Operator.FINDING
    if inherited is not Operator.AMENDMENT and _declared(found, topics):
        return Operator.FINDING
    if continues and inherited is not Operator.NONE:
        # Only an exclusion or a penalty makes an item differ from its own lead-in, and a bare date
        # ("Effective on September 30, 2031—") leaves everything to its items.
        # A class is also defined by what its members are not.
        limb = inherited is Operator.DEFINITION and cues.IS_NOT.match(own)
        spared = found is Operator.EXCEPTION and not limb
        differs = spared or found is Operator.PENALTY or inherited is Operator.TIMING
        return found if found and differs else inherited
    if found is None or (found is Operator.FINDING and inherited is not Operator.NONE):
        return _without_verb(own, inherited, topics)
    return _weighed(found, own, topics)


def _declared(found: Operator | None, topics: tuple[str, ...]) -> bool:
    """Whether a heading takes all force from the words under it."""
    if any(map(cues.DECLARATORY_HEADING.fullmatch, topics)):
        return True
    return found in (None, Operator.FINDING) and any(map(cues.STATING_HEADING.fullmatch, topics))


def _weighed(found: Operator, own: str, topics: tuple[str, ...]) -> Operator:
    """A heading corrects the verb where drafters let it: for exceptions and definitions."""
    if found is Operator.AMENDMENT:
        return found
    innermost = _of_heading(topics[-1]) if topics else None
    if innermost is Operator.EXCEPTION and (
        found is not Operator.DUTY or cues.GRANTS_EXCEPTION.search(own)
    ):
        return Operator.EXCEPTION
    if found is Operator.PERMISSION and _of_headings(topics) is Operator.DEFINITION:
        # In a list of definitions "may" says what counts ("may be inferred from").
        return Operator.DEFINITION
    return found


def _without_verb(own: str, inherited: Operator, topics: tuple[str, ...]) -> Operator:
    """A fragment: what its lead-in says, else its heading, else what such fragments mostly are."""
    above = inherited if inherited is not Operator.NONE else _of_headings(topics)
    if above is not None:
        return above
    if cues.REFRAIN.match(own):
        return Operator.PROHIBITION
    if cues.CLASS.match(own):
        return Operator.DEFINITION
    listed = own.endswith((";", "; and", "; or"))
    if listed or cues.REPORT_CONTENT.match(own) or cues.INSTRUCTION.match(own):
        # An item whose lead-in is out of sight: contents of a report or one of several duties.
        return Operator.DUTY
    told = cues.NARRATIVE.search(own)
    tells = told is not None and not subordinate(own[: told.start()])
    if tells or (own[:1].isupper() and cues.STATEMENT.match(own)):
        return Operator.FINDING
    # Sentences begin with a capital; what does not is an item like those above.
    acts = own[:1].islower() and not cues.OBJECT.match(own)
    return Operator.DUTY if acts else Operator.NONE


def _first(text: str) -> Operator | None:
    """The operator of the first main clause that has one."""
    for sentence in sentences(text):
        for cue in cues.CUE.finditer(sentence):
            operator = _of_cue(cue, sentence)
            if operator is not None:
                return operator
    return Operator.TIMING if cues.STARTS.search(text) else None


def _of_cue(cue: re.Match[str], sentence: str) -> Operator | None:
    kind = cue.lastgroup or ""
    before = sentence[: cue.start()]
    if kind not in cues.ANYWHERE and subordinate(before):
        return None
    if kind in cues.VERBS and conditional(before):
        return None
    if kind == "definition" and cues.ASKS.search(before):
        return None
    if kind == "modal":
        return _of_modal(cue.group().lower(), before, sentence[cue.end() :])
    return Operator(kind)


def _of_modal(modal: str, before: str, after: str) -> Operator:
    if modal.endswith(("required", "needed")) and cues.NO_SUBJECT.search(before):
        return Operator.EXCEPTION
    if cues.NOT.match(after) or cues.NO_SUBJECT.search(before):
        return _negated(before, cues.NOT.sub("", after, count=1))
    for operator, predicate in cues.PREDICATES:
        if predicate.match(after):
            return operator
    if cues.FOR_PURPOSES.match(before) and cues.DEEMS.match(after):
        return Operator.DEFINITION
    if modal != "may" and not modal.endswith(("authorized", "empowered")):
        return Operator.DUTY
    if cues.AND_SHALL.match(after):
        return Operator.DUTY
    if cues.ONLY.match(after):
        return Operator.PROHIBITION
    clause = before + after[: cues.ASIDE]
    return Operator.EXCEPTION if cues.NOTWITHSTANDING.search(clause) else Operator.PERMISSION


def _negated(before: str, after: str) -> Operator:
    """`after` is what follows the negation: "shall not [apply to]" relieves, most others forbid."""
    law = cues.THIS_LAW.search(before) or cues.ENDED.search(before)
    spares = law and cues.LEAVES_ALONE.match(after)
    barred = cues.NO_SUIT.search(before) and cues.BROUGHT.match(after)
    if spares or barred or cues.RELIEVES.match(after) or cues.NO_REMEDY.search(before):
        return Operator.EXCEPTION
    if cues.TAKES_EFFECT.match(after):
        return Operator.TIMING
    return Operator.SUNSET if cues.NO_FORCE_AFTER.match(after) else Operator.PROHIBITION


def _of_headings(topics: tuple[str, ...]) -> Operator | None:
    """What the innermost heading that tells anything says."""
    return next((op for op in map(_of_heading, reversed(topics)) if op is not None), None)


@lru_cache(maxsize=_KEPT)
def _of_heading(topic: str) -> Operator | None:
    return next((op for op, pattern in cues.HEADINGS if pattern.match(topic)), None)
