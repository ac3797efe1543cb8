"""A server may do anything; each of its ways has a name, and none of them is waited for forever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from legannot.source.client import Answer, Client, Limits, Validators
from legannot.source.web import Failure, Sites, WebError
from tests import replay
from tests.loops import alone
from tests.replay import Replay, error

PATH = "/content/a.xml"
OFFICIAL = f"https://www.govinfo.gov{PATH}"
BODY = b"<bill>" + bytes(range(32, 60)) * 2000 + b"</bill>"


@dataclass
class Waits:
    """Stands for the clock's hands: nobody waits, and how long is written down."""

    seconds: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def server() -> Iterator[Replay]:
    with Replay() as running:
        running.put(PATH, BODY)
        yield running


def ask(
    server: Replay,
    address: str = OFFICIAL,
    held: Validators | None = None,
    waits: Waits | None = None,
    limits: Limits = replay.PATIENT,
    sites: Sites | None = None,
) -> Answer:
    async def run() -> Answer:
        async with Client(
            sites or Sites(govinfo=server.address),
            limits,
            sleep=waits or Waits(),
            chance=lambda: 0.5,
        ) as client:
            return await client.get(address, held)

    return alone(run())


def fails(
    server: Replay,
    address: str = OFFICIAL,
    waits: Waits | None = None,
    limits: Limits = replay.PATIENT,
) -> WebError:
    with pytest.raises(WebError) as caught:
        ask(server, address, waits=waits, limits=limits)
    line = str(caught.value)
    assert "\n" not in line
    assert caught.value.cure
    return caught.value


def test_a_document_comes_whole_with_what_the_server_says_of_it(server: Replay) -> None:
    answer = ask(server)
    assert (answer.body, answer.unchanged) == (BODY, False)
    assert answer.address == server.address + PATH
    assert answer.headers["etag"] == server.documents[PATH].etag


def test_a_day_of_change_does_where_there_is_no_etag(server: Replay) -> None:
    server.documents[PATH].tags = False
    answer = ask(server)
    assert "etag" not in answer.headers
    again = ask(server, held=Validators("", answer.headers["last-modified"]))
    assert (again.body, again.unchanged) == (b"", True)


def test_a_document_that_still_stands_is_not_sent_again(server: Replay) -> None:
    answer = ask(server, held=Validators(server.documents[PATH].etag))
    assert (answer.body, answer.unchanged) == (b"", True)


