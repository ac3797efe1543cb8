"""Tags and notes as a W3C Web Annotation collection, for programs that annotate texts.

Rules: Web Annotation Data Model (W3C Recommendation, 23 February 2017), sections 3 (model), 4.2.4
(TextQuoteSelector), 4.2.5 (TextPositionSelector), 4.3.1 (state), 5 (collections).

Positions count code points of the body of a version as `legannot parse VERSION --format text`
prints it, for a reported print without the words struck.  That text is named by its hash in `state`
(an `ni` address, RFC 6920), since the official file has no such positions.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from legannot.model import Bill, Tag
from legannot.model.notes import Placed
from legannot.model.report import Report
from legannot.render.housenotes import body_html
from legannot.render.inert import inert
from legannot.render.json import Document

CONTEXT: list[object] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "legannot": "https://legannot.example/ns#",
        "schema": "legannot:schema",
        "bills": "legannot:bills",
        "topic": "legannot:topic",
        "operator": "legannot:operator",
        "status": "legannot:status",
        "confidence": "legannot:confidence",
        "rule": "legannot:rule",
        "path": "legannot:path",
        "outcome": "legannot:outcome",
        "reason": "legannot:reason",
    },
]
_MOTIVATIONS = {"comment": "commenting", "question": "questioning", "correction": "editing"}
# Characters around a quotation, as the model's own examples have them.
_AROUND = 32


def collection(report: Report) -> Document:
    """The tags of the last version and all notes; a note without a place is on the words it was
    written on.
    """
    texts = {id(bill): _Text(bill) for bill in report.bills}
    last = texts[id(report.bills[-1])]
    items = [_tag(report, tag, last) for tag in report.tags[-1]]
    items += [_note(report, placed, texts) for placed in report.notes]
    name = " ".join((last.source, *(b.provenance.sha256 for b in report.bills)))
    ours = _uuid(f"collection {name}")
    page = _uuid(f"page {name}")
    return {
        "@context": CONTEXT,
        "schema": "legannot/annotations/1",
        "id": ours,
        "type": "AnnotationCollection",
        "label": inert(f"{last.bill.label}, {last.bill.stage.name}: subjects and notes"),
        "generator": {"type": "Software", "name": f"legannot {report.method.version}"},
        "bills": [
            {
                "bill": str(bill.id) if bill.id else None,
                "version": bill.version,
                "source": inert(bill.provenance.source),
                "sha256": bill.provenance.sha256,
            }
            for bill in report.bills
        ],
        "total": len(items),
        "first": {
            "id": page,
            "type": "AnnotationPage",
            "partOf": ours,
            "startIndex": 0,
            "items": items,
        },
        "last": page,
    }


class _Text:
    """The body of one version as one string, and where each provision's words stand in it."""

    def __init__(self, bill: Bill) -> None:
        self.bill = bill
        self.at: dict[tuple[str, str], int] = {}
        lines: list[str] = []
        size = 0
        for p in bill.walk():
            line = ""
            for field, words in (("enum", p.enum), ("heading", p.heading), ("text", p.text)):
                if words:
                    line += " " if line else ""
                    self.at[p.path, field] = size + len(line)
                    line += words
            if line:
                lines.append(f"{inert(line)}\n")
                size += len(line) + 1
        self.text = "".join(lines)
        digest = sha256(self.text.encode("utf-8")).digest()
        self.cached = f"ni:///sha-256;{urlsafe_b64encode(digest).decode('ascii').rstrip('=')}"
        self.source = _official(bill) or self.cached

    def target(self, path: str, field: str, start: int, end: int) -> Document:
        """A range of a provision's text or heading, by its words and by its position."""
        first = self.at[path, field] + start
        last = self.at[path, field] + end
        return {
            "type": "SpecificResource",
            "source": self.source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": self.text[first:last],
                    "prefix": self.text[max(0, first - _AROUND) : first],
                    "suffix": self.text[last : last + _AROUND],
                },
                {"type": "TextPositionSelector", "start": first, "end": last},
            ],
            "state": {"type": "TimeState", "cached": self.cached},
            "path": path,
        }


def _official(bill: Bill) -> str:
    """The address of a version at its publisher's, empty where it does not say which it is."""
    if bill.id is None or not bill.version:
        return ""
    return f"https://www.govinfo.gov/app/details/BILLS-{bill.id}{bill.version}"


def _tag(report: Report, tag: Tag, text: _Text) -> Document:
    topic = report.topics.get(tag.topic)
    targets = [text.target(tag.path, tag.field, e.start, e.end) for e in tag.evidence]
    spots = " ".join(f"{e.start}-{e.end}" for e in tag.evidence)
    why = f"{tag.topic} {tag.operator} {tag.status} {tag.rule} {tag.exemplar} {tag.via}"
    return {
        "id": _uuid(f"tag {text.cached} {tag.path} {tag.field} {spots} {why}"),
        "type": "Annotation",
        "motivation": "tagging",
        "body": {
            "type": "TextualBody",
            "purpose": "tagging",
            "value": topic.label if topic else tag.topic,
            "format": "text/plain",
            "language": "en",
        },
        "target": targets if len(targets) > 1 else targets[0],
        "topic": tag.topic,
        "operator": tag.operator.value,
        "status": tag.status.value,
        "confidence": round(tag.confidence, 4),
        "rule": tag.rule,
    }


def _note(report: Report, placed: Placed, texts: dict[int, _Text]) -> Document:
    note = placed.note
    return {
        "id": _uuid(f"note {note.anchor.bill} {note.id}"),
        "type": "Annotation",
        "motivation": _MOTIVATIONS[note.kind],
        "creator": {"type": "Person", "name": inert(note.author)},
        "created": f"{note.date}T00:00:00Z",
        "body": {
            "type": "TextualBody",
            "purpose": _MOTIVATIONS[note.kind],
            "value": str(body_html(note)),
            "format": "text/html",
        },
        "target": _place(report, placed, texts),
        "outcome": placed.outcome.value,
        "reason": inert(placed.reason),
    }


def _place(report: Report, placed: Placed, texts: dict[int, _Text]) -> Document:
    """Where a note stands now, or for one that stands nowhere the words it was written on."""
    if placed.shown:
        text = texts[id(report.bills[-1])]
        return text.target(placed.path, placed.field, placed.start, placed.end)
    anchor = placed.note.anchor
    selector = {"type": "TextQuoteSelector", "exact": inert(anchor.exact)}
    around = {"prefix": inert(anchor.prefix), "suffix": inert(anchor.suffix)}
    selector |= {key: words for key, words in around.items() if words}
    named = (t.source for t in texts.values() if t.bill.version == anchor.version)
    source = next(named, f"urn:legannot:{anchor.bill or 'bill'}{anchor.version}".replace(" ", "-"))
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [selector],
        "path": inert(anchor.path),
    }


def _uuid(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
