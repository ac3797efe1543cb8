"""An Atom feed: what RFC 4287 asks for, and nothing that a hostile text could add."""

from __future__ import annotations

from lxml import etree

from legannot.render.atom import NAMESPACE, Entry, Feed, atom, newest_first

NAMES = {"a": NAMESPACE}


def entry(number: int, day: str = "2026-06-02", title: str = "A change") -> Entry:
    place = f"https://example.org/{number}/"
    return Entry(place, title, day, place, "<p><del>may</del><ins>shall</ins></p>", ("ow.release",))


def feed(*entries: Entry, title: str = "Bills") -> etree._Element:
    made = Feed(
        "https://example.org/feed.xml", title, "A House", "https://example.org/", tuple(entries)
    )
    return etree.fromstring(atom(made))


def test_a_feed_has_what_the_standard_requires() -> None:
    root = feed(entry(1), entry(2, "2026-07-09"))
    assert root.findtext("a:id", namespaces=NAMES) == "https://example.org/feed.xml"
    assert root.findtext("a:updated", namespaces=NAMES) == "2026-07-09T00:00:00Z"
    assert root.findtext("a:author/a:name", namespaces=NAMES) == "A House"
    for node in root.iterfind("a:entry", NAMES):
        for name in ("id", "title", "updated", "content"):
            assert node.findtext(f"a:{name}", namespaces=NAMES)
        assert node.find("a:link", NAMES) is not None


def test_marks_are_html_for_the_reader_and_text_for_the_file() -> None:
    root = feed(entry(1))
    content = root.find("a:entry/a:content", NAMES)
    assert content is not None
    assert content.get("type") == "html"
    assert content.text == "<p><del>may</del><ins>shall</ins></p>"
    assert len(content) == 0


def test_what_xml_cannot_hold_is_shown_and_breaks_nothing() -> None:
    root = feed(entry(1, title="]]><script>\u0000\u0008\ufffe\ud800 \u202e"), title="<b>&\u000b")
    assert root.findtext("a:title", namespaces=NAMES) == "<b>&\ufffd"
    title = root.findtext("a:entry/a:title", namespaces=NAMES)
    assert title == "]]><script>\ufffd\ufffd\ufffd\ufffd \ufffd"


def test_an_empty_or_undated_feed_is_still_a_feed() -> None:
    assert feed().findtext("a:updated", namespaces=NAMES) == "1970-01-01T00:00:00Z"
    for day in ("", "<b>", "2026-13-40"):
        made = feed(entry(1, day)).findtext("a:entry/a:updated", namespaces=NAMES)
        assert made == "1970-01-01T00:00:00Z"


def test_the_newest_comes_first_and_a_day_keeps_its_order() -> None:
    made = (entry(1, "2026-01-01"), entry(2, "2026-03-01"), entry(3, "2026-03-01"))
    assert [e.id[-2] for e in newest_first(made)] == ["2", "3", "1"]


def test_the_same_entries_give_the_same_bytes() -> None:
    made = Feed("https://example.org/f.xml", "T", "H", "https://example.org/", (entry(1),))
    assert atom(made) == atom(made)
