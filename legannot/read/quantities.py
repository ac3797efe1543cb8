"""Dates, periods, amounts, shares, compute and counts in a text, each typed.

A number that names law (section 4, Public Law 116-283) is part of a citation and no quantity.
`10^26` is written in many ways: mirrors that drop superscripts print "10 26" or "1026", so the
exponent counts only where operations are spoken of.  A period may be counted from something: "180
days after the date of the enactment of this Act" runs `after` that `anchor`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from legannot.model import Bill, Citation, Context, Provision, Quantity
from legannot.read.numerals import FIGURE, GREAT_SCALE, ORDINALS, SCALE, SMALL, SPELLED, number
from legannot.read.patterns import MONTHS, words

Direction = Literal["", "after", "before"]
Kind = Literal["date", "duration", "money", "percent", "compute", "number"]


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
        needed = _NEEDED.get(value)
        if needed and not needed.search(text):
            continue
        for match in pattern.finditer(text):
            start, end = match.span("all")
            typed = None if any(taken[start:end]) else value(match)
            if typed is not None:
                taken[start:end] = b"\x01" * (end - start)
                direction, anchor = _counted_from(text, end) if kind == "duration" else ("", "")
                found.append(
                    Quantity(
                        provision.path, start, end, kind, *typed, text[start:end], direction, anchor
                    )
                )
    return iter(sorted(found, key=lambda q: q.start))


_Typed = tuple[str, str] | None


def _day(match: re.Match[str]) -> _Typed:
    try:
        day = date(int(match["year"]), MONTHS.index(match["month"]) + 1, int(match["day"]))
    except ValueError:
        # February 30 in a bill is the drafter's slip; it has no place in a calendar.
        return None
    return day.isoformat(), "day"


def _fiscal_year(match: re.Match[str]) -> _Typed:
    return match["year"], "fiscal year"


def _period(match: re.Match[str]) -> _Typed:
    return number(match["n"]), match["unit"].lower().removesuffix("s")


def _money(match: re.Match[str]) -> _Typed:
    return number(match["n"], match["scale"]), "USD"


def _dollars(match: re.Match[str]) -> _Typed:
    return _money(match)


def _share(match: re.Match[str]) -> _Typed:
    return number(match["n"]), "percent"


def _compute(match: re.Match[str]) -> _Typed:
    unit = "operations per second" if match["rate"] else "operations"
    if match["n"]:
        size = Decimal(number(match["n"], match["scale"]))
    elif match["digits"]:
        size = Decimal(match["digits"].replace(",", ""))
    elif match["mantissa"]:
        size = Decimal(match["mantissa"]).scaleb(int(match["e"]))
    else:
        power = _power(match)
        if not re.fullmatch(_EXPONENT, str(power)):
            return None
        size = Decimal(match["factor"] or 1).scaleb(power)
    digits = format(size.normalize(), "f")
    zeros = len(digits) - 1
    return f"10^{zeros}" if digits == f"1{'0' * zeros}" else digits, unit


def _power(match: re.Match[str]) -> int:
    written = next(filter(None, match.group("power", "bracketed", "raised", "nth", "th")))
    said = "-".join(written.lower().split())
    if match["th"]:
        return ORDINALS.get(said) or int(said[:2])
    return int(number(written.translate(_RAISED)))


def _count(match: re.Match[str]) -> _Typed:
    return number(match["n"], match["scale"]), match["unit"].lower()


def _counted_from(text: str, end: int) -> tuple[Direction, str]:
    """Whether a period that ends at `end` runs after something or before it, and what that is."""
    match = _DIRECTION.match(text, end)
    if match is None:
        return "", ""
    direction: Direction = "before" if match["before"] else "after"
    anchor = _ANCHOR.match(text, match.end())
    if anchor is None:
        return direction, ""
    words = anchor["all"].rstrip()
    # "after receiving it the Secretary shall act": where the main clause begins is not said.
    unclear = anchor["free"] and _MODAL.search(words) and not _RELATIVE.search(words)
    if unclear or words.count("(") != words.count(")"):
        return direction, ""
    return direction, words


# "one" is mostly a pronoun.  A figure before one of these counts nothing: it is a year, a form or a
# section out of sight.
_NOT_UNITS = (
    r"(?:and|or|through|that|the|for|from|with|was|were|has|had|have|shall|may|which|note|but|are)"
)
_SCALE = rf"(?:\s+(?P<scale>{SCALE}))?"
_MAY_HOLD = words(rf"\d|\b{SMALL}\b")
# Forms that a few texts have and that take long to look for, each with a word that it needs.
_NEEDED: dict[Callable[[re.Match[str]], _Typed], re.Pattern[str]] = {
    _compute: words(r"operations|flop"),
    _dollars: words("dollar"),
}
# What a mirror or a drafter may mean by the power of a number of operations.
_EXPONENT = r"(?:1[5-9]|2\d|3\d)"
_NTH = "|".join(re.escape(word).replace("\\-", r"[-\s]") for word in ORDINALS)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# "30 days before or after" has no direction.
_DIRECTION = words(
    r"""(?:\s+or\s+(?:more|less|fewer))?(?:[\s-]period)?\s+
        (?: (?P<before>before(?!\s+(?:or|and)\s+after\b) | prior\s+to | preceding
            | in\s+advance\s+of
            | (?<=period\s)ending\s+on)
          | after(?!\s+(?:or|and)\s+before\b) | following | thereafter
          | (?<=period\s)beginning\s+(?:on(?:\s+and\s+after)?|after)
          | from(?=\s+(?:the\s+(?:date|day|time|end)\b|receipt\b)))\b
    """
)
# The date of an enactment and a day are told whole; other words run to the end of their clause.
_ANCHOR = words(
    rf"""\s+(?P<all>(?:the\s+)?date\s+of\s+(?:the\s+)?enactment
          (?:\s+of\s+(?:this|such|the)\s+(?:sub)?(?:Act|section|title|division|chapter|paragraph)\b)?
          (?=[\s,;.:—–)]|$)(?!\s+of\s)
        | (?:{"|".join(MONTHS)})\s+\d{{1,2}},\s+\d{{4}}\b
        | (?P<free>[^,;:—–]{{2,200}}?(?=[,;:—–]|[.](?:\s+(?-i:[A-Z(])|\s*$)|$
          |\s+(?:and|or)\s+(?:ends?|ending|every|annually|again|not\s+later|until|before|after)\b)))
    """
)
_MODAL = words(r"\b(?:shall|may|must|will)\b")
_RELATIVE = words(r"\b(?:which|that|when|whose|who)\b")
# Most telling first: what one form took, a later one leaves.
_FORMS: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], _Typed]], ...] = (
    (
        "date",
        re.compile(
            rf"(?P<all>(?P<month>{'|'.join(MONTHS)})\s+(?P<day>\d{{1,2}}),\s+(?P<year>\d{{4}}))\b"
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
            rf"""(?P<all>(?<![\w.,$])(?:
                  (?:(?P<factor>\d{{1,3}}(?:\.\d+)?)\s?(?:[x×*·⋅]|times)\s?)?(?:10|ten)
                  (?: \s?(?:\^|\*\*)?\s?\^?(?P<power>{_EXPONENT})(?!\w)
                    | \s?(?:\^|\*\*)\s?[({{](?P<bracketed>{_EXPONENT})[)}}]
                    | \s?(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{{2}})
                    | \s+(?:raised\s+)?to\s+the\s+
                      (?:power\s+(?:of\s+)?(?P<nth>{_EXPONENT}|{SPELLED})(?!\w)
                        | (?P<th>{_EXPONENT}(?:st|nd|rd|th)|{_NTH})(?:\s+power)?(?!\w)))
                | (?P<mantissa>\d{{1,3}}(?:\.\d+)?)e\+?(?P<e>{_EXPONENT})(?!\w)
                | (?P<n>{FIGURE}|{SPELLED})\s+(?P<scale>{GREAT_SCALE})(?!\w)
                | (?P<digits>\d{{1,3}}(?:,\d{{3}}){{5,12}}|\d{{16,39}})(?!\w)))
                (?=[^.;]{{0,60}}?(?:operations|flops?\b)(?P<rate>\s+per\s+second|/s)?)
            """
        ),
        _compute,
    ),
    ("money", words(rf"(?P<all>\$(?P<n>{FIGURE}){_SCALE})"), _money),
    (
        "money",
        words(
            rf"""(?P<all>(?<![\w.,$-])(?P<n>{FIGURE}|{SPELLED}){_SCALE}[\s-]
                (?:(?:U\.S\.|United\s+States)\s+)?dollars?\b)
            """
        ),
        _dollars,
    ),
    (
        "percent",
        words(rf"(?P<all>(?<![\w.,])(?P<n>{FIGURE}|{SPELLED})\s?(?:percent\b|per\s+centum\b|%))"),
        _share,
    ),
    (
        "duration",
        words(
            rf"""(?P<all>(?<![\w.,$-])(?P<n>{FIGURE}|{SPELLED})[\s-]
                (?:(?:calendar|business|legislative|working|consecutive|full|additional|fiscal)[\s-])?
                (?P<unit>minutes?|hours?|days?|weeks?|months?|years?)\b)
            """
        ),
        _period,
    ),
    (
        "number",
        words(
            rf"""(?P<all>(?<![\w.,$(-])(?!(?:19|20)\d\d\b|one\b(?!\s+(?:hundred|{SCALE})\b))
                (?P<n>{FIGURE}|{SPELLED}){_SCALE})
                \s+(?:or\s+(?:more|fewer)\s+)?(?!{_NOT_UNITS}\b)(?P<unit>[a-z]{{3,}})
            """
        ),
        _count,
    ),
)
