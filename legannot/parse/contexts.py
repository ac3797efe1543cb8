"""Mark provisions that only find or declare and have no legal force (TAXONOMY, `evd.findings`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from legannot.model import Context
from legannot.parse.nodes import Node

# House Legislative Counsel's drafting manual heads these sections "Findings" and "Sense of
# Congress"; the formal lead-ins are the customary ones.  The heading must be nothing else, or
# "Findings and purposes" and the like: "Findings required before designation" makes law.
_FINDING_HEADING = re.compile(
    r"^(congressional\s+)?findings?(\s*(;|,|and)\s*(and\s+)?"
    r"(purposes?|declarations?|policy|policies|sense of (the )?(congress|senate|house).*))*"
    r"[.—–-]*$",
    re.IGNORECASE,
)
_SENSE_HEADING = re.compile(r"^(the\s+)?sense of (the )?(congress|senate|house)\b", re.IGNORECASE)
_FINDING_LEAD = re.compile(
    r"^(the\s+)?(congress|senate|house of representatives)\s+"
    r"(hereby\s+)?(finds?|makes? the following findings?|declares?)\b",
    re.IGNORECASE,
)
_SENSE_LEAD = re.compile(
    r"^(it is the sense of|the sense of) (the )?(congress|senate|house)\b", re.IGNORECASE
)


# What the patterns above begin with: most headings and texts begin otherwise.
_HEADS = ("find", "congressional", "sense of", "the sense")
_LEADS = ("congress", "senate", "house of rep", "the congress", "the senate", "the house of",
          "it is the se", "the sense of")  # fmt: skip
_LONGEST_HEAD = max(map(len, _HEADS))
_LONGEST_LEAD = max(map(len, _LEADS))


def mark_contexts(nodes: Sequence[Node]) -> None:
    """Mark findings and senses of Congress, all below them included."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node.context is Context.OPERATIVE:
            if found := _own(node):
                _spread(node, found)
            elif node.children:
                waiting += node.children


def _spread(node: Node, context: Context) -> None:
    for inner in node.walk():
        if inner.context is Context.OPERATIVE:
            inner.context = context


def _own(node: Node) -> Context | None:
    heading, text = node.heading, node.text
    if heading and heading[:_LONGEST_HEAD].lower().startswith(_HEADS):
        if _FINDING_HEADING.match(heading):
            return Context.FINDING
        if _SENSE_HEADING.match(heading):
            return Context.SENSE
    if text and text[:_LONGEST_LEAD].lower().startswith(_LEADS):
        if _SENSE_LEAD.match(text):
            return Context.SENSE
        if _FINDING_LEAD.match(text):
            return Context.FINDING
    return None
