"""`legannot/facts/1`: what the language layer found in one version, as a plain document."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from legannot.model import Bill, Facts

if TYPE_CHECKING:
    from legannot.render.json import Document

_LISTS = (
    "definitions",
    "uses",
    "citations",
    "quantities",
    "conditions",
    "instructions",
    "unparsed",
    "term_findings",
)


def facts_document(bill: Bill, facts: Facts) -> Document:
    """Every fact with its place: `text[start:end]` of the provision at `path` is `quote`.

    `units` says for each provision what it does and whom it binds; its text is in the document of
    the bill.
    """
    return {
        "schema": "legannot/facts/1",
        "bill": str(bill.id) if bill.id else None,
        "version": bill.version or None,
        "title": bill.title,
        "source": bill.provenance.source,
        "sha256": bill.provenance.sha256,
        "units": [
            {
                "path": unit.path,
                "operator": unit.operator.value,
                "context": unit.context.value,
                "addressee": unit.addressee,
                "regulated": unit.regulated,
            }
            for unit in facts.units.values()
        ],
        **{name: [_plain(fact) for fact in getattr(facts, name)] for name in _LISTS},
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of a document is of any plain type
    """A frozen value as a document's; names of fields are the keys of the schema."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
