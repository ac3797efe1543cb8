"""What a change consists of: words, numbers, cross-references that follow a renumbering, or
typography.

The class is decided by what the edits hold.  A cross-reference edit is noise only if the provision
that the old words point to really became the one that the new words point to; if not, it is a
change of numbers and says so:

    "under section 8" -> "under section 18"   cross-reference, if old sec. 8 is new sec. 18
                                              numbers, with a note, if it is not

Where a reference leads, and whether it is of this bill at all, `read` knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from legannot.model import Bill, ChangeClass, Context, Provision, number

if TYPE_CHECKING:
    from legannot.model import Citation
    from legannot.read.tree import Tree

_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBER = re.compile(
    r"\$?\d[\d,]*(?:\.\d+)?%?|\b(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|fifteen|eighteen|twenty|thirty|sixty|ninety)\b|\([a-zA-Z0-9]{1,5}\)",
    re.IGNORECASE,
)
# What the label of a provision can be: 8, 8A, 744.11, (b), IV, B.
_LABEL = re.compile(r"\b\d[\w.–-]*|\([A-Za-z0-9]{1,5}\)|\b(?:[IVXLC]+|[A-Z]{1,2})\b")
# Words of a reference before a label of it: "section ", "paragraphs (1), (2), and ".
_REFERS = re.compile(
    r"(?:\bsec\.|section|paragraph|clause|item|title|chapter|part|division)s?\s[^.;]{0,60}$",
    re.IGNORECASE,
)
# In characters.
_NEAR = 80
_FIRST = re.compile(
    r"(?<!\w)(?:\d[\w.–-]*|(?:[IVXLC]+|[A-Z]{1,2})\b|(?=\())(?:\s?\([A-Za-z0-9]{1,5}\))*"
)
_ONE = re.compile(r"\w[\w.–-]*")


class Judgement(NamedTuple):
    """The class of a change, and a sentence where it needs one."""

    klass: ChangeClass
    note: str = ""


class Classes:
    """Judges the changes between two versions; `partner` maps every old path to its new one.

    The grammar of references is loaded, and a version laid out for it, only where two texts differ
    in labels alone: few do, and most redlines have none.
    """

    def __init__(self, old: Bill, new: Bill, partner: Mapping[str, str]) -> None:
        self._old = _Side(old)
        self._new = _Side(new)
        self._partner = partner

    def judge(self, old: Provision, new: Provision) -> Judgement:
        """Class of the change of a provision's heading and own words."""
        was, now = _whole(old), _whole(new)
        if _bare(was) == _bare(now):
            return Judgement(ChangeClass.TYPOGRAPHY)
        if _may_refer(was, now):
            before, after = self._old.references(old.path), self._new.references(new.path)
            if len(before) == len(after) and _without(before, was) == _without(after, now):
                wrong = [*self._wrong(before, after)]
                if not wrong:
                    return Judgement(ChangeClass.CROSS_REFERENCE)
                return Judgement(ChangeClass.NUMBERS, "; ".join(wrong))
        if _bare(_NUMBER.sub(" 0 ", was)) == _bare(_NUMBER.sub(" 0 ", now)):
            return Judgement(ChangeClass.NUMBERS)
        return Judgement(ChangeClass.WORDS)

    def _wrong(self, before: Sequence[_Reference], after: Sequence[_Reference]) -> Iterator[str]:
        """A sentence for every reference that changed and does not follow a renumbering."""
        for was, now in zip(before, after, strict=True):
            if was.words == now.words:
                continue
            follows = was.target and self._partner.get(was.target) == now.target
            # Labels below the target's own stand in its text, where nothing tells what became what.
            if not follows or was.rest != now.rest:
                yield f"{was.words} became {now.words}, but {self._whereabouts(was)}"

    def _whereabouts(self, was: _Reference) -> str:
        if not was.target:
            return "the former leads nowhere"
        found = self._partner.get(was.target)
        if not found:
            return f"{was.target} is not found in both versions"
        return f"{was.target} {f'is now {found}' if found != was.target else 'kept its number'}"


class _Reference(NamedTuple):
    """An internal reference in heading and text, and the path that it leads to, if it does.

    `rest` is the innermost label if it stands in the text of the target and is not its own.
    """

    start: int
    end: int
    words: str
    target: str
    rest: str


class _Side:
    """The references of one version."""

    def __init__(self, bill: Bill) -> None:
        self._bill = bill

    @cached_property
    def _tree(self) -> Tree:
        from legannot.read.tree import Tree

        return Tree(self._bill)

    def references(self, path: str) -> list[_Reference]:
        """Those of a provision, by their places in its heading and text as one string."""
        provision = self._tree.provisions[path]
        found: Sequence[tuple[Sequence[Citation], int]]
        behind = len(provision.heading) + 1
        if provision.context is Context.TOC:
            from legannot.read.references import listed

            found = ((listed(provision, self._tree), behind),)
        else:
            from legannot.read.citations import references

            heading, text = references(self._tree, path)
            found = ((heading, 0), (text, behind))
        return [
            _Reference(
                cited.start + offset, cited.end + offset, cited.quote, cited.target,
                self._rest(cited.quote, cited.target),
            )
            for cites, offset in found
            for cited in cites
        ]  # fmt: skip

    def _rest(self, words: str, target: str) -> str:
        first = _FIRST.search(words)
        label = _ONE.findall(first.group())[-1] if first else ""
        own = number(self._tree.provisions[target].enum) if target else ""
        return "" if label == own else label


def _may_refer(was: str, now: str) -> bool:
    """Whether two texts differ in labels alone, and in none but such as may be of references."""
    if _bare(_LABEL.sub(" 0 ", was)) != _bare(_LABEL.sub(" 0 ", now)):
        return False
    pairs = zip(_LABEL.finditer(was), _LABEL.finditer(now), strict=False)
    return all(
        a.group() == b.group() or _REFERS.search(was, max(0, a.start() - _NEAR), a.start())
        for a, b in pairs
    )


def _whole(provision: Provision) -> str:
    return f"{provision.heading} {provision.text}"


def _bare(text: str) -> str:
    return _NOT_WORDS.sub("", text).lower()


def _without(references: Sequence[_Reference], text: str) -> str:
    """The letters of a text with the labels of its references taken out."""
    rest, at = [], 0
    for one in references:
        rest += [text[at : one.start], _LABEL.sub(" # ", text[one.start : one.end])]
        at = one.end
    return _bare("".join([*rest, text[at:]]))
