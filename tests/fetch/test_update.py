"""Asking for a bill brings every published version and names what did not come."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from legannot.fetch import Update, update_bills
from legannot.model import BillId
from legannot.source.client import Client
from legannot.source.library import Library
from legannot.source.web import Failure, Sites
from tests import replay
from tests.loops import alone
from tests.published import GOVINFO, Published, bill_xml, congress_api, status_xml
from tests.replay import Replay, error

Fetch = Callable[..., Update]
BILL = BillId(119, "hr", 1316)
OTHER = BillId(119, "hr", 1317)


def ids(update: Update) -> list[str]:
    return [held.id for held in update.new]


def test_every_published_version_comes_with_what_is_known_of_the_bill(
    published: Published, fetch: Fetch, library: Library, server: Replay
) -> None:
    update = fetch(BILL)
    assert ids(update) == ["119hr1316ih", "119hr1316rh", "119hr1316eh"]
    assert (update.failed, update.changed, update.same) == ((), (), ())
    assert (update.record.title, update.record.latest_day) == ("Weights Act", "2026-05-20")
    assert update.record.checked == "2026-11-25T10:00:00Z"
    held = library.find(BILL, "rh")
    assert held is not None
    assert library.read(held) == server.documents[published.path("rh")].body
    assert held.published == "2026-02-01"
    assert held.received.address == server.address + published.path("rh")
    assert held.received.headers["last-modified"] == replay.MODIFIED


@pytest.mark.usefixtures("published")
def test_asking_again_sends_nothing_again(fetch: Fetch, server: Replay) -> None:
    fetch(BILL)
    server.asked.clear()
    update = fetch(BILL)
    assert (update.new, update.changed, update.failed) == ((), (), ())
    assert [held.version for held in update.same] == ["ih", "rh", "eh"]
    assert len(server.asked) == 4
    assert all("if-none-match" in asked.headers for asked in server.asked)


def test_a_check_for_news_alone_asks_once(
    published: Published, fetch: Fetch, server: Replay
) -> None:
    fetch(BILL)
    server.asked.clear()
    assert len(fetch(BILL, recheck=0).same) == 3
    assert server.paths() == [published.status]


def test_the_text_that_was_asked_for_longest_ago_is_asked_for_first(
    published: Published, fetch: Fetch, server: Replay
) -> None:
    fetch(BILL)
    asked = []
    for hour in (11, 12, 13):
        server.asked.clear()
        fetch(BILL, recheck=1, moment=f"2026-11-25T{hour}:00:00Z")
        asked += server.paths()[1:]
    assert sorted(asked) == sorted(published.path(version) for version in ("ih", "rh", "eh"))


def test_a_new_version_is_new_and_the_others_are_the_same(
    published: Published, fetch: Fetch
) -> None:
    fetch(BILL)
    published.add("rfs")
    update = fetch(BILL)
    assert ids(update) == ["119hr1316rfs"]
    assert len(update.same) == 3


def test_a_text_that_changed_under_its_name_is_told_and_the_old_one_kept(
    published: Published, fetch: Fetch, library: Library
) -> None:
    fetch(BILL)
    old = library.find(BILL, "ih")
    assert old is not None
    body = published.text("ih", "not be published")
    update = fetch(BILL)
    (addition,) = update.changed
    assert (addition.held.id, addition.previous) == ("119hr1316ih", old)
    assert library.read(addition.held) == body
    assert b"not be" not in library.read(old)
    assert fetch(BILL).changed == ()


@pytest.mark.parametrize(
    ("act", "failure"),
    [
        (error(404), Failure.NOT_FOUND),
        (error(429), Failure.RATE_LIMITED),
        (error(429, retry_after="9000"), Failure.RATE_LIMITED),
        (error(500), Failure.SERVER_ERROR),
        (replay.silence, Failure.TIMED_OUT),
        (replay.drip, Failure.TIMED_OUT),
        (replay.hang_up, Failure.CUT_SHORT),
        (replay.short_length(40), Failure.NOT_A_BILL),
        (replay.bad_gzip, Failure.BAD_ENCODING),
        (replay.cut_gzip, Failure.BAD_ENCODING),
        (replay.bomb, Failure.TOO_LARGE),
        (replay.redirect("https://example.org/bill.xml"), Failure.OFF_HOST),
        (replay.page, Failure.WEB_PAGE),
        (replay.other(b""), Failure.NOT_A_BILL),
        (replay.other(b'{"error": "none"}'), Failure.NOT_A_BILL),
        (replay.other(b"<error><code>9</code></error>"), Failure.NOT_A_BILL),
        (replay.other(b"<bill/>"), Failure.NOT_A_BILL),
        (replay.other(b"\x00\xff" * 90), Failure.NOT_A_BILL),
        (replay.other(bill_xml(OTHER, "rh")), Failure.ANOTHER_BILL),
        (replay.other(bill_xml(BILL, "eh")), Failure.ANOTHER_BILL),
        (replay.other(status_xml(BILL, [])), Failure.NOT_A_BILL),
    ],
    ids=str,
)
def test_whatever_the_server_does_to_one_text_has_its_name_and_the_others_come(
    published: Published,
    fetch: Fetch,
    library: Library,
    server: Replay,
    act: replay.Act,
    failure: Failure,
) -> None:
    server.always(published.path("rh"), act)
    update = fetch(BILL, limits=replay.limits(act))
    (failed,) = update.failed
    assert (failed.version, failed.failure) == ("rh", failure)
    assert failed.address == server.address + published.path("rh") or failure is Failure.OFF_HOST
    assert failed.words.startswith(failed.address)
    assert [held.version for held in library.versions(BILL)] == ["ih", "eh"]
    server.behave()
    assert ids(fetch(BILL)) == ["119hr1316rh"]


@pytest.mark.parametrize(
    ("act", "failure"),
    [
        (error(500), Failure.SERVER_ERROR),
        (replay.silence, Failure.TIMED_OUT),
        (replay.page, Failure.WEB_PAGE),
        (replay.other(b"<billStatus/>"), Failure.NOT_A_RECORD),
        (replay.other(status_xml(OTHER, [])), Failure.NOT_A_RECORD),
        (replay.other(b"<billStatus><bill>"), Failure.NOT_A_RECORD),
    ],
    ids=str,
)
def test_a_list_that_does_not_come_leaves_what_is_at_hand_as_it_was(
    published: Published,
    fetch: Fetch,
    library: Library,
    server: Replay,
    act: replay.Act,
    failure: Failure,
) -> None:
    fetch(BILL)
    before = library.bills()
    server.always(published.status, act)
    update = fetch(BILL, moment="2026-12-01T00:00:00Z", limits=replay.limits(act))
    assert not update.listed
    assert update.failed[0].failure is failure
    assert [held.version for held in update.same] == ["ih", "rh", "eh"]
    assert library.bills() == before


def test_a_list_that_names_a_file_that_is_not_there_is_asked_again_next_time(
    published: Published, fetch: Fetch
) -> None:
    published.days["rfs"] = "2026-06-01"
    published.record()
    update = fetch(BILL)
    assert [(f.version, f.failure) for f in update.failed] == [("rfs", Failure.NOT_FOUND)]
    # The list has not changed since, but the file has come.
    published.text("rfs")
    update = fetch(BILL, recheck=0)
    assert ids(update) == ["119hr1316rfs"]


def test_a_text_that_leads_to_another_host_is_not_asked_for(
    published: Published, fetch: Fetch
) -> None:
    published.record(("rfs", "2026-06-01", "https://example.org/BILLS-119hr1316rfs.xml"))
    (failed,) = fetch(BILL).failed
    assert (failed.version, failed.failure) == ("rfs", Failure.OFF_HOST)


def test_a_version_that_is_listed_without_xml_is_waited_for(
    published: Published, fetch: Fetch
) -> None:
    published.record(("enr", "", ""))
    update = fetch(BILL)
    assert (update.waiting, update.failed) == (("Enrolled",), ())


def undated(published: Published) -> str:
    """Publishes an enrolled bill whose record gives no day; the path of its MODS record."""
    published.add("enr")
    published.days["enr"] = ""
    published.record()
    return "/metadata/pkg/BILLS-119hr1316enr/mods.xml"


def test_the_day_of_an_enrolled_bill_comes_from_its_mods_record_once(
    published: Published, fetch: Fetch, library: Library, server: Replay
) -> None:
    path = undated(published)
    server.put(
        path,
        b'<mods xmlns="http://www.loc.gov/mods/v3"><originInfo><dateIssued>2026-08-09</dateIssued>'
        b"</originInfo><identifier>BILLS-119hr1316enr</identifier></mods>",
    )
    fetch(BILL)
    fetch(BILL)
    held = library.find(BILL, "enr")
    assert held is not None
    assert held.published == "2026-08-09"
    assert server.paths().count(path) == 1


def test_a_damaged_mods_record_is_named_and_asked_for_again(
    published: Published, fetch: Fetch, library: Library, server: Replay
) -> None:
    path = undated(published)
    server.put(path, b"<mods><identifier>BILLS-119hr1316enr</identifier>")
    (told,) = fetch(BILL).notices
    assert told.startswith("the MODS record of BILLS-119hr1316enr breaks off: ")
    assert told.endswith(" Its day is not known yet.")
    held = library.find(BILL, "enr")
    assert held is not None
    assert held.published == ""
    fetch(BILL)
    assert server.paths().count(path) == 2


def test_without_a_record_the_folders_tell(
    published: Published, fetch: Fetch, server: Replay
) -> None:
    del server.documents[published.status]
    names = [f"BILLS-119hr1316{v}.xml" for v in ("ih", "rh", "eh", "rfs")]
    published.folder(2, [*names, "BILLS-119hr13160ih.xml", "BILLS-119hr1.zip"])
    published.folder(1, ["BILLS-119hr1ih.xml"])
    update = fetch(BILL)
    assert ids(update) == ["119hr1316ih", "119hr1316rh", "119hr1316eh"]
    assert [(f.version, f.failure) for f in update.failed] == [
        ("", Failure.NOT_FOUND),
        ("rfs", Failure.NOT_FOUND),
    ]


@pytest.mark.parametrize("act", [replay.page, replay.other(b"[]"), replay.other(b'{"x": 1}')])
def test_folders_that_are_none_are_said(
    published: Published, fetch: Fetch, server: Replay, act: replay.Act
) -> None:
    del server.documents[published.status]
    server.always("/bulkdata/json/BILLS/119/1/hr", act)
    update = fetch(BILL)
    assert not update.listed
    assert update.failed[1].failure in (Failure.WEB_PAGE, Failure.NOT_A_RECORD)


def test_with_a_key_congress_tells_what_the_record_does_not(
    published: Published, fetch: Fetch, server: Replay
) -> None:
    del server.documents[published.status]
    texts = [
        ("Introduced in House", GOVINFO + published.path("ih")),
        ("Engrossed in House", GOVINFO + published.path("eh")),
    ]
    congress_api(server, BILL, texts, "Weights Act of 2026")
    update = fetch(BILL, sites=Sites(server.address, server.address, "", "secret"))
    assert ids(update) == ["119hr1316ih", "119hr1316eh"]
    assert update.record.title == "Weights Act of 2026"
    assert [f.failure for f in update.failed] == [Failure.NOT_FOUND]
    assert "/bulkdata/json/BILLS/119/1/hr" not in server.paths()


def test_with_a_key_the_api_gives_a_text_whose_address_is_dead(
    published: Published, fetch: Fetch, library: Library, server: Replay
) -> None:
    del server.documents[published.path("rh")]
    server.put("/packages/BILLS-119hr1316rh/xml", bill_xml(BILL, "rh"))
    update = fetch(BILL, sites=Sites(govinfo=server.address, govinfo_key="secret"))
    assert len(update.new) == 3
    assert update.failed == ()
    assert all("secret" not in repr(held) for held in library.every())


AMENDMENT = b"""<?xml version="1.0"?><amendment-doc amend-type="senate-amendment">
<amendment-form><congress>119th CONGRESS</congress></amendment-form>
<amendment-body><amendment><amendment-block><section><enum>1.</enum>
<text>Strike weights.</text></section></amendment-block></amendment></amendment-body>
</amendment-doc>"""


def test_an_amendment_whose_text_is_published_comes_too(
    published: Published, fetch: Fetch, library: Library, server: Replay
) -> None:
    server.put("/content/pkg/a/samdt12.xml", AMENDMENT)
    published.record(
        more="<amendments><amendment><number>12</number><congress>119</congress>"
        "<type>SAMDT</type><textVersions><item><type>Submitted</type><formats><item>"
        f"<url>{GOVINFO}/content/pkg/a/samdt12.xml</url></item></formats></item></textVersions>"
        "</amendment><amendment><number>13</number><congress>119</congress><type>SAMDT</type>"
        "</amendment></amendments>"
    )
    update = fetch(BILL)
    assert [held.id for held in library.amendments(BILL)] == ["119samdt12"]
    assert update.status is not None
    assert [a.name for a in update.status.amendments] == ["samdt12", "samdt13"]
    assert fetch(BILL).changed == ()


@pytest.mark.usefixtures("published")
def test_a_text_that_was_damaged_here_is_fetched_again(fetch: Fetch, library: Library) -> None:
    fetch(BILL)
    held = library.find(BILL, "ih")
    assert held is not None
    path = library.files.path(held.sha256)
    path.write_bytes(b"x" * held.size)
    fetch(BILL)
    assert library.read(held)


@pytest.mark.usefixtures("published")
def test_a_record_that_was_damaged_here_is_fetched_again(fetch: Fetch, library: Library) -> None:
    library.files.path(fetch(BILL).record.status).unlink()
    assert len(fetch(BILL).same) == 3


def test_a_version_that_is_listed_twice_is_one(published: Published, fetch: Fetch) -> None:
    published.server.put("/b/BILLS-119hr1316ih.xml", bill_xml(BILL, "ih", "be hidden"))
    published.record(("ih", "2026-01-01", f"{GOVINFO}/b/BILLS-119hr1316ih.xml"))
    assert len(fetch(BILL).new) == 3
    assert fetch(BILL).changed == ()


def test_a_text_that_its_source_takes_away_stays_at_hand(
    published: Published, fetch: Fetch, server: Replay
) -> None:
    fetch(BILL)
    del server.documents[published.path("ih")]
    update = fetch(BILL)
    assert [f.failure for f in update.failed] == [Failure.NOT_FOUND]
    assert len(update.same) == 3


def test_forty_bills_with_nothing_new_cost_forty_requests(server: Replay, library: Library) -> None:
    bills = [BillId(119, "hr", number) for number in range(1, 41)]
    for bill in bills:
        Published(server, bill, ("ih", "rh"))

    async def ask(recheck: int | None) -> tuple[Update, ...]:
        async with Client(Sites(govinfo=server.address)) as client:
            return await update_bills(library, bills, client, recheck=recheck)

    assert sum(len(update.new) for update in alone(ask(None))) == 80
    server.asked.clear()
    updates = alone(ask(0))
    assert [update.bill for update in updates] == bills
    assert not any(update.new or update.changed or update.failed for update in updates)
    assert len(server.asked) == 40
