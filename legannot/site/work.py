"""One bill of the site: all its pages, and the digest that the index and the feeds are made of.

A bill of n versions has a page for each of them and for each pair: n (n + 1) / 2 reports at
addresses that later versions leave as they are.  `latest/` is a copy of the one from the first
version to the newest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from legannot.errors import InputError
from legannot.model import Bill, BillId, Provenance
from legannot.notes import place as place_notes
from legannot.render import docx, wording
from legannot.render.atom import Entry as FeedEntry
from legannot.render.changes import report_csv
from legannot.render.html import render
from legannot.render.html.anchors import lineages
from legannot.render.html.index import Index, index
from legannot.render.html.pictures import VersionLine, version_line
from legannot.render.html.summary import Summary, summary
from legannot.render.html.tally import unit_tallies
from legannot.render.html.tree import units
from legannot.render.json import dumps, report_document
from legannot.site import digest as kept
from legannot.site import entries
from legannot.site.config import Entry
from legannot.site.look import Look
from legannot.site.meta import Site, bill_meta, report_meta
from legannot.source import Source

if TYPE_CHECKING:
    from legannot.model.notes import HouseNote
    from legannot.model.record import Record
    from legannot.model.report import Report

LATEST = "latest"
WORD, LIST, DATA = "report.docx", "changes.csv", "report.json"
_TYPES = {
    "hr": "house-bill", "s": "senate-bill", "hjres": "house-joint-resolution",
    "sjres": "senate-joint-resolution", "hconres": "house-concurrent-resolution",
    "sconres": "senate-concurrent-resolution", "hres": "house-resolution",
    "sres": "senate-resolution",
}  # fmt: skip


class Analyst(Protocol):
    """Reads and reports; `cli` has the stages together."""

    def read(
        self, sources: Sequence[Source], bill: BillId | None = None
    ) -> tuple[tuple[Bill, ...], Record | None]:
        """The versions in some documents in the order of their stages, and their bill's record.

        `bill` is the bill that they are taken to be of, whatever they say.
        """

    def report(self, bills: Sequence[Bill], command: str) -> Report:
        """The report over versions in order."""

    def forget(self) -> None:
        """Let go of what is known of the bills so far."""


@dataclass(frozen=True, slots=True)
class Job:
    """A bill to be made anew: its entry, the documents of its versions, the notes on it."""

    entry: Entry
    sources: tuple[Source, ...]
    where: str
    folder: Path
    notes: tuple[HouseNote, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A bill's pages, written, with the SHA-256 of each, and its digest."""

    digest: kept.Digest
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Reported:
    """A report with what the pages around it need."""

    slug: str
    report: Report
    index: Index
    head: Summary


def make(
    job: Job, site: Site, look: Look, analyst: Analyst, write: Callable[[str, bytes], str]
) -> Made:
    """Make all pages of a bill and hand them to `write`, which says their SHA-256.

    Raises `InputError` with the line of the configuration.
    """
    try:
        bills, record = _bills(job, analyst)
        folders = _folders(bills)
        reports = _reports(bills, record, folders, job, site, analyst)
        whole = reports[0, len(bills) - 1]
        digest = _digest(job, site, bills, folders, reports)
        files: dict[str, str] = {}
        for key, made in reports.items():
            for page in (made.slug, *((LATEST,) if made is whole else ())):
                frame = look.frame(
                    site=site, root="../../../", bill=digest, here=page, report=made.slug,
                    meta=report_meta(site, digest, made.head, made.slug, key, bills),
                    newest=made is whole, ends=(made.head.versions[0], made.head.versions[-1]),
                )  # fmt: skip
                name = f"{digest.folder}{page}/index.html"
                files[name] = write(name, render(made.report, frame))
            for name, data in _files(made.report):
                place = f"{digest.folder}{made.slug}/{name}"
                files[place] = write(place, data)
        name = f"{digest.folder}index.html"
        files[name] = write(name, _bill_page(site, look, digest, bills, folders, reports))
    except InputError as wrong:
        raise InputError(f"{wrong}", where=job.where, line=job.entry.line) from None
    finally:
        analyst.forget()
    return Made(digest, files)


def _files(report: Report) -> Iterator[tuple[str, bytes]]:
    """What stands beside a report's page to be taken along, with its names."""
    yield WORD, docx.report(report)
    if report.comparison is not None:
        yield LIST, report_csv(report).encode()
    yield DATA, dumps(report_document(report)).encode()


