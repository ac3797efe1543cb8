"""Sentences, run-in headings and subordinate clauses: the little grammar that the readers share."""

from __future__ import annotations

import re


def sentences(text: str) -> list[str]:
    """The sentences of one provision's words; citations and abbreviations do not end one (PITFALLS 4)."""
    return [text] if ". " not in text else _SENTENCE_END.split(text)


def bare(text: str) -> str:
    """The words without the enumerators and run-in headings that plain text prints before them."""
    while match := _PREFIX.match(text):
        text = text[match.end() :]
    return text


# "(a) In general.—", "(1)".
_PREFIX = re.compile(r"\((?:[a-z]{1,5}|[A-Z]{1,5}|\d{1,3})\)\s+|[A-Z][^.—]{0,150}\.[—–]\s*")
_SENTENCE_END = re.compile(
    r"(?<=[a-z\d)”’\"][.])(?<!\bNo[.])(?<!\bSec[.])(?<!\bPub[.])(?<!\bInc[.])(?<!\bLtd[.])"
    r"(?<!\bseq[.])(?<!\bStat[.])(?<!\bReg[.])(?<!\bapp[.])(?<!\bRes[.])\s+(?=[A-Z“\"])"
)

# What stands before a modal that does not govern the main clause: "that [may]", "as the Secretary [may]".
SUBORDINATE = re.compile(
    r"""(?:^|\s)(?:that|which|who|whom|as|than|what)(?:\s+\w+ly)?\s+$
      | (?:^|\s)(?:(?:that|which|if|whether|where|when|until|how|than|unless|what|extent)\s+
        (?:the|a|an|such|any|each)|as\s+(?:the|such))\s+(?:[\w’'-]+\s+){0,3}$
      | (?:^|\s)(?:it|they)\s+$
    """,
    re.IGNORECASE | re.VERBOSE,
)
