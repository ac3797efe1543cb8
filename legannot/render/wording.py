"""The words of the apparatus: names of kinds, classes and statuses, dates, counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from legannot.model import (
    Bill,
    Change,
    ChangeClass,
    ChangeKind,
    Context,
    Edit,
    Method,
    Operator,
    Status,
    Topic,
)
from legannot.model.report import ClaimKind, FacetValue, TagChangeKind

KINDS = {
    ChangeKind.ADDED: "new",
    ChangeKind.REMOVED: "removed",
    ChangeKind.MODIFIED: "changed",
    ChangeKind.MOVED: "moved",
    ChangeKind.RENUMBERED: "renumbered",
    ChangeKind.SPLIT: "split",
    ChangeKind.MERGED: "merged",
    ChangeKind.UNCHANGED: "unchanged",
}
CLASSES = {
    ChangeClass.WORDS: "words",
    ChangeClass.NUMBERS: "numbers and dates",
    ChangeClass.CROSS_REFERENCE: "cross-references",
    ChangeClass.TYPOGRAPHY: "numbering and format",
}
# The suffix of the style classes that a switch shows or hides.
# Stated aims that are listed before the rest is folded or counted: 199 of the 222 versions of the
# corpus that have any (XML up to 600 KB) have no more.
AIMS = 12
CLASS_KEYS = {
    ChangeClass.WORDS: "w",
    ChangeClass.NUMBERS: "n",
    ChangeClass.CROSS_REFERENCE: "x",
    ChangeClass.TYPOGRAPHY: "t",
}
METHODS = {
    Method.CONTENT: "same words",
    Method.PATH: "same place",
    Method.SIMILAR: "similar words",
    Method.MOVED: "found elsewhere",
    Method.NONE: "",
}
STATUSES = {
    Status.ASSERTED: "asserted by rule",
    Status.SUGGESTED: "suggested by embedding",
    Status.INHERITED: "inherited",
}
TAG_CHANGES: dict[TagChangeKind, str] = {
    "added": "new",
    "removed": "gone",
    "touched": "reworded",
    "same": "unchanged",
}
CLAIMS: dict[ClaimKind, str] = {
    "text": "Text",
    "inference": "Inference",
    "claim": "Claim",
    "disputed": "Disputed",
}
DIRECTIONS = {"+": "benefit", "-": "burden", "0": "no duty", "?": "open"}
QUANTITIES = {
    "compute": "computing power",
    "duration": "period",
    "money": "amount",
    "percent": "share",
}
UNREAD = {
    "not-understood": "Not understood",
    "unparsed": "Instruction not read",
    "unsure-pair": "Unsure pairing",
    "missing": "Missing",
    "term": "Term to check",
    "notice": "Notice",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_CONTEXTS = {
    Context.OPERATIVE.value: "operative",
    Context.QUOTED.value: "quoted law",
    Context.FINDING.value: "finding",
    Context.SENSE.value: "sense of Congress",
    Context.TOC.value: "table of contents",
    Context.PREAMBLE.value: "preamble",
}


def context(value: str) -> str:
    """A tag's context in words."""
    return _CONTEXTS.get(value, value)


def operator(value: Operator) -> str:
    """What a provision does, empty for nothing found."""
    return "" if value is Operator.NONE else value.value


def short_topic(topic: Topic) -> str:
    """`Open weights: release` for the leaf `ow.release` of the family "OW Open weights"."""
    return f"{family(topic)}: {topic.id.rpartition('.')[2].replace('_', ' ')}"


def family(topic: Topic) -> str:
    """A family's name without the code that the taxonomy puts before it."""
    return re.sub(r"^[A-Z]{2,5} (?=[A-Z])", "", topic.family)


def party(key: str) -> str:
    """Who is affected, from a key such as `us_inference_provider`."""
    words = key.replace("_", " ")
    return re.sub(r"\bus\b", "US", words)