def _bills(job: Job, analyst: Analyst) -> tuple[tuple[Bill, ...], Record | None]:
    given = BillId.parse(job.entry.id) if job.entry.id else None
    bills, record = analyst.read(job.sources, given)
    ids = {bill.id for bill in bills}
    if len(ids) > 1:
        names = ", ".join(sorted(str(i) if i else "one that does not say" for i in ids))
        raise InputError(f"the versions are of different bills ({names}).")
    number = given or bills[0].id
    if number is None:
        raise InputError("no version says which bill it is.", cure="Add `id: 119hr8315`.")
    named = tuple(
        replace(
            bill.as_reported(),
            id=number,
            title=job.entry.title or bill.title,
            provenance=_named(bill, job.folder),
        )
        for bill in bills
    )
    return named, record


def _named(bill: Bill, folder: Path) -> Provenance:
    """Its provenance without the folders of the machine: a page must not tell them."""
    source = Path(bill.provenance.source)
    if source.is_absolute():
        near = source.is_relative_to(folder)
        name = source.relative_to(folder).as_posix() if near else source.name
        return replace(bill.provenance, source=name)
    return bill.provenance


def _folders(bills: Sequence[Bill]) -> tuple[str, ...]:
    """A name for each version in an address: its code, with a number where it occurs again."""
    found: list[str] = []
    for bill in bills:
        code = re.sub(r"[^a-z0-9]+", "", bill.version.lower()) or "text"
        code = f"{code}-text" if code == LATEST else code
        again = sum(name == code or name.startswith(f"{code}.") for name in found)
        found.append(f"{code}.{again + 1}" if again else code)
    return tuple(found)


def _reports(
    bills: Sequence[Bill],
    record: Record | None,
    folders: Sequence[str],
    job: Job,
    site: Site,
    analyst: Analyst,
) -> dict[tuple[int, int], _Reported]:
    found: dict[tuple[int, int], _Reported] = {}
    for first in range(len(bills)):
        for last in range(first, len(bills)):
            versions = bills[first : last + 1]
            report = analyst.report(versions, site.command)
            if versions[-1] is bills[-1]:
                # Where a bill stands is said with its newest text; older pages stay as they are.
                report = replace(report, record=record)
            codes = {bill.version for bill in versions}
            # A page about early versions cannot say what became of words that came later.
            mine = [
                note
                for note in job.notes
                if len(versions) == len(bills) or note.anchor.version in codes
            ]
            if mine:
                steps = [step.comparison for step in report.steps]
                report = replace(report, notes=place_notes(mine, versions, steps))
            name = folders[first] if first == last else f"{folders[first]}-{folders[last]}"
            look_up = index(report)
            head = summary(look_up, unit_tallies(look_up))
            found[first, last] = _Reported(name, report, look_up, head)
    return found


# ── the digest ───────────────────────────────────────────────────────────────────────────────────


def _digest(
    job: Job,
    site: Site,
    bills: Sequence[Bill],
    folders: Sequence[str],
    reports: Mapping[tuple[int, int], _Reported],
) -> kept.Digest:
    last = len(bills) - 1
    whole, newest = reports[0, last], bills[-1]
    number = newest.id
    assert number is not None  # noqa: S101 - `_bills` saw to it
    name = f"{number.congress}-{number.type}-{number.number}"
    address = f"{site.address}bill/{name}/"
    days = _days(bills)
    return kept.Digest(
        slug=name,
        label=newest.label,
        congress=whole.head.congress,
        title=whole.head.title,
        summary=job.entry.summary,
        official=_official(newest),
        day=days[-1],
        latest=whole.slug,
        single=last == 0,
        reprint=whole.head.reprint,
        counts=whole.head.counts,
        words="" if last == 0 else whole.head.words,
        unread=whole.head.to_read,
        versions=tuple(_versions(bills, folders, reports, days)),
        pairs=tuple(_pairs(reports)),
        findings=tuple(
            kept.FindingLine(f.before, f.link.text, f.link.anchor, f.after, f.deleted, f.inserted)
            for f in whole.head.findings
        ),
        subjects=tuple(sorted(_subjects(whole), key=lambda subject: subject.procedural)),
        sections=tuple(
            kept.SectionLine(
                node.row.new.enum, node.row.new.heading, whole.index.anchors.of(node.row)
            )
            for node in units(whole.index.roots)
            if node.row.new and node.row.level == "section"
        ),
        notes=tuple(_notes(whole)),
        entries=tuple(_entries(address, folders, days, reports)),
    )


def _days(bills: Sequence[Bill]) -> tuple[str, ...]:
    """The day of each version; an undated one has that of the version before it."""
    found: list[str] = []
    for bill in bills:
        days = [d for d in (bill.dates.get("action"), *sorted(bill.dates.values())) if _is_day(d)]
        found.append(days[0] or "" if days else found[-1] if found else "")
    return tuple(found)


def _is_day(text: str | None) -> bool:
    try:
        return bool(text and date.fromisoformat(text))
    except ValueError:
        return False


