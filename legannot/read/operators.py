"""What a provision does in law: one main operator, from its words, the lead-in above it and its headings.

The words of a bill are read as its drafters write them.  The first main clause decides; a modal in a
relative clause ("any person that may ...") does not.  An item continues its lead-in:

    Each developer shall—                                      duty
      (1) participate in the program; and                      duty, from the lead-in
      (2) provide, on request, materials that may include—     duty: "may" belongs to "materials that"
        (C) model weights;                                     duty
    This section shall not apply to—                           exception

Findings, senses and policies have no force whatever their verbs say (PITFALLS 21); a rule of
construction narrows although it has no "except" (16); "authorized to and shall" is a duty (20); "none of
the funds" is a prohibition (36).
"""

from __future__ import annotations

import re
from functools import lru_cache

from legannot.model import Context, Operator
from legannot.read.clauses import SUBORDINATE, bare, sentences
from legannot.read.parties import parties

__all__ = ["classify", "heading_parts", "parties"]

# Lead-in texts repeat for each item below them; a bill of 3 MB has some thousands.
_LEAD_INS_KEPT = 4096
# A definition, prohibition or duty shows itself early; flattened quoted law can run to 5,000 characters.
_WINDOW = 3000

# These cues decide also inside a relative clause.
_ANYWHERE = ("definition", "amendment")

_NO_FORCE = (Context.FINDING, Context.SENSE, Context.PREAMBLE)


def classify(
    text: str,
    *,
    chapeau: str = "",
    headings: tuple[str, ...] = (),
    context: Context = Context.OPERATIVE,
) -> Operator:
    """The main operator of a provision (TAXONOMY section 1).

    `text` is its own words, with or without a leading enumerator, run-in heading or lead-in; `chapeau`
    the lead-ins above it; `headings` the headings above it and its own, outermost first.
    """
    if context in _NO_FORCE:
        return Operator.FINDING
    if context is Context.TOC or _NO_WORDS.fullmatch(text):
        return Operator.NONE
    parts = heading_parts(headings)
    own = bare(text)[:_WINDOW]
    inherited = _of_lead_in(chapeau[-_WINDOW:], parts) if chapeau else Operator.NONE
    return _decide(own, inherited, _continues(own, chapeau), parts)


def heading_parts(headings: tuple[str, ...]) -> tuple[str, ...]:
    """The single topics of headings, lower case, innermost last: `Findings; purpose` names two."""
    return tuple(
        part.strip(" .").lower()
        for heading in headings
        for part in _HEADING_SEPARATOR.split(heading)
        if part.strip(" .")
    )


def _continues(own: str, chapeau: str) -> bool:
    return bool(chapeau) and chapeau.rstrip()[-1:] in "—–-:," and not own[:1].isupper()


@lru_cache(maxsize=_LEAD_INS_KEPT)
def _of_lead_in(chapeau: str, parts: tuple[str, ...]) -> Operator:
    # The innermost lead-in governs; an outer one only where the inner has no operator of its own.
    if _DECLARES.search(chapeau):
        return Operator.FINDING
    for sentence in reversed(sentences(chapeau)):
        own = bare(sentence)
        found = _own_operator(own)
        if found is not None:
            return _weigh(found, own, _of_headings(parts), parts)
    return _of_headings(parts) or Operator.NONE


def _decide(own: str, inherited: Operator, continues: bool, parts: tuple[str, ...]) -> Operator:
    if _CITED_AS.search(own) or _CONTENTS_ENTRY.match(own) or _BUDGET_LINE.match(own):
        return Operator.NONE
    if inherited is Operator.FINDING or _DECLARES.match(own):
        return Operator.FINDING
    if any(_DECLARATORY_HEADING.fullmatch(part) for part in parts):
        return Operator.FINDING
    found = _first(own)
    if continues and inherited is not Operator.NONE:
        # Only an exclusion or an instruction to amend makes an item differ from its own lead-in, and a
        # bare date ("Effective on September 30, 2031—") leaves everything to its items.
        differs = found in (Operator.EXCEPTION, Operator.AMENDMENT)
        return found if found and (differs or inherited is Operator.TIMING) else inherited
    heading = _of_headings(parts)
    if found is None or (found is Operator.FINDING and inherited is not Operator.NONE):
        return _without_verb(own, inherited, heading)
    return _weigh(found, own, heading, parts)


