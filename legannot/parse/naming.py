"""Printed names of bills, stages, Congresses and days as values."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
# The type of a document in words, as USLM's `dc:type` has it.
_TYPES = {
    "House Bill": "hr",
    "Senate Bill": "s",
    "House Joint Resolution": "hjres",
    "Senate Joint Resolution": "sjres",
    "House Concurrent Resolution": "hconres",
    "Senate Concurrent Resolution": "sconres",
    "House Resolution": "hres",
    "House Simple Resolution": "hres",
    "Senate Resolution": "sres",
    "Senate Simple Resolution": "sres",
}
# A Dublin Core title: "116 HR 1500 RH: Consumers First Act"; converters drop Congress or stage.
_DUBLIN = re.compile(
    r"\s*(?:(\d{2,3})\s+)?([HS][A-Za-z.\s]{0,20}?)\s*(\d{1,5})(?:\s+([A-Za-z]+\d?))?\s*:\s*(.*)",
    re.DOTALL,
)
# A file of govinfo: "BILLS-116hr1500rh.xml"; the last part of the name is the version code.
_FILE = re.compile(
    rf"(?:.*[^a-z0-9])?(\d{{2,3}})({'|'.join(sorted(BILL_TYPES, key=len, reverse=True))})"
    r"(\d{1,5})([a-z]{2,4}\d?)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a title or a file's name says of a document; empty where it is silent."""

    bill: BillId | None = None
    version: str = ""
    name: str = ""


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
    """The bill of a printed number such as "H. R. 1500" or "House Bill 1500"."""
    for words, kind in _TYPES.items():
        if printed.startswith(words):
            printed = f"{BILL_TYPES[kind]}{printed.removeprefix(words)}"
            break
    found = _PRINTED.match(printed)
    return _bill(congress, found[1], found[2]) if found else None


def _bill(congress: int, kind: str, number: str) -> BillId | None:
    letters = re.sub(r"[^a-z]", "", kind.lower())
    return BillId(congress, letters, int(number)) if congress and letters in BILL_TYPES else None


def dublin_title(title: str) -> Named:
    """Bill, version code and name out of a Dublin Core title; all empty if it has another form."""
    found = _DUBLIN.match(title)
    if found is None or re.sub(r"[^a-z]", "", found[2].lower()) not in BILL_TYPES:
        return Named()
    bill = _bill(int(found[1] or 0), found[2], found[3])
    return Named(bill, (found[4] or "").lower(), found[5].strip())


def is_purpose(name: str) -> bool:
    """Whether the name of a document is its long title: it has no short one then."""
    return name.endswith(".") or name[:3].lower() == "to "


def file_name(name: str) -> Named:
    """Bill and version by the name of a file: `BILLS-116hr1500rh.xml`, or `rh.xml` in a folder."""
    stem = re.split(r"[\\/]", name)[-1].partition(".")[0].lower()
    found = _FILE.fullmatch(stem)
    if found:
        return Named(_bill(int(found[1]), found[2], found[3]), found[4])
    return Named(version=stem if stem in STAGES else "")


def stage_code(name: str) -> str:
    """GPO's version code of a stage such as `Reported-in-House`, `Reported in House` or `RH`."""
    said = re.sub(r"[-\s]+", " ", name).strip().lower()
    if said in _STAGE_NAMES:
        return _STAGE_NAMES[said]
    for code, known in STAGES.items():
        if said and said in (code, known.name.lower().replace("-", " ")):
            return code
    return ""
