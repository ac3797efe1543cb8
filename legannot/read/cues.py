"""The words by which a bill says what it does, as patterns for `operators`.

Each pattern states how drafters write, not what one bill says.  Sources: the manual on drafting
style of the House Legislative Counsel; customary findings, savings clauses and appropriations.
"""

from __future__ import annotations

import re

from legannot.model import Operator
from legannot.read.patterns import MONTHS, words

# What is printed after a quoted block: its closing mark and a connective.
NO_WORDS = re.compile(r"[\W\d_]*(?:and|or)?[\W\d_]*", re.IGNORECASE)
HEADING_SEPARATOR = re.compile(r"\s+--?\s+|[—–;:]")

# ── words without force ───────────────────────────────────────────────────────────────────────────

DECLARES = words(
    r"""\b(?:(?:that\ )?it\ is|the\ following\ (?:is|are))\s+the\s+
        (?:sense|policy|purposes?|intent)\s+of
      | \bis\s+the\s+sense\s+of\s+(?:the\s+)?(?:congress|senate|house)
      | \b(?:(?:the\ )?congress|the\ senate|the\ house\ of\ representatives|the\ legislature
          |the\ general\ assembly)\s+(?:(?:hereby|further)\s+)?
        (?:finds?|makes?\s+the\s+following\s+findings?|declares?)\b
      | \bthe\s+purposes?\s+of\s+(?:this|the|an?)\b[^.;—]{0,120}?\s+(?:is|are|include)\b
        (?!\s+to\s+be\b)
      | \bit\s+shall\s+be\s+the\s+policy\s+of
      | \bit\s+is\s+(?:hereby\s+)?declared\s+(?:to\s+be\s+)?(?:the|that)\b
      | ^whereas\b(?!\s+clause)
    """
)
DECLARATORY_HEADING = words(
    r"""(?:(?:congressional|legislative|key)\s+)?findings?
        (?:\s*(?:,|and)\s*(?:purposes?|declarations?|policy|sense\ of.*))*
      | (?:statement|declaration)s?\s+of\s+(?:congressional\s+)?
        (?:polic(?:y|ies)|purposes?|congress.*)
      | (?:the\s+)?sense\s+of\s+(?:the\s+)?(?:congress|senate|house).*
      | background | executive\s+summary | recommended\s+(?:policy\s+)?actions? | conclusions?
      | .*\brecitals?\b.* | whereas\b.*
      | (?:minority|additional|dissenting)\s+views
    """
)
# Such a heading stands over law as well ("Policy: the Secretary shall ...").
STATING_HEADING = words(r"(?:purposes?|polic(?:y|ies))(?:\s+and\s+(?:purposes?|findings?))?")
CITED_AS = words(r"\bmay\s+be\s+(?:cited|referred\s+to)\s+as\b")
CONTENTS_ENTRY = words(
    r"""(?:sec(?:tion)?|title|subtitle|division|part)\.?\s+[\dA-Z][\w.-]*[.—]\s+[A-Z]
        (?:(?!\b(?:shall|may|is|are|must)\b).)*$
      | the\s+table\s+of\s+contents\s+(?:of|for)
    """
)
BUDGET_LINE = words(r"for\s+(?:all\s+)?(?:necessary\s+)?expenses?\b|for\s+payment\s+to\b")
# Law is written in the present and in "shall"; what was, has been or could be is told.
NARRATIVE = words(
    r"""(?<!\bwe\s)\b(?:(?:has|have|had)\s+(?:been|\w+ed)|was|were|could|can)\b(?!\s*[,;])"""
)

# A statement about the world is told as well; one about the machinery of the law makes it.
STATEMENT = words(
    r"""(?!.*\b(?:we|this|such|subsection|paragraph|section|title|term|funds?|amounts?|balances?|members?
          |secretary|director|commission|board|council|committee|program|grant|vacancy|quorum
          |burden)\b)
        [^.;:]{3,160}?(?<!\bthat)(?<!\bwhich)(?<!\bwho)\s
        (?:is|are|has|have|does\s+not|do\s+not|represents?|poses?|remains?)\b.*\.$
    """
)

# ── the first word that tells what a clause does ──────────────────────────────────────────────────

