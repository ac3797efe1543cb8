"""A report as a document: all that its other formats show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from legannot.render.counts import provision_counts, section_counts
from legannot.render.json.impact import change_indices, impact_document
from legannot.render.json.texts import (
    Document,
    change_part,
    comparison_document,
    head_part,
    tag_part,
    version_part,
)

if TYPE_CHECKING:
    from legannot.model.notes import Placed
    from legannot.model.record import Record
    from legannot.model.report import Finding, Report, Step, TagChange


def report_document(report: Report) -> Document:
    """`legannot/report/1`: all that the report's other formats show.

    `change` is the index of an entry of `comparison.changes`, null for a provision that did not
    change.
    """
    entries = change_indices(report)
    comparison = report.comparison
    impact = impact_document(report)
    return {
        "schema": "legannot/report/1",
        "bills": [head_part(bill) for bill in report.bills],
        "comparison": comparison_document(comparison) if comparison else None,
        "steps": [_step(step) for step in report.steps],
        "passing": [change_part(row) for row in report.passing],
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
        "tags": [[tag_part(tag) for tag in tags] for tags in report.tags],
        "tag_changes": [_tag_change(change, entries) for change in report.tag_changes],
        "notes": [_note(placed) for placed in report.notes],
        "reach": impact["reach"],
        "effects": impact["effects"],
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
        "questions": impact["questions"],
        "evidence": impact["evidence"],
        "notices": impact["notices"],
        "method": {
            "version": report.method.version,
            "rules": report.method.rules,
            "rules_sha256": report.method.rules_sha256,
            "command": report.method.command,
            "embeddings": report.method.embeddings,
        },
        "aims": impact["aims"],
        "substance": impact["changes"],
        "quantities": impact["quantities"],
        "references": impact["references"],
        "cascades": impact["cascades"],
        "answers": impact["answers"],
        "chains": impact["chains"],
        "profiles": impact["profiles"],
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


def _step(step: Step) -> Document:
    return {
        "old": version_part(step.comparison.old),
        "new": version_part(step.comparison.new),
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
        "old": tag_part(change.old) if change.old else None,
        "new": tag_part(change.new) if change.new else None,
    }
