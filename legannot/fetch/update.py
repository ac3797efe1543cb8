"""Bring a bill in the library up to date with what is published.

Each text is checked and committed by itself as soon as it came, so that a run that is stopped at
any moment has kept what it got and is taken up where it stopped.  Whoever must not miss a text
(`track`) therefore compares what the library holds with what it has told of, rather than trusting
that the run which found a text lived to tell.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from legannot.errors import InputError
from legannot.fetch.check import check_amendment, check_text
from legannot.fetch.listing import failure, find_versions
from legannot.fetch.values import Failed, Update
from legannot.model import BillId
from legannot.parse.billstatus import BillStatus, TextVersion
from legannot.parse.mods import issued
from legannot.source.client import Answer, Client, Validators
from legannot.source.library import (
    Added,
    Addition,
    Answered,
    Held,
    Kind,
    Library,
    Received,
)
from legannot.source.web import GOVINFO, WebError

GOVINFO_API = "https://api.govinfo.gov"


def now() -> str:
    """The present moment as the library writes it: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class _Job:
    """One text to ask for, and what the library holds of it."""

    bill: BillId
    text: TextVersion
    held: Held | None
    kind: Kind = Kind.BILL


@dataclass(slots=True)
class _Tally:
    """What has come of the jobs so far."""

    additions: list[Addition] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


async def update_bills(
    library: Library,
    bills: Sequence[BillId],
    client: Client,
    *,
    recheck: int | None = None,
    clock: Callable[[], str] = now,
    say: Callable[[str, int, int], None] = lambda *_: None,
) -> tuple[Update, ...]:
    """Update several bills at once; the client keeps to its limits over all of them.

    See `update_bill`.  Results stand in the order of `bills`.  `say` hears the bill, how many texts
    of how many are done.
    """
    jobs = (
        update_bill(library, bill, client, recheck=recheck, clock=clock, say=say) for bill in bills
    )
    return tuple(await asyncio.gather(*jobs))


async def update_bill(
    library: Library,
    bill: BillId,
    client: Client,
    *,
    recheck: int | None = None,
    clock: Callable[[], str] = now,
    say: Callable[[str, int, int], None] = lambda *_: None,
) -> Update:
    """Ask which versions of a bill there are, and for the texts that are not held.

    Of the texts that are held, the source is asked whether they still stand: all of them, or the
    `recheck` ones that were asked for longest ago.  Nothing that a server does is raised; it stands
    in the result under its name.
    """
    listing, troubles = await find_versions(library, bill, client, clock())
    if listing is None:
        held = library.versions(bill)
        return Update(bill, library.record(bill), listed=False, same=held, failed=troubles)
    jobs = [_Job(bill, text, library.find(bill, text.version)) for text in _each(listing.texts)]
    jobs += _amendments(library, bill, listing.status)
    chosen = _chosen(library, jobs, client, recheck)
    tally = _Tally()
    done = 0

    async def work(job: _Job) -> None:
        nonlocal done
        await _bring(library, job, client, clock, tally)
        done += 1
        say(str(bill), done, len(chosen))

    await asyncio.gather(*(work(job) for job in chosen))
    # Another source named the texts: that the first did not answer stands beside it.
    return _result(library, bill, listing.status, tally, (*troubles, *tally.failed), listing.texts)


def _result(
    library: Library,
    bill: BillId,
    status: BillStatus | None,
    tally: _Tally,
    failed: Sequence[Failed],
    listed: Sequence[TextVersion],
) -> Update:
    new = [a.held for a in tally.additions if a.what is Added.NEW]
    changed = [a for a in tally.additions if a.what is Added.CHANGED]
    fresh = {held.id for held in new} | {addition.held.id for addition in changed}
    at_hand = (*library.versions(bill), *library.amendments(bill))
    return Update(
        bill,
        library.record(bill),
        listed=True,
        status=status,
        new=tuple(sorted(new, key=lambda held: (held.kind, held.stage.rank, held.version))),
        changed=tuple(changed),
        same=tuple(held for held in at_hand if held.id not in fresh),
        failed=tuple(failed),
        waiting=tuple(text.name or text.version for text in listed if not text.addresses),
        notices=tuple(tally.notices),
    )


def _each(texts: Sequence[TextVersion]) -> list[TextVersion]:
    """Each version that has an address, once.

    A version that is listed twice is one: two texts under one name would each displace the other
    in every run.  The newer entry, which stands first, is asked for first.
    """
    each: dict[str, TextVersion] = {}
    for text in texts:
        if not (text.version and text.addresses):
            continue
        known = each.get(text.version)
        addresses = (*known.addresses, *text.addresses) if known else text.addresses
        each[text.version] = replace(known or text, addresses=tuple(dict.fromkeys(addresses)))
    return list(each.values())


