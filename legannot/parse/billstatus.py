"""BILLSTATUS: the record of a bill that govinfo publishes beside its texts.

Source: GPO, "Bill Status XML User Guide" (github.com/usgpo/bill-status); both ages of the format
are read: before version 3 of 2022 (`billNumber`, `billCommittees`) and since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from legannot.errors import InputError
from legannot.model import BILL_TYPES, BillId
from legannot.model.record import Record
from legannot.parse.naming import day, stage_code
from legannot.parse.words import fold
from legannot.parse.xml import read_xml

_CURE = "Give a BILLSTATUS file from www.govinfo.gov/bulkdata/BILLSTATUS."
_PACKAGE = re.compile(
    rf"BILLS-(\d{{2,3}})({'|'.join(BILL_TYPES)})(\d{{1,5}})([a-z]{{2,4}}\d{{0,2}})\.xml$"
)


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A version of the bill: its printed name, code, day and the addresses of its XML.

    `day` is empty where the record gives none, `addresses` where it names no XML.
    """

    name: str
    version: str
    day: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that happened to a bill or amendment, and when."""

    day: str
    text: str
    time: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A member who sponsors the bill: the name as it is printed, and since when, if a cosponsor."""

    name: str
    since: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class RelatedBill:
    """Another bill that somebody found to be related, how, and who found it."""

    bill: BillId
    title: str
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment proposed to the bill: its name (`samdt2137`), purpose, last action and texts."""

    congress: int
    name: str
    purpose: str
    description: str
    sponsor: str
    latest: Action
    texts: tuple[TextVersion, ...]


@dataclass(frozen=True, slots=True)
class BillStatus:
    """What the record says of a bill.  Actions stand newest first, as they do there."""

    bill: BillId
    title: str
    titles: tuple[tuple[str, str], ...]
    introduced: str
    updated: str
    latest: Action
    sponsors: tuple[Sponsor, ...]
    cosponsors: tuple[Sponsor, ...]
    committees: tuple[str, ...]
    actions: tuple[Action, ...]
    related: tuple[RelatedBill, ...]
    amendments: tuple[Amendment, ...]
    texts: tuple[TextVersion, ...]


def read_billstatus(content: bytes, name: str) -> BillStatus:
    """Read a BILLSTATUS record.  Raises `InputError` for what is none or does not name its bill."""
    root, _ = read_xml(content, name)
    bill = root.find("bill")
    if root.tag != "billStatus" or bill is None:
        raise InputError("is not a BILLSTATUS record.", where=name, cure=_CURE)
    identity = _identity(bill, "billType", "billNumber") or _identity(bill, "type", "number")
    if identity is None:
        raise InputError("does not say which bill it is of.", where=name, cure=_CURE)
    return BillStatus(
        bill=identity,
        title=_text(bill, "title"),
        titles=tuple(
            (_text(item, "titleType"), title)
            for item in bill.iterfind("titles/item")
            if (title := _text(item, "title"))
        ),
        introduced=_day(bill, "introducedDate"),
        updated=_text(bill, "updateDate"),
        latest=_latest(bill),
        sponsors=tuple(_sponsors(bill, "sponsors")),
        cosponsors=tuple(_sponsors(bill, "cosponsors")),
        committees=tuple(_committees(bill)),
        actions=tuple(_actions(bill)),
        related=tuple(_related(bill)),
        amendments=tuple(_amendments(bill)),
        texts=tuple(_texts(bill, identity)),
    )


def to_record(status: BillStatus, source: str) -> Record:
    """What a report says of the bill by its record; `source` names where it comes from."""
    return Record(
        bill=status.bill,
        title=status.title,
        titles=tuple((k, t) for k, t in status.titles if not k.startswith("(Extracted")),
        introduced=status.introduced,
        updated=status.updated[:10],
        sponsors=tuple(sponsor.name for sponsor in status.sponsors),
        cosponsors=sum(not cosponsor.withdrawn for cosponsor in status.cosponsors),
        committees=status.committees,
        latest_day=status.latest.day,
        latest_action=status.latest.text,
        days=tuple((text.version, text.day) for text in status.texts if text.version and text.day),
        source=source,
    )


def _identity(element: etree._Element, kind: str, number: str) -> BillId | None:
    named, count = _text(element, kind).lower().replace(".", ""), _text(element, number)
    congress = _text(element, "congress")
    if named not in BILL_TYPES or not (_is_number(count) and _is_number(congress)):
        return None
    return BillId(int(congress), named, int(count))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 7  # noqa: PLR2004


def _texts(element: etree._Element, bill: BillId | None) -> Iterator[TextVersion]:
    """The versions in the order of the record, newest first; entries without a name are skipped."""
    for item in element.iterfind("textVersions/item"):
        name = _text(item, "type")
        addresses = tuple(
            address
            for found in item.iterfind("formats/item/url")
            if (address := (found.text or "").strip()).lower().endswith(".xml")
        )
        if name or addresses:
            yield TextVersion(name, _code(name, addresses, bill), _day(item, "date"), addresses)


def _code(name: str, addresses: tuple[str, ...], bill: BillId | None) -> str:
    """The version code: of the file's name, which is exact, else of the printed name."""
    for address in addresses:
        found = _PACKAGE.search(address)
        if found and bill in (None, BillId(int(found[1]), found[2], int(found[3]))):
            return found[4]
    return "pl" if name == "Public Law" else stage_code(name)


