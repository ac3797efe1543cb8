"""The first screen: which bill, what happened in short, how much, which subjects, what to check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from legannot.model import Bill
from legannot.model.report import Finding, SubjectRow
from legannot.render.html.index import Index, Link
from legannot.render.html.tally import ClassCount, UnitTally, class_counts, counts_line, words_line
from legannot.render.record import RecordLines, record_lines
from legannot.render.wording import count, dated, family, ordinal

# What stays on the first screen beside the findings at 1280 x 720; the rest folds below.
_SUBJECTS_SHOWN = 5
_FINDINGS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Version:
    """A version as the title names it."""

    code: str
    name: str
    date: str


@dataclass(frozen=True, slots=True)
class Headline:
    """A finding, its lead cut where it names its place, which links to the redline."""

    before: str
    link: Link
    after: str
    deleted: str
    inserted: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A line of the subject table; `change` is empty where nothing changed."""

    label: str
    family: str
    id: str
    before: int
    after: int
    change: str
    start: Link


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything above the list of changes."""

    bill: str
    title: str
    congress: str
    versions: tuple[Version, ...]
    findings: tuple[Headline, ...]
    more_findings: tuple[Headline, ...]
    reprint: bool
    counts: str
    words: str
    classes: tuple[ClassCount, ...]
    changes: int
    to_read: int
    notices: int
    subjects: tuple[Subject, ...]
    more_subjects: tuple[Subject, ...]
    findings_longer: bool
    cite: str
    cite_as: str
    record: RecordLines | None


# What nobody has read; the rest of the list was read and is amiss in itself.
_TO_READ = ("not-understood", "unparsed", "unsure-pair")


def summary(index: Index, tallies: Mapping[int, UnitTally]) -> Summary:
    """The first screen of a report."""
    report, bill = index.report, index.new
    reprint = report.comparison is not None and not report.comparison.changes
    findings = () if reprint else tuple(_headline(index, f) for f in report.findings)
    subjects = tuple(_subject(index, row) for row in report.subjects)
    # Quiet subjects are context; the ones that moved come first, in the order of the report.
    ranked = subjects if index.single else sorted(subjects, key=lambda s: not s.change)
    to_read = sum(item.kind in _TO_READ for item in report.unread)
    return Summary(
        bill=bill.label,
        title=bill.title or bill.official_title,
        congress=f"{ordinal(bill.id.congress)} Congress" if bill.id else "",
        versions=tuple(version(b) for b in report.bills),
        findings=findings[:_FINDINGS_SHOWN],
        more_findings=findings[_FINDINGS_SHOWN:],
        reprint=reprint,
        counts=counts_line(index, tallies),
        words=words_line(index),
        classes=class_counts(index),
        changes=len(index.entries),
        to_read=to_read,
        notices=len(report.unread) - to_read + len(report.notices),
        subjects=tuple(ranked[:_SUBJECTS_SHOWN]),
        more_subjects=tuple(ranked[_SUBJECTS_SHOWN:]),
        findings_longer=_longer(findings[:_FINDINGS_SHOWN], ranked[:_SUBJECTS_SHOWN]),
        cite=f"{bill.label}, {ordinal(bill.id.congress)} Cong." if bill.id else bill.label,
        cite_as=_as_of(bill),
        record=record_lines(report.record, bill.title or bill.official_title),
    )


# About how many characters a line of each column holds at 1280.
_FINDING_LINE, _LABEL_LINE, _CHANGE_LINE = 76, 36, 14


def _longer(findings: Sequence[Headline], subjects: Sequence[Subject]) -> bool:
    """Whether the findings are the longer column: the version line then goes below the other."""
    left = 3 + sum(
        _lines(f"{f.before}{f.link.text}{f.after} {f.deleted} {f.inserted}", _FINDING_LINE) + 0.5
        for f in findings
    )
    right = 2 + sum(
        max(_lines(s.label, _LABEL_LINE), _lines(s.change, _CHANGE_LINE)) for s in subjects
    )
    return left > right


def _lines(text: str, width: int) -> int:
    return -(-len(text) // width)


def _headline(index: Index, finding: Finding) -> Headline:
    place = _place(index, finding)
    before, named, after = finding.lead.partition(place.text)
    if not named:
        before, after = f"{finding.lead} (", ")"
    return Headline(before, place, after, finding.deleted, finding.inserted)


def _place(index: Index, finding: Finding) -> Link:
    """Where a finding stands, by its row: a removed provision may share its number with another."""
    if index.single or not 0 <= finding.row < len(index.rows):
        return index.link(finding.path)
    return Link(finding.path, index.anchors.of(index.rows[finding.row]))


def version(bill: Bill) -> Version:
    """A version's code, printed name and day."""
    return Version(bill.version, bill.stage.name, dated(bill))


def _as_of(bill: Bill) -> str:
    """`(as engrossed in House, July 9, 2026)`, the end of a citation of a bill's text."""
    name = bill.stage.name[:1].lower() + bill.stage.name[1:]
    return f"(as {', '.join(part for part in (name, dated(bill)) if part)})"


def _subject(index: Index, row: SubjectRow) -> Subject:
    changes = [
        words
        for number, words in (
            (row.added, count(row.added, "new", "new")),
            (row.touched, count(row.touched, "reworded", "reworded")),
            (row.removed, count(row.removed, "gone", "gone")),
        )
        if number
    ]
    return Subject(
        label=row.topic.label,
        family=family(row.topic),
        id=row.topic.id,
        before=row.counts[0] if row.counts else 0,
        after=row.counts[-1] if row.counts else 0,
        change=", ".join(changes),
        start=Link(row.start, index.anchors.of(index.rows[row.start_row]))
        if row.start_row >= 0
        else index.link(row.start),
    )