_MONTH = f"(?:{'|'.join(MONTHS)})"
_LEVEL = r"(?:sub)?(?:section|paragraph|clause)"
_MEANS = r"(?:means?|includes?|refers?\s+to|ha(?:s|ve)\s+the\s+(?:same\s+)?meanings?)"
_NOT_BY_MEANS = r"(?<!\bby\s)(?<!\bthe\s)(?<!\bany\s)(?<!\bsuch\s)(?<!\bother\s)(?<!\bthrough\s)"
#: The name of each group is an operator, except `modal`, which `operators` weighs further.
CUE = words(
    rf"""(?P<amendment>
          \b(?:is|are)\s+(?:further\s+|each\s+|hereby\s+)*amended\b
          (?=\s*(?:$|[—–:,-]|by|to\ read|as\ follows|in|so))
        | \bby\s+(?:striking|inserting|adding\s+at|redesignating|amending|transferring|moving)\b
        | ^(?:strike|insert|redesignate|add\s+at\s+the\s+end)\b
        | \b(?:is|are)\s+(?:hereby\s+)?(?:repealed|redesignated|stricken)\b
        )
      | (?P<none>
          \b(?:is|are)\s+(?:hereby\s+|permanently\s+)*(?:rescinded|revoked|appropriated)\b)
      | (?P<definition>
          \b(?:the|each|a)\s+terms?\s+[^.;]{{1,200}}?(?<!\bnot)\s{_MEANS}\b
        | [”"’']\s+(?:means|includes)\b
        | \bha(?:s|ve)\s+the\s+(?:same\s+)?meanings?\b
        | {_NOT_BY_MEANS}\bmeans\b(?!\s+(?:of|to|for|by)\b)
        | \b(?:described|specified|referred\s+to|identified|listed|covered)\s+in\s+(?:
              this\s+{_LEVEL}\s+(?:is|are)\b(?!\s+(?:authorized|required|amended))
            | {_LEVEL}\s+[\dA-Za-z()]+\s+(?:is|are)\s+
              (?:as\s+follows|(?:any\s+of\s+)?the\s+following|an?|the|any)\b
          )
        | \b(?:is|are)\s+(?:defined\s+(?:as|in|to)|an?\s+covered)\b
        | (?<!\bthat\s)(?<!\bwhich\s)\b(?:is|are)\s+subject\s+to\s+the\s+
          (?:EAR|Export\s+Administration\s+Regulations)\s+(?:if|when|where|because)\b
        | \bthe\s+following\s+[^.;]{{1,60}}?\s(?:is|are)\s+subject\s+to\s+the\s+
          (?:EAR|Export\s+Administration\s+Regulations)\b
        | \bconstitutes?\s+(?:an?\s+)?foreign\s+adversar(?:y|ies)\b
        | \b(?:is|are)\s+determined\s+to\s+be\s+(?:an?\s+)?foreign\s+adversar(?:y|ies)\b
        | \b(?:is|are)\s+(?:also\s+|hereby\s+)?
          (?:deemed|presumed|considered|treated\s+as)\s+(?:to\s+be\s+)?(?:an?|the)\b
          (?!\s+(?:violation|unfair|breach|infringement|offense))
        | \b(?:is|are)\s+(?:also\s+|hereby\s+)?presumed\s+to\b
        | \b(?:is|are)\s+an?\s+(?:deemed\b|(?:export|reexport|in-country\s+transfer|covered\s+\w+)
            \s+(?:to|of|for|if|when|any|that|under)\b)
        | \bshall\s+be\s+(?:presumed\s+to|(?:deemed|considered|classified\s+as|treated\s+as)\s+
            (?:to\s+(?:be|have)|an?\b
            (?!\s+(?:violation|unfair|breach|infringement|offense))
            (?!(?:\s+an?)?\s+provider)))\b
        | \b(?:is|are)\s+covered(?=[.;]|\s+(?:if|when)\b)
        )
      | (?P<exception>
          \b(?:nothing\s+in|no\s+provision\s+of)\s+
          (?:this|the|{_LEVEL}|subparagraph|chapter|title|such)\b
        | \b(?:is|are)\s+not\s+(?:to\s+be\s+)?(?:construed|interpreted)\b
        | \b(?:term|definition)\s+excludes\b
        | \bnone\s+of\s+[^.;]{{1,80}}?\bshall\s+be\s+construed\b
        | \bha(?:s|ve)\s+no\s+(?:duty|obligation)\b | \bis\s+an?\s+(?:affirmative\s+)?defense\b
        | \b(?:is|are)\s+not\s+\w+\s+for\s+(?:the\s+)?purposes\s+of\b
        | \blicense\s+exception\s[^.;]{{1,80}}?\bauthorizes\b
        | \b(?:does|do)\s+not\s+(?:apply|bind|include|affect|require|prohibit|preclude|limit|extend
            |forbid|bar|prevent|restrict|preempt|supersede|displace|impair|reach|cover|violate|control
            |(?:constitute|amount\s+to)\s+(?:an?\s+)?(?:violation|offense|breach|infringement))\b
        | \bneed\s+not\b
        | \b(?:is|are)\s+(?:thus\s+|therefore\s+)?not\s+(?:considered|treated|deemed|required|liable
            |prohibited|in\s+violation|intended\s+to|an?\s|[^.;]{{0,60}}?subject\s+to)
        | \b(?:is|are)\s+(?:exempt|excluded|excepted|immune|waived)\b
        )
      | (?P<prohibition>
          \bnone\s+of\s+the\s+(?:federal\s+)?(?:funds|amounts)\b
        | \bno\s+(?:federal\s+)?(?:funds|part\s+of\s+any\s+appropriation)\b
        | \b(?:it\s+)?(?:shall\s+be|is|are)\s+unlawful\b
        | \b(?:is|are|shall\s+be)\s+(?:hereby\s+)?
          (?:prohibited|forbidden|barred|unenforceable|void)\b
        | \b(?:is|are|constitutes?)\s+a\s+violation\s+of\b
        | \b(?:is|are)\s+(?:inadmissible|ineligible)\b
        | \b(?:is|are)\s+not\s+(?:permitted|allowed|authorized|eligible)\b
        | ^no\s+[^.;]{{1,80}}?\b(?:is|are)\s+(?:available|permitted|allowed|authorized)\b
        | \bproperty\b[^.;]{{1,400}}?\b(?:is|are)\s+(?:hereby\s+)?blocked\b
        | \bwould\s+prohibit\b | \bprohibits\b
        | \bit\s+shall\s+be\s+a\s+violation\b
        | \bshall\s+(?:presumptively\s+)?deny\s+(?:[\w,]+\s+){{0,3}}(?:licen[cs]es?|applications?)\b
        | \b(?:prohibitions?|restrictions?)\b[^.;]{{0,80}}?(?<!\bnot)(?<!\bthat)(?<!\bwhich)
          (?<!\bshall)(?<!\bmay)(?<!\bto)\sappl(?:y|ies)\s+(?:to|in|with|when|if|also|where)\b
          (?![^.;]{{0,250}}\bafter\s+the\s+(?:date|last\s+day|end)\b)
        )
      | (?P<duty>
          \b(?:requirements?|obligations?|duties)\b[^.;]{{0,80}}?(?<!\bnot)(?<!\bthat)(?<!\bwhich)
          (?<!\bshall)(?<!\bmay)(?<!\bto)\sappl(?:y|ies)\s+(?:to|in|with|when|if|also|where)\b
          (?![^.;]{{0,80}}\b(?:on\s+(?:or|and)\s+after|beginning)\b)
        | \b(?:signator|part)ies\s+(?:commit|agree|undertake)\s+to\b
        | \b(?:contractor|offeror|bidder|vendor)s?\s+(?:hereby\s+)?
          (?:represents?|warrants?|certif(?:y|ies)|agrees?)\b
        | \b(?:functions|duties|responsibilities)\s+of\b[^.;]{{1,160}}?\s
          (?:are(?:\s+to\b|\s+as\s+follows\b|(?=\s*[—–:]))|includes?\b)
        | \brequires?\s+(?:an?\s+|the\s+|prior\s+)?(?:export\s+|written\s+)?
          (?:licen[cs]es?|authori[sz]ations?|permits?|approvals?|statements?)\b)
      | (?P<penalty>\b(?:is|are)\s+(?:guilty|liable|punishable)\b | \bcommits\s+an\s+offense\b
        | \bpenalties\s+(?:provided|described|set\s+forth)\b[^.;]{{0,200}}?\bshall\s+apply\b
        | \b(?:is|are)\s+subject\s+to\s+(?:the\s+|an?\s+|such\s+)?(?:\w+\s+){{0,2}}
          (?:penalt(?:y|ies)|fines?|imprisonment)\b
        | \bpenalt(?:y|ies)\b[^;]{{0,200}}?\s(?:shall\s+)?appl(?:y|ies)\s+
          (?:to|with\s+respect\s+to|in\s+the\s+case\s+of)\s+(?:an?\s+|any\s+|each\s+|every\s+)
          (?:\w+\s+)?(?:person|individual|entity|violation|party)\b)
      | (?P<permission>
          \bha(?:s|ve)\s+(?:the\s+|an?\s+)?(?:exclusive\s+|sole\s+)?(?:right|authority)\s+to\b
        | \b(?:is|are)\s+entitled\s+to\b
        | \bauthorizes\s+(?:the|an?|any)\b)
      | (?P<timing>\btakes?\s+effect\b | \bbecomes?\s+(?:operative|effective)\b
        | \b(?:enters?|comes?)\s+into\s+force\b
        | \b(?:is|are)\s+effective\s+(?:on|beginning|upon)\b
        | \bappl(?:y|ies)\s[^.;]{{0,250}}?\safter\s+(?:the\s+(?:date|last\s+day|end)\b|{_MONTH}\s)
        | \b(?:applies|begins?)\s+(?:[^.;,]{{0,60}}?\s)?(?:beginning\b|on\s+(?:or|and)\s+after\b
            |\d+\s+(?:days|months|years)\s+after\b)
        | \b(?:shall|will)\s+remain\s+in\s+(?:force|effect)\b)
      | (?P<sunset>
          \b(?:terminates?|expires?)\s+(?:on|at|upon|effective|\d)\b
        | \bceases?\s+to\s+
          (?:have\s+(?:any\s+)?(?:force|effect)|be\s+(?:in\s+)?effect|exist|apply)\b
        | \b(?:is|are)\s+hereby\s+(?:suspended|stayed|terminated)\b
        | \b(?:act|section|title|chapter|authorit(?:y|ies)|programs?|orders?|rules?|regulations?
            |requirements?|prohibitions?|moratorium|licen[cs]es?|enforcement|proceedings?)\b
          [^.;]{{0,300}}?\s(?:is|are)\s+(?:suspended|stayed|terminated)\b
        )
      | (?P<modal>
          \b(?:shall|must|may|will)\b
        | \b(?:is|are)\s+(?:hereby\s+)?(?:authorized|empowered|directed|required|needed|responsible
            |established|imposed|(?:reviewed|added)(?=\s+(?:on|under|to|with|in)\b))\b
        | \b(?:is|are)\s+subject\s+to\b
        | \bwould\s+(?:require|authorize)\b
        )
      | (?P<finding>\bshould\b | \bencourages\b)
    """
)
#: These groups decide also inside a relative clause.
ANYWHERE = ("definition", "amendment")
#: "Whether a foreign person is a covered foreign person" asks what is defined elsewhere.
ASKS = words(r"\b(?:whether|determin(?:e|es|ed|ing)\s+that|if)\b[^,;.:]*$")
#: Verbs that may stand in a condition ("before the waiver takes effect") and then decide nothing.
VERBS = ("exception", "prohibition", "penalty", "timing", "sunset")
#: A fragment without a verb may still hold a date ("beginning on the date that is 270 days after").
STARTS = words(
    r"""\bbeginning\s+on\s+the\s+(?:date|day)\b | \bon\s+and\s+after\s+the\s+date\b
      | \beffective\s+on\b
    """
)

