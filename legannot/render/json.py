"""The documents of docs/schemas as plain values, and their one way to text.

Keys are never removed or renamed within a schema number, and every key always exists: null means
not known, an empty list none found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from legannot.model import (
    Bill,
    Change,
    Comparison,
    Context,
    Edit,
    Markup,
    NotUnderstood,
    Provision,
    Span,
)
from legannot.render.counts import provision_counts, section_counts

if TYPE_CHECKING:
    from legannot.model import Tag
    from legannot.model.notes import Placed
    from legannot.model.record import Record
    from legannot.model.report import (
        Aim,
        Answer,
        Cascade,
        ChainChange,
        Effect,
        Finding,
        Further,
        Measure,
        QuantityChange,
        Reach,
        ReferenceChange,
        Report,
        Start,
        Step,
        Substance,
        TagChange,
    )

# A value of a document: what `json` can write.  `object`, since a dict of a narrower type is no
# dict of this one.
Document = dict[str, object]

# Scores and confidences differ in the seventh place with the batch size of the model (FACTS).
_PLACES = 4


def dumps(document: Mapping[str, object]) -> str:
    """The text of a document: keys in their own order, UTF-8 as it is, a line end at the end."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def bill_document(bill: Bill) -> Document:
    """`legannot/bill/1`: a parsed bill, its provisions as a tree in reading order."""
    return {
        "schema": "legannot/bill/1",
        **_version(bill),
        "congress": bill.id.congress if bill.id else None,
        "type": bill.id.type if bill.id else None,
        "number": bill.id.number if bill.id else None,
        "official_title": bill.official_title,
        "document": bill.document,
        "dates": dict(bill.dates),
        "format": bill.format,
        "front": [{"kind": item.kind, "text": item.text} for item in bill.front],
        "provisions": [_provision(p) for p in bill.provisions],
        "not_understood": [_not_understood(item) for item in bill.not_understood],
        "notices": list(bill.notices),
    }


def comparison_document(comparison: Comparison, *, include_unchanged: bool = False) -> Document:
    """`legannot/comparison/1`: one entry for each provision that differs in itself, or for all."""
    rows = comparison.rows if include_unchanged else comparison.changes
    return {
        "schema": "legannot/comparison/1",
        "old": _version(comparison.old),
        "new": _version(comparison.new),
        "counts": section_counts(comparison),
        "provision_counts": provision_counts(comparison),
        "changes": [_change(row) for row in rows],
        "set_aside": dict(comparison.set_aside),
        "notices": list(comparison.notices),
    }


def tags_document(bill: Bill, tags: Iterable[Tag], notices: Sequence[str] = ()) -> Document:
    """`legannot/tags/1`: the tags of one version; `notices` say what tagging had to do without."""
    return {
        "schema": "legannot/tags/1",
        **_version(bill),
        "tags": [_tag(tag) for tag in tags],
        "notices": list(notices),
    }


def report_document(report: Report) -> Document:
    """`legannot/report/1`: all that the report's other formats show.

    `change` is the index of an entry of `comparison.changes`, null for a provision that did not
    change.
    """
    entries = _entries(report)
    comparison = report.comparison
    return {
        "schema": "legannot/report/1",
        "bills": [_head(bill) for bill in report.bills],
        "comparison": comparison_document(comparison) if comparison else None,
        "steps": [_step(step) for step in report.steps],
        "passing": [_change(row) for row in report.passing],
        "findings": [_finding(finding, entries) for finding in report.findings],
        "subjects": [
            {
                "topic": row.topic.id,
                "counts": list(row.counts),
                "added": row.added,
                "removed": row.removed,
                "touched": row.touched,
                "start": row.start or None,
                "start_row": entries.get(row.start_row),
            }
            for row in report.subjects
        ],
        "tags": [[_tag(tag) for tag in tags] for tags in report.tags],
        "tag_changes": [_tag_change(change, entries) for change in report.tag_changes],
        "notes": [_note(placed) for placed in report.notes],
        "reach": [_reach(one) for one in report.reach],
        "effects": [_effect(effect) for effect in report.effects],
        "unread": [
            {"kind": item.kind, "where": item.where, "why": item.why, "text": item.text}
            for item in report.unread
        ],
        "topics": {
            name: {
                "family": topic.family,
                "label": topic.label,
                "definition": topic.definition,
                "procedural": topic.procedural,
            }
            for name, topic in report.topics.items()
        },
        "questions": dict(report.questions),
        "evidence": dict(report.evidence),
        "notices": list(report.notices),
        "method": {
            "version": report.method.version,
            "rules": report.method.rules,
            "rules_sha256": report.method.rules_sha256,
            "command": report.method.command,
            "embeddings": report.method.embeddings,
        },
        "aims": [_aim(aim) for aim in report.aims],
        "substance": [_substance(one, entries) for one in report.substance],
        "quantities": [_quantity(one, entries) for one in report.quantities],
        "references": [_reference(one) for one in report.references],
        "cascades": [_cascade(one) for one in report.cascades],
        "answers": [_answer(answer) for answer in report.answers],
        "chains": [_chain(one) for one in report.chains],
        "profiles": _profiles(report),
        "record": _record(report.record),
    }