@pytest.mark.parametrize(
    ("act", "failure", "asked"),
    [
        (error(404), Failure.NOT_FOUND, 1),
        (error(410), Failure.NOT_FOUND, 1),
        (error(403), Failure.REFUSED, 1),
        (error(406), Failure.UNEXPECTED, 1),
        (error(204), Failure.UNEXPECTED, 1),
        (error(429), Failure.RATE_LIMITED, 4),
        (error(500), Failure.SERVER_ERROR, 4),
        (error(503), Failure.SERVER_ERROR, 4),
        (replay.silence, Failure.TIMED_OUT, 4),
        (replay.drip, Failure.TIMED_OUT, 4),
        (replay.hang_up, Failure.CUT_SHORT, 4),
        (replay.bad_gzip, Failure.BAD_ENCODING, 4),
        (replay.cut_gzip, Failure.BAD_ENCODING, 4),
        (replay.bomb, Failure.TOO_LARGE, 1),
        (replay.redirect("https://example.org/a.xml"), Failure.OFF_HOST, 1),
        (replay.redirect("//example.org/a.xml"), Failure.OFF_HOST, 1),
        (replay.redirect("ftp://www.govinfo.gov/a.xml"), Failure.OFF_HOST, 1),
        (replay.redirect("https://user:pw@www.govinfo.gov/a.xml"), Failure.OFF_HOST, 1),
        (replay.redirect("https://www.govinfo.gov.example.org/a"), Failure.OFF_HOST, 1),
        (replay.redirect(PATH), Failure.UNEXPECTED, 6),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_each_misbehaviour_has_its_name(
    server: Replay, act: replay.Act, failure: Failure, asked: int
) -> None:
    server.always(PATH, act)
    assert fails(server, limits=replay.limits(act)).failure is failure
    assert len(server.asked) == asked


@pytest.mark.parametrize(
    "act",
    [
        error(429),
        error(500),
        error(502),
        replay.cut(100),
        replay.hang_up,
        replay.bad_gzip,
        replay.cut_gzip,
        replay.silence,
    ],
    ids=lambda act: act.__name__,
)
def test_what_passes_is_survived(server: Replay, act: replay.Act) -> None:
    server.misbehave(PATH, act, act)
    assert ask(server, limits=replay.limits(act)).body == BODY


def test_a_body_that_breaks_off_is_taken_up_where_it_ended(server: Replay) -> None:
    server.misbehave(PATH, replay.cut(1000), replay.cut(500))
    server.documents[PATH].packed = False
    assert ask(server).body == BODY
    assert [asked.headers.get("range") for asked in server.asked] == [
        None,
        "bytes=1000-",
        "bytes=500-",
    ]
    assert server.asked[1].headers["if-range"] == server.documents[PATH].etag


def test_a_document_that_changed_while_it_broke_off_is_read_from_its_beginning(
    server: Replay,
) -> None:
    def change(handler: replay.Handler, document: replay.Document | None) -> None:
        replay.cut(1000)(handler, document)
        server.put(PATH, BODY[::-1])

    server.misbehave(PATH, change)
    assert ask(server).body == BODY[::-1]


def test_a_server_that_cannot_continue_sends_all_again(server: Replay) -> None:
    server.documents[PATH].ranges = False
    server.misbehave(PATH, replay.cut(1000))
    assert ask(server).body == BODY


def test_a_rest_that_does_not_fit_is_not_glued_on(server: Replay) -> None:
    def misfit(handler: replay.Handler, document: replay.Document | None) -> None:
        assert document
        handler.say(206, document.body[7:], headers={"Content-Range": "bytes 7-9/10"})

    server.misbehave(PATH, replay.cut(1000), misfit)
    assert ask(server).body == BODY


def test_a_server_that_says_how_long_to_wait_is_obeyed(server: Replay) -> None:
    waits = Waits()
    server.misbehave(PATH, error(429, retry_after="7"), error(503, retry_after="3"))
    assert ask(server, waits=waits).body == BODY
    assert sum(waits.seconds) == pytest.approx(2 * (7 + 3), abs=1)


def test_a_date_to_wait_for_is_understood(server: Replay) -> None:
    waits = Waits()
    server.misbehave(PATH, error(429, retry_after="Wed, 21 Oct 2015 07:28:00 GMT"))
    assert ask(server, waits=waits).body == BODY
    assert sum(waits.seconds) == 0


def test_a_wait_longer_than_anybody_waits_is_said_instead(server: Replay) -> None:
    waits = Waits()
    server.always(PATH, error(429, retry_after="3600"))
    assert "wait 3,600 seconds" in str(fails(server, waits=waits))
    assert (len(server.asked), waits.seconds) == (1, [])


def test_pauses_grow(server: Replay) -> None:
    waits = Waits()
    server.always(PATH, error(500))
    fails(server, waits=waits)
    assert waits.seconds == [0.5, 1.0, 2.0]


def test_a_redirect_among_official_hosts_is_followed(server: Replay) -> None:
    server.always(PATH, replay.redirect("https://www.govinfo.gov/b.xml"))
    server.put("/b.xml", b"<bill/>")
    assert ask(server).body == b"<bill/>"


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a.xml", "file:///etc/passwd", "https://govinfo.gov@example.org/", "a"],
)
def test_an_address_of_another_host_is_not_asked(server: Replay, address: str) -> None:
    assert fails(server, address).failure is Failure.OFF_HOST
    assert server.asked == []


def test_a_server_that_is_not_there_is_asked_once() -> None:
    with Replay() as server:
        address = server.address

    async def run() -> list[Failure]:
        async with Client(Sites(govinfo=address), sleep=Waits()) as client:
            found = []
            for _ in range(3):
                with pytest.raises(WebError) as caught:
                    await client.get(OFFICIAL)
                found.append(caught.value.failure)
            assert client.asked == 1
            return found

    assert alone(run()) == [Failure.UNREACHABLE] * 3


def test_never_more_than_four_at_once(server: Replay) -> None:
    paths = [f"/{number}.xml" for number in range(40)]
    together = threading.Barrier(4)
    busy: list[int] = [0]
    seen: list[int] = []

    def count(handler: replay.Handler, document: replay.Document | None) -> None:
        assert document
        with server.lock:
            busy[0] += 1
            seen.append(busy[0])
        together.wait(5)
        with server.lock:
            busy[0] -= 1
        handler.give(document)

    server.always("*", count)
    for path in paths:
        server.put(path, BODY)

    async def run() -> None:
        async with Client(Sites(govinfo=server.address)) as client:
            await asyncio.gather(*(client.get(f"https://www.govinfo.gov{p}") for p in paths))

    alone(run())
    assert sorted(server.paths()) == sorted(paths)
    assert max(seen) == 4


KEY = "a-key-that-nobody-may-see"


@pytest.mark.parametrize(
    ("address", "keyed"),
    [
        ("https://api.govinfo.gov/packages/BILLS-119hr1ih/xml", True),
        ("https://api.congress.gov/v3/bill/119/hr/1/text", True),
        ("https://www.govinfo.gov/bulkdata/a.xml", False),
    ],
)
def test_a_key_goes_to_its_api_alone_and_never_into_an_address(
    server: Replay, address: str, *, keyed: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    sites = Sites(server.address, server.address, KEY, KEY)
    path = urlsplit(address).path
    server.put(path, BODY)
    answer = ask(server, address, sites=sites)
    assert server.asked[0].headers.get("x-api-key") == (KEY if keyed else None)
    server.always(path, error(403))
    with pytest.raises(WebError) as caught:
        ask(server, address, sites=sites)
    for said in (repr(sites), str(caught.value), repr(caught.value), answer.address, caplog.text):
        assert KEY not in said
    assert all(KEY not in asked.path + asked.query for asked in server.asked)


def test_a_key_is_not_carried_along_by_a_redirect(server: Replay) -> None:
    sites = Sites(server.address, server.address, KEY, KEY)
    server.always("/v3/bill", replay.redirect(PATH))
    ask(server, "https://api.congress.gov/v3/bill", sites=sites)
    assert ["x-api-key" in asked.headers for asked in server.asked] == [True, False]