# ── before and after a modal ──────────────────────────────────────────────────────────────────────

# "No person may"; a capital in mid-sentence follows a run-in heading that plain text prints.
NO_SUBJECT = words(
    r"""(?:^|[,;:—–]\s*|\bthat\s+|\w\s+(?=(?-i:No\s)))
        (?:no\s+(?!later|less|more|fewer|longer|earlier|sooner)|neither\s)
    """
)
# "may not", "shall in no case"; "may not fewer than" is no negation.
NOT = words(
    r"""\s+(?:also\s+)?
        (?:not\b(?!\s+(?:fewer|less|more|later)\s+than)|neither\b|in\s+no\s+(?:case|event)\b|have\s+no\b)
    """
)
# "may, in publishing the list, also": what stands between a modal and its verb.
_BETWEEN = r"(?:\s*,(?:[^,]{1,120},){1,3})?\s+(?:(?:also|be|only|\w+ly)\s+)*"

RELIEVES = words(
    _BETWEEN
    + r"""(?:apply\b(?=\s*(?:$|[.,;:—]|(?:to|with|in|if|when|unless|until|by|on|after|before|during
            |only|for\s+(?:the\s+)?purposes)\b))
        | (?:considered|treated|deemed|construed|required|liable|included|include)\b
        | held\s+(?:\w+\s+){0,2}(?:liable|responsible)\b | extend\s+to\b
        | subject\s+to\b | imposed\s+with\s+respect\s+to\b)
    """
)
# The law as the subject; "within a year of the enactment of this Act, a State" has another.
THIS_LAW = words(
    rf"""(?:^|[,;:.—–]\s+|\b(?:and|or|that)\s+|\w\s+(?=(?-i:Th(?:is|e)\s)))
        (?:(?:this|the\s+amendments?\s+made\s+by(?:\s+this)?)\s+
            (?:act|{_LEVEL}|(?:sub)?(?:title|chapter)|division)
          | {_LEVEL}\s+[\d(][\w()-]*)
        \b[^,;.]{{0,80}}$"""
)
# "The expiration of this Act shall not affect" what came before it.
ENDED = words(
    r"""(?:^|[,;:.—–]\s+|\w\s+(?=(?-i:The\s)))
        the\s+(?:expiration|termination|repeal)\s+of\b[^,;.]{0,80}$"""
)
LEAVES_ALONE = words(
    _BETWEEN
    + r"""(?:affect|preclude|limit|preempt|supersede|prevent|restrict|prohibit|impair|alter
          |require|bar|forbid|displace)\b"""
)
NO_REMEDY = words(r"\bno\s+(?:cause\s+of\s+action|civil\s+action|(?:criminal|civil)\s+liability)\b")
# "No action shall lie" spares; "no action may be taken" forbids.
NO_SUIT = words(r"\bno\s+(?:legal\s+)?(?:action|suit|claim|proceeding)\b[^,;.]{0,60}$")
BROUGHT = words(r"\s+(?:lie|be\s+(?:brought|maintained|filed|instituted|commenced|allowed))\b")
TAKES_EFFECT = words(r"\s+(?:take|go\s+into|become)\s+effect")
NO_FORCE_AFTER = words(r"\s+force\s+(?:or|and)\s+effect\s+(?:after|beginning|on\s+and\s+after)\b")