def _record(record: Record | None) -> Document | None:
    if record is None:
        return None
    return {
        "bill": str(record.bill),
        "title": record.title,
        "official_title": record.official_title,
        "titles": [{"kind": kind, "title": title} for kind, title in record.titles],
        "introduced": record.introduced or None,
        "updated": record.updated or None,
        "sponsors": list(record.sponsors),
        "cosponsors": record.cosponsors,
        "committees": list(record.committees),
        "latest_action": {"day": record.latest_day or None, "text": record.latest_action},
        "versions": [{"version": version, "day": day} for version, day in record.days],
        "source": record.source,
    }


def _note(placed: Placed) -> Document:
    note, anchor = placed.note, placed.note.anchor
    return {
        "id": note.id,
        "kind": note.kind,
        "author": note.author,
        "date": note.date,
        "markdown": note.text,
        "anchor": {
            "bill": anchor.bill or None,
            "version": anchor.version,
            "path": anchor.path,
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
        },
        "outcome": placed.outcome.value,
        "reason": placed.reason,
        "path": placed.path or None,
        "field": placed.field,
        "start": placed.start if placed.shown else None,
        "end": placed.end if placed.shown else None,
        "quote": placed.quote or None,
    }


def impact_document(report: Report) -> Document:
    """`legannot/impact/1`: what the changes do, whom they reach and what may follow."""
    entries = _entries(report)
    return {
        "schema": "legannot/impact/1",
        "bills": [_head(bill) for bill in report.bills],
        "changes": [_substance(one, entries) for one in report.substance],
        "quantities": [_quantity(one, entries) for one in report.quantities],
        "reach": [_reach(one) for one in report.reach],
        "references": [_reference(one) for one in report.references],
        "aims": [_aim(aim) for aim in report.aims],
        "effects": [_effect(effect) for effect in report.effects],
        "chains": [_chain(one) for one in report.chains],
        "profiles": _profiles(report),
        "answers": [_answer(answer) for answer in report.answers],
        "questions": dict(report.questions),
        "evidence": dict(report.evidence),
        "cascades": [_cascade(one) for one in report.cascades],
        "map": {
            "nodes": [
                {"id": n.id, "kind": n.kind, "label": n.label, "path": n.path or None}
                for n in report.map.nodes
            ],
            "edges": [
                {"source": e.source, "target": e.target, "kind": e.kind} for e in report.map.edges
            ],
        },
        "measures": [],
        "notices": list(report.notices),
    }


def measures_document(measures: Sequence[Measure], reports: Sequence[Report]) -> Document:
    """`legannot/impact/1` for different bills: one row each, nothing compared word by word."""
    return {
        "schema": "legannot/impact/1",
        "bills": [_head(report.bills[-1]) for report in reports],
        "changes": [],
        "quantities": [],
        "reach": [],
        "references": [],
        "aims": [],
        "effects": [],
        "chains": [],
        "profiles": [],
        "answers": [],
        "questions": dict(reports[0].questions) if reports else {},
        "evidence": {},
        "cascades": [],
        "map": {"nodes": [], "edges": []},
        "measures": [
            {
                "bill": one.bill,
                "title": one.title,
                "chains": list(one.chains),
                "exceptions": {name: list(paths) for name, paths in one.exceptions.items()},
                "asked": list(one.asked),
                "spoken": list(one.spoken),
            }
            for one in measures
        ],
        "notices": [],
    }


