"""Words that limit what the tags of a provision stand on, as they are quoted beside its notes.

    A developer may release the weights unless the Secretary objects.  Each office that has a
    budget shall report, if asked.

A tag on "release the weights" is limited by "unless the Secretary objects"; "if asked" limits the
report alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from legannot.model import Condition, Evidence, Provision

# What limits the words that a tag stands on; "in the case of" only says where they apply, and what
# applies "notwithstanding section 5" is freed of that section.
_LIMITING = frozenset(
    ("exception", "exclusion", "condition", "subordination", "waiver", "mental-state")
)
# Characters: three lines of the margin.  The rest of a longer clause stands beside it in the text.
_CLAUSE = 100
# "Items subject to the Export Administration Regulations" are a class of items, under no condition.
_SUBJECT = re.compile(
    r"subject to (?:(?:the )?(?:availability|limit|condition|requirement|provision|exception)"
    r"|(?:sub)?(?:section|paragraph|clause|title|chapter)s?\b)",
    re.IGNORECASE,
)
# "does not include—", "if:": what is excepted follows.
_LEADS_IN = re.compile(r"\s*[—–:]\s*")
_SENTENCE = re.compile(r"(?<![A-Z])[.](?=\s|$)")
_PART = re.compile(rf"{_SENTENCE.pattern}|;")


def limiting(
    provision: Provision, conditions: Iterable[Condition], evidence: Iterable[Evidence]
) -> tuple[str, ...]:
    """What limits `evidence` in the text of a provision, each clause once and in reading order.

    `conditions` are those of the provision.  A clause that only leads in ("does not include") is
    quoted with what it leads to, be it in the items below; a long one is cut at a word.
    """
    known = tuple(evidence)
    told: list[Condition] = []
    for one in conditions:
        if (
            one.kind in _LIMITING
            and (one.kind != "subordination" or _SUBJECT.match(one.quote))
            and any(e.start < one.limits[1] and one.limits[0] < e.end for e in known)
            # What is inside a clause is quoted with it.
            and not any(outer.start <= one.start < outer.end for outer in told)
        ):
            told.append(one)
    return tuple(dict.fromkeys(_shortened(_clause(one, provision)) for one in told))


def _clause(found: Condition, provision: Provision) -> str:
    """A clause with the words without which it says nothing."""
    text = provision.text
    if found.kind == "mental-state":
        # It is known of what follows: "with knowledge" that the model will be exported.
        return text[found.start : max(found.end, found.limits[1])]
    leads_in = _LEADS_IN.match(text, found.end)
    if leads_in and leads_in.end() == len(text):
        return " ".join((text[found.start :], *_below(provision)))
    if not leads_in and found.quote.lower().split() != found.cue.split():
        return found.quote
    stop = (_SENTENCE if leads_in else _PART).search(text, found.end)
    return text[found.start : stop.start() if stop else len(text)]


def _below(provision: Provision) -> Iterator[str]:
    """The items of a provision, as far as one may be quoted."""
    length = 0
    for child in provision.children:
        for item in child.walk():
            words = " ".join(filter(None, (item.enum, item.heading, item.text)))
            yield words
            length += len(words)
            if length > _CLAUSE:
                return


def _shortened(clause: str) -> str:
    words = " ".join(clause.split()).strip(" ,;.")
    if len(words) <= _CLAUSE:
        return words
    return words[:_CLAUSE].rpartition(" ")[0].rstrip(" ,;—") + " …"


__all__ = ["limiting"]