def _weigh(found: Operator, own: str, heading: Operator | None, parts: tuple[str, ...]) -> Operator:
    """A heading corrects the verb where drafters let it: exceptions and definitions."""
    innermost = _of_heading(parts[-1]) if parts else None
    if found is Operator.AMENDMENT:
        return found
    if innermost is Operator.EXCEPTION and found is not Operator.DUTY:
        return Operator.EXCEPTION
    if innermost is Operator.EXCEPTION and _GRANTS_EXCEPTION.search(own):
        return Operator.EXCEPTION
    if heading is Operator.DEFINITION and found in (Operator.PERMISSION, Operator.FINDING):
        # In a list of definitions "may" says what counts ("may be inferred from").
        return Operator.DEFINITION
    return found


def _without_verb(own: str, inherited: Operator, heading: Operator | None) -> Operator:
    """A fragment: what its lead-in says, else its heading, else what such fragments mostly are."""
    if inherited is not Operator.NONE:
        return inherited
    if heading is not None:
        return heading
    if _REFRAIN.match(own):
        return Operator.PROHIBITION
    if _CLASS.match(own):
        return Operator.DEFINITION
    if (
        _REPORT_CONTENT.match(own)
        or own.endswith((";", "; and", "; or"))
        or _INSTRUCTION.match(own)
    ):
        # An item whose lead-in is out of sight: contents of a report or one of several duties.
        return Operator.DUTY
    return Operator.FINDING if _narrates(own) else Operator.NONE


def _narrates(own: str) -> bool:
    """Whether it tells what was, has been or could be: law is written in the present and in "shall"."""
    told = _NARRATIVE.search(own)
    return told is not None and not SUBORDINATE.search(own[: told.start()][-80:])


def _own_operator(text: str) -> Operator | None:
    if _DECLARES.match(text):
        return Operator.FINDING
    return _first(text)


def _first(text: str) -> Operator | None:
    """The operator of the first main clause that has one."""
    for sentence in sentences(text):
        for cue in _CUE.finditer(sentence):
            operator = _of_cue(cue, sentence)
            if operator is not None:
                return operator
    return Operator.TIMING if _STARTS.search(text) else None


def _of_cue(cue: re.Match[str], sentence: str) -> Operator | None:
    kind = cue.lastgroup or ""
    before = sentence[: cue.start()]
    if kind not in _ANYWHERE and SUBORDINATE.search(before[-80:]):
        return None
    if kind == "modal":
        return _of_modal(cue.group().lower(), before, sentence[cue.end() :])
    return Operator(kind)


def _of_modal(modal: str, before: str, rest: str) -> Operator:
    negated = bool(_NOT.match(rest)) or bool(_NO_SUBJECT.search(before))
    if negated:
        rest = _NOT.sub("", rest, count=1)
        if _RELIEVES.match(rest) or (_THIS_LAW.search(before) and _LEAVES_ALONE.match(rest)):
            return Operator.EXCEPTION
        if _TAKES_EFFECT.match(rest):
            return Operator.TIMING
        if _NO_FORCE_AFTER.match(rest):
            return Operator.SUNSET
        return Operator.EXCEPTION if _NO_REMEDY.search(before) else Operator.PROHIBITION
    for operator, pattern in _PREDICATES:
        if pattern.match(rest):
            return operator
    if _FOR_PURPOSES.match(before) and _DEEMS.match(rest):
        return Operator.DEFINITION
    if modal == "may" or modal.endswith("authorized"):
        if _AND_SHALL.match(rest):
            return Operator.DUTY
        return Operator.PROHIBITION if _ONLY.match(rest) else Operator.PERMISSION
    return Operator.DUTY