# ── a bill ─────────────────────────────────────────────────────────────────────────────────────


def _version(bill: Bill) -> Document:
    return {
        "bill": str(bill.id) if bill.id else None,
        "version": bill.version or None,
        "title": bill.title,
        "source": bill.provenance.source,
        "sha256": bill.provenance.sha256,
    }


def _head(bill: Bill) -> Document:
    return {
        **_version(bill),
        "official_title": bill.official_title,
        "document": bill.document,
        "dates": dict(bill.dates),
        "format": bill.format,
        "not_understood": [_not_understood(item) for item in bill.not_understood],
        "notices": list(bill.notices),
    }


def _not_understood(item: NotUnderstood) -> Document:
    return {"line": item.line or None, "element": item.element, "text": item.text}


def _provision(provision: Provision) -> Document:
    return {
        "path": provision.path,
        "kind": provision.kind,
        "enum": provision.enum,
        "heading": provision.heading,
        "text": provision.text,
        "context": _context(provision),
        "markup": provision.markup.value or None,
        "spans": [_span(span, provision.text) for span in provision.spans],
        "heading_spans": [_span(span, provision.heading) for span in provision.heading_spans],
        "enum_spans": [_span(span, provision.enum) for span in provision.enum_spans],
        "connective": provision.connective or None,
        "children": [_provision(child) for child in provision.children],
    }


def _context(provision: Provision) -> str:
    """What the words are, and where they are plain law, what a committee did to them."""
    if provision.markup is Markup.STRUCK:
        return "struck"
    if provision.context is Context.OPERATIVE and provision.markup is Markup.INSERTED:
        return "inserted"
    return provision.context.value


def _span(span: Span, text: str) -> Document:
    value = span.value or span.of(text)
    return {"kind": span.kind, "start": span.start, "end": span.end, "value": value}


# ── a comparison ───────────────────────────────────────────────────────────────────────────────


def _change(row: Change) -> Document:
    return {
        "kinds": [kind.value for kind in row.kinds],
        "class": row.klass.value if row.klass else None,
        "level": row.level,
        "method": row.method.value,
        "score": round(row.score, _PLACES),
        "steps": list(row.steps),
        "note": row.note,
        "whole": row.whole or None,
        "old": _side(row.old),
        "new": _side(row.new),
        "edits": _edits(row.edits, row.new.text if row.new else ""),
        "heading_edits": _edits(row.heading_edits, row.new.heading if row.new else ""),
    }


def _side(provision: Provision | None) -> Document | None:
    if provision is None:
        return None
    return {
        "path": provision.path,
        "kind": provision.kind,
        "enum": provision.enum,
        "heading": provision.heading,
        "text": provision.text,
        "context": _context(provision),
    }


def _edits(edits: tuple[Edit, ...], new: str) -> list[Document]:
    """The edits; only a text that does not differ goes without, and then it is kept as a whole."""
    if not edits and new:
        edits = (Edit("equal", new),)
    return [_edit(edit) for edit in edits]


def _edit(edit: Edit) -> Document:
    document: Document = {"op": edit.op, "text": edit.text}
    if edit.at:
        document["at"] = edit.at
    if edit.inner:
        document["edits"] = [_edit(inner) for inner in edit.inner]
    return document


# ── tags and the rest of a report ──────────────────────────────────────────────────────────────


def _tag(tag: Tag) -> Document:
    return {
        "path": tag.path,
        "topic": tag.topic,
        "operator": tag.operator.value,
        "status": tag.status.value,
        "context": tag.context,
        "confidence": round(tag.confidence, _PLACES),
        "rule": tag.rule,
        "exemplar": tag.exemplar,
        "via": tag.via,
        "field": tag.field,
        "text": tag.text,
        "evidence": [{"start": e.start, "end": e.end, "quote": e.quote} for e in tag.evidence],
    }


