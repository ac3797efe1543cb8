"""The words of amendatory language, as patterns for `amending`.

They are read in a text whose quotations are runs of `BLOT`.  Source: the House Legislative
Counsel's Manual on Drafting Style, and the wordings that the corpus adds to it.
"""

from __future__ import annotations

import re

from legannot.read.cited import LISTED
from legannot.read.patterns import words
from legannot.read.quoted import BLOT

_Q = f"{BLOT}+"
STEMS = {
    "striking": "strike",
    "deleting": "strike",
    "struck": "strike",
    "stricken": "strike",
    "strike": "strike",
    "inserting": "insert",
    "insert": "insert",
    "adding": "add",
    "add": "add",
    "redesignating": "redesignate",
    "redesignated": "redesignate",
    "redesignate": "redesignate",
    "designating": "redesignate",
    "amending": "rewrite",
    "revising": "rewrite",
    "amended": "amend",
    "transferring": "transfer",
    "moving": "transfer",
    "transferred": "transfer",
    "repealing": "repeal",
    "repealed": "repeal",
    "substituting": "substitute",
    "replacing": "exchange",
}
_ADVERBS = r"(?:(?:further|hereby|each|also|both|either|permanently)\s+)*"
VERB = words(
    rf"""\b(?P<gerund>striking|deleting|inserting|adding|redesignating|designating|amending|revising
          |transferring|moving|repealing|substituting|replacing)(?:\s+out)?\b
      | \b(?:is|are|shall\s+be)\s+(?:deemed\s+to\s+be\s+)?{_ADVERBS}(?:,\s+[^,{BLOT}]{{1,80}},\s+)?
        (?P<finite>amended|repealed|redesignated|transferred|struck|stricken)\b
        (?P<read>(?:,?\s+(?:(?!\bby\b)[^.;—{BLOT}]){{1,80}}?,?)?\s+to\s+read(?=\s+(?:as\s+follows|in\s+(?:full|its))))?
      | ^(?P<item>amended|repealed|redesignated|transferred)\b(?P<item_read>\s+to\s+read(?=\s+as))?
      | (?:^|(?<=[,;]\s)|(?<=and\s))(?P<order>strike|insert|redesignate|add)\b
    """
)
LINK = words(r"[\s,;:.—–-]*(?:and|or)?\s*,?\s*(?:by\s+)?")
AND_NEXT = words(r",?\s+and\s+(?:by\s+)?$")
CONNECTIVES = words(r"(?:\s*[,;.:—–-]|\s+(?:and|or|by|then))+\s*$")
# " and in paragraph (2) by" belongs to the next verb.
LAST_CONNECTIVE = words(r"\s+and\s+(?:by\s+)?$|\s*[,;.](?:\s+(?:and|or))?\s*$")
BARE_CONNECTIVE = words(r"(?P<words>(?:[,;]\s*)?(?:and|or))\s+(?=(?:at|after|before)\s)")
NEXT_PLACE = words(
    rf"""(?:[,;]\s+(?:and\s+|or\s+|except\s+(?:that\s+)?)?|\s+and\s+)
        (?P<place>
          (?:in|under|at(?!\s+the\s+(?:end|beginning)))
          \s(?:(?!\s(?:and|or)\s+by\b|;)[^{BLOT}]){{1,300}}?
        | (?:sub)?(?:section|paragraph|title)\s[^;{BLOT}]{{1,120}}?\s+shall\s+be\s+applied
        )[\s,—]+by\s*$"""
)
QUOTE = re.compile(_Q)
QUOTES = words(
    rf"""(?:the\s+)?(?:reference\s+to\s+the\s+term\s+
          |(?!(?:in|at|after|before|following|preceding|from|all|everything)\b)
           (?:[a-z]+\s+){{1,3}}?(?={BLOT}))?
        {_Q}(?:(?:,\s+(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+){_Q}(?!\s+(?:each|both)\s))*"""
)
LAST_QUOTE = words(rf"[,:]?\s+(?P<quote>{_Q})\s*$")
_PLURAL = r"(?:ies|s|es)?"
_ORDINAL = (
    r"(?:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last"
    r"|final|next\s+to\s+last|penultimate|undesignated|flush|concluding|open(?:ing)?|clos(?:e|ing)"
    r"|em|en|section|title|subtitle|chapter|part|subsection|paragraph|subparagraph|clause|subclause"
    r"|enacting|table|short|two|three|four|five|existing|whole|entire|loan|fee|resulting|such"
    r"|matter|item|heading),?\s+(?:and\s+)?)"
)
_NOUN = (
    rf"(?:period|comma|semicolon|colon|dash|hyphen|quotation\s+mark|parenthes[ei]s|sentence|item"
    r"|matter|heading|designation|enumerator|proviso|undesignated|entr(?:y|ies)|text|margin|caption"
    r"|table|row|column|section|subsection|paragraph|subparagraph|clause|subclause|title|subtitle"
    r"|chapter|subchapter|part|subpart|division|line|definition|schedule|appendix|exhibit|clause"
    rf"|subitem|subheading|note){_PLURAL}\b"
)
# What an instruction may name instead of quoting it.
NAMED_PART = words(
    rf"(?:(?:the|an?|any|each|every|such|that|those|all|both)\s+)?{_ORDINAL}{{0,5}}{_NOUN}"
)
DESCRIBED = words(
    rf"""(?:the|an?|any|each|every|such|that|those|all|both|everything|its)\s+\w
      | it\b | {_ORDINAL}{{0,5}}{_NOUN} | \([A-Za-z0-9]{{1,5}}\)"""
)
LEVEL = words(r"(?:sub)?(?:section|paragraph|clause|item|title|chapter|part)s?\s+[\dA-Z(]")
EVERYWHERE = words(
    r"""(?:,\s*|\s*\(?)(?:in\s+)?
        (?:(?:in\s+)?(?:each|every|both|any|all|the\s+(?:first|second|third|fourth|last|two))
            (?:\s+of\s+the)?\s+(?:places?|times?|instances?|occurrences?)(?:\s+where)?
        | wherever|whenever)
        (?:\s+(?:that\s+)?(?:(?:such|the|that|those)\s+\w+(?:\s+\w+)?|it|they|both)\s+appears?
          |\s+appear(?:s|ing)|\s+(?:it|they)\s+(?:occurs?|is|are)\b|\s+used)?"""
)
_THROUGH = rf"(?:{_Q}|[^,;:{BLOT}]{{3,160}}?)"
RANGE = words(
    rf"""(?:(?:{_Q}|(?:the\s+)?(?:{_ORDINAL}{{0,5}}{_NOUN})[^,;:{BLOT}]{{0,120}}?|\(?[^,;:{BLOT}]{{1,160}}?)
          (?:\s+(?:in|at|of|before|after|preceding|following)\s[^,;:{BLOT}]{{1,60}}?)?,?\s+)?
        (?:and\s+)?(?:all\s+that\s+follows|everything\s+that\s+follows
          |all\s+the\s+matter\s+that\s+follows|all\s+matter\s+following)
        (?:\s+(?:through|thru|up\s+to|to|until|before|down\s+through)
           \s+(?:and\s+including\s+)?(?:the\s+(?:word|term|phrase|end\s+of)s?\s+(?={BLOT}))?
           (?:{_Q}|[^,;:{BLOT}]+?(?=\s+and\s*$|$|[,;:]|\s+(?:each|both)\s+place)))?
        (?:\s+at\s+the\s+end\b)?
      | {_Q}\s+through\s+(?:{_Q}|the\s+(?:period|semicolon|comma|end)[^,;:{BLOT}]*)"""
)
OUT = words(r"(?:out|from|as\s+appropriate),?\s+(?=\S)")
IN_LIEU = words(
    r"(?:,?\s*(?:in\s+(?:lieu|place)\s+(?:thereof|of\s+(?:such|the)\s+\w+|of\s+\w+\s+\(\w+\))|in\s+its\s+(?:place|stead)|instead|therein|there)[,:]?)\s*"
)
_RELATION = (
    r"(?P<relation>(?:immediately\s+)?(?:before|prior\s+to|after|following|preceding)"
    r"|at\s+(?:the\s+)?(?:end|beginning)(?:\s+thereof)?(?:\s+of)?|at\s+the\s+appropriate\s+place"
    r"|in\s+(?:alphabetical|numerical|the\s+appropriate|appropriate)\s+\w+(?:\s+(?:order|sequence))?)"
)
POSITION = words(
    rf"(?:\(?\s*,?\s*)(?:immediately\s+)?{_RELATION.replace('immediately', 'directly')}\b"
)
BEFORE_AFTER = words(
    rf"(?:,?\s+){_RELATION}\b(?!\s+(?:the\s+date|that\s+date|such\s+date|January|October))"
)
THE_FOLLOWING = words(
    r""",?\s*(?:\bthe\s+following(?!\s+(?:date|year|fiscal|day))|\bfollowing(?=\s*:)
          |\bas\s+follows|\b(?:the|a|an)\s+new\s(?=[^:]*:))"""
)
NEW_PART = words(rf",?\s+(?:(?:the|an?|a\s+new|new)\s+)(?:{_ORDINAL})?(?:new\s+)?{_NOUN}")
NEW_PARTS = words(rf"(?:an?\s+)?new\s+{_NOUN}|(?:an?\s+)(?:{_ORDINAL})*{_NOUN}\s*(?::|\b.*:)")
ONLY_LABELS = re.compile(rf"[^{BLOT}]*(?::|—|\bfollows|following)?[\s,]*")
COLON = re.compile(r"[^:]*:\s*")
TO_READ = words(r",?\s+(?:so\s+as\s+)?to\s+read(?:\s+as\s+follows)?[:—,]?\s*|\s+as\s+follows[:—]?")
AS = re.compile(
    rf"(?:(?:the\s+)?items?\s+relating\s+to\s+)?(?P<old>{LISTED})?(?:[^{BLOT};]{{0,200}}?)"
    rf"(?:\s+|(?<=\s))(?P<as>as)\s+(?:an?\s+|relating\s+to\s+)?(?:new\s+)?(?P<new>{LISTED})"
)
SUBJECT = re.compile(rf"\W*(?P<old>{LISTED})")
MARGIN = words(
    r"\bmargins?\b(?:\s+of\s+[^,;]+?(?=\s+\d|\s+to\b|,|$))?|(?=\s\d+\s+ems?\b)|(?=\sems\s+to\b)"
)
TO = words(
    r"(?:,?\s+|(?<=\s))(?:so\s+as\s+)?to\s+(?!the\s+(?:right|left))|,?\s+so\s+that\b|\s+from\s+.*?\s+to\s"
)
FOR = words(rf",?\s+for\s+(?:the\s+\w+\s+(?={BLOT}))?")
WITH = words(rf",?\s+with\s+(?:the\s+\w+\s+(?={BLOT}))?")
# "striking, in subsection (e), X": where, told before what.  The corpus has up to 27 characters; a
# place that is named in full has more.
ASIDE = words(rf"(?:in|at)\s[^{BLOT};]{{3,160}}?(?:,\s+|\s+(?={BLOT}))")
IN = words(r"\b(?:in|under|of)\s+(?!lieu)")