def _of_headings(parts: tuple[str, ...]) -> Operator | None:
    for part in reversed(parts):
        found = _of_heading(part)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=_LEAD_INS_KEPT)
def _of_heading(part: str) -> Operator | None:
    return next((op for op, pattern in _HEADINGS if pattern.match(part)), None)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


# What is printed after a quoted block: its closing mark and a connective.
_NO_WORDS = re.compile(r"[\W\d_]*(?:and|or)?[\W\d_]*", re.IGNORECASE)
_HEADING_SEPARATOR = re.compile(r"\s+--?\s+|[—–;:]")

# Declarations without force: House Legislative Counsel's lead-ins for findings, purposes, policies.
_DECLARES = _words(
    r"""\b(?:it\ is|that\ it\ is|the\ following\ (?:is|are))\s+the\s+(?:sense|policy|purposes?|intent)\s+of
      | \bis\s+the\s+sense\s+of\s+(?:the\s+)?(?:congress|senate|house)
      | \b(?:congress|the\ senate|the\ house\ of\ representatives)\s+(?:hereby\s+)?
        (?:finds?|makes?\s+the\s+following\s+findings?|declares?)\b
      | \bthe\s+purposes?\s+of\s+(?:this|the|an?)\b[^.;—]{0,120}?\s+(?:is|are)\b(?!\s+to\s+be\b)
      | \bit\s+shall\s+be\s+the\s+policy\s+of
    """
)
_DECLARATORY_HEADING = _words(
    r"""(?:congressional\s+)?(?:findings?|purposes?|declarations?|background|conclusions?)
        (?:\s*(?:,|and)\s*(?:findings?|purposes?|declarations?|policy|sense\ of.*))*
      | (?:(?:statement|declaration)s?\s+of\s+)?(?:congressional\s+)?polic(?:y|ies)
      | statement\s+of\s+(?:purpose|congress).*
      | (?:the\s+)?sense\s+of\s+(?:the\s+)?(?:congress|senate|house).*
    """
)

_CITED_AS = _words(r"\bmay\s+be\s+(?:cited|referred\s+to)\s+as\b")
_CONTENTS_ENTRY = _words(
    r"""(?:sec(?:tion)?|title|subtitle|division|part)\.?\s+[\dA-Z][\w.-]*[.—]\s+[A-Z]
        (?:(?!\b(?:shall|may|is|are|must)\b).)*$
      | the\s+table\s+of\s+contents\s+(?:of|for)
    """
)
_BUDGET_LINE = _words(r"for\s+(?:all\s+)?(?:necessary\s+)?expenses?\b|for\s+payment\s+to\b")