def _entries(report: Report) -> dict[int, int]:
    """The place among the changes of each row that is one."""
    rows = report.comparison.rows if report.comparison else ()
    changed = (i for i, row in enumerate(rows) if row.changed)
    return {row: entry for entry, row in enumerate(changed)}


def _step(step: Step) -> Document:
    return {
        "old": _version(step.comparison.old),
        "new": _version(step.comparison.new),
        "counts": section_counts(step.comparison),
        "provision_counts": provision_counts(step.comparison),
        "edits": step.edits,
        "reprint": step.reprint,
    }


def _finding(finding: Finding, entries: Mapping[int, int]) -> Document:
    return {
        "lead": finding.lead,
        "path": finding.path,
        "change": entries.get(finding.row),
        "deleted": finding.deleted,
        "inserted": finding.inserted,
    }


def _tag_change(change: TagChange, entries: Mapping[int, int]) -> Document:
    return {
        "topic": change.topic,
        "kind": change.kind,
        "path": change.path,
        "change": entries.get(change.row),
        "old": _tag(change.old) if change.old else None,
        "new": _tag(change.new) if change.new else None,
    }


def _effect(effect: Effect) -> Document:
    return {
        "rule": effect.rule,
        "path": effect.path,
        "order": effect.order,
        "claim": effect.claim,
        "lead": effect.lead,
        "effect": effect.effect,
        "who": effect.who,
        "direction": effect.direction,
        "confidence": effect.confidence,
        "quote": effect.quote,
        "assumptions": list(effect.assumptions),
        "evidence": list(effect.evidence),
        "counter": effect.counter,
        "note": effect.note,
        "questions": list(effect.questions),
        "defeaters": list(effect.defeaters),
        "why": list(effect.why),
        "changed": effect.changed,
        "title": effect.title,
        "starts": [_start(start) for start in effect.begun],
    }


def _start(start: Start) -> Document:
    return {
        "path": start.path,
        "quote": start.quote,
        "why": list(start.why),
        "confidence": start.confidence,
        "defeaters": list(start.defeaters),
        "changed": start.changed,
    }


def _substance(one: Substance, entries: Mapping[int, int]) -> Document:
    return {
        "kind": one.kind.value,
        "direction": one.direction,
        "path": one.path,
        "old": one.old,
        "new": one.new,
        "why": one.why,
        "topics": list(one.topics),
        "exception": one.exception,
        "change": entries.get(one.row),
        "edit": one.edit,
    }


def _quantity(one: QuantityChange, entries: Mapping[int, int]) -> Document:
    return {
        "kind": one.kind,
        "path": one.path,
        "old": one.old,
        "new": one.new,
        "difference": one.difference,
        "change": entries.get(one.row),
    }


def _reach(one: Reach) -> Document:
    return {
        "term": one.term,
        "definition": one.definition,
        "uses": list(one.uses),
        "further": [_further(further) for further in one.further],
        "because": list(one.because),
    }


def _further(one: Further) -> Document:
    return {"path": one.path, "through": list(one.through)}


def _reference(one: ReferenceChange) -> Document:
    return {
        "kind": one.kind,
        "path": one.path,
        "quote": one.quote,
        "old": one.old,
        "new": one.new,
    }


def _chain(one: ChainChange) -> Document:
    return {
        "rule": one.rule,
        "title": one.title,
        "kind": one.kind,
        "old": list(one.old),
        "new": list(one.new),
    }


def _answer(one: Answer) -> Document:
    return {
        "question": one.question,
        "spoken": list(one.spoken),
        "place": one.place,
        "told": one.told,
    }


def _cascade(one: Cascade) -> Document:
    return {
        "list": one.list,
        "named": list(one.named),
        "reached": [_further(further) for further in one.reached],
    }


def _aim(aim: Aim) -> Document:
    return {"path": aim.path, "kind": aim.kind, "text": aim.text, "lead": aim.lead}


def _profiles(report: Report) -> list[Document]:
    return [
        {
            "path": path,
            "facets": [
                {
                    "facet": one.facet,
                    "label": one.label,
                    "value": one.value or None,
                    "path": one.path or None,
                    "quote": one.quote or None,
                }
                for one in facets
            ],
        }
        for path, facets in report.profiles.items()
    ]