def _amendments(library: Library, bill: BillId, status: BillStatus | None) -> list[_Job]:
    """Amendments whose XML is published; most are printed in the Congressional Record only."""
    jobs = []
    for amendment in status.amendments if status else ():
        for text in amendment.texts[:1]:
            if text.addresses:
                named = TextVersion(text.name, amendment.name, text.day, text.addresses)
                held = library.amendment(amendment.congress, amendment.name)
                jobs.append(_Job(bill, named, held, Kind.AMENDMENT))
    return jobs


def _chosen(
    library: Library, jobs: Sequence[_Job], client: Client, recheck: int | None
) -> list[_Job]:
    missing = [job for job in jobs if job.held is None]
    known = [job for job in jobs if job.held is not None]
    if recheck is not None:
        known = sorted(known, key=lambda job: _checked(library, job, client))[:recheck]
    return missing + known


def _checked(library: Library, job: _Job, client: Client) -> str:
    moments = [
        answered.checked
        for address in _addresses(job, client)
        if (answered := library.answered(_placed(client, address)))
    ]
    return max(moments, default="")


def _addresses(job: _Job, client: Client) -> list[str]:
    """Where the text may be: as published, and with a key in govinfo's API."""
    addresses = list(job.text.addresses)
    if client.sites.govinfo_key and job.kind is Kind.BILL:
        addresses.append(f"{GOVINFO_API}/packages/BILLS-{job.bill}{job.text.version}/xml")
    return addresses


def _placed(client: Client, address: str) -> str:
    try:
        return client.sites.place(address)
    except WebError:
        return address


async def _bring(
    library: Library, job: _Job, client: Client, clock: Callable[[], str], tally: _Tally
) -> None:
    """Ask for one text where it is published, check it and put it in."""
    version = job.text.version
    first: Failed | None = None
    for address in _addresses(job, client):
        try:
            place = client.sites.place(address)
            answer, validators = await _ask(library, job, client, place)
            notices = () if answer.unchanged else _check(answer, job)
        except WebError as error:
            # The first address is the published one: what befell it is what the user needs.
            first = first or failure(error, version)
            continue
        published = job.text.day or await _day_of_issue(job, client, tally)
        tally.notices += notices
        known = _answered(place, answer, validators, clock())
        _keep(library, job, answer, known, published, tally)
        return
    if first:
        tally.failed.append(first)


async def _ask(
    library: Library, job: _Job, client: Client, place: str
) -> tuple[Answer, Validators]:
    """The answer to the question whether the text that is held still stands, if one is."""
    known = library.answered(place)
    usable = known and job.held and known.sha256 == job.held.sha256
    if known and usable and library.files.holds(known.sha256):
        validators = Validators(known.etag, known.last_modified)
        return await client.get(place, validators), validators
    return await client.get(place), Validators()


def _check(answer: Answer, job: _Job) -> tuple[str, ...]:
    if job.kind is Kind.AMENDMENT:
        check_amendment(answer.body, answer.address)
        return ()
    return check_text(answer.body, job.bill, job.text.version, answer.address)


async def _day_of_issue(job: _Job, client: Client, tally: _Tally) -> str:
    """The day of a text that is listed without one, from its MODS record; empty if none comes.

    Enrolled bills are listed without a day.  It is asked for once: the library keeps it.
    """
    if job.kind is Kind.AMENDMENT or (job.held and job.held.published):
        return job.held.published if job.held else ""
    package = f"BILLS-{job.bill}{job.text.version}"
    try:
        answer = await client.get(f"{GOVINFO}/metadata/pkg/{package}/mods.xml")
    except WebError:
        return ""
    try:
        return issued(answer.body) if package.encode() in answer.body else ""
    except InputError as wrong:
        tally.notices.append(f"the MODS record of {package} {wrong.what} Its day is not known yet.")
        return ""


def _answered(place: str, answer: Answer, validators: Validators, moment: str) -> Answered:
    """What the server calls the text now; the hash is of the body that came, if one did."""
    if answer.unchanged:
        return Answered(place, "", validators.etag, validators.last_modified, moment)
    etag = answer.headers.get("etag", "")
    return Answered(place, "", etag, answer.headers.get("last-modified", ""), moment)


def _keep(
    library: Library, job: _Job, answer: Answer, known: Answered, published: str, tally: _Tally
) -> None:
    """Put in the text and what the server called it, in one transaction."""
    with library.writing() as write:
        if answer.unchanged and job.held:
            write.answered(replace(known, sha256=job.held.sha256))
            return
        received = Received(answer.address, known.checked, headers=answer.headers)
        addition = write.add(
            job.bill, job.text.version, answer.body, received, published=published, kind=job.kind
        )
        write.answered(replace(known, sha256=addition.held.sha256))
    tally.additions.append(addition)
