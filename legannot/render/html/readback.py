"""The texts of both versions read back out of a page: proof that its marks are exact."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

# Blocks that hold words of the bill, and what stands in them that is not words of the bill.
_TEXT = "p"
_HEADING = "h"
_APPARATUS = frozenset(("n", "was", "lab", "nr", "step"))
_VOID = frozenset(("meta", "input", "br", "link", "hr", "img", "path", "line", "circle"))


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Headings and texts in the order of the page, empty ones left out."""

    old: tuple[str, ...]
    new: tuple[str, ...]


def rebuild(page: bytes) -> Rebuilt:
    """Both versions out of a page that `render` made.

    Without what stands in `<ins>` it is the old one, without what stands in `<del>` the new.  Each
    string is the heading or the text of one provision, hidden characters shown as U+FFFD.
    """
    reader = _Reader()
    reader.feed(page.decode("utf-8"))
    reader.close()
    return Rebuilt(tuple(reader.old), tuple(reader.new))


class _Reader(HTMLParser):
    """Follows open elements; words count while a block is open and no apparatus is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.old: list[str] = []
        self.new: list[str] = []
        self._open: list[tuple[str, frozenset[str]]] = []
        self._blocks: list[tuple[int, list[str], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        classes = frozenset((dict(attrs).get("class") or "").split())
        self._open.append((tag, classes))
        if _TEXT in classes or _HEADING in classes:
            self._blocks.append((len(self._open), [], []))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self._open:
            return
        if self._blocks and self._blocks[-1][0] == len(self._open):
            _, old, new = self._blocks.pop()
            for words, texts in (("".join(old), self.old), ("".join(new), self.new)):
                if stripped := words.strip():
                    texts.append(stripped)
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._blocks:
            return
        depth, old, new = self._blocks[-1]
        inside = self._open[depth:]
        if any(classes & _APPARATUS for _, classes in inside):
            return
        tags = {tag for tag, _ in self._open}
        if "ins" not in tags:
            old.append(data)
        if "del" not in tags:
            new.append(data)
