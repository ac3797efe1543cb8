"""Mixed content to one folded string with spans: the only place where words are joined."""

from __future__ import annotations

from unicodedata import combining, normalize

from legannot.model import Span

_SOFT_HYPHEN = "\u00ad"
# Combining accents begin right after it.
_LAST_LETTER = "\u02ff"


def fold(text: str) -> str:
    """Source text with single spaces, NFC and without soft hyphens.

    Whitespace of every kind is folded (FACTS: a reprint differs in en-spaces and line breaks only).
    """
    # The only blank that Python calls printable is the plain space, and soft hyphens are not: most
    # texts need no more than this look.
    if text.isprintable() and "  " not in text:
        text = text.strip(" ")
        return text if text.isascii() else normalize("NFC", text)
    if not text.isascii():
        text = normalize("NFC", text.replace(_SOFT_HYPHEN, ""))
    return " ".join(text.split())


class Words:
    """Collects the pieces of one text in order, folded across piece boundaries; `mark` puts a span
    over what came since a position.
    """

    __slots__ = ("_blank", "_parts", "length", "spans")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blank = False
        # Of the words so far: none as long as it is zero.
        self.length = 0
        self.spans: list[Span] = []

    def add(self, piece: str) -> int:
        """Append source text as it stands; gives where its first word begins."""
        folded = fold(piece)
        if _SOFT_HYPHEN in piece:
            piece = piece.replace(_SOFT_HYPHEN, "")
        start = self.length
        if not folded:
            if piece:
                self._blank = True
            return start
        if start and (self._blank or piece[0].isspace()):
            self._parts.append(" ")
            start += 1
        elif folded[0] > _LAST_LETTER and start and combining(folded[0]):
            # An accent that an element's edge cut from its letter.
            letter = self._parts.pop()
            start -= len(letter)
            folded = normalize("NFC", letter + folded)
        self._parts.append(folded)
        self.length = start + len(folded)
        self._blank = piece[-1].isspace()
        return start

    def blank(self) -> None:
        """A break between words, such as a line break."""
        self._blank = True

    def mark(self, start: int, kind: str, value: str = "") -> None:
        """Put a span over what was added since `length` was `start`, less the blank before it."""
        end = self.length
        if start < end:
            if self._blank_at(start):
                start += 1
            self.spans.append(Span(start, end, kind, value))

    def _blank_at(self, position: int) -> bool:
        offset = self.length
        for part in reversed(self._parts):
            offset -= len(part)
            if offset <= position:
                return part[position - offset] == " "
        return False

    def text(self) -> str:
        """All the words, folded."""
        return "".join(self._parts)
