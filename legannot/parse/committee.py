"""What a committee did to an element of a reported print, by its attributes."""

from __future__ import annotations

import re

from lxml import etree

from legannot.model import Markup

_CHANGED = {
    "added": Markup.INSERTED,
    "deleted": Markup.STRUCK,
    "not-changed": Markup.NONE,
    "notChanged": Markup.NONE,  # USLM's spelling
}
_SIGNS = (b"changed", b"reported-display-style")
_GIVEN = re.compile(rb"\s*=")
_PHRASES = (b"<added-phrase", b"<deleted-phrase")
# A tag of a bill is shorter; a search through a longer one would never end.
_LONGEST_TAG = 2000
# bill.dtd, attribute reported-display-style.  Brackets and parentheses print either, so only these
# two groups outweigh the attribute `changed`.
_STRUCK_STYLES = frozenset(("strikethrough",))
_INSERTED_STYLES = frozenset(("italic", "boldface-roman", "boldface-italic"))


def may_be_marked(source: bytes) -> bool:
    """Whether any element of a document may carry a committee's mark as an attribute.

    Most files have none, and looking for it on every element costs a fifth of the time.  A phrase
    carries its mark in its name.
    """
    if b"\x00" in source:
        # UTF-16: each element must tell.
        return True
    return any(_elsewhere(source, sign) for sign in _SIGNS)


def _elsewhere(source: bytes, sign: bytes) -> bool:
    """Whether an attribute stands in any tag but a phrase's."""
    at = source.find(sign)
    while at >= 0:
        if _GIVEN.match(source, at + len(sign)):
            begins = source.rfind(b"<", max(0, at - _LONGEST_TAG), at)
            if not source.startswith(_PHRASES, begins):
                return True
        at = source.find(sign, at + 1)
    return False


class Committee:
    """Reads marks; `notices` takes the elements whose attributes disagree."""

    def __init__(self, notices: list[str]) -> None:
        self.notices = notices

    def mark(self, element: etree._Element, inherited: Markup) -> Markup:
        """The mark of an element under one marked `inherited`."""
        changed = element.get("changed")
        style = element.get("reported-display-style")
        if not changed and not style:
            return inherited
        said = _CHANGED.get(changed or "", inherited)
        return self._printed(element, style or "", said, changed or "")

    def phrase(self, element: etree._Element, said: Markup) -> Markup:
        """The mark of an `added-phrase` or `deleted-phrase`."""
        style = element.get("reported-display-style")
        return self._printed(element, style, said, str(element.tag)) if style else said

    def _printed(self, element: etree._Element, style: str, said: Markup, how: str) -> Markup:
        # usgpo/api #170: some files mark struck text `added`; the printed style is the surer sign.
        if style in _STRUCK_STYLES:
            printed = Markup.STRUCK
        elif style in _INSERTED_STYLES:
            printed = Markup.INSERTED
        elif style and said is Markup.NONE:
            return Markup.STRUCK if "brackets" in style else Markup.INSERTED
        else:
            return said
        if how and said is not printed:
            self.notices.append(
                f"line {element.sourceline}: {element.tag!s} is marked {how!r} but printed"
                f" {style!r}; the printed style was followed"
            )
        return printed
