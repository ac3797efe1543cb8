"""The names of bills and versions as people write them: ids, printed numbers, addresses.

119hr1316        119/hr/1316        "H.R. 1316"       "119 H. R. 1316"
119hr1316ih      119/hr/1316/ih     BILLS-119hr1316ih.xml
https://www.congress.gov/bill/119th-congress/house-bill/1316/text
https://www.govinfo.gov/content/pkg/BILLS-119hr1316ih/xml/BILLS-119hr1316ih.xml
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from legannot.model import BILL_TYPES, BillId

# Files of a govinfo package beside the bill (govinfo, "Package files").
METADATA = frozenset(("mods.xml", "premis.xml", "dip.xml"))
# Congress's own addresses write the type in words.
_TYPES_IN_WORDS = {
    "house-bill": "hr",
    "senate-bill": "s",
    "house-joint-resolution": "hjres",
    "senate-joint-resolution": "sjres",
    "house-concurrent-resolution": "hconres",
    "senate-concurrent-resolution": "sconres",
    "house-resolution": "hres",
    "senate-resolution": "sres",
}
_TYPES = "|".join(sorted(BILL_TYPES, key=len, reverse=True))
_VERSION = r"(?P<version>[a-z]{2,4}[0-9]{0,2})"
# An id without its blanks and stops, in lower case.
_ID = re.compile(
    rf"""(?:(?P<congress>\d{{2,3}})(?:th|st|nd|rd)?(?:congress)?[/,-]*)?
         (?P<type>{_TYPES})[/-]*(?P<number>[1-9]\d{{0,4}})
         (?:/?{_VERSION})?
         (?:[,(/-]*(?P<after>\d{{2,3}})(?:th|st|nd|rd)?(?:congress)?\)?)?""",
    re.VERBOSE,
)
_AMENDMENT = re.compile(r"(?P<congress>\d{2,3})[/-]?(?P<name>[hs]amdt)/?(?P<number>[1-9]\d{0,4})")
# The name of a govinfo package or of a bulk file, wherever it stands in an address.
_PACKAGE = re.compile(
    rf"""\b(?:BILLS|BILLSTATUS)-(?P<congress>\d{{2,3}})(?P<type>{_TYPES})(?P<number>\d{{1,5}})
         (?:{_VERSION})?(?![a-z0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
_CONGRESS_PAGE = re.compile(
    rf"""/bill/(?P<congress>\d{{2,3}})(?:th|st|nd|rd)?(?:-congress)?
         /(?P<type>{"|".join(_TYPES_IN_WORDS)}|{_TYPES})/(?P<number>\d{{1,5}})(?![0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
_LINK = re.compile(
    rf"/link/bills/(?P<congress>\d{{2,3}})/(?P<type>{_TYPES})/(?P<number>\d{{1,5}})(?![0-9])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A bill that somebody named: all its versions, or one where `version` is not empty.

    `assumed` is true if the Congress was not said and taken to be the current one.  `amendment`
    is the name of an amendment (`samdt2137`); `bill` then holds its Congress only.
    """

    bill: BillId
    version: str = ""
    assumed: bool = False
    amendment: str = ""

    def __str__(self) -> str:
        if self.amendment:
            return f"{self.bill.congress}{self.amendment}"
        return f"{self.bill}{self.version}"


def current_congress(today: date) -> int:
    """The number of the Congress that sits on a day.

    A Congress begins at noon on January 3 of each odd year (U.S. Const., amend. XX, sec. 1); the
    first began in 1789.
    """
    year = today.year if today >= date(today.year, 1, 3) else today.year - 1
    return (year - 1789) // 2 + 1


def read_name(text: str, today: date) -> Named | None:
    """The bill that `text` names, or None if it names none.

    >>> str(read_name("H.R. 1316", date(2026, 11, 25)))
    '119hr1316'
    >>> str(read_name("118/s/4178/rs", date(2026, 11, 25)))
    '118s4178rs'
    """
    if "://" in text or text.lower().startswith(("www.", "bills-", "billstatus-")):
        return _address(text)
    plain = re.sub(r"[\s.]+", "", text).lower()
    if found := _AMENDMENT.fullmatch(plain):
        bill = BillId(int(found["congress"]), found["name"], int(found["number"]))
        return Named(bill, amendment=f"{found['name']}{found['number']}")
    found = _ID.fullmatch(plain)
    if found is None or (found["congress"] and found["after"]):
        return None
    said = found["congress"] or found["after"]
    congress = int(said) if said else current_congress(today)
    bill = BillId(congress, found["type"], int(found["number"]))
    return Named(bill, found["version"] or "", assumed=not said)


def _address(text: str) -> Named | None:
    for pattern in (_PACKAGE, _CONGRESS_PAGE, _LINK):
        if found := pattern.search(text):
            named = found.groupdict()
            kind = named["type"].lower()
            bill = BillId(
                int(named["congress"]), _TYPES_IN_WORDS.get(kind, kind), int(named["number"])
            )
            return Named(bill, (named.get("version") or "").lower())
    return None
