"""The domain gate: words of general use count only where the section is about the subject.

"Evidence-based practices" stands in thousands of bills on schools and health; 97 % of such hits
vanish when the section must be in scope (TAXONOMY section 3).  A section is in scope with an
anchor leaf, with two words of the field, or, for one provision, with one such word in it, its
lead-in or its headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from legannot.tag.matching import Match, View
from legannot.tag.notation import Compiled, compile_pattern
from legannot.tag.packs import Leaf, Packs

# One mention of AI in a long section is often an aside ("including by artificial intelligence").
WORDS_OF_A_SECTION = 2


@dataclass(frozen=True, slots=True)
class Scope:
    """Which words put a provision or section in scope: those of AI, and those of its neighbours."""

    ai: Compiled
    neighbours: Compiled

    def holds(self, view: View) -> bool:
        """Whether a provision, its lead-in or its headings have a word of the field."""
        return view.has(self.ai) or view.has(self.neighbours)

    def ai_words(self, view: View) -> Iterator[tuple[int, int]]:
        """The AI words of a provision's own text and heading; its lead-in is another's."""
        yield from self.ai.find(view.heading)
        yield from (span for span in self.ai.find(view.body) if span[1] > view.own)


@lru_cache(maxsize=4)
def scope(packs: Packs) -> Scope:
    """The scope words of `packs`: the word lists `@ai-word` and `@scope-word`."""
    return Scope(
        compile_pattern("@ai-word", packs.lists),
        compile_pattern("@scope-word", packs.lists),
    )


@dataclass(slots=True)
class Section:
    """What is known of one section while its provisions are tagged."""

    views: list[View] = field(default_factory=list)
    anchored: bool = False
    _about_ai: bool | None = None

    def in_scope(self, words: Scope) -> bool:
        """Whether the whole section is in scope."""
        if self.anchored:
            return True
        if self._about_ai is None:
            found = (span for view in self.views for span in words.ai_words(view))
            self._about_ai = len(tuple(islice(found, WORDS_OF_A_SECTION))) == WORDS_OF_A_SECTION
        return self._about_ai


def in_scope(view: View, section: Section, words: Scope) -> bool:
    """Whether the gate is open for a provision of this section."""
    return section.in_scope(words) or words.holds(view)


def anchors(matches: Iterable[Match], leaves: Mapping[str, Leaf]) -> bool:
    """Whether one of the matches puts its section in scope."""
    return any(leaves[match.rule.topic].anchor for match in matches)
