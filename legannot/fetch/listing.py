"""Which versions of a bill there are: the sources that can tell, asked in this order.

1. BILLSTATUS of govinfo's bulk data: one request, no key, and all else about the bill;
2. api.congress.gov, if there is a key: it knows a text some hours earlier;
3. the folders of govinfo's bulk data, from the 113th Congress on: thousands of names.

The first that names a text is believed.  None of them is stored unless it was read as what it is.
"""

from __future__ import annotations

import json
from dataclasses import replace

from legannot.fetch.check import check_status
from legannot.fetch.values import Failed, Listing
from legannot.model import BillId
from legannot.parse.billstatus import BillStatus, TextVersion
from legannot.parse.naming import day, file_name, stage_code
from legannot.source.client import Client, Validators
from legannot.source.library import Answered, BillRecord, Library
from legannot.source.web import CONGRESS, GOVINFO, Failure, WebError, shown

# govinfo's bulk data of bill texts begins there (govinfo.gov/bulkdata/BILLS).
_FIRST_BULK_CONGRESS = 113
_JSON = "application/json"


async def find_versions(
    library: Library, bill: BillId, client: Client, now: str
) -> tuple[Listing | None, tuple[Failed, ...]]:
    """The listing of the first source that names texts, and what failed on the way.

    A BILLSTATUS record is put into the library at once.  The listing is None if no source answered.
    """
    failed: list[Failed] = []
    found: Listing | None = None
    for ask in (_from_status, _from_congress, _from_folders):
        try:
            listing = await ask(library, bill, client, now)
        except WebError as error:
            failed.append(failure(error))
            continue
        if listing is None:
            continue
        # What BILLSTATUS says of the bill stands, whoever names the texts.
        found = replace(found, texts=listing.texts, source=listing.source) if found else listing
        if found.texts:
            break
    return found, tuple(failed)


def failure(error: WebError, version: str = "") -> Failed:
    """An error as a value."""
    return Failed(version, error.where, error.failure, str(error))


async def _from_status(library: Library, bill: BillId, client: Client, now: str) -> Listing | None:
    address = client.sites.place(
        f"{GOVINFO}/bulkdata/BILLSTATUS/{bill.congress}/{bill.type}/BILLSTATUS-{bill}.xml"
    )
    known = library.answered(address)
    if known and not library.files.holds(known.sha256):
        known = None
    validators = Validators(known.etag, known.last_modified) if known else None
    answer = await client.get(address, validators)
    unchanged = answer.unchanged and known is not None
    body = library.files.read(known.sha256) if unchanged and known else answer.body
    status = check_status(body, bill, answer.address)
    record = _record(status, now)
    with library.writing() as write:
        record = write.record(record, body)
        etag, modified = (
            (known.etag, known.last_modified)
            if unchanged and known
            else (answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
        )
        write.answered(Answered(address, record.status, etag, modified, now))
    return Listing("govinfo's BILLSTATUS", status.texts, record, status)


def _record(status: BillStatus, now: str) -> BillRecord:
    return BillRecord(
        status.bill,
        title=status.title,
        latest_action=status.latest.text,
        latest_day=status.latest.day,
        checked=now,
    )


async def _from_congress(
    library: Library, bill: BillId, client: Client, now: str
) -> Listing | None:
    if not (client.sites.congress_key or client.sites.congress):
        return None
    base = f"{CONGRESS}/v3/bill/{bill.congress}/{bill.type}/{bill.number}"
    told = await _json(client, f"{base}?format=json", "bill")
    listed = await _json(client, f"{base}/text?format=json&limit=250", "textVersions")
    about = told if isinstance(told, dict) else {}
    named = (about.get("congress"), str(about.get("type")).lower(), str(about.get("number")))
    if named != (bill.congress, bill.type, str(bill.number)):
        raise WebError(Failure.NOT_A_RECORD, shown(client.sites.place(base)), "it is another bill")
    latest = about.get("latestAction")
    action = latest if isinstance(latest, dict) else {}
    record = replace(
        library.record(bill),
        title=str(about.get("title") or ""),
        latest_action=str(action.get("text") or ""),
        latest_day=day(str(action.get("actionDate") or "")),
        checked=now,
    )
    with library.writing() as write:
        write.record(record)
    items = listed if isinstance(listed, list) else []
    texts = tuple(text for item in items if (text := _text(item, bill)))
    return Listing("api.congress.gov", texts, record)


def _text(item: object, bill: BillId) -> TextVersion | None:
    """A version out of the API's JSON (LibraryOfCongress/api.congress.gov, BillEndpoint.md)."""
    if not isinstance(item, dict):
        return None
    formats = item.get("formats")
    urls = [
        str(found.get("url") or "")
        for found in (formats if isinstance(formats, list) else [])
        if isinstance(found, dict)
    ]
    addresses = tuple(url for url in urls if url.lower().endswith(".xml"))
    name = str(item.get("type") or "")
    codes = [named.version for url in addresses if (named := file_name(url)).bill == bill]
    version = codes[0] if codes else stage_code(name)
    if not version:
        return None
    return TextVersion(name, version, day(str(item.get("date") or "")[:10]), addresses)


async def _from_folders(library: Library, bill: BillId, client: Client, now: str) -> Listing | None:
    if bill.congress < _FIRST_BULK_CONGRESS:
        return None
    texts: list[TextVersion] = []
    for session in (1, 2):
        address = f"{GOVINFO}/bulkdata/json/BILLS/{bill.congress}/{session}/{bill.type}"
        try:
            files = await _folder(client, address)
        except WebError as error:
            # The second session of a Congress may not have begun.
            if error.failure is Failure.NOT_FOUND and session > 1:
                continue
            raise
        for link in files:
            named = file_name(link)
            if named.bill == bill:
                texts.append(TextVersion("", named.version, "", (link,)))
    record = replace(library.record(bill), checked=now)
    if texts:
        with library.writing() as write:
            write.record(record)
    return Listing("the folders of govinfo's bulk data", tuple(texts), record) if texts else None


async def _folder(client: Client, address: str) -> tuple[str, ...]:
    """The addresses of a folder's XML files; asked for once, however many bills are looked for."""
    if address not in client.folders:
        files = await _json(client, address, "files")
        links = (
            str(item.get("link") or "")
            for item in (files if isinstance(files, list) else [])
            if isinstance(item, dict)
        )
        client.folders[address] = tuple(link for link in links if link.lower().endswith(".xml"))
    return client.folders[address]


async def _json(client: Client, address: str, member: str) -> object:
    answer = await client.get(address, accept=_JSON)
    try:
        document = json.loads(answer.body)
    except (ValueError, RecursionError):
        page = answer.body.lstrip()[:1] == b"<"
        what = Failure.WEB_PAGE if page else Failure.NOT_A_RECORD
        raise WebError(what, shown(answer.address)) from None
    if not isinstance(document, dict) or member not in document:
        raise WebError(Failure.NOT_A_RECORD, shown(answer.address), f"it has no {member!r}")
    return document[member]