def _official(bill: Bill) -> str:
    number, source = bill.id, bill.provenance.source
    if number is None or source.startswith("sample:"):
        return ""
    congress = f"{wording.ordinal(number.congress)}-congress"
    return f"https://www.congress.gov/bill/{congress}/{_TYPES[number.type]}/{number.number}"


def _versions(
    bills: Sequence[Bill],
    folders: Sequence[str],
    reports: Mapping[tuple[int, int], _Reported],
    days: Sequence[str],
) -> Iterator[kept.VersionLine]:
    for i, bill in enumerate(bills):
        shown = reports[i, i].head.versions[0]
        step = reports[i - 1, i].report.steps[0] if i else None
        change = "reprint" if step and step.reprint else step and wording.count(step.edits, "edit")
        yield kept.VersionLine(
            folders[i], shown.code, shown.name, shown.date, days[i], bill.provenance.source,
            bill.provenance.sha256, change or "",
        )  # fmt: skip


def _subjects(whole: _Reported) -> Iterator[kept.SubjectLine]:
    for s in (*whole.head.subjects, *whole.head.more_subjects):
        yield kept.SubjectLine(
            s.id, s.label, s.family, whole.index.topic(s.id).procedural, s.before, s.after,
            s.change, s.start.text, s.start.anchor,
        )  # fmt: skip


def _pairs(reports: Mapping[tuple[int, int], _Reported]) -> Iterator[kept.PairLine]:
    """The comparisons, those with the newest version first and of these the longest."""
    for (first, last), made in sorted(reports.items(), key=lambda item: (-item[0][1], item[0][0])):
        if first != last:
            old, new = made.head.versions[0].name, made.head.versions[-1].name
            counts = "No change of text (reprint)." if made.head.reprint else made.head.counts
            yield kept.PairLine(made.slug, old, new, counts, made.head.words)


def _notes(whole: _Reported) -> Iterator[kept.NoteLine]:
    for placed in whole.report.notes:
        note = placed.note
        yield kept.NoteLine(
            note.id, note.kind, note.author, wording.day(note.date), str(placed.outcome),
            placed.path or note.anchor.path, whole.index.anchors.find(placed.path),
            placed.quote or note.anchor.exact, placed.reason,
        )  # fmt: skip


def _entries(
    address: str,
    folders: Sequence[str],
    days: Sequence[str],
    reports: Mapping[tuple[int, int], _Reported],
) -> Iterator[FeedEntry]:
    first = reports[0, 0]
    yield entries.first_version(
        first.report.bills[0], days[0], f"{address}{folders[0]}/", first.head.counts
    )
    for i, j in pairwise(range(len(folders))):
        made = reports[i, j]
        counts = "no change of text (reprint)" if made.head.reprint else made.head.counts
        yield from entries.step(made.index, days[j], f"{address}{made.slug}/", counts)


# ── the bill's own page ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Cell:
    """A section in one version: its number, and where it stands there."""

    number: str
    href: str


def _bill_page(
    site: Site,
    look: Look,
    digest: kept.Digest,
    bills: Sequence[Bill],
    folders: Sequence[str],
    reports: Mapping[tuple[int, int], _Reported],
) -> bytes:
    whole = reports[0, len(bills) - 1]
    line: VersionLine | None = version_line(whole.index)
    return look.page(
        "bill.html.j2",
        site=site,
        root="../../",
        bill=digest,
        line=line,
        sections=list(_across(whole, bills, folders, reports)),
        record=whole.head.record,
        method=whole.report.method,
        meta=bill_meta(site, digest, bills),
    )


def _across(
    whole: _Reported,
    bills: Sequence[Bill],
    folders: Sequence[str],
    reports: Mapping[tuple[int, int], _Reported],
) -> Iterator[tuple[str, tuple[_Cell | None, ...]]]:
    """Each section of the newest version with its number in every version that has it."""
    befores = [
        {now: before for before, now in reversed(list(names.items()))}
        for names in lineages(whole.report)
    ]
    numbers = [{p.path: p.enum.rstrip(".") for p in bill.walk()} for bill in bills]
    singles = [reports[i, i].index.anchors for i in range(len(bills))]
    for node in units(whole.index.roots):
        now = node.row.new
        if now is None or node.row.level != "section":
            continue
        cells: list[_Cell | None] = []
        for i, before in enumerate(befores):
            path = before.get(now.path)
            anchor = singles[i].find(path) if path else ""
            known = numbers[i].get(path or "", "")
            cells.append(
                _Cell(known or path or "", f"{folders[i]}/index.html#{anchor}") if path else None
            )
        yield now.heading or wording.excerpt(now.text, 8), tuple(cells)


__all__ = ["LATEST", "Analyst", "Job", "Made", "make"]
