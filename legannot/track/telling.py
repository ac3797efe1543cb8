"""From a report, or a bill found in another, to an alert in words."""

from __future__ import annotations

from collections.abc import Sequence

from legannot.assess.findings import comparison_findings, single_findings
from legannot.model import BillId, Facts
from legannot.model.likeness import TurnUp
from legannot.model.report import Finding, Report
from legannot.render.likeness import called, stranded, told
from legannot.render.official import page_of
from legannot.render.wording import dated
from legannot.source.library import Held
from legannot.track.values import Alert, Event, Followed, SubjectCount

# The strongest changes that a digest quotes.
STRONGEST = 3
_CONGRESS_PAGES = {
    "hr": "house-bill",
    "s": "senate-bill",
    "hjres": "house-joint-resolution",
    "sjres": "senate-joint-resolution",
    "hconres": "house-concurrent-resolution",
    "sconres": "senate-concurrent-resolution",
    "hres": "house-resolution",
    "sres": "senate-resolution",
}


def fits(topic: str, subjects: Sequence[str]) -> bool:
    """Whether a topic is among subjects such as `list.entity`, `ow.*` or `ow`; all are in none."""
    return not subjects or any(
        topic == subject or topic.startswith(subject.removesuffix("*").removesuffix(".") + ".")
        for subject in subjects
    )


def tell_texts(
    followed: Followed,
    event: Event,
    held: Sequence[Held],
    report: Report,
    at: str,
    key: str,
    later: Held | None = None,
) -> Alert:
    """The alert on new texts of a bill: `report` leads from what was known to the newest.

    `later` is a version that was known although it comes after them all, where nothing before them
    was.
    """
    newest = report.bills[-1]
    inside, outside = _lines(report, followed.subjects)
    counts, topics = _counts(report, followed.subjects)
    page = page_of(newest)
    links = [("All about the bill", bill_page(followed.bill))]
    if page:
        links.append((f"Text: {newest.stage.name}", page))
    links += [(f"Source of {text.id}", text.received.address) for text in held if _web(text)]
    return Alert(
        followed.bill,
        event,
        key,
        at,
        _headline(followed.bill, event, held, report, later),
        newest.title or newest.official_title,
        followed.subjects,
        lines=inside,
        elsewhere=outside,
        counts=counts,
        topics=topics,
        nothing=not inside,
        links=tuple(links),
        note=followed.note,
    )


def tell_travel(followed: Followed, turned: TurnUp, title: str, at: str) -> Alert:
    """The alert on a followed bill whose text turned up in another one."""
    other = turned.text
    links = [("All about the bill", bill_page(followed.bill))]
    if other.bill:
        links.append((f"All about {other.label}", bill_page(BillId.parse(other.bill))))
    return Alert(
        followed.bill,
        Event.TRAVEL,
        f"in {other.bill or other.sha256}",
        at,
        f"The text of {followed.bill.label} stands in {called(other)}",
        title,
        followed.subjects,
        lines=(told(turned), *map(stranded, turned.strands[:STRONGEST])),
        links=tuple(links),
        note=followed.note,
    )


def bill_page(bill: BillId) -> str:
    """The bill's page on congress.gov."""
    ordinal = f"{bill.congress}{_ordinal(bill.congress)}"
    kind = _CONGRESS_PAGES[bill.type]
    return f"https://www.congress.gov/bill/{ordinal}-congress/{kind}/{bill.number}"


def _ordinal(number: int) -> str:
    if number // 10 % 10 == 1:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _web(text: Held) -> bool:
    return text.received.address.startswith("https://")


def _headline(
    bill: BillId, event: Event, held: Sequence[Held], report: Report, later: Held | None
) -> str:
    newest = report.bills[-1]
    if event is Event.AMENDMENT:
        return f"{bill.label}: the text of amendment {held[-1].version} is there"
    if event is Event.CHANGED:
        return f"{bill.label}: the published text ({newest.stage.name}) was changed by its source"
    names = ", ".join(text.stage.name for text in held)
    date = f" ({dated(newest)})" if dated(newest) else ""
    if report.comparison is None and later is not None:
        return (
            f"{bill.label}: {names}{date}, which comes before the text that was known"
            f" ({later.stage.name})"
        )
    if report.comparison is None:
        return f"{bill.label}: first text at hand, {names}{date}"
    return f"{bill.label}: {names}{date}, against {report.bills[0].stage.name}"


def _lines(report: Report, subjects: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The strongest changes in the subjects, and those elsewhere, each with its quoted words."""
    if not subjects:
        return tuple(map(sentence, report.findings[:STRONGEST])), ()
    if report.comparison is None:
        own = [tag for tag in report.tags[-1] if fits(tag.topic, subjects)]
        found = single_findings(own, report.topics)
    else:
        changes = [c for c in report.tag_changes if c.kind != "same" and fits(c.topic, subjects)]
        rows = {change.row for change in changes}
        found = tuple(
            finding
            for finding in comparison_findings(
                report.comparison.rows, changes, report.topics, (), (), *_ends(report)
            )
            if finding.row in rows
        )
    inside = tuple(map(sentence, found[:STRONGEST]))
    places = {(finding.path, finding.row) for finding in found}
    outside = [f for f in report.findings if (f.path, f.row) not in places]
    return inside, tuple(map(sentence, outside[:STRONGEST]))


def _ends(report: Report) -> tuple[Facts, Facts]:
    return report.facts[0], report.facts[-1]


def sentence(finding: Finding) -> str:
    """A finding with its quoted words: `lead “old” -> “new”`."""
    if finding.deleted and finding.inserted:
        return f"{finding.lead} “{finding.deleted}” -> “{finding.inserted}”"
    if finding.deleted:
        return f"{finding.lead} out: “{finding.deleted}”"
    if finding.inserted:
        return f"{finding.lead} in: “{finding.inserted}”"
    return finding.lead


def _counts(
    report: Report, subjects: Sequence[str]
) -> tuple[tuple[SubjectCount, ...], tuple[str, ...]]:
    rows = [row for row in report.subjects if fits(row.topic.id, subjects)]
    counts = tuple(
        SubjectCount(
            row.topic.id,
            row.topic.label,
            row.counts[0] if len(row.counts) > 1 else None,
            row.counts[-1],
        )
        for row in rows
        if row.counts[-1] or row.counts[0]
    )
    if report.comparison is None:
        return counts, tuple(count.topic for count in counts)
    changed = {c.topic for c in report.tag_changes if c.kind != "same" and fits(c.topic, subjects)}
    return counts, tuple(sorted(changed))
