"""What the elements of a format become: the vocabulary in which each format's table is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, auto

from lxml import etree

from legannot.model import Context, Markup


class Action(IntEnum):
    """What a reader does with an element."""

    RUN = auto()  # its words are a run of their own in the level around it: `text`, `content`, `p`
    BLOCK = auto()  # a level, table, quoted block ...: a node below the level around it
    INLINE = auto()  # a span over words
    NUM = auto()  # the enumerator of the level around it
    HEADING = auto()  # the heading of the level around it
    THROUGH = (
        auto()
    )  # a container without number or heading: what it holds belongs to the level around
    JOIN = auto()  # a column of an entry: words between blanks, no span
    BREAK = auto()  # a blank between words
    PICTURE = auto()  # a span inside a sentence, a node between levels
    NOTE = auto()  # a node that stands after the sentence to which it is anchored
    MARGIN = auto()  # printed beside the text by the printer: kept apart from it
    AFTER_QUOTE = auto()  # the stop that follows a quoted block, printed on its last line
    SILENT = auto()  # holds no words of the body


@dataclass(frozen=True, slots=True)
class Rule:
    """What one element becomes.

    `kind` is that of the node or span.  `targets` are attributes of which the first that is there
    is the value of the span.  `choose`, where an element is several things, gives the rule for one
    occurrence.
    """

    action: Action
    kind: str
    context: Context | None = None
    sign: str = ""
    mark: Markup | None = None
    targets: tuple[str, ...] = ()
    choose: Callable[[etree._Element], Rule] | None = None


Rules = Mapping[str, Rule]


def names(text: str) -> frozenset[str]:
    """A table of element names, written as words."""
    return frozenset(text.split())


def rules(action: Action, elements: Iterable[str], kinds: Mapping[str, str]) -> dict[str, Rule]:
    """The same action for many elements, each under its own name unless `kinds` gives another."""
    return {name: Rule(action, kinds.get(name, name)) for name in elements}
