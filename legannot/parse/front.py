"""Cover and metadata of a Bill DTD document: which bill, which version, which title, which dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from legannot.model import BILL_TYPES, BillId, DocumentType, FrontMatter, STAGES
from legannot.parse.elements import BACK, FRONT

_MONTHS = {
    name: month
    for month, name in enumerate(
        "January February March April May June July August September October November December".split(), 1
    )
}  # fmt: skip
_DAY = re.compile(rf"\b({'|'.join(_MONTHS)})\s+(\d{{1,2}}),\s+(\d{{4}})")
_COUNTS = {
    **{
        word: value
        for value, word in enumerate(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
            1,
        )
    },
    "twenty": 20,
    "thirty": 30,
    "thirtieth": 30,
    "forty": 40,
    "fortieth": 40,
}
_STAGE_ATTRIBUTES = ("bill-stage", "resolution-stage", "amend-stage")
# Stage names of the DTD that are not GPO's printed name of a version code with hyphens.
_STAGE_NAMES = {
    "enrolled-bill": "enr",
    "re-enrolled-bill": "renr",
    "printed-as-passed": "pp",
    "reengrossed-amendment-house": "reah",
}
# "H. R. 1500", "S. J. Res. 4": letters of the printed number, without blanks and stops, are the type.
_LEGIS_NUM = re.compile(r"^\s*((?:[A-Za-z]+\.?\s*)+?)\s*(\d+)")
_DC_TITLE = re.compile(
    rf"^\s*(\d{{2,3}})\s+({'|'.join(BILL_TYPES)})\s*(\d+)\s+([a-z]+\d?)\b\s*:?\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Front:
    """What cover and metadata say; empty strings and None where they are silent."""

    id: BillId | None
    version: str
    title: str
    official_title: str
    dates: dict[str, str]
    items: tuple[FrontMatter, ...]
    document: DocumentType


def read_front(root: etree._Element) -> Front:
    """Read everything outside the legislative body of `root`."""
    dublin = _DC_TITLE.match(_dublin_title(root) or "")
    return Front(
        _bill_id(root, dublin),
        _version(root, dublin),
        _short_title(root, dublin),
        _words(next(root.iter("official-title"), None)),
        _dates(root),
        tuple(_items(root)),
        _document(root),
    )


def _words(element: etree._Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _dublin_title(root: etree._Element) -> str:
    return _words(next(root.iter("{http://purl.org/dc/elements/1.1/}title"), None))


def _bill_id(root: etree._Element, dublin: re.Match[str] | None) -> BillId | None:
    congress = _congress(_words(next(root.iter("congress"), None)))
    printed = _LEGIS_NUM.match(_words(next(root.iter("legis-num"), None)))
    if congress and printed:
        kind = re.sub(r"[^a-z]", "", printed[1].lower())
        if kind in BILL_TYPES:
            return BillId(congress, kind, int(printed[2]))
    if dublin:
        return BillId(int(dublin[1]), dublin[2].lower(), int(dublin[3]))
    return None


def _congress(printed: str) -> int:
    """The number in "116th CONGRESS" or, on enrolled bills, "One Hundred Sixteenth Congress"; 0 if none."""
    digits = re.search(r"\d+", printed)
    if digits:
        return int(digits[0])
    words = printed.lower().replace("-", " ").split()
    if words[:2] != ["one", "hundred"]:
        return 0
    return 100 + sum(_COUNTS.get(word, 0) for word in words[2:5])


def _version(root: etree._Element, dublin: re.Match[str] | None) -> str:
    said = next((v for v in map(root.get, _STAGE_ATTRIBUTES) if v), "").lower()
    if said in _STAGE_NAMES:
        return _STAGE_NAMES[said]
    for code, known in STAGES.items():
        if said == known.name.lower().replace(" ", "-"):
            return code
    if dublin:
        return dublin[4].lower()
    return said


def _short_title(root: etree._Element, dublin: re.Match[str] | None) -> str:
    # The bill's own short title stands in its first section; later ones name its titles and other Acts.
    for element in root.iter("section"):
        title = _words(next(element.iter("short-title"), None))
        if title:
            return title
        break
    if dublin and dublin[5] and not re.match(r"to\s", dublin[5], re.IGNORECASE):
        return dublin[5].strip()
    return ""


def _dates(root: etree._Element) -> dict[str, str]:
    dates: dict[str, str] = {}
    actions = [day for e in root.iter("action-date") if (day := _day(e))]
    if actions:
        dates["action"] = max(actions)
    for e in root.iter("attestation-date"):
        if day := _day(e):
            dates["attestation"] = day
    printed = re.match(
        r"\d{4}-\d{2}-\d{2}", _words(next(root.iter("{http://purl.org/dc/elements/1.1/}date"), None))
    )
    if printed:
        dates["document"] = printed[0]
    return dates


def _day(element: etree._Element) -> str:
    digits = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", element.get("date") or "")
    if digits:
        return "-".join(digits.groups())
    spelled = _DAY.search(_words(element))
    if spelled:
        return f"{spelled[3]}-{_MONTHS[spelled[1]]:02d}-{int(spelled[2]):02d}"
    return ""


def _items(root: etree._Element) -> Iterator[FrontMatter]:
    for part in root:
        if part.tag in FRONT or part.tag in BACK:
            for element in part:
                if text := _words(element):
                    yield FrontMatter(str(element.tag), text)


def _document(root: etree._Element) -> DocumentType:
    if root.tag == "resolution":
        return "resolution"
    return "amendment" if root.tag == "amendment-doc" else "bill"
