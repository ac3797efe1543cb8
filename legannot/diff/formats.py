"""Versions that come in different formats, set alike: what a format prints by its own rules goes.

USLM and plain text print the enacting formula, the names of levels ("SEC. 3.") and the quotation
marks, and set headings as the law is printed; the Bill DTD leaves all that to its stylesheet and
has the long title on the cover.  A redline of a DTD file and a USLM file would mark all of it.  So
every version is set in the print of the one after it, the last as it stands, and what that took is
counted and told.  No word of the law is touched: deleted words keep the print that they had, and
the long title is compared wherever it stands.  Where quotation marks moved to other words, those of
the provision are printed in all versions, so that this is seen.  Versions of one format are left as
they are.

Sources: bill.dtd with GPO's stylesheet; "USLM User Guide" on `content` as printed.  What is set
aside was found on the versions that govinfo has in two formats (`bench/twins.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from legannot.align import align
from legannot.diff.layout import Setting, counted, laid_out
from legannot.diff.marks import NOTHING, Quotes, Text, quotes
from legannot.diff.reprint import reprint, with_marks
from legannot.model import Bill, Comparison, Context, Provision, number
from legannot.model.comparison import PRINT_ALONE
from legannot.model.paths import with_paths

NAMES = {"bill-dtd": "the Bill DTD", "uslm": "USLM", "text": "plain text"}
QUOTES = "quotation marks"
HEADINGS = "capitals and ends of headings"
LEVELS = "names of levels"
LETTERS = "capitals and dashes"
# Formats in which elements print quotation marks that the text has not.
_BY_ELEMENTS = frozenset(("bill-dtd",))
_NONE = (NOTHING, NOTHING)


def alike(bills: Sequence[Bill]) -> tuple[Bill, ...]:
    """Versions in order, each set as the next one prints; `Bill.set_aside` counts what that took.

    They come back as they are where all have one format, or were set alike before.
    """
    return tuple(setting.bill for setting in settings(bills))


def settings(bills: Sequence[Bill]) -> tuple[Setting, ...]:
    """The versions as `alike` sets them, each with the origins of its provisions."""
    if len({bill.format for bill in bills}) < 2 or any(b.set_aside for b in bills):  # noqa: PLR2004
        return tuple(map(Setting, bills))
    titles = _titles(bills)
    found = [laid_out(b.as_reported(), title) for b, title in zip(bills, titles, strict=True)]
    row = _Row([setting.bill for setting in found])
    row.set()
    return tuple(
        setting._replace(bill=bill) for setting, bill in zip(found, row.bills, strict=True)
    )


def told(comparison: Comparison) -> str:
    """A sentence on what was set aside between two versions; empty if they are as they came."""
    versions = (comparison.old, comparison.new)
    names = [NAMES.get(bill.format, bill.format) for bill in versions]
    aside = comparison.set_aside
    if names[0] != names[1]:
        what = ", ".join(f"{name} ({count:,})" for name, count in aside.items())
        return (
            f"The versions come in different formats, {' and '.join(names)}. Set aside as print,"
            f" not law: {what or 'nothing'}."
        )
    if not all(bill.set_aside for bill in versions):
        return ""
    which = [bill.version or bill.provenance.source for bill in versions]
    count = aside.get(PRINT_ALONE, 0)
    alone = f"{count:,} change{'s' if count > 1 else ''} of print alone between the two"
    return (
        f"{' and '.join(which)} both come in {names[0]} and others in another format, so that all"
        f" are compared in the print of the last. {alone if count else 'No change between the two'}"
        f" {'are' if count > 1 else 'is'} left out by that."
    )


def _titles(bills: Sequence[Bill]) -> tuple[str, ...]:
    """The long title of each version, where two have one: of one without it, that of its neighbour.

    An engrossed amendment has none; what changed from the version before it to the one after it
    must still be seen.  One that a single version has came or went with it.
    """
    known = [bill.official_title for bill in bills]
    if sum(map(bool, known)) < 2:  # noqa: PLR2004
        return tuple(known)
    last = next(filter(None, known))
    return tuple(last := title or last for title in known)


_By = Mapping[str, tuple[Quotes, Quotes]]


class _Row:
    """Versions in order that are being set, the last ones first."""

    def __init__(self, bills: list[Bill]) -> None:
        self.bills = bills
        self._laid_out = tuple(bills)
        # What they quote as they were laid out: to set a version may take its marks away.
        self._quotes = [_quotes(bill) for bill in bills]
        self._partners: list[Mapping[str, str]] = [{} for _ in bills]

    def set(self) -> None:
        """Set each version as the next one prints."""
        for i in range(len(self.bills) - 2, -1, -1):
            old, new = self.bills[i], self.bills[i + 1]
            self._partners[i] = {pair.old: pair.new for pair in align(old, new).pairs}
            printed, requoted = self._reprinted(i)
            if requoted:
                self._print_marks(i + 1, requoted)
                printed, _ = self._reprinted(i)
            self.bills[i] = printed
        for i in range(len(self.bills) - 1):
            self._count_unmarked(i)

    def _count_unmarked(self, i: int) -> None:
        """Count what only the print changed between two versions of one format."""
        old, new = self.bills[i], self.bills[i + 1]
        if old.format != new.format:
            return
        was, became = (_texts(self._laid_out[at]) for at in (i, i + 1))
        shown, now = _texts(old), _texts(new)
        count = sum(
            was[first] != became[then] and shown[first] == now[then]
            for first, then in self._partners[i].items()
        )
        if count:
            self.bills[i] = replace(old, set_aside=(*old.set_aside, (PRINT_ALONE, count)))

    def _reprinted(self, i: int) -> tuple[Bill, frozenset[str]]:
        """A version as the next one prints, and provisions of that one that quote other words."""
        old, new = self.bills[i], self.bills[i + 1]
        mine, theirs = self._quotes[i], self._quotes[i + 1]
        partner = self._partners[i]
        at_new = {p.path: p for p in new.walk()}
        prints = self.bills[-1].format not in _BY_ELEMENTS
        aside: Counter[str] = Counter(dict(old.set_aside))
        requoted: set[str] = set()

        def set_as(provision: Provision) -> Provision:
            children = tuple(set_as(child) for child in provision.children)
            other = at_new.get(partner.get(provision.path, ""))
            if other is None:
                return replace(provision, children=children)
            edges = _quoted(provision)
            own, its = mine.get(provision.path, _NONE), theirs.get(other.path, _NONE)
            text = reprint(
                Text(provision.text, provision.spans, own[0]),
                Text(other.text, other.spans, its[0]),
                heading=provision.kind == "toc-entry",
                edges=edges,
                prints=prints,
            )
            heading = reprint(
                Text(provision.heading, provision.heading_spans, own[1]),
                Text(other.heading, other.heading_spans, its[1]),
                heading=True,
                edges=edges,
                prints=prints,
            )
            if text.requoted or heading.requoted:
                requoted.add(other.path)
            enum = provision.enum
            if enum != other.enum and number(enum) == number(other.enum):
                enum = other.enum
                aside[LEVELS] += 1
            aside[QUOTES] += text.marks or heading.marks
            aside[LETTERS] += text.letters
            aside[HEADINGS] += heading.letters
            return replace(
                provision, enum=enum, text=text.text, spans=text.spans, heading=heading.text,
                heading_spans=heading.spans, children=children,
            )  # fmt: skip

        body = with_paths([set_as(provision) for provision in old.provisions])
        return replace(old, provisions=body, set_aside=counted(aside)), frozenset(requoted)

    def _print_marks(self, i: int, paths: frozenset[str]) -> None:
        """Print the marks of some provisions, in the version given and in all later ones."""
        while paths:
            self.bills[i] = _with_marks(self.bills[i], paths, self._quotes[i])
            paths = frozenset(
                self._partners[i][path] for path in paths if path in self._partners[i]
            )
            i += 1


def _texts(bill: Bill) -> Mapping[str, tuple[str, str]]:
    return {provision.path: (provision.heading, provision.text) for provision in bill.walk()}


def _quotes(bill: Bill) -> _By:
    by_elements = bill.format in _BY_ELEMENTS
    found = {
        p.path: (
            quotes(p.text, p.spans, by_elements=by_elements),
            quotes(p.heading, p.heading_spans, by_elements=by_elements),
        )
        for p in bill.walk()
    }
    return {path: both for path, both in found.items() if both != _NONE}


def _quoted(provision: Provision) -> bool:
    """Whether marks at the ends of a text may be those of the quoted law that it stands in."""
    return provision.context is Context.QUOTED or provision.kind == "toc-entry"


def _with_marks(bill: Bill, paths: Collection[str], by_path: _By) -> Bill:
    aside: Counter[str] = Counter(dict(bill.set_aside))

    def marked(provision: Provision) -> Provision:
        children = tuple(marked(child) for child in provision.children)
        if provision.path not in paths:
            return replace(provision, children=children)
        own, edges = by_path.get(provision.path, _NONE), _quoted(provision)
        text = with_marks(Text(provision.text, provision.spans, own[0]), edges=edges)
        heading = with_marks(Text(provision.heading, provision.heading_spans, own[1]), edges=edges)
        aside[QUOTES] += text.marks or heading.marks
        return replace(
            provision, text=text.text, spans=text.spans, heading=heading.text,
            heading_spans=heading.spans, children=children,
        )  # fmt: skip

    body = tuple(marked(provision) for provision in bill.provisions)
    return replace(bill, provisions=body, set_aside=counted(aside))


__all__ = ["alike", "settings", "told"]
