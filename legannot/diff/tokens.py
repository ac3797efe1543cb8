"""A text as the tokens a drafter edits: a word, an amount, a period, a citation are never cut."""

from __future__ import annotations

import re

# Alternatives from the longest unit to the shortest; every character falls in exactly one token.
# The commonest come first, since nothing else begins as they do.
_TOKEN = re.compile(
    r"""
    \s+
  | [a-z][^\W_]*(?:['’\-‐‑][^\W_]+)*                                          # words
  | \$\s?\d[\d,]*(?:\.\d+)?(?:\s(?:thousand|million|billion|trillion))?     # $1,000,000; $5 million
  | (?:January|February|March|April|May|June|July|August|September|October|November|December)
      \s\d{1,2},\s\d{4}                                                      # January 1, 2027
  | \d[\d,]*(?:\.\d+)?[\s-](?:percent|days?|months?|years?|hours?|weeks?)\b  # 180 days, 50 percent
  | \d+[A-Za-z]{0,2}(?:[-–]\d+[A-Za-z]?)?(?:\([A-Za-z0-9]{1,5}\))+           # 3(b)(2)
  | (?:\([A-Za-z0-9]{1,5}\))+                                                # (b)(2)(A)
  | \d+(?:,\d{3})+(?:\.\d+)?%? | \d+\^\d+ | \d+(?:\.\d+)+ | \d+[A-Za-z]{0,2}(?:[-–]\d+)?%?
  | (?:[A-Z]\.){2,}                                                          # U.S.C.
  | [^\W_]+(?:['’\-‐‑][^\W_]+)*                                              # Words
  | .
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(text: str) -> list[str]:
    """The tokens of `text`; joined they are `text`."""
    return _TOKEN.findall(text)


def is_word(token: str) -> bool:
    """Whether a token has a letter or digit: not a blank, not punctuation alone."""
    return token.isalnum() or any(map(str.isalnum, token))
