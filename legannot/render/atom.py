"""An Atom feed (RFC 4287): the same entries give the same bytes, and no clock is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from legannot.render.inert import inert

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.w3.org/2005/Atom"
# What an undated text is dated to: a feed without dates is no feed (RFC 4287, 4.2.15), and the day
# on which somebody happened to make it would change with every run.
UNDATED = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to tell: `id` is an address that never changes, `day` an ISO 8601 day.

    `html` is the body; whoever makes it has escaped what is not markup.  `topics` are words to
    filter by.
    """

    id: str
    title: str
    day: str
    link: str
    html: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: `address` is its own, or else a name; `link` that of the page it stands for."""

    address: str
    title: str
    author: str
    link: str
    entries: tuple[Entry, ...]


def atom(feed: Feed) -> bytes:
    """The feed as XML in UTF-8; characters that XML or a reader cannot bear are shown as U+FFFD."""
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}feed", nsmap={None: NAMESPACE})
    _add(root, "title", feed.title)
    _add(root, "id", feed.address)
    _add(root, "updated", max((_instant(e.day) for e in feed.entries), default=_instant("")))
    if feed.address.startswith(("https://", "http://")):
        _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.link)
    _add(_add(root, "author"), "name", feed.author)
    for entry in feed.entries:
        node = _add(root, "entry")
        _add(node, "title", entry.title)
        _add(node, "id", entry.id)
        _add(node, "updated", _instant(entry.day))
        _add(node, "link", rel="alternate", type="text/html", href=entry.link)
        for topic in entry.topics:
            _add(node, "category", term=topic)
        _add(node, "content", entry.html, type="html")
    etree.indent(root)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def newest_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """By day, the newest first; entries of one day in the order given."""
    return tuple(sorted(entries, key=lambda entry: entry.day, reverse=True))


def _instant(day: str) -> str:
    try:
        return f"{date.fromisoformat(day).isoformat()}T00:00:00Z"
    except ValueError:
        return f"{UNDATED}T00:00:00Z"


def _add(parent: _Element, name: str, text: str = "", **attributes: str) -> _Element:
    from lxml import etree

    node = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    for key, value in attributes.items():
        node.set(key, inert(value))
    if text:
        node.text = inert(text)
    return node


__all__ = ["NAMESPACE", "Entry", "Feed", "atom", "newest_first"]
