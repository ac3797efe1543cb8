"""Pair the provisions of two versions without ids or numbers.

    old                            new
    sec. 7  Reports                sec. 7  Sunset              (no partner: added)
    sec. 8  Effective date         sec. 17 Reports             7 -> 17, equal words
      (a) In general               sec. 18 Effective date      8 -> 18, same heading
                                     (a) In general            paired inside the pair, not before

Passes, each working on what the ones before left over (DESIGN, "Alignment before diff"):

1. units (sections) of equal content anywhere in the bill; repeated boilerplate is settled by
   number, then by neighbours, then by order;
2. units of similar words, best total (`assign`), number and heading counting in their favour;
3. containers (titles, divisions) by the units they share, or a name that stands once; units whose
   containers are not one must then be one by their own words;
4. the same two passes among the children of each pair, downwards;
5. what is still left in one parent may stand elsewhere: equal or similar subtrees of a few words or
   more, largest first, anywhere in the bill.

Cost: linear in words for the equal passes; the similar ones look up candidates by rare words.
Rejected: XML ids (0 of 188 survive, FACTS); tree edit distance (402 operations for about 33 real
edits on 116 H.R. 1500 ih to rh); flat text diff (moves and renumbering come out as deletion and
insertion); rare words or a weight that an item must have to be found elsewhere (of 79 moves between
two unlike acts of Congress it took 4, and one of 169 true ones on edited bills).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from rapidfuzz import fuzz

from legannot.align.assign import assign
from legannot.align.outline import ROOT, Node, Outline, folded
from legannot.align.similarity import Similarity
from legannot.model import CONTAINERS, LEVELS, Method, number

# Thresholds on `Similarity.ratio`, from the pairs of 116 H.R. 1500 and of the rebuilt 119th
# Congress: unrelated units of one bill reach .30, reworded ones start at .45
# (`bench/alignment.py`).
ALIKE = 0.5  # enough by itself
ALIKE_NAMED = 0.22  # with the same number or the same heading
ALIKE_HEADED = 0.08  # with the same heading of a few words: it may have been rewritten whole
HEADING_WORDS = 3  # words: shorter headings ("Definitions", "In general") stand everywhere
UNPAIRED = 0.25  # what two weak pairs must be worth more than, to stand in the way of a strong one
ALIKE_SHIFTED = 0.45  # own words that went down or came up a level
KEPT_LESS = 0.25  # and so much less like them must be what stands in their place
OWN_WORDS = 5  # words: less is no text of one's own but a lead-in
ITEMS = 2  # items that stand below another provision as they were: one could be boilerplate
ALIKE_LETTERS = 80.0  # percent: a short item with a slip corrected
# For a provision found in another parent.  At .6 one in thirty moves reworded by 15 % is lost; at
# .5 half as many again of unrelated ones are paired between two omnibus acts (38, not 26).
ALIKE_ELSEWHERE = 0.55
SHORT = 8  # words: a shorter provision is known by its number more than by its words
MOVABLE = 8  # words: a shorter one is boilerplate that stands in many places
# Up to so many combinations every one is scored; beyond, only candidates that share rare words are.
ALL_COMBINATIONS = 600
FEW_WORDS = 3
_NUMBERED = frozenset(("section", *CONTAINERS, *LEVELS))
# Short text of these kinds ("; and" after quoted law) is known by where it stands.
_LINES = frozenset(("toc-entry", "list-item", "row", "entry"))
_CONNECTIVES = frozenset(("after-quoted-block", "continuation", "text"))
CROWD = 60  # a word that stands in more candidates than this finds nothing


class Matcher:
    """The growing set of pairs between two outlines."""

    def __init__(self, old: Outline, new: Outline) -> None:
        self.old = old
        self.new = new
        self.similarity = Similarity(old, new)
        self.partner: dict[int, int] = {ROOT: ROOT}
        self.taken: dict[int, int] = {ROOT: ROOT}
        self.found: dict[int, tuple[Method, float]] = {}
        # Words that changed level inside a pair: new part to old whole, old part to new whole.
        self.pushed_down: dict[int, int] = {}
        self.drawn_up: dict[int, int] = {}

    def run(self) -> None:
        """All passes."""
        units_old, units_new = self.old.units(), self.new.units()
        self._equal(units_old, units_new, Method.CONTENT)
        self._similar(units_old, units_new)
        self._only_ones(units_old, units_new)
        self._containers()
        self._part_strangers()
        self._unmistakable()
        for a in [a for a in self.partner if a != ROOT]:
            self._inside(a, self.partner[a])
        self._elsewhere()

    # -- single pairs ---------------------------------------------------------------------------

    def _pair(self, a: int, b: int, method: Method, score: float) -> None:
        self.partner[a] = b
        self.taken[b] = a
        self.found[a] = (method, score)

    def _pair_equal_trees(self, a: int, b: int, method: Method) -> None:
        span_a, span_b = self.old.nodes[a], self.new.nodes[b]
        for i, j in zip(range(a, span_a.end), range(b, span_b.end), strict=True):
            if i not in self.partner and j not in self.taken:
                self._pair(i, j, method if i == a else Method.CONTENT, 1.0)

    def _free(self, olds: Iterable[int], news: Iterable[int]) -> tuple[list[int], list[int]]:
        return (
            [a for a in olds if a not in self.partner],
            [b for b in news if b not in self.taken],
        )

    # -- equal content --------------------------------------------------------------------------

    def _equal(self, olds: Sequence[int], news: Sequence[int], method: Method) -> None:
        groups = self._groups(*self._free(olds, news), lambda node: node.content)
        repeated = []
        for group_a, group_b in groups:
            if len(group_a) == 1 and len(group_b) == 1:
                self._pair_equal_trees(group_a[0], group_b[0], method)
            else:
                repeated.append((group_a, group_b))
        for group_a, group_b in repeated:
            self._settle(group_a, group_b, method)

    def _groups(
        self, olds: Iterable[int], news: Iterable[int], key: Callable[[Node], Hashable]
    ) -> list[tuple[list[int], list[int]]]:
        by_key: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for a in olds:
            by_key[key(self.old.nodes[a])][0].append(a)
        for b in news:
            by_key[key(self.new.nodes[b])][1].append(b)
        return [(group_a, group_b) for group_a, group_b in by_key.values() if group_a and group_b]

    def _settle(self, olds: list[int], news: list[int], method: Method) -> None:
        """Equal words in several places: same number, then same neighbour, then order."""
        same_number = self._groups(olds, news, self._address)
        for group_a, group_b in same_number:
            if len(group_a) == len(group_b) == 1:
                self._pair_equal_trees(group_a[0], group_b[0], method)
        for step in (-1, 1):
            open_a, open_b = self._free(olds, news)
            wanted = set(open_b)
            for a in open_a:
                b = self._beside_partner(a, step)
                if b in wanted and b not in self.taken:
                    self._pair_equal_trees(a, b, method)
        for a, b in zip(*self._free(olds, news), strict=False):
            self._pair_equal_trees(a, b, method)

    def _address(self, node: Node) -> tuple[str, str]:
        return number(node.provision.enum), node.provision.path

    def _beside_partner(self, a: int, step: int) -> int:
        """The provision that stands to the partner of a's neighbour as a stands to it."""
        siblings = self.old.children(self.old.nodes[a].parent)
        at = siblings.index(a) + step
        if not 0 <= at < len(siblings) or siblings[at] not in self.partner:
            return ROOT
        b = self.partner[siblings[at]]
        others = self.new.children(self.new.nodes[b].parent)
        at = others.index(b) - step
        return others[at] if 0 <= at < len(others) else ROOT

    # -- similar words --------------------------------------------------------------------------

    def _similar(self, olds: Sequence[int], news: Sequence[int]) -> None:
        free_a, free_b = self._free(olds, news)
        if not free_a or not free_b:
            return
        place_a = {a: i / len(free_a) for i, a in enumerate(free_a)}
        place_b = {b: i / len(free_b) for i, b in enumerate(free_b)}
        scores: dict[tuple[int, int], float] = {}
        ratios: dict[tuple[int, int], tuple[float, bool]] = {}
        for a, b in self._candidates(free_a, free_b):
            ratio, named, bonus = self._judge(a, b)
            if ratio < 0:
                continue
            ratios[a, b] = (ratio, named)
            near = 0.01 * (1 - abs(place_a[a] - place_b[b]))
            scores[a, b] = max(ratio + bonus + near - UNPAIRED, near)
        for a, b in assign(scores):
            ratio, named = ratios[a, b]
            self._pair(a, b, Method.PATH if named else Method.SIMILAR, min(ratio, 1.0))

    def _judge(self, a: int, b: int) -> tuple[float, bool, float]:
        """Ratio (negative: not a pair), whether number or name agree, and what that is worth."""
        old, new = self.old.nodes[a], self.new.nodes[b]
        left, right = old.provision, new.provision
        if not comparable(left.kind, right.kind):
            return -1.0, False, 0.0
        ratio = self.similarity.ratio(a, b)
        same_number = bool(left.enum) and number(left.enum) == number(right.enum)
        name_a, name_b = name(old), name(new)
        same_name = bool(name_a) and name_a == name_b
        same_kind = left.kind == right.kind
        named = same_name or (same_number and same_kind)
        if not self._alike(old, new, ratio, named=named, same_name=same_name):
            return -1.0, named, 0.0
        bonus = 0.2 * same_name + 0.1 * same_number + 0.05 * same_kind
        if name_a and name_b and not same_name:
            bonus -= 0.15
        return ratio, named, bonus + 0.1 * self.similarity.in_order(a, b)

    def _alike(self, old: Node, new: Node, ratio: float, *, named: bool, same_name: bool) -> bool:
        """Whether two provisions may be one: by their words, or by fewer words and a name."""
        if ratio >= ALIKE:
            return True
        short = max(old.size, new.size) <= SHORT
        if named and (ratio >= ALIKE_NAMED or short):
            return True
        if same_name and ratio >= ALIKE_HEADED and len(name(old).split()) >= HEADING_WORDS:
            return True
        left, right = old.provision, new.provision
        if short and fuzz.ratio(left.text, right.text) >= ALIKE_LETTERS:
            return True
        unnumbered = not left.enum and not right.enum and left.kind == right.kind not in _LINES
        connective = short and left.kind in _CONNECTIVES
        return unnumbered and (ratio >= ALIKE_NAMED or connective)

    def _candidates(self, olds: Sequence[int], news: Sequence[int]) -> set[tuple[int, int]]:
        if len(olds) * len(news) <= ALL_COMBINATIONS:
            return {(a, b) for a in olds for b in news}
        index: dict[str, list[int]] = defaultdict(list)
        for b in news:
            for word in self.similarity.rare_words(1, b):
                index[word].append(b)
        found: set[tuple[int, int]] = set()
        for a in olds:
            words = self.similarity.rare_words(0, a)
            hits: Counter[int] = Counter()
            for word in words:
                places = index.get(word, ())
                if len(places) <= CROWD:
                    hits.update(places)
            # One rare word in common is chance, unless there are hardly any.
            enough = 2 if len(words) > FEW_WORDS else 1
            found.update((a, b) for b, count in hits.items() if count >= enough)
        by_name = self._groups(olds, news, name)
        by_number = self._groups(olds, news, lambda node: node.provision.path)
        for group_a, group_b in (*by_name, *by_number):
            if len(group_a) * len(group_b) <= CROWD:
                found.update((a, b) for a in group_a for b in group_b)
        return found

    def _unmistakable(self) -> None:
        """Equal subtrees of some words that stand once in each version, wherever that is.

        Before the children of a pair are compared: else what a moved paragraph left to its
        successor, its number, would be taken for it.
        """
        once_a, once_b = _standing_once(self.old), _standing_once(self.new)
        for content, a in once_a.items():
            b = once_b.get(content)
            if b is not None and a not in self.partner and b not in self.taken:
                self._pair_equal_trees(a, b, Method.CONTENT)

    # -- containers and children ----------------------------------------------------------------

    def _containers(self) -> None:
        olds, news = self.old.containers(), self.new.containers()
        if not olds or not news:
            return
        votes = self._votes(set(olds), set(news))
        scores: dict[tuple[int, int], float] = {}
        sizes_a, sizes_b = self._units_below(self.old, olds), self._units_below(self.new, news)
        # "General Provisions" ends every division: only a name that stands once vouches.
        by_name = self._groups(olds, news, name)
        named = {(a[0], b[0]) for a, b in by_name if len(a) == len(b) == 1}
        for a, b in named.union(votes):
            left, right = self.old.nodes[a].provision, self.new.nodes[b].provision
            if left.kind != right.kind:
                continue
            share = 2 * votes[a, b] / max(1, sizes_a[a] + sizes_b[b])
            same_name = name(self.old.nodes[a]) == name(self.new.nodes[b]) != ""
            same_number = number(left.enum) == number(right.enum)
            if share >= ALIKE_NAMED or (same_name and (a, b) in named):
                scores[a, b] = share + 0.3 * same_name + 0.1 * same_number
        for a, b in assign(scores):
            self._pair(
                a, b, Method.PATH, min(1.0, 2 * votes[a, b] / max(1, sizes_a[a] + sizes_b[b]))
            )

    def _part_strangers(self) -> None:
        """Undo pairs of units between containers that are not paired, unless words vouch for them.

        In a bill of accounts "Salaries and Expenses" stands under every agency, and "None of the
        funds made available by this Act" in every title: what makes two of them one is the title
        around them.  Where that is another one, they must read alike themselves, or bear a heading
        of some words that no other unit has.
        """
        names = [
            Counter(name(outline.nodes[unit]) for unit in outline.units())
            for outline in (self.old, self.new)
        ]
        for a in self.old.units():
            b = self.partner.get(a)
            if b is None or self._paired_around(a, b):
                continue
            old, new = self.old.nodes[a], self.new.nodes[b]
            known = name(old) if name(old) == name(new) else ""
            own_name = (
                len(known.split()) >= HEADING_WORDS and names[0][known] == names[1][known] == 1
            )
            ratio = self.similarity.ratio(a, b)
            short = min(old.size, new.size) < MOVABLE
            if not own_name and (short or ratio < ALIKE_ELSEWHERE):
                for i in range(a, old.end):
                    if i in self.partner:
                        del self.taken[self.partner.pop(i)], self.found[i]

    def _paired_around(self, a: int, b: int) -> bool:
        """Whether the containers around two units are one, or one of them stands in none."""
        above_a, above_b = _container(self.old, a), _container(self.new, b)
        return ROOT in (above_a, above_b) or self.partner.get(above_a) == above_b

    def _votes(self, olds: set[int], news: set[int]) -> Counter[tuple[int, int]]:
        votes: Counter[tuple[int, int]] = Counter()
        for a in self.old.units():
            if a in self.partner:
                above = [y for y in self.new.ancestors(self.partner[a]) if y in news]
                votes.update((x, y) for x in self.old.ancestors(a) if x in olds for y in above)
        return votes

    def _units_below(self, outline: Outline, containers: Iterable[int]) -> Counter[int]:
        counts: Counter[int] = Counter(dict.fromkeys(containers, 0))
        for unit in outline.units():
            counts.update(x for x in outline.ancestors(unit) if x in counts)
        return counts

    def _inside(self, a: int, b: int) -> None:
        """Pair the children of a pair, downwards; subtrees paired as equal are done already."""
        stack = [(a, b)]
        while stack:
            a, b = stack.pop()
            olds, news = self.old.children(a), self.new.children(b)
            shifted = self._shifted(a, b)
            if shifted:
                self._among(*shifted)
            self._among(olds, news)
            below = (*olds, *(shifted[0] if shifted else ()))
            stack.extend(
                (child, self.partner[child])
                for child in dict.fromkeys(below)
                if child in self.partner and self.found[child][0] is not Method.CONTENT
            )

    def _among(self, olds: Sequence[int], news: Sequence[int]) -> None:
        free_a, free_b = self._free(olds, news)
        if free_a and free_b:
            self._equal(free_a, free_b, Method.CONTENT)
            self._similar(free_a, free_b)
            self._only_ones(free_a, free_b)

    def _shifted(self, a: int, b: int) -> tuple[list[int], list[int]] | None:
        """If the own words of a pair went down or came up a level: whose children to pair first.

        (b) Sharing.—The Secretary shall ...    (b) Sharing
            (1) an agency; ...                      (1) In general.—The Secretary shall ...
                                                        (A) an agency; ...
        """
        if self.found[a][0] is Method.CONTENT:
            return None
        ratio = self.similarity.own_ratio
        down = self._holder(self.new, a, b, lambda child: ratio(a, child))
        up = self._holder(self.old, a, b, lambda child: ratio(child, b))
        if down is not None and up is not None:
            # Items that stand both higher and lower went nowhere, whichever version is called old.
            return None
        if down is not None:
            self.pushed_down[down] = a
            return self.old.children(a), self.new.children(down)
        if up is not None:
            self.drawn_up[up] = b
            return self.old.children(up), self.new.children(b)
        return None

    def _holder(self, outline: Outline, a: int, b: int, like: Callable[[int], float]) -> int | None:
        """The child, in `outline`, of one of a pair that holds what the other one said itself.

        It holds the words if it reads like them and its parent does not; or the items, if several
        of them stand below it as they were.
        """
        inside, outside = (b, a) if outline is self.new else (a, b)
        other = self.old if outline is self.new else self.new
        done = self.taken if outline is self.new else self.partner
        children = [
            child
            for child in outline.children(inside)
            if child not in done and outline.nodes[child].provision.kind in _NUMBERED
        ]
        if not children:
            return None
        if len(other.nodes[outside].own()) >= OWN_WORDS:
            best, place = max((like(child), -child) for child in children)
            if best >= max(ALIKE_SHIFTED, self.similarity.own_ratio(a, b) + KEPT_LESS):
                return -place
        items = _contents(other, outside)
        kept = (items & _contents(outline, inside)).total()
        most, place = max(
            ((items & _contents(outline, child)).total(), -child) for child in children
        )
        return -place if most >= max(ITEMS, kept + 1) else None

    def _only_ones(self, olds: list[int], news: list[int]) -> None:
        """Unnumbered parts of one kind (a quoted block, flush text) without a rival are one."""
        unnumbered_a = [a for a in olds if not self.old.nodes[a].provision.enum]
        unnumbered_b = [b for b in news if not self.new.nodes[b].provision.enum]
        every = self._groups(unnumbered_a, unnumbered_b, lambda node: node.provision.kind)
        for group_a, group_b in every:
            free_a, free_b = self._free(group_a, group_b)
            if len(free_a) == len(free_b) == 1:
                a, b = free_a[0], free_b[0]
                self._pair(a, b, Method.PATH, self.similarity.ratio(a, b))

    # -- elsewhere ------------------------------------------------------------------------------

    def _elsewhere(self) -> None:
        olds, news = self._movable(self.old, self.partner), self._movable(self.new, self.taken)
        if not olds or not news:
            return
        olds.sort(key=lambda a: (-self.old.nodes[a].size, a))
        news.sort(key=lambda b: (-self.new.nodes[b].size, b))
        self._equal(olds, news, Method.MOVED)
        free_a, free_b = self._free(olds, news)
        scores: dict[tuple[int, int], float] = {}
        for a, b in self._candidates(free_a, free_b):
            left, right = self.old.nodes[a], self.new.nodes[b]
            size_a, size_b = left.size, right.size
            if not comparable(left.provision.kind, right.provision.kind):
                continue
            if 2 * min(size_a, size_b) < ALIKE_ELSEWHERE * (size_a + size_b):
                continue
            ratio = self.similarity.ratio(a, b)
            if ratio >= ALIKE_ELSEWHERE:
                same_name = name(left) == name(right) != ""
                scores[a, b] = ratio + 0.1 * same_name + 0.001 * min(size_a, size_b, 100)
                scores[a, b] += self._level_with(a, b)
        for a, b in sorted(assign(scores), key=self._both_sizes, reverse=True):
            if a not in self.partner and b not in self.taken:
                self._pair(a, b, Method.MOVED, self.similarity.ratio(a, b))
                self._inside(a, b)
        self._vouched_for()

    def _vouched_for(self) -> None:
        """Provisions are one if they read alike and a part of one was found in the other."""
        found = [(a, b) for a, b in self.partner.items() if a != ROOT]
        while found:
            scores: dict[tuple[int, int], float] = {}
            for part_a, part_b in found:
                a, b = self.old.nodes[part_a].parent, self.new.nodes[part_b].parent
                if a in self.partner or b in self.taken:
                    continue
                kinds = self.old.nodes[a].provision.kind, self.new.nodes[b].provision.kind
                ratio = self.similarity.ratio(a, b)
                if comparable(*kinds) and ratio >= ALIKE:
                    scores[a, b] = ratio + self._level_with(a, b)
            found = assign(scores)
            for a, b in found:
                self._pair(a, b, Method.MOVED, self.similarity.ratio(a, b))
                self._inside(a, b)

    def _both_sizes(self, pair: tuple[int, int]) -> int:
        return self.old.nodes[pair[0]].size + self.new.nodes[pair[1]].size

    def _level_with(self, a: int, b: int) -> float:
        """A trifle for as many levels below: what holds only one provision reads just like it."""
        return 0.002 / (1 + abs(self.old.nodes[a].height - self.new.nodes[b].height))

    def _movable(self, outline: Outline, done: dict[int, int]) -> list[int]:
        return [
            node.index for node in outline.nodes if node.index not in done and node.size >= MOVABLE
        ]


