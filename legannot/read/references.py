"""Where a reference inside a bill leads: the one place where `subsection (b)` becomes a path.

    sec. 4(c)(2)   "subsection (a)(1)"                  sec. 4(a)(1): the level around decides
                   "paragraph (3)"                      sec. 4(c)(3)
                   "section 9(b) of this title"         sec. 9(b), looked for in the title
                   "subsection (f)", and there is none  nothing: a finding, never the nearest one

A reference that leads nowhere is a finding only if it can be of nothing but this bill: quoted law,
accounts of appropriations and instructions to amend speak of the law that they go into.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from legannot.model import CONTAINERS, LEVELS, Citation, Context, Provision
from legannot.read.tree import Tree, leading_number

# The kind of a part and the labels that one of its items names.
Step = tuple[str, tuple[str, ...]]

THIS_BILL = ("", "act", "resolution")
PARTS = (*CONTAINERS, "section", *LEVELS)
_BY_THIS_BILL = re.compile(
    r"\b(?:amended|added|made|redesignated|designated|inserted)\s+(?:by|under)\s*$"
)
# "such section 430f", "redesignated as section 415", "the item relating to section 119".
_OF_ANOTHER_LAW = re.compile(
    r"\b(?:such|said|as|after|before|relating\s+to|(?:Attachment|Appendix|Annex|Exhibit)\s+\w+,)\s*$"
)
# "in subsection (a), by striking", "in section 315, add at the end".
_INSTRUCTED = re.compile(
    r",?\s+(?:by\s+(?:striking|inserting|adding|redesignating|substituting)\b"
    r"|(?:strike|insert|add|redesignate|substitute)\b)"
)
# "paragraph (7) under the heading Salaries", "paragraph (c) from General Instruction I", "added
# paragraph (h)(30) to section 1308.11".
_IN_ANOTHER_TEXT = re.compile(
    r"\s+(?:under\s+the\s+heading\b|(?:from|in|under|to|of)\s+General\s|to\s+section\s)"
)
# Appropriations acts speak of the paragraphs of an account as their own.
_OF_ACCOUNTS = re.compile(
    r"\b(?:under|of)\s+(?:the|such)\s+heading\b|\bamounts\s+provided\s+under\b"
)
# Words to be put in or taken out, whose quotation marks a mirror may have dropped.
_IN_QUOTED_WORDS = re.compile(r"“[^”]*$|\b(?:inserting|striking|substituting)\b[^;]*$")
_ENTRY = re.compile(
    rf"Sec\.\s+(?P<section>\d[\w–-]*)|(?P<kind>{'|'.join(CONTAINERS)})\s+(?P<label>[\dA-Z]+)\b",
    re.IGNORECASE,
)
# "section 501(c)(3)" in a bill of ten sections speaks of the tax code, "section 12" may be a slip.
_FAR_BEYOND = 100


def listed(provision: Provision, tree: Tree) -> tuple[Citation, ...]:
    """What an entry of a table of contents lists: `Sec. 8. Effective date.` refers to section 8."""
    match = _ENTRY.match(provision.text)
    if match is None:
        return ()
    kind = "section" if match["section"] else match["kind"].lower()
    target = tree.find(provision.path, kind, [match["section"] or match["label"]])
    return (Citation(provision.path, 0, match.end(), "internal", target, match.group()),)


def by_this_bill(before: str) -> bool:
    """Whether the words before a reference say that the bill's own parts do something there."""
    return _BY_THIS_BILL.search(before) is not None


class Resolver:
    """Leads the references of one provision through the tree of its bill.

    `amends` says whether the provision instructs to amend; it is asked only where that matters.
    """

    def __init__(self, provision: Provision, tree: Tree, amends: Callable[[], bool]) -> None:
        self._provision = provision
        self._tree = tree
        self._amends = amends

    def target(self, steps: Sequence[Step], here: str) -> str:
        """The path that steps (narrowest first) name, empty if there is none.

        `here` is the word behind "of this", empty where the reference ends without one.
        """
        kind, step = steps[-1]
        return self.below(self._start(kind, step, here), steps[:-1])

    def below(self, target: str, steps: Sequence[Step]) -> str:
        """The path that steps (narrowest first) name below another."""
        for _, labels in reversed(steps):
            target = self._tree.descend(target, labels) if target else ""
        return target

    def is_of_law_amended(self, here: str, before: str, behind: str) -> bool:
        """Whether an instruction speaks: "in subsection (a), by striking" is not of this bill.

        `before` and `behind` are the words around the reference.
        """
        if here or by_this_bill(before):
            return False
        lead_in = before.lower() == "in " and behind.startswith("—")
        return lead_in or _INSTRUCTED.match(behind) is not None or self._amends()

    def may_be_of_another_law(self, step: Step, here: str, before: str, behind: str) -> bool:
        """Whether a reference that leads nowhere may still be right: then it is no finding.

        `before` are the words of the same sentence before it, `behind` those next to it.
        """
        kind, (label, *_) = step
        place = self._provision
        if (
            kind in CONTAINERS
            or self._tree.quote(place.path)
            or self._tree.in_account(place.path)
            or place.context is not Context.OPERATIVE
            or _OF_ANOTHER_LAW.search(before)
            or _IN_ANOTHER_TEXT.match(behind)
            or _IN_QUOTED_WORDS.search(before)
            or (kind in LEVELS and self._speaks_of_accounts)
            or (kind == "section" and not here and self._tree.accounts)
        ):
            return True
        if here not in ("act", "section", "subsection") and self._amends():
            return not by_this_bill(before)
        return kind == "section" and (
            not label[0].isdigit()
            or not label.isalnum()
            or leading_number(label) > self._tree.last_section + _FAR_BEYOND
        )

    @cached_property
    def _speaks_of_accounts(self) -> bool:
        return _OF_ACCOUNTS.search(self._provision.text) is not None

    def _start(self, kind: str, step: Sequence[str], here: str) -> str:
        """The provision that the outermost step names, empty if there is none."""
        path = self._provision.path
        if here in THIS_BILL:
            return self._tree.find(path, kind, step)
        around = self._tree.enclosing(path, here)
        if not around:
            return ""
        if here in CONTAINERS:
            return self._tree.find(path, kind, step, around)
        return self._tree.descend(around, step)
