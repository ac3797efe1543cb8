"""What a report says around the text of the bill, as blocks for formats that are no web page.

The words and their order are those of the page; `before` stands above the redline, `after` below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from legannot.render import wording
from legannot.render.housenotes import body_text, written_on
from legannot.render.html.effects import Chain, Effects, Line, Place, effects
from legannot.render.html.house import house_notes, in_order
from legannot.render.html.index import Index, Link
from legannot.render.html.summary import Headline, Subject, Summary, summary, version
from legannot.render.html.tables import ChangeRow, change_rows, concordance, passing, quantity_rows
from legannot.render.html.tally import unit_tallies
from legannot.render.inert import hidden
from legannot.render.wording import count

Look = Literal["", "strong", "quiet", "insert", "delete"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike; `insert` and `delete` are words of the bill with their marks."""

    text: str
    look: Look = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of rank 1 (a part) or 2."""

    rank: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, or a point of a list at `bullet` 1 and deeper."""

    runs: Runs
    bullet: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]


Block = Heading | Words | Table


def plain(text: str) -> Runs:
    """Words without any look."""
    return (Run(text),) if text else ()


@dataclass(frozen=True, slots=True)
class Masthead:
    """The top: `kind` is what the document is, `versions` the line of versions with their days."""

    bill: str
    title: str
    kind: str
    versions: str


def masthead(index: Index, head: Summary) -> Masthead:
    """The title of a report."""
    kind = "Annotated bill" if index.single else "Impact report"
    return Masthead(
        bill=head.bill,
        title=head.title,
        kind=" · ".join(filter(None, (kind, head.congress))),
        versions=" → ".join(f"{v.name}, {v.date}" if v.date else v.name for v in head.versions),
    )


def before(index: Index) -> tuple[Masthead, list[Block]]:
    """The title, then summary, subjects, changes and what may follow."""
    head = summary(index, unit_tallies(index))
    blocks = [*_record(head), *_short(index, head), *_subjects(index, head)]
    if not index.single:
        blocks += _changes(index)
    return masthead(index, head), [*blocks, *_effects(index)]


def after(index: Index) -> list[Block]:
    """The house's notes, what moved, what was not read, and where everything comes from."""
    moved = [] if index.single else _moved(index)
    return [*_house(index), *moved, *_unread(index), *_sources(index)]


# ── before the text ──────────────────────────────────────────────────────────────────────────────


def _record(head: Summary) -> Iterator[Block]:
    if head.record is None:
        return
    yield Heading(1, "The bill's record")
    for label, words in head.record.rows:
        yield Words((Run(f"{label}:", "strong"), Run(f" {words}")), bullet=1)


def _short(index: Index, head: Summary) -> Iterator[Block]:
    yield Heading(1, "In short")
    for finding in (*head.findings, *head.more_findings):
        yield Words(_finding(finding), bullet=1)
    if head.reprint:
        yield Words(plain("No change of text (reprint)."))
    elif not head.findings and not head.subjects:
        what = "No passage touches" if index.single else "No change touches"
        yield Words(plain(f"{what} a subject of the rule pack."))
    elif not head.findings and not index.single:
        yield Words(
            plain("Words changed, but no subject of the rule pack was added, removed or reworded.")
        )
    yield Words((Run(head.counts, "strong"), *plain("" if index.single else f" {head.words}.")))
    if not index.single:
        classes = ", ".join(f"{c.label} {c.number:,}" for c in head.classes)
        yield Words(plain(f"{count(head.changes, 'change')}: {classes}."))
    to_read = count(head.to_read, "passage needs", "passages need")
    yield Words(
        plain(
            f"{to_read} a human reader."
            if head.to_read
            else "No passage was set aside for a human reader."
        )
    )


def _finding(finding: Headline) -> Runs:
    lead = f"{finding.before}{finding.link.text}{finding.after}"
    return (Run(lead), *_marked(finding.deleted, finding.inserted, " "))


def _marked(deleted: str, inserted: str, lead: str = "") -> Runs:
    marked: list[Run] = []
    sides: tuple[tuple[str, Look], ...] = ((deleted, "delete"), (inserted, "insert"))
    for text, look in sides:
        if text:
            marked += [Run(lead), Run(text, look)] if lead else [Run(text, look)]
            lead = " "
    return tuple(marked)


def _subjects(index: Index, head: Summary) -> Iterator[Block]:
    yield Heading(1, "Subjects")
    subjects = (*head.subjects, *head.more_subjects)
    if not subjects:
        yield Words(plain("No provision touches a subject of the rule pack."))
        return
    columns = ("Provisions",) if index.single else ("Before", "After", "Change")
    yield Table(
        ("Subject", *columns, "Start at"),
        tuple(_subject(s, single=index.single) for s in subjects),
    )


