"""The changes of a comparison as CSV, Markdown and unified text: the same rows, one format each."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from legannot.diff.compare import told_once
from legannot.model import Bill, Change, Comparison, Edit
from legannot.model.report import Report
from legannot.render.inert import inert
from legannot.render.wording import carried, dated, happened, place, run_in

COLUMNS = (
    "old_path", "new_path", "level", "kinds", "class", "deleted", "inserted", "old_text",
    "new_text", "steps", "note",
)  # fmt: skip
# A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(comparison: Comparison) -> str:
    """One line a change with both texts; cells that a spreadsheet would run begin with `'`."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in comparison.changes:
        writer.writerow(map(_cell, _fields(row)))
    return out.getvalue()


def report_csv(report: Report) -> str:
    """The changes of a report as `csv_text` has them, with what they do in law and their subjects.

    Of a single version it is the provisions that carry a subject.
    """
    from legannot.render.html.index import index

    look_up = index(report)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*COLUMNS, "in_law", "subjects"))
    for at, row in enumerate(look_up.rows):
        subjects = " ".join(dict.fromkeys(change.topic for change in look_up.tags.get(at, ())))
        if row.changed if not look_up.single else subjects:
            fields = (*_fields(row), "; ".join(look_up.in_law.get(at, ())), subjects)
            writer.writerow(map(_cell, fields))
    return out.getvalue()


def _fields(row: Change) -> Iterator[str]:
    yield row.old.path if row.old else ""
    yield row.new.path if row.new else ""
    yield row.level
    yield " ".join(row.kinds)
    yield row.klass or ""
    edits = (*row.heading_edits, *row.edits)
    yield " … ".join(e.text.strip() for e in edits if e.op == "delete")
    yield " … ".join(e.text.strip() for e in edits if e.op == "insert")
    for side in (row.old, row.new):
        yield ". ".join(filter(None, (side.heading, side.text))) if side else ""
    yield " ".join(str(step + 1) for step in row.steps)
    yield "; ".join(filter(None, (row.note, *carried(row))))


def _cell(value: str) -> str:
    value = inert(value)
    return f"'{value}" if value.startswith(_FORMULA) else value


def markdown(comparison: Comparison) -> str:
    """A list of the changes with `[-struck-]` and `{+inserted+}` words."""
    return "".join(f"{line}\n" for line in _markdown(comparison))


def _markdown(comparison: Comparison) -> Iterator[str]:
    new = comparison.new
    yield f"# {_escaped(f'{new.label} {new.title}'.strip())}"
    yield ""
    yield f"{_version(comparison.old)} → {_version(new)}"
    if not comparison.changes:
        yield ""
        yield "No change of text (reprint)."
    for row in comparison.changes:
        yield ""
        what = "; ".join((happened(row), *carried(row)))
        yield f"**{_escaped(place(row))}** ({_escaped(what)})"
        shown = row.shown
        heading = _marks(row.heading_edits) or _escaped(shown.heading)
        text = _marks(row.edits) or _escaped(shown.text)
        body = f"{heading}{run_in(shown.heading) if heading and text else ''}{text}"
        if body:
            yield ""
            yield f"> {_escaped(shown.enum)} {body}".replace(">  ", "> ")


def _version(bill: Bill) -> str:
    day = dated(bill)
    return _escaped(bill.stage.name) + (f" ({day})" if day else "")


def _marks(edits: Iterable[Edit]) -> str:
    form = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(form[e.op].format(_escaped(e.text)) for e in edits)


def _escaped(text: str) -> str:
    """Words of a bill are words in Markdown too: no markup, no HTML, no link comes of them."""
    for sign in "\\`*_[]<>#|":
        text = text.replace(sign, f"\\{sign}")
    return inert(text)


def unified(comparison: Comparison) -> str:
    """The changed provisions as a unified diff of one line a text, for tools that read patches."""
    lines = [f"--- {_source(comparison.old)}", f"+++ {_source(comparison.new)}"]
    for row in comparison.changes:
        lines.append(f"@@ {place(row)}: {happened(row)} @@")
        for sign, side in (("-", row.old), ("+", row.new)):
            if side:
                words = " ".join(filter(None, (side.enum, side.heading, side.text)))
                lines.append(f"{sign}{inert(words)}")
    return "".join(f"{line}\n" for line in lines)


def _source(bill: Bill) -> str:
    return inert(bill.provenance.source)


def stat(comparison: Comparison, width: int) -> str:
    """Words taken out and put in, section by section, as a table with bars.

    Words that went with a part that was split off or merged count as neither.
    """
    totals: dict[str, list[int]] = {}
    for row in comparison.changes:
        section = _section(row)
        out, put = totals.setdefault(section, [0, 0])
        edits = tuple(told_once((*row.heading_edits, *row.edits)))
        out += sum(len(e.text.split()) for e in edits if e.op == "delete")
        put += sum(len(e.text.split()) for e in edits if e.op == "insert")
        totals[section] = [out, put]
    if not totals:
        return "No change of text (reprint).\n"
    widest = max(map(len, totals))
    most = max(out + put for out, put in totals.values()) or 1
    room = max(10, width - widest - 18)
    lines = []
    for section, (out, put) in totals.items():
        bar = "-" * -(-out * room // most) + "+" * -(-put * room // most)
        lines.append(f"{section:{widest}}  {out:6,d} -  {put:6,d} +  {bar[: room + 1]}")
    out, put = (sum(pair[side] for pair in totals.values()) for side in (0, 1))
    lines.append(f"{len(totals)} sections, {out:,} words out, {put:,} words in")
    return "".join(f"{line}\n" for line in lines)


def _section(row: Change) -> str:
    """The section that a change stands in, with the containers needed to tell it."""
    start, found, rest = row.shown.path.partition("sec. ")
    if not found:
        return row.shown.path
    number = rest.partition("(")[0].partition(" ")[0]
    return f"{start}{found}{number}" if row.new else f"{start}{found}{number} (old)"
