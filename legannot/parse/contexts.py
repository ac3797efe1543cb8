"""Mark the provisions that only find or declare: they have no legal force (TAXONOMY, `evd.findings`)."""

from __future__ import annotations

import re
from dataclasses import replace

from legannot.model import Context, Provision

# House Legislative Counsel's drafting manual heads these sections "Findings" and "Sense of Congress";
# the formal lead-ins are the customary ones.  The heading must be nothing else, or "Findings and
# purposes" and the like: a section headed "Findings required before designation" makes law.
_FINDING_HEADING = re.compile(
    r"^(congressional\s+)?findings?(\s*(;|,|and)\s*(and\s+)?"
    r"(purposes?|declarations?|policy|policies|sense of (the )?(congress|senate|house).*))*\.?$",
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


def mark_contexts(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """The same tree with findings and senses of Congress marked, all below them included."""
    return tuple(_mark(p, None) for p in provisions)


def _mark(provision: Provision, inherited: Context | None) -> Provision:
    found = inherited or _own(provision)
    children = provision.children
    if children:
        marked = tuple(_mark(child, found) for child in children)
        if any(new is not old for new, old in zip(marked, children, strict=True)):
            provision = replace(provision, children=marked)
    if found and provision.context is Context.OPERATIVE:
        provision = replace(provision, context=found)
    return provision


def _own(provision: Provision) -> Context | None:
    if provision.context is not Context.OPERATIVE:
        return None
    heading, text = provision.heading, provision.text
    if heading:
        if _FINDING_HEADING.match(heading):
            return Context.FINDING
        if _SENSE_HEADING.match(heading):
            return Context.SENSE
    if text[:1] in "CTISH":
        if _SENSE_LEAD.match(text):
            return Context.SENSE
        if _FINDING_LEAD.match(text):
            return Context.FINDING
    return None