def _subject(subject: Subject, *, single: bool) -> tuple[Runs, ...]:
    numbers = (
        (f"{subject.after:,}",)
        if single
        else (f"{subject.before:,}", f"{subject.after:,}", subject.change or "none")
    )
    return tuple(map(plain, (subject.label, *numbers, subject.start.text)))


def _what(change: ChangeRow) -> str:
    return " ".join(filter(None, (", ".join(change.kinds), change.inside)))


def _changes(index: Index) -> Iterator[Block]:
    yield Heading(1, "Changes")
    rows = change_rows(index)
    if not rows:
        yield Words(plain("No change of text (reprint)."))
        return
    # Eight columns of the page would leave each a few words wide.
    several = len(index.report.steps) > 1
    yield _without_empty_columns(
        ("Provision", "What", "Old and new words", "In law, subject" + (", step" * several)),
        tuple(
            (
                (Run(c.link.text, "strong"), *plain(f" {c.heading}" if c.heading else "")),
                plain(" · ".join(("; ".join((_what(c), *c.carried)), c.klass))),
                _marked(c.old, c.new),
                plain(
                    " · ".join(
                        filter(
                            None,
                            (
                                "; ".join(c.law),
                                ", ".join(c.subjects),
                                "; ".join(c.steps) if several else "",
                            ),
                        )
                    )
                ),
            )
            for c in rows
        ),
    )
    if index.report.quantities:
        yield Heading(2, "Amounts, dates and numbers")
        yield Table(
            ("Provision", "What", "Before", "After", "Difference"),
            tuple(
                (
                    plain(q.link.text),
                    plain(q.kind),
                    _marked(q.old, ""),
                    _marked("", q.new),
                    plain(q.difference),
                )
                for q in quantity_rows(index)
            ),
        )
    gone = passing(index)
    if gone:
        yield Heading(2, "Came and went")
        yield Words(
            plain(
                "These provisions came in after the first version and were gone before the last, so"
                " that the redline does not show them."
            )
        )
        for p in gone:
            lead = Run(" ".join(filter(None, (p.path, p.heading))), "strong")
            yield Words((lead, Run(f" ({'; '.join(p.steps)}) ", "quiet"), *plain(p.text)), bullet=1)


def _without_empty_columns(header: tuple[str, ...], rows: tuple[tuple[Runs, ...], ...]) -> Table:
    used = [at for at in range(len(header)) if any(row[at] for row in rows)]
    return Table(tuple(header[at] for at in used), tuple(tuple(r[at] for at in used) for r in rows))


def _effects(index: Index) -> Iterator[Block]:
    found = effects(index)
    yield Heading(1, "What may follow")
    yield Words(
        plain(
            "Only lines marked Text state what the bill says. The others say what might follow, who"
            " says so, and what would have to be true. None of them is a forecast."
        )
    )
    yield Heading(2, "Stated aims, in the bill’s own words")
    for aim in found.aims:
        yield Words((Run(aim.link.text, "strong"), Run(f" “{aim.text}”")), bullet=1)
    if found.more_aims:
        yield Words(plain(f"{count(len(found.more_aims), 'more passage')}."), bullet=1)
    if not found.aims:
        yield Words(
            plain("No passage of this version is a finding, a preamble or a sense of Congress.")
        )
    if not found.chains:
        yield Words(plain("No rule of the effect model applies to this text."))
    for chain in found.chains:
        yield from _chain(chain)
    yield from _looked_up(found)


def _chain(chain: Chain) -> Iterator[Block]:
    yield Heading(2, chain.title if chain.title == chain.rule else f"{chain.title} ({chain.rule})")
    for place in (*chain.places, *chain.more):
        yield Words(_start(place), bullet=1)
    if chain.defeaters:
        yield Words((Run(f"{_softened(chain.defeaters)}", "quiet"),))
    for line in chain.lines:
        yield Words((Run(f"{line.label}. ", "strong"), Run(f"{line.lead} {_stop(line.effect)}")))
        if line.counter:
            yield Words(plain(f"On the other side: {_stop(line.counter)}"), bullet=1)
        yield Words((Run(_who(line), "quiet"),), bullet=1)
        if line.note:
            yield Words((Run(line.note, "quiet"),), bullet=1)


def _start(place: Place) -> Runs:
    changed = " (changed)" if place.changed else ""
    quote = f" “{place.quote}”" if place.quote else ""
    softened = f" {_softened(place.defeaters)}" if place.defeaters else ""
    why = f" Applies since: {'; '.join(place.why)}." if place.why else ""
    return (
        Run(place.link.text, "strong"),
        Run(f"{changed}{quote}"),
        *((Run(f"{softened}{why}", "quiet"),) if softened or why else ()),
    )


