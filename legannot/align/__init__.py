"""Which provision of one version is which of the other, without ids."""

from __future__ import annotations

from legannot.align.matching import Matcher
from legannot.align.moves import moved
from legannot.align.outline import ROOT, Outline
from legannot.align.splits import merges, splits
from legannot.model import Alignment, Bill, Method, Pair

__all__ = ["align"]


def align(old: Bill, new: Bill) -> Alignment:
    """Pair the provisions of two versions; the texts must be clean (`Bill.as_reported`).

    Every provision is in at most one of `pairs`; those in none were added or removed.
    """
    matcher = Matcher(Outline(old), Outline(new))
    matcher.run()
    olds, news = matcher.old.nodes, matcher.new.nodes

    def pair(a: int, b: int, method: Method, score: float) -> Pair:
        return Pair(olds[a].provision.path, news[b].provision.path, method, score)

    return Alignment(
        pairs=tuple(
            pair(a, b, *matcher.found[a]) for a, b in sorted(matcher.partner.items()) if a != ROOT
        ),
        moved=frozenset(
            news[b].provision.path for b in moved(matcher.old, matcher.new, matcher.partner)
        ),
        split=tuple(pair(a, b, Method.MOVED, share) for a, b, share in splits(matcher)),
        merged=tuple(pair(a, b, Method.MOVED, share) for a, b, share in merges(matcher)),
    )
