"""A bill, a comparison and the tags of a version as documents, and every document's way to text."""

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
        **version_part(bill),
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
        "old": version_part(comparison.old),
        "new": version_part(comparison.new),
        "counts": section_counts(comparison),
        "provision_counts": provision_counts(comparison),
        "changes": [change_part(row) for row in rows],
        "set_aside": dict(comparison.set_aside),
        "notices": list(comparison.notices),
    }


def tags_document(bill: Bill, tags: Iterable[Tag], notices: Sequence[str] = ()) -> Document:
    """`legannot/tags/1`: the tags of one version; `notices` say what tagging had to do without."""
    return {
        "schema": "legannot/tags/1",
        **version_part(bill),
        "tags": [tag_part(tag) for tag in tags],
        "notices": list(notices),
    }


# ── a bill ───────────────────────────────────────────────────────────────────────────────────────


def version_part(bill: Bill) -> Document:
    """Which version of which bill, and the file that it came from."""
    return {
        "bill": str(bill.id) if bill.id else None,
        "version": bill.version or None,
        "title": bill.title,
        "source": bill.provenance.source,
        "sha256": bill.provenance.sha256,
    }


def head_part(bill: Bill) -> Document:
    """A version without its provisions."""
    return {
        **version_part(bill),
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
        **_own(provision),
        "markup": provision.markup.value or None,
        "spans": [_span(span, provision.text) for span in provision.spans],
        "heading_spans": [_span(span, provision.heading) for span in provision.heading_spans],
        "enum_spans": [_span(span, provision.enum) for span in provision.enum_spans],
        "connective": provision.connective or None,
        "children": [_provision(child) for child in provision.children],
    }


def _own(provision: Provision) -> Document:
    return {
        "path": provision.path,
        "kind": provision.kind,
        "enum": provision.enum,
        "heading": provision.heading,
        "text": provision.text,
        "context": _context(provision),
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


# ── a comparison, tags ───────────────────────────────────────────────────────────────────────────


def change_part(row: Change) -> Document:
    """A pair of provisions, or one that has no other, with its edits."""
    return {
        "kinds": [kind.value for kind in row.kinds],
        "class": row.klass.value if row.klass else None,
        "level": row.level,
        "method": row.method.value,
        "score": round(row.score, _PLACES),
        "steps": list(row.steps),
        "note": row.note,
        "whole": row.whole or None,
        "old": _own(row.old) if row.old else None,
        "new": _own(row.new) if row.new else None,
        "edits": _edits(row.edits, row.new.text if row.new else ""),
        "heading_edits": _edits(row.heading_edits, row.new.heading if row.new else ""),
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


def tag_part(tag: Tag) -> Document:
    """A tag with the words that it rests on."""
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
        "lead_in": tag.lead_in,
        "text": tag.text,
        "evidence": [{"start": e.start, "end": e.end, "quote": e.quote} for e in tag.evidence],
    }