def _standing_once(outline: Outline) -> dict[int, int]:
    """By content, the provisions of some words that no other one of the bill reads like."""
    counts = Counter(node.content for node in outline.nodes)
    return {
        node.content: node.index
        for node in outline.nodes
        if counts[node.content] == 1 and node.size >= MOVABLE
    }


def _container(outline: Outline, index: int) -> int:
    """The nearest division, title or the like around a provision, or `ROOT`."""
    above = (x for x in outline.ancestors(index) if x != ROOT)
    return next((x for x in above if outline.nodes[x].provision.kind in CONTAINERS), ROOT)


def _contents(outline: Outline, index: int) -> Counter[int]:
    """The contents of the items below a provision, as often as they occur."""
    return Counter(outline.nodes[child].content for child in outline.children(index))


def comparable(old: str, new: str) -> bool:
    """Whether a provision of one kind can have become one of the other.

    A paragraph may become a subparagraph, but a quoted block is never the paragraph that carries
    it, though they share almost all their words.
    """
    return old == new or (old in _NUMBERED and new in _NUMBERED)


def name(node: Node) -> str:
    """By what a drafter knows a provision: its heading, else the term that it defines."""
    provision = node.provision
    if provision.heading:
        return folded(provision.heading).lower().rstrip(". ")
    if provision.text[: len("the term ")].lower() == "the term ":
        for span in provision.spans:
            if span.kind in ("term", "quote") and span.start <= len("the term "):
                return "the term " + folded(span.of(provision.text)).lower()
    return ""
