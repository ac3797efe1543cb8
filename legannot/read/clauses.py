"""Sentences, run-in headings and subordinate clauses: the little grammar that the readers share."""

from __future__ import annotations

import re


def sentences(text: str) -> list[str]:
    """The sentences of one provision's words; citations and abbreviations do not end one.

    >>> sentences("See 15 U.S.C. 9401(3). The Secretary shall act.")
    ['See 15 U.S.C. 9401(3).', 'The Secretary shall act.']
    """
    return [text] if ". " not in text else _SENTENCE_END.split(text)


def bare(text: str) -> str:
    """The words without the enumerators and run-in headings that plain text prints before them.

    >>> bare("(b) Penalty.— A person that violates this section shall be fined.")
    'A person that violates this section shall be fined.'
    """
    while match := _PREFIX.match(text):
        text = text[match.end() :]
    return text


def subordinate(before: str) -> bool:
    """Whether a verb after `before` belongs to a clause inside a phrase and not to the main one.

    >>> [subordinate(before) for before in ("items that ", "as the Secretary ", "The Secretary ")]
    [True, True, False]
    """
    return _SUBORDINATE.search(before[-_REACH:]) is not None


def conditional(before: str) -> bool:
    """Whether a verb after `before` belongs to a condition that is not yet closed by a comma.

    >>> conditional("If the waiver "), conditional("If so, this section ")
    (True, False)
    """
    return _CONDITION.search(before[-_CONDITION_REACH:]) is not None


# The longest "that the Assistant Secretary concerned" before a verb, with room.
_REACH = 80
# The longest condition before a verb: "before any prohibition on ... takes effect", with room.
_CONDITION_REACH = 200
_PREFIX = re.compile(r"\((?:[a-z]{1,5}|[A-Z]{1,5}|\d{1,3})\)\s+|[A-Z][^.—]{0,150}\.[—–]\s*")
_ABBREVIATIONS = ("No", "Sec", "Pub", "Inc", "Ltd", "seq", "Stat", "Reg", "app", "Res")
_SENTENCE_END = re.compile(
    r"(?<=[a-z\d)”’\"][.])"
    + "".join(rf"(?<!\b{word}[.])" for word in _ABBREVIATIONS)
    + r"\s+(?=[A-Z“\"])"
)
_CONDITION = re.compile(
    r"(?:^|[\s—])(?:if|when|once|unless|until|before|after)\s[^,;.—]*$", re.IGNORECASE
)
_SUBORDINATE = re.compile(
    r"""(?:^|\s)(?:that|which|who|whom|as|than|what)(?:\s+\w+ly)?\s+$
      | (?:^|\s)(?:
            (?:that|which|if|whether|where|when|until|how|(?<!\bother\s)than|unless|what|extent)\s+
            (?:the|a|an|such|any|each)
          | as\s+(?:the|such)
        )\s+(?:[\w’'-]+\s+){0,3}$
      | (?:^|\s)(?:that|which)\s+
        (?:any\s+member\s+of\s+the\s+\w+|any(?:one|body)|every(?:one|body))\s+$
      | (?:^|\s)(?:it|they)\s+$
    """,
    re.IGNORECASE | re.VERBOSE,
)