def _softened(links: Sequence[Link]) -> str:
    return f"May be softened or switched off by {_places(links)}."


def _places(links: Iterable[Link]) -> str:
    return ", ".join(link.text for link in links)


def _stop(text: str) -> str:
    return text if text[-1:] in ".?!" else f"{text}."


def _who(line: Line) -> str:
    parts = [f"For {line.who} ({line.direction})."] if line.who else []
    parts.append(f"Confidence {line.confidence}.")
    if line.assumptions:
        parts.append(f"Assumes {'; '.join(line.assumptions)}.")
    if line.evidence:
        parts.append(f"Evidence {', '.join(line.evidence)}.")
    elif line.kind != "text":
        parts.append("No evidence on file.")
    return " ".join(parts)


def _looked_up(found: Effects) -> Iterator[Block]:
    if found.evidence:
        yield Heading(2, "Evidence on file")
        for name, text in found.evidence:
            yield Words((Run(name, "strong"), Run(f" {text}")), bullet=1)
    if found.questions:
        yield Heading(2, "Questions for staff")
        for question in found.questions:
            where = (Run(f" {_places(question.links)}", "quiet"),) if question.links else ()
            yield Words((Run(question.text), *where), bullet=1)


# ── after the text ───────────────────────────────────────────────────────────────────────────────


def _moved(index: Index) -> list[Block]:
    placements = concordance(index)
    if not placements:
        return [
            Heading(1, "Moved and renumbered"),
            Words(plain("Every provision kept its number and its place.")),
        ]
    return [
        Heading(1, "Moved and renumbered"),
        Table(
            ("Before", "Now", "What", "Heading", "Paired by", "Likeness"),
            tuple(
                tuple(
                    map(
                        plain,
                        (
                            p.old or "(none)",
                            p.new.text if p.new else "(none)",
                            p.what,
                            p.heading,
                            p.method,
                            p.score,
                        ),
                    )
                )
                for p in placements
            ),
        ),
    ]


def _house(index: Index) -> Iterator[Block]:
    """All notes of the house with what became of their words, those without a place too."""
    found = in_order(house_notes(index))
    if not found:
        return
    yield Heading(1, "Notes of the house")
    yield Words(plain("The editors’ own notes, not the program’s."))
    for house in found:
        yield Heading(2, f"{house.number} {house.id}. {house.byline}")
        outcome = Run(f"{house.label.capitalize()}.", "strong")
        where = house.reason or f"{house.link.text}."
        yield Words((outcome, *plain(f" {where} Written on {written_on(house.placed)}.")))
        for line in body_text(house.placed.note).splitlines():
            yield Words(plain(line))


def _unread(index: Index) -> Iterator[Block]:
    report = index.report
    yield Heading(1, "What was not read")
    if report.unread:
        yield Table(
            ("What", "Where", "Why", "Words"),
            tuple(
                tuple(map(plain, (wording.UNREAD[u.kind], u.where, u.why, u.text)))
                for u in report.unread
            ),
        )
    else:
        yield Words(plain("Every part of the documents was understood and every pairing was sure."))
    for notice in report.notices:
        yield Words(plain(notice), bullet=1)


def _sources(index: Index) -> Iterator[Block]:
    method, bills = index.report.method, index.report.bills
    yield Heading(1, "Sources and checks")
    yield Table(
        ("Version", "Date", "Source", "Format", "Bytes", "SHA-256"),
        tuple(
            tuple(
                map(
                    plain,
                    (
                        f"{bill.label}, {version(bill).name}",
                        version(bill).date or "none",
                        bill.provenance.source,
                        bill.format,
                        f"{bill.provenance.size:,}",
                        bill.provenance.sha256,
                    ),
                )
            )
            for bill in bills
        ),
    )
    made = (
        ("Made by", f"legannot {method.version}"),
        ("Rule pack", f"{method.rules}, SHA-256 {method.rules_sha256}"),
        ("Embeddings", method.embeddings or "none"),
        ("Command", method.command),
    )
    for name, value in made:
        yield Words((Run(f"{name}: ", "strong"), Run(value)), bullet=1)
    number = sum(
        hidden(p.text) + hidden(p.heading) + hidden(p.enum) for bill in bills for p in bill.walk()
    )
    if number:
        yield Words(
            plain(
                f"{count(number, 'character')} that would hide or reorder text"
                f" {'is' if number == 1 else 'are'} shown as \ufffd."
            ),
            bullet=1,
        )
    yield Words(
        plain(
            "The text of a bill is a work of the United States Government and in the public domain"
            " in the United States (17 U.S.C. 105). Notes and effects are made by rules and are not"
            " official."
        )
    )
