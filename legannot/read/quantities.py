"""Dates, periods, amounts, shares, compute and counts in a text, each typed.

A number that names law (section 4, Public Law 116-283) is part of a citation and no quantity.
`10^26` is written in many ways: mirrors that drop superscripts print "10 26" or "1026", so the
exponent counts only where operations are spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal

from legannot.model import Bill, Citation, Context, Provision, Quantity
from legannot.read.patterns import words

Kind = Literal["date", "duration", "money", "percent", "compute", "number"]

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

# "forty-five", "eighteen"
_SPELLED = rf"(?:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES[:9])}))?|{'|'.join(reversed(_ONES))})"
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def quantities(bill: Bill, citations: Sequence[Citation]) -> tuple[Quantity, ...]:
    """The quantities in the texts of a bill, in reading order; `citations` are its citations."""
    cited: dict[str, list[Citation]] = {}
    for citation in citations:
        cited.setdefault(citation.path, []).append(citation)
    found: list[Quantity] = []
    for provision in bill.walk():
        if provision.context is not Context.TOC and _MAY_HOLD.search(provision.text):
            found.extend(_in(provision, cited.get(provision.path, ())))
    return tuple(found)


def _in(provision: Provision, cited: Sequence[Citation]) -> Iterator[Quantity]:
    text = provision.text
    taken = bytearray(len(text))
    for citation in cited:
        taken[citation.start : citation.end] = b"\x01" * (citation.end - citation.start)
    found: list[Quantity] = []
    for kind, pattern, value in _FORMS:
        for match in pattern.finditer(text):
            start, end = match.span("all")
            typed = None if any(taken[start:end]) else value(match)
            if typed is not None:
                taken[start:end] = b"\x01" * (end - start)
                found.append(Quantity(provision.path, start, end, kind, *typed, text[start:end]))
    return iter(sorted(found, key=lambda q: q.start))


_Typed = tuple[str, str] | None


def _day(match: re.Match[str]) -> _Typed:
    try:
        day = date(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"]))
    except ValueError:
        # February 30 in a bill is the drafter's slip; it has no place in a calendar.
        return None
    return day.isoformat(), "day"


def _fiscal_year(match: re.Match[str]) -> _Typed:
    return match["year"], "fiscal year"


def _period(match: re.Match[str]) -> _Typed:
    return _number(match["n"]), match["unit"].lower().removesuffix("s")


def _money(match: re.Match[str]) -> _Typed:
    return _number(match["n"], match["scale"]), "USD"


def _share(match: re.Match[str]) -> _Typed:
    return _number(match["n"]), "percent"


def _compute(match: re.Match[str]) -> _Typed:
    unit = "operations per second" if match["rate"] else "operations"
    return f"10^{match['power']}", unit


def _count(match: re.Match[str]) -> _Typed:
    return _number(match["n"], match["scale"]), match["unit"].lower()


def _number(words: str, scale: str | None = None) -> str:
    """Digits without separators: `1,000` is 1000, `forty-five` 45, `2.5` with `million` 2500000."""
    if words[0].isdigit():
        plain = words.replace(",", "")
    else:
        plain = str(sum(map(_spelled, words.lower().split("-"))))
    if not scale:
        return plain
    whole, _, fraction = plain.partition(".")
    zeros = len(str(_SCALES[scale.lower()])) - 1
    return str(int((whole + fraction.ljust(zeros, "0")) if fraction else whole + "0" * zeros))


def _spelled(word: str) -> int:
    if word in _ONES:
        return _ONES.index(word) + 1
    return (_TENS.index(word) + 2) * 10  # "twenty" is the first of the tens


# "one" is mostly a pronoun.  A figure before one of these counts nothing: it is a year, a form or a
# section out of sight.
_NOT_UNITS = (
    r"(?:and|or|through|that|the|for|from|with|was|were|has|had|have|shall|may|which|note|but|are)"
)
_SCALE = rf"(?:\s+(?P<scale>{'|'.join(_SCALES)}))?"
_MAY_HOLD = words(rf"\d|\b{_SPELLED}\b")
# Most telling first: what one form took, a later one leaves.
_FORMS: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], _Typed]], ...] = (
    (
        "date",
        re.compile(
            rf"(?P<all>(?P<month>{'|'.join(_MONTHS)})\s+(?P<day>\d{{1,2}}),\s+(?P<year>\d{{4}}))\b"
        ),
        _day,
    ),
    ("date", words(r"(?P<all>fiscal\s+years?\s+(?P<year>\d{4}))\b"), _fiscal_year),
    # "fiscal years 2026 through 2030": the end of the row is a year of its own.
    (
        "date",
        words(r"fiscal\s+years?\s+\d{4}\s+(?:through|and|or)\s+(?P<all>(?P<year>(?:19|20)\d\d))\b"),
        _fiscal_year,
    ),
    (
        "compute",
        words(
            r"""(?P<all>\b10\s?(?:\^|\*\*)?\s?\^?(?P<power>1[5-9]|2\d|3\d)\b)
                (?=[^.;]{0,60}?(?:operations|flops?\b)(?P<rate>\s+per\s+second|/s)?)
            """
        ),
        _compute,
    ),
    ("money", words(rf"(?P<all>\$(?P<n>{_FIGURE}){_SCALE})"), _money),
    (
        "percent",
        words(rf"(?P<all>(?<![\w.,])(?P<n>{_FIGURE}|{_SPELLED})\s?(?:percent\b|per\s+centum\b|%))"),
        _share,
    ),
    (
        "duration",
        words(
            rf"""(?P<all>(?<![\w.,$-])(?P<n>{_FIGURE}|{_SPELLED})[\s-]
                (?:(?:calendar|business|legislative|working|consecutive|full|additional|fiscal)[\s-])?
                (?P<unit>minutes?|hours?|days?|weeks?|months?|years?)\b)
            """
        ),
        _period,
    ),
    (
        "number",
        words(
            rf"""(?P<all>(?<![\w.,$(-])(?!(?:19|20)\d\d\b|one\b)
                (?P<n>{_FIGURE}|{_SPELLED}){_SCALE})
                \s+(?:or\s+(?:more|fewer)\s+)?(?!{_NOT_UNITS}\b)(?P<unit>[a-z]{{3,}})
            """
        ),
        _count,
    ),
)
