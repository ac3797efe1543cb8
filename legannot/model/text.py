"""Standoff spans: what is known of a stretch of a provision's text, without touching the text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points of one text, with a kind and an optional normalised value.

    `kind` is the name of the Bill DTD element the range came from (`quote`, `term`,
    `external-xref`, `italic` ...) or `struck` / `inserted` for committee markup inside a text.
    `value` is the target of a cross-reference (`parsable-cite`, `idref`) and empty for the others.
    """

    start: int
    end: int
    kind: str
    value: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} is not a range")

    def of(self, text: str) -> str:
        """The words that this span covers in `text`."""
        return text[self.start : self.end]