# "such interim final rules", but not "a report on the rules".
_RULES = r"""(?:(?!(?:of|on|regarding|concerning|about|to|with|under|describing)\b)
             [\w,()’-]+\s+){0,6}
             (?:regulations?|rules?|rulemakings?|(?:delegated|implementing)\s+acts?)\b"""
_MAKES = (
    r"(?:promulgate|issue|prescribe|adopt|initiate|conduct|commence|amend|revise|finalize|propose"
    r"|make|publish)"
)
_ADVERBIAL = (
    r"(?:(?:in|not|within|upon|after|before|with|on|to|by|under|pursuant)\b[^.;]{1,250}?,\s+)?"
)
MAKES_RULES = words(rf"{_ADVERBIAL}{_MAKES}\s+{_RULES}")
#: What the words after a modal make of it, first match first.
PREDICATES: tuple[tuple[Operator, re.Pattern[str]], ...] = (
    (
        Operator.PENALTY,
        words(
            rf"""{_BETWEEN}(?:fined|imprisoned|punished|liable|assessed\s+a)\b
              | {_BETWEEN}subject\s+to\s+(?:pay\s+)?(?:the\s+|an?\s+|such\s+)?(?:\w+\s+){{0,2}}
                (?:penalt|fines?\b|imprisonment)
              | \s+(?:[^.;]{{0,40}}?\b)?(?:impose|assess)\s+[^.;]{{0,60}}?\b(?:penalt|fines?\b)
              | \s+be\s+(?:treated|considered|deemed)\s+(?:as\s+|to\s+be\s+)?an?\s+
                (?:violation|unfair)
              | \s[^.;]{{0,200}}?\brecover\b[^.;]{{0,200}}?\bcivil\s+penalt
              | \s+treat\s+[^.;]{{0,120}}?\sas\s+an?\s+(?:violation|unfair)
              | {_BETWEEN}forfeit\s+[^.;]{{0,60}}?(?:\$|€|\bEUR\b|\bpenalt)
              | {_BETWEEN}pay\s+[^.;]{{0,60}}?
                (?:\bpenalt|\bfines?\b|\bdamages\b|for\s+each\s+violation)
            """
        ),
    ),
    (
        Operator.SUNSET,
        words(
            rf"""{_BETWEEN}(?:terminate|expire|sunset)\b
                (?=\s*(?:$|[.,;]|\d|(?:on|at|upon|when|if|unless|effective|not\s+later|the\s+date)\b))
              | {_BETWEEN}cease\s+to\s+
                (?:have\s+(?:any\s+)?(?:force|effect)|be\s+(?:in\s+)?effect|exist|apply)
              | {_BETWEEN}no\s+longer\s+(?:have|be|apply)
            """
        ),
    ),
    (
        Operator.TIMING,
        words(
            rf"""{_BETWEEN}(?:take|become|go\s+into)\s+effect
              | {_BETWEEN}(?:become\s+)?effective\b
              | {_BETWEEN}apply\b[^.;]{{0,250}}?\b(?:
                  beginning|on\s+(?:or|and)\s+after|after\s+the\s+date
                |after\s+{_MONTH}\s
                |(?:made|entered\s+into|occurring|issued|commenc\w+|begun)\s+(?:on|after|before))
            """
        ),
    ),
    (
        Operator.DELEGATION,
        words(
            rf"""(?:,)?\s+by\s+(?:an?\s+)?(?:regulation|rule)\b
              | {_BETWEEN}(?:to\s+|empowered\s+to\s+)?{_MAKES}(?:,[^,]{{1,120}},)?\s+{_RULES}
              | {_BETWEEN}consult\b[^.;]{{0,160}}?\s{_MAKES}\s+{_RULES}
              | [\s—–-]*\(\w{{1,4}}\)\s+by\s+(?:regulation|rule)\b
              | [\s—–-]*\(\w{{1,4}}\)\s+(?:[^.;,]{{1,60}},\s+)?{_MAKES}\s+{_RULES}
              | {_BETWEEN}(?:add|update|revise|modify|adjust|lower|raise|change)\s+[^.;]{{0,40}}?
                \b(?:parameters?|thresholds?|definitions?)\b
              | {_BETWEEN}define\b[^.;]{{0,100}}?\btechnical\s+conditions\b
              | {_BETWEEN}publish\s+an?\s+(?:final|proposed|interim|interim\s+final)\s+rule\b
              | {_BETWEEN}(?:amend|revise)\s+(?:the|parts?|sections?|supplement)\b[^.;]{{0,60}}?
                \b(?:Regulations|CFR)\b
              | {_BETWEEN}designate\b
            """
        ),
    ),
    (
        Operator.EXCEPTION,
        words(
            rf"""{_BETWEEN}(?:waive|exempt|excuse|excepted|excluded|immune)\b
              | {_BETWEEN}(?:grant|issue)\s+(?:an?\s+)?(?:waiver|exemption|exception)s?\b
              | \b[^.;]{{0,240}}?\bwithout\s+violating\b
              | {_BETWEEN}(?:establish|provide|prescribe|set\s+up)\s+(?:[^.;]{{0,60}}?\s)?
                under\s+which\s[^.;]{{0,150}}?\b(?:(?:shall|may|do|does)\s+not\s+apply|(?:is|are)\s+waived)\b
            """
        ),
    ),
    (
        Operator.PERMISSION,
        words(
            r"""\s+(?:also\s+)?have\s+(?:the\s+)?(?:right|authority|power|\w+\s+access|access)\b
              | \s+(?:also\s+)?be\s+(?:entitled|eligible|permitted|authorized|allowed)\b
              | \s+(?:also\s+)?have\s+(?:the\s+)?(?:sole\s+)?discretion\s+to\b
            """
        ),
    ),
)
# A rule of the same law set aside; "notwithstanding any other provision of law" only adds force.
# So many characters behind the modal stand 27 of the 32 that the corpus (XML up to 600 KB) has in
# the clause of a "may"; what stands farther on is mostly another's, of a proviso.
ASIDE = 80
NOTWITHSTANDING = words(
    rf"""\bnotwithstanding\s+(?:any\s+of\s+)?{_LEVEL}s?\s+[\d(A-Z]
        (?![^,;.]{{0,60}}\bof\s+(?-i:the\s+[A-Z]|title\s+\d|Public\s+Law))"""
)
FOR_PURPOSES = words(r"(?:[^.;]{0,60}?,\s+)?(?:solely\s+)?for\s+(?:the\s+)?purposes\s+of\b")
DEEMS = words(
    r"\s+(?:not\s+)?be\s+(?:treated|considered|deemed|determined|inferred|presumed|construed)\b"
)
AND_SHALL = words(r"\s+(?:to\s+)?(?:and|,\s+and)\s+(?:shall|directed|required)\b")
ONLY = words(r"\s+(?:be\s+)?(?:\w+\s+)?only\b")

