"""The domain gate: words of general use count only where the section is about the subject.

"Evidence-based practices" stands in thousands of bills on schools and health; 97 % of such hits vanish
when the section must be in scope (TAXONOMY section 3).  A section is in scope with an anchor leaf, with
two words of the field, or, for one provision, with one such word in it, its lead-in or its headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from legannot.tag.folding import fold
from legannot.tag.matching import Match, View
from legannot.tag.notation import Compiled, compile_pattern, words_of
from legannot.tag.packs import Leaf, Packs

# One mention of AI in a long section is often an aside ("including by artificial intelligence").
WORDS_OF_A_SECTION = 2


@dataclass(frozen=True, slots=True)
class Scope:
    """Which words put a provision or section in scope: those of AI, and those of its neighbours."""

    ai: Compiled
    field: Compiled

    @classmethod
    def of(cls, packs: Packs) -> Scope:
        """The scope words of the packs: the word lists `@ai-word` and `@scope-word`."""
        return cls(
            compile_pattern("@ai-word", packs.lists),
            compile_pattern("@scope-word", packs.lists),
        )

    def holds(self, text: str) -> bool:
        """Whether a folded text has a word of the field."""
        return self._count(self.field, text, 1) > 0 or self._count(self.ai, text, 1) > 0

    def ai_words(self, text: str) -> int:
        """How many AI words a folded text has, up to `WORDS_OF_A_SECTION`."""
        return self._count(self.ai, text, WORDS_OF_A_SECTION)

    @staticmethod
    def _count(pattern: Compiled, text: str, enough: int) -> int:
        words = words_of(text)
        if not all(need & words for need in pattern.needs):
            return 0
        found = 0
        for _ in pattern.regex.finditer(text):
            found += 1
            if found == enough:
                break
        return found


@dataclass(slots=True)
class Section:
    """What is known of one section while its provisions are tagged."""

    texts: list[str] = field(default_factory=list)
    anchored: bool = False
    _ai: bool | None = None

    def in_scope(self, scope: Scope) -> bool:
        """Whether the whole section is in scope."""
        if self.anchored:
            return True
        if self._ai is None:
            seen = 0
            for text in self.texts:
                seen += scope.ai_words(fold(text))
                if seen >= WORDS_OF_A_SECTION:
                    break
            self._ai = seen >= WORDS_OF_A_SECTION
        return self._ai


def passed(
    matches: Iterable[Match],
    view: View,
    section: Section,
    scope: Scope,
) -> tuple[Match, ...]:
    """The matches that the gate lets through."""
    open_: bool | None = None
    kept: list[Match] = []
    for match in matches:
        if match.rule.gated:
            if open_ is None:
                open_ = section.in_scope(scope) or scope.holds(view.around)
            if not open_:
                continue
        kept.append(match)
    return tuple(kept)


def anchors(matches: Iterable[Match], leaves: Mapping[str, Leaf]) -> bool:
    """Whether one of the matches puts its section in scope."""
    return any(not m.rule.gated and leaves[m.rule.topic].anchor for m in matches)
