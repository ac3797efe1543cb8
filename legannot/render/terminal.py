"""Bills, redlines, tags and summaries as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from legannot.model import (
    Bill,
    Change,
    ChangeKind,
    Comparison,
    Context,
    Edit,
    Markup,
    Provision,
)
from legannot.render.counts import section_counts
from legannot.render.inert import inert
from legannot.render.paint import Block, Piece, Style, paint
from legannot.render.wording import (
    KINDS,
    count,
    dated,
    excerpt,
    happened,
    place,
    run_in,
    short_topic,
)

if TYPE_CHECKING:
    from legannot.model import Tag
    from legannot.model.report import Report

# An outline and a provision whose words did not change are told by their first words.
_OPENING = 12
# What fits beside the counts on one line of a summary.
_SUBJECTS = 3
# Deeper levels of a new or removed provision stand no further to the right.
_SHOWN_LEVELS = 6
_STEP = 2


# ── the redline ────────────────────────────────────────────────────────────────────────────────


def redline(comparison: Comparison, *, color: bool, width: int) -> str:
    """Every changed provision with its marks, in the order of the new version.

    Without `color` deleted words stand in `[-…-]`, inserted ones in `{+…+}`; with it they are
    struck and doubly underlined.  Words that went with a part that was split off or merged stand in
    `[<…<]` where they were and in `{>…>}`, with the edits made to them, where they are now; with
    `color` they are struck and dim, and underlined.  Lines are at most `width` columns.
    """
    blocks = [*_head(comparison), *_changes(comparison.rows)]
    return paint(blocks, color=color, width=width)


def _head(comparison: Comparison) -> Iterator[Block]:
    old, new = comparison.old, comparison.new
    yield Block((Piece(f"{new.label}  {new.title or new.official_title}", "place"),))
    yield Block((Piece(_steps((old, new))),))
    if comparison.changes:
        yield Block((Piece(_tally(comparison)),))
    else:
        yield Block((Piece("No change of text (reprint)."),))


def _steps(bills: Sequence[Bill]) -> str:
    """`Reported in House (June 2, 2026) -> Engrossed in House (July 9, 2026)`."""
    several = len({bill.label for bill in bills}) > 1
    return " -> ".join(
        (f"{bill.label} " if several else "")
        + bill.stage.name
        + (f" ({dated(bill)})" if dated(bill) else "")
        for bill in bills
    )


def _tally(comparison: Comparison) -> str:
    counts = section_counts(comparison)
    parts = (f"{counts[kind]:,} {KINDS[kind]}" for kind in ChangeKind if counts[kind])
    return f"Sections: {', '.join(parts)}."


def _changes(rows: Sequence[Change]) -> Iterator[Block]:
    for state, run in groupby(rows, key=_state):
        group = list(run)
        if state == "unchanged":
            yield Block()
            yield Block((Piece(_unchanged(group), "quiet"),), _STEP)
        elif state == "contents":
            yield from _contents(group)
        else:
            yield from _changed(group)


def _state(row: Change) -> str:
    if row.shown.context is Context.TOC:
        return "contents"
    return "changed" if row.changed else "unchanged"


def _contents(rows: Sequence[Change]) -> Iterator[Block]:
    """A table of contents repeats the headings below: its entries stand close together."""
    changed = [row for row in rows if row.changed]
    share = f"{len(changed):,} of {len(rows):,} lines differ" if changed else "unchanged"
    style: Style = "kind" if changed else "quiet"
    yield Block()
    yield Block((Piece(rows[0].shown.path, "place"), Piece(f"  table of contents, {share}", style)))
    for row in changed:
        yield from _words(row, _STEP)


def _changed(rows: Sequence[Change]) -> Iterator[Block]:
    """Each row under its path; what lies in a new or removed provision follows it, indented."""
    whole: Change | None = None
    for row in rows:
        if whole is not None and row.depth > whole.depth and row.kinds == whole.kinds:
            yield from _words(row, _STEP * min(1 + row.depth - whole.depth, _SHOWN_LEVELS))
            continue
        whole = row if row.old is None or row.new is None else None
        yield Block()
        yield Block((Piece(place(row), "place"), Piece(f"  {_happened(row)}", "kind")))
        yield from _words(row, _STEP)


def _happened(row: Change) -> str:
    """What became of a provision, and where words went that are not lost."""
    went = dict.fromkeys(edit.at for edit in row.edits if edit.op == "delete" and edit.at)
    places = [path for path in went if path != row.whole]
    return ", ".join((happened(row), *(f"words went to {path}" for path in places)))


def _unchanged(rows: Sequence[Change]) -> str:
    first, last = rows[0].shown.path, rows[-1].shown.path
    return f"... {len(rows):,} unchanged: {first}" + (f" to {last}" if len(rows) > 1 else "")


def _words(row: Change, indent: int) -> Iterator[Block]:
    """The provision's enumerator, heading and text with their marks; a section's heading apart."""
    if row.old and row.new:
        enum, heading, text = _enum(row.old.enum, row.new.enum), *_both(row, row.new)
    else:
        style: Style = "insert" if row.new else "delete"
        enum = (Piece(row.shown.enum, style),) if row.shown.enum else ()
        heading, text = _marked(row.heading_edits, ""), _marked(row.edits, "")
    if row.level == "section":
        yield Block(_joined((enum, " ", heading)), indent)
        if text:
            yield Block(text, indent)
    else:
        lead = _joined((enum, " ", heading))
        yield Block(_joined((lead, run_in(row.shown.heading), text)), indent)


_Pieces = tuple[Piece, ...]


def _both(row: Change, new: Provision) -> tuple[_Pieces, _Pieces]:
    """Heading and text with their marks; the first words only where none differ."""
    edits = (*row.heading_edits, *row.edits)
    if all(edit.op == "equal" for edit in edits):
        return (Piece(_opening(new)),), ()
    return _marked(row.heading_edits, new.heading), _marked(row.edits, new.text)


def _enum(old: str, new: str) -> _Pieces:
    if old == new:
        return (Piece(new),) if new else ()
    return tuple(p for p in (Piece(old, "delete"), Piece(new, "insert")) if p.text)


def _marked(edits: Iterable[Edit], text: str) -> _Pieces:
    pieces = tuple(piece for edit in edits for piece in _piece(edit))
    return pieces or ((Piece(text),) if text else ())


def _piece(edit: Edit) -> Iterator[Piece]:
    styles: dict[str, Style] = {"equal": "", "insert": "insert", "delete": "delete"}
    # A piece without words, of the style in which a heading before it runs in.
    if edit.op == "delete" and edit.at:
        yield Piece("", "delete")
        yield Piece(edit.text, "went")
    elif edit.op == "insert" and edit.at:
        words = edit.text.strip()
        before, _, after = edit.text.partition(words)
        yield Piece(before, "insert")
        yield Piece("", "came")
        for inner in edit.inner:
            yield Piece(inner.text, styles[inner.op] or "kept")
        yield Piece("", "came to an end")
        yield Piece(after, "insert")
    else:
        yield Piece(edit.text, styles[edit.op])


def _joined(parts: Iterable[_Pieces | str]) -> _Pieces:
    """The parts in a row; a separator stands only between two parts, in the style both share."""
    pieces: list[Piece] = []
    separator = ""
    for part in parts:
        if isinstance(part, str):
            separator = part
        elif part:
            if pieces:
                shared = pieces[-1].style == part[0].style
                pieces.append(Piece(separator, part[0].style if shared else ""))
            pieces += part
    return tuple(
        Piece("".join(p.text for p in run), style)
        for style, run in groupby(pieces, key=lambda piece: piece.style)
    )


def _opening(provision: Provision) -> str:
    return provision.heading or excerpt(provision.text, _OPENING) or f"[{provision.kind}]"


# ── a report in a few lines ────────────────────────────────────────────────────────────────────


def summary(report: Report) -> str:
    """At most five lines: which versions, how much changed, which subjects, what to read."""
    from legannot.render.html.index import index
    from legannot.render.html.summary import summary as first_screen
    from legannot.render.html.tally import unit_tallies

    look_up = index(report)
    screen = first_screen(look_up, unit_tallies(look_up))
    lines = [
        f"{screen.bill}  {screen.title}",
        _steps(report.bills),
        *((f"Latest action: {screen.record.latest}",) if screen.record else ()),
        "No change of text (reprint)." if screen.reprint else _amount(report, screen.counts),
    ]
    subjects = (*screen.subjects, *screen.more_subjects)
    if subjects:
        shown = [
            f"{short_topic(look_up.topic(s.id))} "
            + (f"{s.after}" if look_up.single else f"{s.before} -> {s.after}")
            for s in subjects[:_SUBJECTS]
        ]
        more = len(subjects) - len(shown)
        lines.append(f"Subjects: {', '.join(shown)}" + (f" and {more} more." if more else "."))
    else:
        lines.append("Subjects: none found.")
    notes = []
    if screen.to_read:
        notes.append(f"{count(screen.to_read, 'passage needs', 'passages need')} a reader.")
    if report.effects:
        notes.append(f"{count(len(report.effects), 'line')} on what may follow.")
    if notes:
        lines.append("  ".join(notes))
    return "".join(f"{inert(line)}\n" for line in lines)


def _amount(report: Report, counts: str) -> str:
    edits = sum(step.edits for step in report.steps)
    return counts if report.comparison is None else f"{counts} {count(edits, 'edit')}."


# ── one version ────────────────────────────────────────────────────────────────────────────────


def outline(bill: Bill) -> str:
    """One line for each provision: its number, and its heading or first words."""
    title = bill.title or bill.official_title
    lines = [f"{bill.label}  {title}".rstrip(), _steps((bill,)), ""]
    stack = [(provision, 0) for provision in reversed(bill.provisions)]
    while stack:
        provision, depth = stack.pop()
        words = " ".join(part for part in (provision.enum, _opening(provision)) if part)
        lines.append(f"{' ' * _STEP * depth}{words}{_aside(provision)}")
        stack.extend((child, depth + 1) for child in reversed(provision.children))
    return "".join(f"{inert(line)}\n" for line in lines)


def _aside(provision: Provision) -> str:
    if provision.markup is Markup.STRUCK:
        return "  (struck)"
    if provision.markup is Markup.INSERTED:
        return "  (inserted)"
    if provision.context in (Context.FINDING, Context.SENSE) and provision.kind == "section":
        return f"  ({provision.context.value})"
    return ""


def body_text(bill: Bill) -> str:
    """Every word of the legislative body once, in reading order, one provision a line."""
    lines = (" ".join(part for part in (p.enum, p.heading, p.text) if part) for p in bill.walk())
    return "".join(f"{inert(line)}\n" for line in lines if line)


def tags_table(tags: Sequence[Tag]) -> str:
    """The tags by provision: topic, operator, status with confidence, context, quoted evidence."""
    if not tags:
        return "No tags.\n"
    lines: list[str] = []
    topic = max(len(tag.topic) for tag in tags)
    operator = max(len(tag.operator.value) for tag in tags)
    for path, group in groupby(tags, key=lambda tag: tag.path):
        lines.append(path)
        for tag in group:
            quotes = " ... ".join(f'"{excerpt(item.quote, _OPENING)}"' for item in tag.evidence)
            via = f" via {tag.via}" if tag.via else ""
            lead = f'after "{excerpt(tag.lead_in, _OPENING)}" ' if tag.lead_in else ""
            lines.append(
                f"  {tag.topic:{topic}}  {tag.operator.value:{operator}}"
                f"  {tag.status.value:9} {tag.confidence:.2f}  {tag.context}: {lead}{quotes}{via}"
            )
    return "".join(f"{inert(line)}\n" for line in lines)