_CUE = _words(
    r"""(?P<amendment>
          \b(?:is|are)\s+(?:further\s+|each\s+|hereby\s+)*amended\b(?=\s*(?:$|[—–:,-]|by|to\ read|as\ follows|in|so))
        | \bby\s+(?:striking|inserting|adding\s+at|redesignating|amending|transferring|moving)\b
        | ^(?:strike|insert|redesignate|add\s+at\s+the\s+end)\b
        | \b(?:is|are)\s+(?:hereby\s+)?(?:repealed|redesignated|stricken)\b
        )
      | (?P<none>\b(?:is|are)\s+(?:hereby\s+|permanently\s+)*(?:rescinded|appropriated)\b)
      | (?P<definition>
          \b(?:the|each|a)\s+terms?\s+[^.;]{1,200}?\s(?:means?|includes?(?<!\bnot\sinclude)|refers?\s+to|ha(?:s|ve)\s+the\s+(?:same\s+)?meanings?)\b
        | [”"’']\s+(?:means|includes)\b
        | \bha(?:s|ve)\s+the\s+(?:same\s+)?meanings?\b
        | (?<!\bby\s)(?<!\bthe\s)(?<!\bany\s)(?<!\bsuch\s)(?<!\bother\s)(?<!\bthrough\s)\bmeans\b(?!\s+(?:of|to|for|by)\b)
        | \b(?:described|specified|referred\s+to|identified|listed|covered)\s+in\s+(?:this\s+(?:sub)?(?:section|paragraph|clause)
          \s+(?:is|are)\b(?!\s+(?:authorized|required|amended))
          | (?:sub)?(?:section|paragraph|clause)\s+[\dA-Za-z()]+\s+(?:is|are)\s+(?:as\s+follows|(?:any\s+of\s+)?the\s+following))
        | \b(?:is|are)\s+defined\s+(?:as|in|to)\b
        )
      | (?P<exception>
          \b(?:nothing\s+in|no\s+provision\s+of)\s+(?:this|the|(?:sub)?section|(?:sub)?paragraph|chapter|title|such)\b
        | \b(?:is|are)\s+not\s+(?:to\s+be\s+)?(?:construed|interpreted)\b
        | \b(?:does|do)\s+not\s+(?:apply|include|affect|require|prohibit|preclude|limit|extend)\b
        | \b(?:is|are)\s+(?:thus\s+|therefore\s+)?not\s+
          (?:considered|treated|deemed|required|liable|prohibited|in\s+violation|an?\s|[^.;]{0,60}?subject\s+to)
        | \b(?:is|are)\s+(?:exempt|excluded|excepted|immune)\b
        )
      | (?P<prohibition>
          \bnone\s+of\s+the\s+(?:funds|amounts)\b | \bno\s+(?:federal\s+)?(?:funds|part\s+of\s+any\s+appropriation)\b
        | \b(?:it\s+)?(?:shall\s+be|is|are)\s+unlawful\b
        | \b(?:is|are|shall\s+be)\s+(?:hereby\s+)?(?:prohibited|forbidden|barred|unenforceable|void)\b
        | \b(?:is|are|constitutes?)\s+a\s+violation\s+of\b
        | \bwould\s+prohibit\b | \bhave\s+no\s+force\s+or\s+effect\b
        )
      | (?P<penalty>
          \b(?:is|are)\s+(?:guilty|liable|punishable)\b | \bcommits\s+an\s+offense\b
        )
      | (?P<timing>\btakes?\s+effect\b | \b(?:is|are)\s+effective\s+(?:on|beginning|upon)\b)
      | (?P<sunset>
          \b(?:terminates?|expires?)\s+(?:on|at|upon|effective|\d)\b
        | \bceases?\s+to\s+(?:have\s+(?:force|effect)|be\s+(?:in\s+)?effect|exist|apply)\b
        )
      | (?P<modal>
          \b(?:shall|must|may|will)\b | \b(?:is|are)\s+(?:hereby\s+)?authorized\b
        | \b(?:is|are)\s+(?:hereby\s+)?(?:directed|required|responsible|established|subject\s+to)\b
        | \bwould\s+(?:require|authorize)\b
        )
      | (?P<finding>\bshould\b)
    """
)

_NO_SUBJECT = _words(
    r"(?:^|[,;:—–]\s*|\bthat\s+|\w\s+(?=(?-i:No\s)))(?:no\s+(?!later|less|more|fewer|longer|earlier|sooner)|neither\s)"
)
_NOT = _words(
    r"\s+(?:also\s+)?(?:not\b(?!\s+(?:fewer|less|more|later)\s+than)|neither\b|in\s+no\s+(?:case|event)\b|have\s+no\b)"
)

