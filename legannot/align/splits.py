"""Splits and merges: a lone provision whose words came from, or went into, a paired one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from legannot.align.matching import CROWD, MOVABLE, Matcher
from legannot.align.outline import ROOT, Outline

# Share of the lone provision's words, by weight, that must stand in the other one: nearly all,
# since a lawyer told "split from sec. 5" will look for every word there.
CONTAINED = 0.85
# And at most so much of it may stand in the other one's own partner: else it is a repetition.
ELSEWHERE = 0.5


def splits(matcher: Matcher) -> Iterator[tuple[int, int, float]]:
    """(old, new, share): the new provision was split off the old one, which has a partner too."""
    for new, old in sorted(matcher.pushed_down.items()):
        yield old, new, matcher.similarity.own_ratio(old, new)
    yield from _parts(matcher, lone_side=1)


def merges(matcher: Matcher) -> Iterator[tuple[int, int, float]]:
    """(old, new, share): the old provision went into the new one, which has a partner too."""
    for old, new in sorted(matcher.drawn_up.items()):
        yield old, new, matcher.similarity.own_ratio(old, new)
    for new, old, share in _parts(matcher, lone_side=0):
        yield old, new, share


def _parts(matcher: Matcher, lone_side: int) -> Iterator[tuple[int, int, float]]:
    """(whole, part, share) for parts on `lone_side` and wholes on the other."""
    sides: tuple[Outline, Outline] = (matcher.old, matcher.new)
    lone, other = sides[lone_side], sides[1 - lone_side]
    done = matcher.taken if lone_side else matcher.partner
    back = matcher.partner if lone_side else matcher.taken
    index: dict[str, list[int]] = defaultdict(list)
    told = matcher.pushed_down if lone_side else matcher.drawn_up
    open_parts = [
        node
        for node in lone.nodes
        if node.index not in done and node.index not in told and node.size >= MOVABLE
    ]
    if not open_parts:
        return
    sought = {
        word for node in open_parts for word in matcher.similarity.rare_words(lone_side, node.index)
    }
    for node in other.nodes:
        # A provision that reads as before gave nothing away and took nothing in.
        if node.index in back and node.content != lone.nodes[back[node.index]].content:
            for word in sought.intersection(node.words):
                index[word].append(node.index)
    claimed: set[int] = set()
    for part in open_parts:
        if part.parent in claimed:
            claimed.add(part.index)
            continue
        whole = _whole(matcher, part.index, lone_side, index)
        if whole is not None:
            claimed.add(part.index)
            yield whole[0], part.index, whole[1]


def _whole(
    matcher: Matcher, part: int, lone_side: int, index: dict[str, list[int]]
) -> tuple[int, float] | None:
    candidates: Counter[int] = Counter()
    other = matcher.old if lone_side else matcher.new
    back = matcher.partner if lone_side else matcher.taken
    words = matcher.similarity.rare_words(lone_side, part)
    enough = CONTAINED * len(words) / 2
    if sum(word in index for word in words) < enough:
        return None
    for word in words:
        places = index.get(word, [])
        if len(places) <= CROWD:
            for place in places:
                candidates[place] += 1
                parent = other.nodes[place].parent
                if parent != ROOT and parent in back:
                    candidates[parent] += 1
    likely = [place for place, hits in candidates.items() if hits >= enough]
    # Of two that hold all its words the smaller one says more: the paragraph, not its section.
    for place in sorted(likely, key=lambda place: (other.nodes[place].size, place)):
        share = _contained(matcher, part, place, lone_side)
        partner = back[place]
        if share < CONTAINED or partner == ROOT:
            continue
        if _contained_same(matcher, part, partner, lone_side) <= ELSEWHERE:
            return place, share
    return None


def _contained(matcher: Matcher, part: int, whole: int, lone_side: int) -> float:
    pair = (whole, part) if lone_side else (part, whole)
    shared, total_old, total_new = matcher.similarity.common(*pair)
    total = total_new if lone_side else total_old
    return shared / total if total else 0.0


def _contained_same(matcher: Matcher, part: int, partner: int, side: int) -> float:
    """Share of a part's words that also stand in a provision of its own version."""
    outline = matcher.new if side else matcher.old
    mine = matcher.similarity.bag(side, part)
    theirs = matcher.similarity.bag(side, partner)
    if partner <= part < outline.nodes[partner].end:
        # Words that went down a level, from a subsection to its first paragraph, are not twice
        # there.
        theirs = theirs - mine
    total = sum(mine.values())
    return sum((mine & theirs).values()) / total if total else 0.0
