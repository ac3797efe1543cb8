"""What a feed says of a bill: each new version, and each subject that it touched, in its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from legannot.model import Bill, Change, Edit
from legannot.model.comparison import Op
from legannot.model.report import Report
from legannot.render.atom import Entry
from legannot.render.html.index import Index
from legannot.render.inert import inert
from legannot.render.wording import TAG_CHANGES, count, excerpt, happened, place

# Passages that an entry quotes: people leave a feed that says too much (changedetection.io #2231).
_PASSAGES = 8
# Words left standing on each side of an edit, and of a passage that came or went as a whole.
_AROUND = 12
_WHOLE = 60


def first_version(bill: Bill, day: str, address: str, counts: str) -> Entry:
    """The entry of the version that the site begins with."""
    return Entry(
        id=address,
        title=inert(f"{bill.label}: {bill.stage.name}"),
        day=day,
        link=address,
        html=str(escape(inert(f"{bill.title or bill.official_title}. {counts}"))),
    )


def step(index: Index, day: str, address: str, counts: str) -> Iterator[Entry]:
    """The entries of one step: the version, then each subject that its changed words touch."""
    report = index.report
    bill = report.bills[-1]
    yield Entry(
        id=address,
        title=inert(f"{bill.label}, {bill.stage.name}: {counts.rstrip('.')}"),
        day=day,
        link=address,
        html=str(_summary(report, counts)),
    )
    for topic, rows in _touched(index).items():
        kinds = ", ".join(
            f"{len(found)} {kind}"
            for kind in TAG_CHANGES.values()
            if (found := [row for row, word in rows if word == kind])
        )
        changes = list(dict.fromkeys(row for row, _ in rows))
        passages = [_passage(index.rows[row]) for row in changes[:_PASSAGES]]
        if len(changes) > _PASSAGES:
            more = count(len(changes) - _PASSAGES, "more passage")
            passages.append(Markup("<p>{}</p>").format(f"{more} in the report."))
        label = index.topic(topic).label
        yield Entry(
            id=f"{address}#subject-{topic}",
            title=inert(f"{bill.label}, {bill.stage.name}: {label}: {kinds}"),
            day=day,
            link=f"{address}#{index.anchors.of(index.rows[changes[0]])}",
            html=str(Markup("").join(passages)),
            topics=(topic,),
        )


def _touched(index: Index) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for change in index.report.tag_changes:
        if change.kind != "same" and not index.topic(change.topic).procedural:
            word = TAG_CHANGES[change.kind]
            found.setdefault(change.topic, []).append((change.row, word))
    return dict(sorted(found.items()))


def _summary(report: Report, counts: str) -> Markup:
    lines = [Markup("<p>{}</p>").format(inert(counts))]
    lines += (
        Markup("<p>{}{}{}</p>").format(
            inert(f"{finding.lead} "),
            _marked(Edit("delete", finding.deleted)) if finding.deleted else "",
            _marked(Edit("insert", finding.inserted)) if finding.inserted else "",
        )
        for finding in report.findings
    )
    if not report.findings and report.comparison is not None and not report.comparison.changes:
        lines.append(Markup("<p>No change of text (reprint).</p>"))
    return Markup("").join(lines)


def _passage(row: Change) -> Markup:
    head = Markup("<p><b>{}</b> ({})").format(inert(place(row)), inert(happened(row)))
    shown = row.shown
    edits = (*row.heading_edits, *row.edits)
    if row.old is None or row.new is None or not edits:
        words = excerpt(". ".join(filter(None, (shown.heading, shown.text))), _WHOLE)
        whole: Op = "insert" if row.old is None else "delete" if row.new is None else "equal"
        body = _marked(Edit(whole, words)) if words else Markup()
    else:
        body = Markup("").join(_near(edits, i) for i in range(len(edits)))
    return head + Markup(": ") + body + Markup("</p>") if body else head + Markup("</p>")


def _near(edits: Sequence[Edit], at: int) -> Markup:
    """An edit with its mark, or the words beside one without those far from any."""
    edit = edits[at]
    words = edit.text.split(" ")
    if edit.op != "equal" or len(words) <= 2 * _AROUND:
        return _marked(edit)
    head = words[:_AROUND] if at else []
    tail = words[-_AROUND:] if at < len(edits) - 1 else []
    return escape(inert(" ".join([*head, "…", *tail])))


def _marked(edit: Edit) -> Markup:
    # Readers of feeds drop styles and some drop elements, too: the signs say it in any case.
    text = inert(edit.text)
    if edit.op == "insert":
        return Markup("<ins>{{+{}+}}</ins>").format(text)
    return Markup("<del>[-{}-]</del>").format(text) if edit.op == "delete" else escape(text)


__all__ = ["first_version", "step"]
