"""The shape of a note's head; `docs/schemas/note-1.json` is the same document as JSON."""

from __future__ import annotations

SCHEMA: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://legannot.example/schemas/note-1.json",
    "title": "The head of a note of the house",
    "description": "A YAML head, a line `---`, then the note in Markdown.",
    "type": "object",
    "required": ["id", "anchor", "author", "date"],
    "additionalProperties": False,
    "properties": {
        "id": {
            "description": "Unique among the notes of a bill; links to the note are made of it.",
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "maxLength": 60,
        },
        "anchor": {"$ref": "#/$defs/anchor"},
        "author": {"type": "string", "minLength": 1, "maxLength": 120},
        "date": {
            "description": "The day it was written, ISO 8601.",
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        },
        "kind": {
            "description": "A comment unless said otherwise.",
            "enum": ["comment", "question", "correction"],
        },
        "earlier": {
            "description": "The anchors it had before `legannot notes move`, newest first.",
            "type": "array",
            "items": {"$ref": "#/$defs/anchor"},
        },
    },
    "$defs": {
        "anchor": {
            "type": "object",
            "required": ["version", "provision", "exact"],
            "additionalProperties": False,
            "properties": {
                "bill": {
                    "description": "The bill, such as 119hr8283; may be left out.",
                    "type": "string",
                    "minLength": 1,
                },
                "version": {
                    "description": "The version it was written against, such as rh.",
                    "type": "string",
                    "minLength": 1,
                },
                "provision": {
                    "description": "The citation path of the provision, such as sec. 4(b).",
                    "type": "string",
                    "minLength": 1,
                },
                "exact": {
                    "description": "The words, all of them in one provision's text or heading.",
                    "type": "string",
                    "minLength": 1,
                },
                "prefix": {"description": "The words before them.", "type": "string"},
                "suffix": {"description": "The words after them.", "type": "string"},
            },
        }
    },
}
