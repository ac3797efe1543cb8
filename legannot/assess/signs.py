"""The words by which an edit tells what it does, as patterns for `substance`.

Each states how drafters write, not what one bill says.  Sources: the drafting manual of the House
Legislative Counsel; the scope, mental-state and precedence cues of PITFALLS 17 to 20, 30 and 33.
"""

from __future__ import annotations

from legannot.read.patterns import words

# ── edits of form ────────────────────────────────────────────────────────────────────────────────

#: Words that carry no law by themselves: an edit of these alone is one of style.
LITTLE = frozenset(
    """a an the of to in on by for with within from at as and or such that this these those any each
    is are be been was were has have its it their thereof so also further hereby other""".split()
)
ENUMERATOR = words(r"\(\s*(?:[ivxlc]{1,6}|[a-z]{1,2}|\d{1,3})\s*\)")
SHORT_TITLE = words(r"\bmay\s+be\s+(?:cited|referred\s+to)\s+as\b")
#: "as amended by paragraph (1)", "(12 U.S.C. 411 et seq.)": where a law stands, not what it says.
WHEREABOUTS = words(
    r"""^[\s,;(]*(?:
        as\s+(?:so\s+)?(?:amended|added|redesignated)\b
      | respectively | of\s+(?:19|20)\d\d | (?:such\s+)?(?:that\s+)?terms?\b
      | \(?\d+\s+(?:U\.?S\.?C|Stat)\b | as\s+described\s+in | referred\s+to\s+(?:in|as)\b
      | (?:and\s+)?(?:the\s+)?amendments?\s+made\s+by\b
      | by\s+(?:striking|inserting|adding)\b | of\s+this\s+(?:section|act|title|subsection)\b
      | (?:in|of|under)\s+(?:sub)?(?:section|paragraph|clause)s?\s+\(?\w+\)?\s*$
    )"""
)

# ── what must, may and should be done ────────────────────────────────────────────────────────────

MODAL = words(r"\b(?:shall|must|may|should|will)\b(?:\s+not\b)?")
#: How much binds: a permission leaves more open than a wish, a wish than a duty.
FORCE = {"may": 0, "should": 1, "shall": 2, "must": 2, "will": 2}
NEGATED_SUBJECT = words(r"\b(?:no|none|neither|nothing)\b[^.;—]{0,120}$")
CONSTRUED = words(r"^\s*(?:not\s+)?be\s+(?:construed|interpreted)\b")
#: A verb that asks for a thought only, and one that asks for the act.
DELIBERATE = words(r"\b(?:consider|evaluate|assess|review|study|examine|explore)\b")
ACT = words(
    r"\b(?:exclude|prohibit|remove|require|implement|establish|prescribe|issue|impose|ensure)\b"
)

# ── conditions and hedges ────────────────────────────────────────────────────────────────────────

#: Softens a duty.
HEDGE = words(
    r"""\b(?:to\s+the\s+(?:maximum\s+|greatest\s+)?extent\s+
        (?:practicable|feasible|possible|appropriate)
      | (?:as|if|where|when|whenever)\s+(?:practicable|feasible|possible|appropriate|applicable
          |necessary|warranted)
      | subject\s+to\s+the\s+availability\s+of\s+(?:appropriations|funds)
      | as\s+the\s+\w[\w\s]{0,40}?(?:determines|considers|deems)\s+(?:necessary|appropriate)
      | (?:if|where)\s+the\s+\w[\w\s]{0,40}?(?:determines|considers|deems)\s+(?:it\s+(?:is\s+)?)?
        (?:necessary|appropriate)
      )\b"""
)
CONSISTENT = words(r"\b(?:is\s+|are\s+)?consistent\s+with\b|\bin\s+accordance\s+with\b")
IF = words(r"^[\s,]*(?:only\s+)?(?:if|when|in\s+any\s+case\s+in\s+which)\b")
EXCEPT = words(
    r"""^[\s,(]*(?:except\s+(?:as\s+(?:otherwise\s+)?provided|that\b(?!.*\bshall\b)|for|in|with)
      | unless\b | other\s+than\b(?!.*\bother\s+than\b))"""
)
EXCLUDES = words(r"^[\s,]*\(?(?:other\s+than|excluding|except|not\s+including)\b")
SAVED = words(
    r"""\b(?:provided\s+that\s+)?(?:nothing\s+in\s+this|this\s+\w+\s+shall\s+not\s+(?:prohibit|apply
      |limit|prevent))\b"""
)

# ── whom and what the words reach ────────────────────────────────────────────────────────────────

#: An adjective or adverb that takes cases out.
RESTRICTS = words(
    r"""^(?:foreign|domestic|covered|eligible|qualified|specified|certain|material(?:ly)?
      |significant(?:ly)?|substantial(?:ly)?|serious(?:ly)?|only|solely|primarily|exclusively
      |wholly|federal|public|private)$"""
)
OPENS = words(
    r"""^[\s,]*(?:whether\s+or\s+not|without\s+regard\s+to|regardless\s+of|irrespective\s+of
      |directly\s+or\s+indirectly|in\s+whole\s+or\s+in\s+part|including\b)"""
)
#: A clause that follows a noun without a comma and takes cases out.
WHICH = words(
    r"""^\s*(?:that|who|whose|where)\s+(?!the\b.*\bshall\b)\w+
      | ^\s*(?:provided|located|owned|controlled|issued|offered|operated)\s+(?:by|in|under)\b
      | ^\s*(?:by|with)\s+an?\s+\w+\s+\w+
      | ^\s*(?:after|before|on\s+or\s+after)\s+(?:January|February|March|April|May|June|July|August
          |September|October|November|December)\b"""
)
ONLY_IF = words(r"\b(?:applies|apply|available)\s+only\b|\bonly\s+if\b")
RECURS = words(
    r"""\b(?:(?:semi)?annually|quarterly|monthly|biennially|thereafter
      |(?:each|every)\s+(?:\w+\s+){0,2}(?:year|quarter|month)s?)\b"""
)
ONLY_FOR = words(r"^\s*only\s+(?:for|to|if|when|in)\b")