def profile_lines(facets: Sequence[FacetValue]) -> Iterator[str]:
    """What a provision says of each facet, with the words and the place; then what it does not."""
    said: dict[str, list[str]] = {}
    unsaid: dict[str, None] = {}
    for one in facets:
        if not one.value:
            unsaid[one.label] = None
            continue
        quote = f"“{one.quote}”, " if one.quote and one.quote != one.value else ""
        said.setdefault(one.label, []).append(f"{one.value} ({quote}{one.path})")
    for label, values in said.items():
        yield f"{label[:1].upper()}{label[1:]}: {'; '.join(values)}."
    if unsaid:
        yield f"The text does not say: {', '.join(unsaid)}."


def day(iso: str) -> str:
    """`June 2, 2026` for an ISO day; anything else as it stands."""
    try:
        when = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{_MONTHS[when.month - 1]} {when.day}, {when.year}"


def dated(bill: Bill) -> str:
    """The day a version bears, in words; empty if it bears none."""
    # The bill's record and a package's MODS date the version itself, the cover what it tells of.
    iso = (
        bill.dates.get("issued")
        or bill.dates.get("action")
        or next(iter(sorted(bill.dates.values())), "")
    )
    return day(iso) if iso else ""


def count(number: int, one: str, many: str = "") -> str:
    """`1 section`, `2 sections`, `1,204 sections`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def ordinal(number: int) -> str:
    """`119th`."""
    teens = number // 10 % 10 == 1
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def run_in(heading: str) -> str:
    """What stands between a run-in heading and its text: USLM prints the stop and dash itself."""
    if not heading or heading.endswith((".", ":", ";", ",", "?", "!")):
        return " "
    return "" if heading.endswith("—") else ".—"


def excerpt(text: str, words: int) -> str:
    """The first words of a text, with an ellipsis if more follow."""
    parts = text.split()
    return " ".join(parts[:words]) + (" …" if len(parts) > words else "")


def place(row: Change) -> str:
    """The path; that of a removed provision may have another holder in the new version."""
    return row.shown.path if row.new else f"old {row.shown.path}"


def happened(row: Change) -> str:
    """What became of the provision, in words: `changed, renumbered from sec. 8`."""
    before = row.old.path if row.old and row.new and row.old.path != row.new.path else ""
    parts: list[str] = []
    # A provision that moved has another number as a matter of course: where from is what matters.
    for kind in sorted(row.kinds, key=lambda kind: kind is not ChangeKind.MOVED):
        words = KINDS[kind]
        if kind is ChangeKind.MODIFIED and row.klass not in (None, ChangeClass.WORDS):
            words += f" in {CLASSES[row.klass]} only"
        if kind in (ChangeKind.MOVED, ChangeKind.RENUMBERED) and before:
            words += f" from {before}"
            before = ""
        if not row.note.startswith(words):
            parts.append(words)
    if before:
        parts.append(f"was {before}")
    if row.note:
        parts.append(row.note)
    return ", ".join(parts)


# A label names a few edits of carried words; the terminal and the JSON have them all.
_SHOWN_INSIDE = 4
_WORDS_INSIDE = 8


def carried(row: Change) -> Iterator[str]:
    """Words that a split or a merger took along: struck here, put in there, and not new."""
    went = dict.fromkeys(edit.at for edit in row.edits if edit.op == "delete" and edit.at)
    if went:
        yield f"words carried to {', '.join(went)}"
    yield from (carried_from(edit) for edit in row.edits if edit.op == "insert" and edit.at)


def carried_from(edit: Edit) -> str:
    """`words carried from old sec. 3(a), [-may-] {+shall+}` of words put in that came along."""
    own = [inner for inner in edit.inner if inner.op != "equal"]
    signs = " ".join(map(_signed, own[:_SHOWN_INSIDE]))
    more = f" and {len(own) - _SHOWN_INSIDE} more" if len(own) > _SHOWN_INSIDE else ""
    return f"words carried from old {edit.at}, {signs + more or 'unchanged'}"


def _signed(edit: Edit) -> str:
    words = excerpt(edit.text.strip(), _WORDS_INSIDE)
    return f"[-{words}-]" if edit.op == "delete" else f"{{+{words}+}}"


def pairing(row: Change) -> str:
    """How a changed provision was paired: `sec. 5 -> sec. 6: same place, likeness 0.93`."""
    if row.old is None or row.new is None:
        return f"{place(row)}: no partner"
    return f"{row.old.path} -> {row.new.path}: {METHODS[row.method]}, likeness {row.score:.2f}"
