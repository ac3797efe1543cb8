"""The documents of docs/schemas as plain values, and their one way to text.

Keys are never removed or renamed within a schema number, and every key always exists: null means
not known, an empty list none found.
"""

from legannot.render.json.impact import impact_document, measures_document
from legannot.render.json.report import report_document
from legannot.render.json.texts import (
    Document,
    bill_document,
    comparison_document,
    dumps,
    tags_document,
)

__all__ = [
    "Document",
    "bill_document",
    "comparison_document",
    "dumps",
    "impact_document",
    "measures_document",
    "report_document",
    "tags_document",
]
