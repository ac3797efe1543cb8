"""Printed names of bills, stages, Congresses and days as values."""

from __future__ import annotations

import re

from legannot.model import BILL_TYPES, STAGES, BillId

_MONTHS = {
    "January": 1,
    "February": 2,
    "March": 3,
    "April": 4,
    "May": 5,
    "June": 6,
    "July": 7,
    "August": 8,
    "September": 9,
    "October": 10,
    "November": 11,
    "December": 12,
}
_DAY = re.compile(rf"\b({'|'.join(_MONTHS)})\s+(\d{{1,2}}),\s+(\d{{4}})", re.IGNORECASE)
_DIGITS = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_COUNTS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "twenty": 20,
    "thirtieth": 30,
    "thirty": 30,
    "fortieth": 40,
    "forty": 40,
}
# Stage names of the DTD and of USLM that are not GPO's name of a version code.
_STAGE_NAMES = {
    "enrolled bill": "enr",
    "re enrolled bill": "renr",
}
# "H. R. 1500", "S. J. Res. 4", "H.R. 1500": without blanks and stops the letters are the type.
_PRINTED = re.compile(r"\s*([HS][A-Za-z.\s]{0,20}?)\s*(\d{1,5})\b")
# The Dublin Core title of a bill: "116 HR 1500 RH: Consumers First Act", "114 S 32 CDS: ...".
_DUBLIN = re.compile(
    rf"\s*(\d{{2,3}})\s+({'|'.join(sorted(BILL_TYPES, key=len, reverse=True))})\s*(\d{{1,5}})"
    r"\s+([a-z]+\d?)\b\s*:?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)


def day(text: str) -> str:
    """`2019-04-02` for `20190402`, `2019-04-02` or the first `April 2, 2019`; empty if none."""
    digits = _DIGITS.fullmatch(text.strip())
    if digits:
        return "-".join(digits.groups())
    spelled = _DAY.search(text)
    if spelled:
        return f"{spelled[3]}-{_MONTHS[spelled[1].capitalize()]:02d}-{int(spelled[2]):02d}"
    return ""


def congress_number(printed: str) -> int:
    """The number of "116th CONGRESS" or, on enrolled bills, "One Hundred Sixteenth Congress"."""
    digits = re.search(r"\d{1,3}", printed)
    if digits:
        return int(digits[0])
    words = printed.lower().replace("-", " ").split()
    if words[:2] != ["one", "hundred"]:
        return 0
    return 100 + sum(_COUNTS.get(word, 0) for word in words[2:5])


def printed_bill(congress: int, printed: str) -> BillId | None:
    """The bill of a printed number such as "H. R. 1500"."""
    found = _PRINTED.match(printed)
    if not congress or found is None:
        return None
    kind = re.sub(r"[^a-z]", "", found[1].lower())
    return BillId(congress, kind, int(found[2])) if kind in BILL_TYPES else None


def dublin_title(title: str) -> tuple[BillId, str, str] | None:
    """Bill, version code and name out of a Dublin Core title; None if it has another form."""
    found = _DUBLIN.match(title)
    if found is None:
        return None
    bill = BillId(int(found[1]), found[2].lower(), int(found[3]))
    return bill, found[4].lower(), found[5].strip()


def stage_code(name: str) -> str:
    """GPO's version code of a stage such as `Reported-in-House`, `Reported in House` or `RH`."""
    said = re.sub(r"[-\s]+", " ", name).strip().lower()
    if said in _STAGE_NAMES:
        return _STAGE_NAMES[said]
    for code, known in STAGES.items():
        if said in (code, known.name.lower().replace("-", " ")):
            return code
    return ""