def _latest(element: etree._Element) -> Action:
    latest = element.find("latestAction")
    if latest is None:
        return Action("", "")
    return _action(latest)


def _action(element: etree._Element) -> Action:
    return Action(
        _day(element, "actionDate"),
        _text(element, "text"),
        _text(element, "actionTime"),
        _text(element, "type"),
    )


def _actions(bill: etree._Element) -> Iterator[Action]:
    for item in bill.iterfind("actions/item"):
        action = _action(item)
        if action.text:
            yield action


def _sponsors(bill: etree._Element, where: str) -> Iterator[Sponsor]:
    for item in bill.iterfind(f"{where}/item"):
        if name := _text(item, "fullName") or _text(item, "name"):
            yield Sponsor(
                name, _day(item, "sponsorshipDate"), _day(item, "sponsorshipWithdrawnDate")
            )


def _committees(bill: etree._Element) -> Iterator[str]:
    for where in ("committees/billCommittees/item", "committees/item"):
        for item in bill.iterfind(where):
            if name := _text(item, "name"):
                chamber = _text(item, "chamber")
                yield f"{chamber}: {name}" if chamber else name


def _related(bill: etree._Element) -> Iterator[RelatedBill]:
    for item in bill.iterfind("relatedBills/item"):
        if identity := _identity(item, "type", "number"):
            relations = tuple(
                f"{kind} ({by})" if (by := _text(detail, "identifiedBy")) else kind
                for detail in item.iterfind("relationshipDetails/item")
                if (kind := _text(detail, "type"))
            )
            yield RelatedBill(
                identity, _text(item, "latestTitle") or _text(item, "title"), relations
            )


def _amendments(bill: etree._Element) -> Iterator[Amendment]:
    for item in bill.iterfind("amendments/amendment"):
        congress, number = _text(item, "congress"), _text(item, "number")
        kind = _text(item, "type").lower()
        if kind not in ("hamdt", "samdt") or not (_is_number(congress) and _is_number(number)):
            continue
        sponsor = next(_sponsors(item, "sponsors"), Sponsor(""))
        yield Amendment(
            int(congress),
            f"{kind}{int(number)}",
            _text(item, "purpose"),
            _text(item, "description"),
            sponsor.name,
            _latest(item),
            tuple(_texts(item, None)),
        )


def _text(element: etree._Element, tag: str) -> str:
    return fold(element.findtext(tag) or "")


def _day(element: etree._Element, tag: str) -> str:
    """The day of a date or of a moment such as `2019-05-23T04:00:00Z`.

    Moments are midnight in Washington said in UTC (04:00 or 05:00), so that the day stands.
    """
    return day(_text(element, tag)[:10])
