"""Documents that the DTDs allow, made by chance: every content model is walked as it is written.

`document(seed)` is the same for a seed each time.  What the corpus never shows is in them: tables
in footnotes, quoted blocks in headings, notes in notes, amendments with several instructions ...
"""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lxml import etree

from tests.parse.raw import OUTSIDE, content_models, dtds

if TYPE_CHECKING:
    from lxml.etree._dtd import _DTDElementContentDecl, _DTDElementDecl

ROOTS = ("bill", "resolution", "amendment-doc")
# A picture has no words of its own; its name stands for it.
LEFT_OUT = OUTSIDE | {"graphic", "formula", "image-data", "graphic-caption"}
DEEPEST = 14  # elements: deeper ones hold only words, if they may
MOST = 3  # of what may be repeated without end
WORDS = (
    *("the", "Secretary", "shall", "may", "(1)", "(a)", "10", "26", "; and", ".", ",", "—", "§"),
    *(
        "“",
        "”",
        "section",
        " ",
        "  ",
        "\n   ",
        "\u2002",
        "\u00a0",
        "\u2009",
        "\u00ad",
        "Cafe\u0301",
    ),
    *(
        "\u0301",
        "naïve",
        "develop\u00adment",
        "Sec. 3.",
        "\U0001f600",
        "x-y",
        "4.5",
        "&",
        "<",
        "or;",
    ),
    *("Findings", "Congress finds"),
)
BREAKS = ("", "", "", "<!-- a note -->", "<?page 3?>", "<![CDATA[ <b> ]]>", "&#8194;", "&sect;")


@cache
def declarations() -> dict[str, tuple[_DTDElementDecl, ...]]:
    """What every DTD declares of each element; the trees are kept alive with them."""
    found: dict[str, tuple[_DTDElementDecl, ...]] = {}
    for file in dtds():
        dtd = etree.DTD(file)
        _KEPT.append(dtd)
        for element in dtd.iterelements():
            if element.name and not element.prefix:
                found[element.name] = (*found.get(element.name, ()), element)
    return found


_KEPT: list[etree.DTD] = []


def document(seed: int) -> str:
    """A document of one of the three roots."""
    maker = _Maker(random.Random(seed))
    root = maker.rng.choice(ROOTS)
    return f'<!DOCTYPE {root} SYSTEM "{root}.dtd">\n{maker.element(root)}'


class _Maker:
    """Makes elements by chance until there are enough; then what is open is ended with words."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._left = rng.choice((20, 80, 300))

    def element(self, name: str, depth: int = 0) -> str:
        """An element with what its content model allows."""
        if name == "#":
            return _words(self.rng)
        if name in LEFT_OUT or name not in declarations():
            return ""
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            inside = _words(self.rng) if "#" in content_models()[name] else ""
        else:
            inside = "".join(self.element(child, depth + 1) for child in _choice(name, self.rng))
        return f"<{name}>{inside}</{name}>"


def _choice(name: str, rng: random.Random) -> list[str]:
    """The children of an element in one order that a content model allows; `#` for words."""
    content = rng.choice(declarations()[name]).content
    return list(_pick(content, rng)) if content is not None else []


def _pick(content: _DTDElementContentDecl, rng: random.Random) -> list[str]:
    found: list[str] = []
    for _ in range(_times(content.occur, rng)):
        if content.type == "pcdata":
            found.append("#")
        elif content.type == "element" and content.name:
            found.append(content.name)
        else:
            parts = [part for part in (content.left, content.right) if part is not None]
            if content.type == "or":
                found += _pick(rng.choice(_alternatives(content)), rng)
            else:
                found += [name for part in parts for name in _pick(part, rng)]
    return found


def _alternatives(content: _DTDElementContentDecl) -> list[_DTDElementContentDecl]:
    """All the branches of a choice, which libxml2 holds as pairs in pairs."""
    found: list[_DTDElementContentDecl] = []
    for part in (content.left, content.right):
        if part is not None and part.type == "or" and part.occur == "once":
            found += _alternatives(part)
        elif part is not None:
            found.append(part)
    return found


def _times(occur: str | None, rng: random.Random) -> int:
    fewest = {"opt": 0, "mult": 0}.get(occur or "", 1)
    most = {"mult": MOST, "plus": MOST}.get(occur or "", 1)
    return rng.randint(fewest, most)


def _words(rng: random.Random) -> str:
    words = [rng.choice(WORDS) + rng.choice(("", " ")) for _ in range(rng.randint(0, 4))]
    return "".join(escape(word) + rng.choice(BREAKS) for word in words)