# ── fragments without a verb of their own ─────────────────────────────────────────────────────────

GRANTS_EXCEPTION = words(
    r"\b(?:exceptions?|exemptions?|exclusions?|waivers?)\s+(?:for|to|from)\b|\bexcept\b"
)
REFRAIN = words(r"(?:avoid|refrain\s+from|not(?!\s+(?:later|less|more|fewer)))\b")
CLASS = words(
    r"""any\s+[^,;]{1,80}?\s(?:that|which|who|whose|trained|developed|produced|owned|located)\b"""
)
IS_NOT = words(r"(?:is|are)\s+not\b")
# Items of "the report shall include the following".
REPORT_CONTENT = words(
    r"""(?:an?|the|any)\s+(?:\w+\s+){0,2}?(?:description|assessment|analysis|examination|evaluation
          |identification|summary|list|listing|explanation|discussion|review|statement|determination
          |estimate|accounting|plan|strategy|recommendations?|inventory|overview|certification
          |justification|detailed)\b
      | (?:input|recommendations|information|data|findings|details|steps|strategies|procedures
          |report|guidelines|requirements|methods|measures|whether|how
          |the\s+(?:number|extent|degree|amount))\b
    """
)
# Items of "the Secretary shall" start with the bare verb, or with an adverbial before it.
INSTRUCTION = words(
    rf"""{_ADVERBIAL}
        (?:accept|adopt|advise|appoint|assess|assist|block|carry\s+out|certify|collaborate
          |collect|compile|conduct|consider|consult|convene|cooperate|coordinate|create|deny
          |describe|determine|develop|disclose|draw\s+up|encourage|engage|enhance|ensure
          |establish|evaluate|examine|expand|facilitate|follow|identify|implement|improve
          |include|increase|inform|investigate|issue|keep|limit|maintain|make|monitor|notify
          |obtain|perform|prepare|prevent|produce|promote|protect|provide|publish|put\s+in
          |recommend|remove|report|require|restrict|retain|review|secure|seek|share|solicit
          |strengthen|submit|support|take|terminate|track|transmit|undertake|update|use|using
          |verify|work)\b(?!\s+(?:of|is|are)\b)
    """
)

