"""The real protocol: recorded answers of govinfo and Congress, given again on this machine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from legannot.fetch import Update
from legannot.model import STAGES, BillId
from legannot.parse.billstatus import read_billstatus
from legannot.source.library import Library
from legannot.source.web import Failure, Sites
from tests.conftest import CORPUS, needs_corpus
from tests.replay import Replay, redirect

pytestmark = needs_corpus

Fetch = Callable[..., Update]
STATUS = CORPUS / "status"


def record(server: Replay, path: Path, bill: BillId) -> None:
    """Lay a recorded BILLSTATUS where govinfo has it."""
    place = f"/bulkdata/BILLSTATUS/{bill.congress}/{bill.type}/BILLSTATUS-{bill}.xml"
    server.put(place, path.read_bytes())


def text(server: Replay, bill: BillId, version: str, path: str) -> bytes:
    """Lay a real text at a path, if the corpus has it."""
    folder = f"{bill.congress}/{bill.type}{bill.number}"
    for place in ("bills", "rebuilt"):
        if (file := CORPUS / place / folder / f"{version}.xml").exists():
            return server.put(path, file.read_bytes()).body
    return b""


def test_every_version_of_a_real_bill_comes_with_its_day_and_its_bytes(
    server: Replay, fetch: Fetch, library: Library
) -> None:
    bill = BillId(116, "hr", 1500)
    record(server, STATUS / "BILLSTATUS" / "BILLSTATUS-116hr1500.xml", bill)
    days = {"ih": "2019-03-05", "rh": "2019-05-10", "eh": "2019-05-22", "rfs": "2019-05-23"}
    bodies = {
        v: text(server, bill, v, f"/content/pkg/BILLS-{bill}{v}/xml/BILLS-{bill}{v}.xml")
        for v in days
    }
    update = fetch(bill)
    assert (update.failed, len(update.new)) == ((), 4)
    assert update.record.title == "Consumers First Act"
    for held in library.versions(bill):
        assert (held.published, library.read(held)) == (days[held.version], bodies[held.version])
    assert update.status is not None
    assert len(update.status.amendments) == 17
    assert len(fetch(bill).same) == 4


def test_a_link_to_a_test_host_of_the_publisher_is_named_and_not_followed(
    server: Replay, fetch: Fetch
) -> None:
    bill = BillId(116, "hr", 4907)
    record(server, STATUS / "BILLSTATUS/actions-committees/BILLSTATUS-116hr4907.xml", bill)
    assert [f.failure for f in fetch(bill).failed] == [Failure.OFF_HOST]


def test_the_old_site_that_leads_to_the_new_one_is_followed(server: Replay, fetch: Fetch) -> None:
    bill = BillId(117, "hr", 100)
    record(server, STATUS / "BILLSTATUS" / "BILLSTATUS-117hr100.xml", bill)
    old = f"/content/pkg/BILLS-{bill}ih/xml/BILLS-{bill}ih.xml"
    new = f"/bulkdata/BILLS/117/1/hr/BILLS-{bill}ih.xml"
    server.always(old, redirect(f"https://www.govinfo.gov{new}", 301))
    assert text(server, bill, "ih", new)
    assert [held.id for held in fetch(bill).new] == ["117hr100ih"]


RECORDED = sorted((STATUS / "congress-api" / "119").iterdir()) if STATUS.exists() else []


@pytest.mark.parametrize("folder", RECORDED, ids=lambda folder: folder.name)
def test_each_recorded_answer_of_congress_leads_to_its_texts(
    server: Replay, fetch: Fetch, folder: Path
) -> None:
    kind, number = re.fullmatch(r"([a-z]+)(\d+)", folder.name).groups()  # type: ignore[union-attr]
    bill = BillId(119, kind, int(number))
    base = f"/v3/bill/119/{kind}/{number}"
    server.put(base, (folder / "bill.json").read_bytes(), "application/json")
    listed = (folder / "text.json").read_bytes()
    server.put(f"{base}/text", listed, "application/json")
    links = [f["url"] for v in json.loads(listed)["textVersions"] for f in v["formats"]]
    at_hand = 0
    for link in links:
        version = link.rpartition(str(bill))[2].removesuffix(".xml")
        at_hand += bool(text(server, bill, version, link.removeprefix("https://www.govinfo.gov")))
    update = fetch(bill, sites=Sites(server.address, server.address, "", "key"))
    if not links:
        assert not update.new
        return
    assert update.listed
    assert update.record.title
    assert len(update.new) == at_hand
    missing = [f for f in update.failed if f.version]
    assert {f.failure for f in missing} <= {Failure.NOT_FOUND}
    assert len(missing) == len(links) - at_hand


SAMPLES = sorted((STATUS / "BILLSTATUS").rglob("*.xml")) if STATUS.exists() else []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_recorded_status_of_either_age_is_read(path: Path) -> None:
    content = path.read_bytes()
    status = read_billstatus(content, path.name)
    assert f"BILLSTATUS-{status.bill}" in path.stem
    assert status.title
    assert status.latest.text
    assert status.introduced
    # Counted in the bytes, so that nothing that the record lists is lost on the way.
    links = set(re.findall(rb"<url>(\S+/BILLS-\S+\.xml)</url>", content))
    named = {address for version in status.texts for address in version.addresses}
    assert {link.decode() for link in links} <= named
    assert all(version.version in STAGES for version in status.texts)


def test_a_status_names_committees_sponsors_and_related_bills() -> None:
    old = read_billstatus(
        (STATUS / "BILLSTATUS/formatChange-current/BILLSTATUS-117s35.xml").read_bytes(), ""
    )
    new = read_billstatus(
        (STATUS / "BILLSTATUS/formatChange-future/BILLSTATUS-117s35.xml").read_bytes(), ""
    )
    # The same bill in both ages of the format says the same.
    assert old.committees == new.committees
    assert old.sponsors == new.sponsors
    assert old.cosponsors == new.cosponsors
    assert [r.bill for r in old.related] == [r.bill for r in new.related]
    assert old.related[0].relations
    assert [(a.name, a.purpose) for a in old.amendments] == [
        (a.name, a.purpose) for a in new.amendments
    ]
    assert old.texts == new.texts
    assert old.actions[0] == new.actions[0]
