"""How patterns over words of law are written."""

from __future__ import annotations

import re

MONTHS = (
    "January February March April May June July August September October November December".split()
)


def words(pattern: str) -> re.Pattern[str]:
    r"""A pattern in which case does not count and blanks say nothing: words are joined by `\s+`.

    >>> bool(words(r"not \s+ later \s+ than").fullmatch("Not later than"))
    True
    """
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)