# What is the object or the condition of a lead-in out of sight, and no act.
OBJECT = words(
    r"""(?:for|is|are|was|were|if|in\s+the\s+case|by|to|of|with|from|who|which|that|where
          |an?\s+(?:officer|employee|agent|individual|person|entity)|each\s+\w+\s+(?:who|that)
          |the\s+violation|\w+s\s+for\s+\w+\s+from)\b"""
)

# ── headings ──────────────────────────────────────────────────────────────────────────────────────

#: What a heading says of the words under it, first match first; `match` on one topic, lower case.
HEADINGS: tuple[tuple[Operator, re.Pattern[str]], ...] = (
    (
        Operator.DEFINITION,
        words(r"(?:\w+\s+)?definitions?\b(?!\s+of\s+success)|.*\bdefined$|.*\bdefinitions?$"),
    ),
    (
        Operator.EXCEPTION,
        words(
            # "Limitation on exemptions" and "Report on waivers" except nothing.
            r"""(?!(?:licen[cs]e\s+exception|(?:un|non)enforceability|limitation|prohibition|restriction|report|notice|notification|review|study
                  |repeal|modification)s?\b)
                (?:.*\b(?:exceptions?|exclusions?|exemptions?|waivers?)\b
                  | rules?\s+of\s+construction\b | savings?\b)
            """
        ),
    ),
    (Operator.PENALTY, words(r"(?:\w+\s+)?penalt(?:y|ies)\b")),
    (
        Operator.SUNSET,
        words(
            r"""sunset\b | expiration\b
              | termination(?:\s+(?:date|of\s+(?:authority|effectiveness|program)))?$
            """
        ),
    ),
    (Operator.TIMING, words(r"(?:effective\s+dates?|applicability|date\s+of\s+applicability)\b")),
)