_ADVERBIAL = r"(?:\s*,[^,]{1,200},)?\s+(?:(?:also|be|only|\w+ly)\s+)*"
_RELIEVES = _words(
    _ADVERBIAL
    + r"""(?:apply\b(?=\s*(?:$|[.,;:—]|to\b|with\b|in\b|if\b|when\b|unless\b|until\b|by\b|on\b|after\b|before\b|during\b|only\b)) | (?:considered|treated|deemed|construed|required|liable|included)\b
        | subject\s+to\b | include\b | imposed\s+with\s+respect\s+to\b)
    """
)
_THIS_LAW = _words(
    r"\b(?:this|the\s+amendments?\s+made\s+by)\s+(?:act|(?:sub)?(?:section|title|chapter|paragraph)|division)\b"
)
_LEAVES_ALONE = _words(
    _ADVERBIAL
    + r"(?:affect|preclude|limit|preempt|supersede|prevent|restrict|prohibit|impair|alter|require)\b"
)
_NO_REMEDY = _words(
    r"\bno\s+(?:cause\s+of\s+action|civil\s+action|(?:criminal|civil)\s+liability)\b"
)
_TAKES_EFFECT = _words(r"\s+(?:take|go\s+into|become)\s+effect")

_NO_FORCE_AFTER = _words(r"\s+force\s+(?:or|and)\s+effect\s+(?:after|beginning|on\s+and\s+after)\b")

_RULE_WORDS = r"""(?:(?!(?:of|on|regarding|concerning|about|to|with|under|describing)\b)[\w,()’-]+\s+){0,6}
                  (?:regulations?|rules?|rulemakings?)\b"""
_PREDICATES: tuple[tuple[Operator, re.Pattern[str]], ...] = (
    (
        Operator.PENALTY,
        _words(
            _ADVERBIAL
            + r"""(?:fined|imprisoned|punished|liable|assessed\s+a)\b
                | _ADVERBIAL_ subject\s+to\s+(?:the\s+|an?\s+|such\s+)?(?:\w+\s+){0,2}(?:penalt|fine\b|imprisonment)
                | \s+(?:[^.;]{0,40}?\b)?(?:impose|assess)\s+[^.;]{0,60}?\bpenalt
                | \s+be\s+treated\s+as\s+an?\s+(?:violation|unfair)
            """.replace("_ADVERBIAL_", _ADVERBIAL)
        ),
    ),
    (
        Operator.SUNSET,
        _words(
            _ADVERBIAL
            + r"""(?:(?:terminate|expire|sunset)\b(?=\s*(?:$|[.,;]|on\b|at\b|upon\b|effective|not\s+later|when\b|if\b|\d|the\s+date))
                | cease\s+to\s+(?:have\s+(?:force|effect)|be\s+(?:in\s+)?effect|exist|apply) | (?:no\s+longer\s+(?:have|be|apply)))
            """
        ),
    ),
    (
        Operator.TIMING,
        _words(
            _ADVERBIAL
            + r"""(?:(?:take|become|go\s+into)\s+effect | effective\s+(?:on|beginning|upon|as\s+of) | become\s+effective
                | apply\b[^.;]{0,250}?\b(?:beginning|on\s+(?:or|and)\s+after|(?:made|entered\s+into|occurring|issued|commenc\w+|begun|beginning)\s+(?:on|after|before)|after\s+the\s+date))
            """
        ),
    ),
    (
        Operator.DELEGATION,
        _words(
            r"""(?:,)?\s+by\s+(?:an?\s+)?(?:regulation|rule)\b
              | _A_(?:promulgate|issue|prescribe|adopt|initiate|conduct|commence|amend|revise|finalize|propose|make)\s+_R_
              | \s+(?:promulgate|issue|prescribe)\s+such\s+(?:regulations|rules)
              | _A_designate\b
            """.replace("_A_", _ADVERBIAL).replace("_R_", _RULE_WORDS)
        ),
    ),
    (
        Operator.EXCEPTION,
        _words(
            _ADVERBIAL
            + r"(?:waive\b|exempt\b|excepted\b|excluded\b|grant\s+(?:an?\s+)?(?:waiver|exemption|exception)s?\b)"
        ),
    ),
    (
        Operator.PERMISSION,
        _words(
            r"""\s+(?:also\s+)?(?:have\s+(?:the\s+)?(?:right|authority|power|\w+\s+access|access)\b
                | be\s+(?:entitled|eligible|permitted|authorized|allowed)\b)
            """
        ),
    ),
)
_FOR_PURPOSES = _words(r"(?:[^.;]{0,60}?,\s+)?(?:for|solely\s+for)\s+(?:the\s+)?purposes\s+of\b")
_DEEMS = _words(
    r"\s+(?:not\s+)?be\s+(?:treated|considered|deemed|determined|inferred|presumed|construed)\b"
)
_AND_SHALL = _words(r"\s+(?:to\s+)?(?:and|,\s+and)\s+(?:shall|directed|required)\b")
_ONLY = _words(r"\s+(?:be\s+)?(?:\w+\s+)?only\b")
_STARTS = _words(
    r"\bbeginning\s+on\s+the\s+(?:date|day)\b|\bon\s+and\s+after\s+the\s+date\b|\beffective\s+on\b"
)

