"""What a person must read himself, and why: nothing that was not understood is passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from legannot.model import Bill, Change, Context, Facts, Method, Operator
from legannot.model.report import Unread

# Below half of their words in common a pair rests on its number, its heading or its place (the
# alignment accepts such pairs down to 0.08 under one heading); a person should confirm it.
UNSURE = 0.5
# Two provisions of a few words are alike or not by accident.
_FEW_WORDS = 4


def unread(
    bills: Sequence[Bill],
    facts: Sequence[Facts],
    rows: Sequence[Change],
    *,
    embeddings: bool,
) -> tuple[Unread, ...]:
    """What a person must read, by kind and, within each, in reading order.

    Text not understood, instructions of the newest version that could not be taken apart, unsure
    pairs, references that lead nowhere, terms that something is amiss with, missing helpers.
    """
    return (
        *(item for bill in bills for item in _not_understood(bill)),
        *_unparsed(facts[-1]),
        *_unsure(rows),
        *_dangling(facts, rows),
        *_terms(facts[-1]),
        *(item for bill in bills for item in _notices(bill)),
        *(() if embeddings else (_NO_MODEL,)),
    )


_NO_MODEL = Unread(
    "missing",
    "tags",
    "No sentence model was used: tags come from rules alone, nothing is suggested beyond them.",
)


def _not_understood(bill: Bill) -> Iterator[Unread]:
    for item in bill.not_understood:
        where = f"{_name(bill)}, line {item.line}" if item.line else _name(bill)
        why = f"The parser has no rule for <{item.element}>; its words are kept as they stand."
        yield Unread("not-understood", where, why, item.text)


def _unparsed(facts: Facts) -> Iterator[Unread]:
    for one in facts.unparsed:
        why = f"An instruction to amend that could not be taken apart: {one.why}."
        yield Unread("unparsed", one.path, why, one.quote)


def _terms(facts: Facts) -> Iterator[Unread]:
    """Each term once, where it is first amiss."""
    places = Counter((found.kind, found.term.lower()) for found in facts.term_findings)
    for found in facts.term_findings:
        times = places.pop((found.kind, found.term.lower()), 0)
        if not times:
            continue
        why = _AMISS[found.kind].format(near=found.near)
        more = f" ({times} places)" if times > 1 else ""
        yield Unread("term", found.path, f"{why}{more}", found.term)


_AMISS = {
    "unused": "Defined here and used nowhere in its scope.",
    "undefined": "Reads like a defined term, and nothing here defines it.",
    "near-miss": "One word more than the defined term “{near}”.",
}


def _unsure(rows: Sequence[Change]) -> Iterator[Unread]:
    for row in rows:
        if row.old is None or row.new is None or row.method is Method.CONTENT:
            continue
        if row.new.context is Context.TOC:
            # A list of contents says what its sections say, and they are paired themselves.
            continue
        words = max(len(row.old.text.split()), len(row.new.text.split()))
        if row.score < UNSURE and words > _FEW_WORDS:
            why = (
                f"Taken to be the former {row.old.path}, though the two have little in common"
                f" (score {row.score:.2f}, found by {row.method.value})."
            )
            yield Unread("unsure-pair", row.new.path, why)


def _dangling(facts: Sequence[Facts], rows: Sequence[Change]) -> Iterator[Unread]:
    """References of the newest version to places that it does not have."""
    resolved = _targets(facts[0])
    was = {row.new.path: row.old.path for row in rows if row.new and row.old}
    for citation in facts[-1].citations:
        if citation.kind != "internal" or citation.target:
            continue
        why = "This reference leads nowhere."
        before = resolved.get((was.get(citation.path, ""), citation.quote))
        if before and len(facts) > 1:
            why = f"This reference leads nowhere; in the first version it led to {before}."
        yield Unread("notice", citation.path, why, citation.quote)


def _targets(facts: Facts) -> dict[tuple[str, str], str]:
    return {(c.path, c.quote): c.target for c in facts.citations if c.kind == "internal"}


def _notices(bill: Bill) -> Iterator[Unread]:
    for notice in bill.notices:
        yield Unread("notice", _name(bill), notice)


def _name(bill: Bill) -> str:
    return bill.version or bill.provenance.source


def unmerged(facts: Facts) -> str:
    """A sentence on instructions to amend other law, which are read but not carried out."""
    count = sum(unit.operator is Operator.AMENDMENT for unit in facts.units.values())
    if not count:
        return ""
    passages = "1 passage amends" if count == 1 else f"{count:,} passages amend"
    return f"{passages} other law; the words are shown as they stand, that law is not rewritten."