# ── lists ────────────────────────────────────────────────────────────────────────────────────────

#: After a comma these open a clause and no member of a list.
NO_MEMBER = words(
    r"""^[\s,;]*(?:
        (?:in|after|upon|with|under|on|at|for|from|not|no|of\s+which|as|except|excluding|other\s+than
          |unless|provided|subject|pursuant|consistent|including|to\s+the\s+extent|such\s+as
          |especially|particularly|measured|relating|respectively|notwithstanding|without|regardless
          |directly|because|so\s+that|based|said|but|by)\b
      | (?:(?:and|or)\s+)?(?:if|where|when|while|which|who|whose|that|whether|any\s+such
          |as\s+soon|shall|may|must|is|are|has|have)\b
      )"""
)
JOINED = words(r"^\s*(?:and|or)\s+\w")

# ── the machinery of decisions ───────────────────────────────────────────────────────────────────

CONSULTS = words(
    r"""\b(?:in\s+(?:consultation|coordination|cooperation|collaboration)\s+with
      |(?:after|upon)\s+consult(?:ing|ation)\s+with|shall\s+consult\b)"""
)
CONCURS = words(r"\b(?:with\s+the\s+(?:concurrence|approval)\s+of|in\s+concurrence\s+with)")
HEARS = words(
    r"""\b(?:(?:after\s+)?(?:public\s+)?notice\s+and\s+(?:an?\s+)?(?:opportunity|comment|hearing)
      |opportunity\s+(?:for|to)\s+(?:a\s+|be\s+)?(?:hear(?:ing|d)|comment|respond)
      |judicial\s+review|right\s+(?:to|of)\s+appeal|public\s+comment)\b"""
)
#: From the lightest to the heaviest; a higher one is harder to meet.
PROOF = (
    words(r"\b(?:some|any|credible|substantial)\s+evidence\b|\breasonable\s+(?:cause|grounds)\b"),
    words(r"\bpreponderance\s+of\s+(?:the\s+)?evidence\b"),
    words(r"\bclear\s+and\s+convincing\b"),
    words(r"\bbeyond\s+a\s+reasonable\s+doubt\b"),
)
SHOWN = words(r"\bspecific\s+and\s+articulable\s+(?:facts|evidence)\b|\bsubstantial\s+evidence\b")
PRESUMED = words(r"\bpresumption\s+of\s+(?P<what>denial|approval)\b")
#: From the lightest to the heaviest: what must have been in a mind.
MINDS = (
    words(r"\b(?:negligen\w+|reason\s+to\s+know|should\s+have\s+known)\b"),
    words(r"\breckless\w*\b"),
    words(r"\bknowing\w*\b|\bknows\b|\bactual\s+knowledge\b"),
    words(r"\b(?:intentional\w*|willful\w*|purposeful\w*|with\s+(?:the\s+)?intent)\b"),
)
DEADLINE = words(r"\b(?:not|no)\s+later\s+than\b|\bby\s+not\s+later\b")
AFTER = words(r"\b(?:after|before|of|on)\s+the\s+(?:date|enactment)\b|\b\d{4}\b")
REASONABLE = words(r"\bwithin\s+a\s+reasonable\b|\bas\s+soon\s+as\s+(?:practicable|possible)\b")
AUTHORIZES = words(r"\b(?:is|are)\s+(?:hereby\s+)?authorized\s+to\s+be\s+appropriated\b")
WAIVES = words(r"\bwaive(?:r|rs|s)?\b|\bsafe\s+harbors?\b")
#: "that—", "who—", "if—": items below are conditions, and "and" makes each further one harder.
CONDITIONS = words(r"\b(?:that|which|who|whose|if|when|unless|whether|where)\s*[—–:-]?\s*$")
#: "shall be 100 percent", "shall have priority": says how things are, not what is to be done.
STATES = words(
    r"""shall\s+(?:be\s+(?:considered|treated|deemed|construed)\b|be\s+(?!\w+ed\b|made\b|given\b|paid\b|held\b|kept\b|sent\b|taken\b)
      |have\b|remain\b|mean\b|not\s+be\s+construed\b)"""
)
PARTY = words(
    r"""^(?:the\s+|such\s+|each\s+|an?\s+|any\s+)?(?:(?:under\s+|deputy\s+|assistant\s+)*secretary
      |administrator|commission(?:er)?|director|bureau|attorney\s+general|president|comptroller
      |department|council|board|committee|network|agency|chair(?:man|person)?)\b[\w\s,’'-]*$"""
)
#: What an exception singles out, by its words.
SINGLED_OUT = (
    ("waiver", WAIVES),
    ("research", words(r"\b(?:research|academic|universit|institutions?\s+of\s+higher)")),
    (
        "open models",
        words(
            r"\bopen[- ](?:source|weight)"
            r"|\bpublished\s+(?:model|weights|software|technology|information)"
        ),
    ),
    ("small business", words(r"\b(?:small\s+(?:business|entit)|start-?up)")),
)