_GRANTS_EXCEPTION = _words(
    r"\b(?:exceptions?|exemptions?|exclusions?|waivers?)\s+(?:for|to|from)\b|\bexcept\b"
)
_NARRATIVE = _words(
    r"(?<!\bwe\s)\b(?:(?:has|have|had)\s+(?:been|\w+ed)|was|were|could|can)\b(?!\s*[,;])"
)
_REFRAIN = _words(r"(?:avoid|refrain\s+from|not)\b")
_CLASS = _words(r"any\s+[^,;]{1,80}?\s(?:that|which|who|whose)\b")
_REPORT_CONTENT = _words(
    r"""(?:an?|the|any)\s+(?:\w+\s+){0,2}?(?:description|assessment|analysis|examination|evaluation|identification|summary|
        list|listing|explanation|discussion|review|statement|determination|estimate|accounting|plan|strategy|
        recommendations?|inventory|overview|certification|justification|detailed)\b
      | (?:input|recommendations|information|data|findings|details|steps|strategies|procedures)\b
    """
)
# Items of a list of duties start with the bare verb.
_INSTRUCTION = _words(
    r"""(?:(?:in|not|within|upon|after|before|with|on|to)\b[^.;]{1,250}?,\s+)?(?:assess|assist|consult|coordinate|collect|conduct|consider|convene|carry\s+out|develop|determine|disclose|
        ensure|establish|evaluate|examine|follow|identify|implement|include|issue|maintain|make|monitor|notify|
        obtain|prepare|prevent|promote|protect|provide|publish|recommend|report|require|review|seek|share|
        solicit|submit|support|take|terminate|transmit|update|use|verify|work)\b
        (?!\s+(?:of|is|are)\b)
    """
)

_HEADINGS: tuple[tuple[Operator, re.Pattern[str]], ...] = (
    (
        Operator.DEFINITION,
        _words(r"(?:\w+\s+)?definitions?\b(?!\s+of\s+success)|.*\bdefined$|.*\bdefinitions?$"),
    ),
    (
        Operator.EXCEPTION,
        _words(
            r"""(?!(?:limitation|prohibition|restriction|report|notice|notification|review|study|repeal|modification)s?\b)
                (?:.*\b(?:exceptions?|exclusions?|exemptions?|waivers?)\b | rules?\s+of\s+construction\b | savings?\b)
            """
        ),
    ),
    (Operator.PENALTY, _words(r"(?:\w+\s+)?penalt(?:y|ies)\b")),
    (
        Operator.SUNSET,
        _words(
            r"sunset\b|termination(?:\s+(?:date|of\s+(?:authority|effectiveness|program)))?$|expiration\b"
        ),
    ),
    (Operator.TIMING, _words(r"(?:effective\s+dates?|applicability|date\s+of\s+applicability)\b")),
)
