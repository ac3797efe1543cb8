"""Alerts handed on: text, page, mail and feed, whatever a bill's title holds."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from legannot.model import BillId
from legannot.track import Alert, Event, SubjectCount
from legannot.track.pages import feed, mail, page, text
from legannot.track.telling import bill_page, fits

ATOM = "{http://www.w3.org/2005/Atom}"
ALERT = Alert(
    BillId(119, "hr", 7),
    Event.VERSION,
    "119hr7rh abc",
    "2026-11-25T08:00:00Z",
    "H.R. 7: Reported in House, against Introduced in House",
    "Weights Act",
    ("ow.*",),
    lines=("Exemption, sec. 2, new: in: “openly published”",),
    counts=(SubjectCount("ow.exempt", "Exemption", 0, 1),),
    topics=("ow.exempt",),
    links=(("All about the bill", "https://www.congress.gov/bill/119th-congress/house-bill/7"),),
)
EVIL = "<script>alert(1)</script>\r\nBcc: all@example.org\u202e\x1b[2J\x00 & $(rm -rf ~) `id`"


def test_the_text_says_what_changed_and_where_to_read() -> None:
    words = text([ALERT])
    assert "- Exemption, sec. 2, new: in: “openly published”" in words
    assert "Provisions by subject: Exemption 0 -> 1" in words
    assert "https://www.congress.gov/bill/119th-congress/house-bill/7" in words


def test_nothing_in_the_subjects_is_said() -> None:
    alert = replace(ALERT, lines=(), elsewhere=("sec. 9, reworded:",), nothing=True)
    for words in (text([alert]), page([alert])):
        assert "Nothing in your subjects." in words
        assert "Elsewhere:" in words


def test_a_digest_without_alerts_says_so() -> None:
    assert text([]) == "Nothing new.\n"
    assert "Nothing new." in page([])


def test_a_mail_has_the_digest_as_text_and_as_a_page() -> None:
    raw = mail([ALERT], day=ALERT.at, sender="Ana <ana@example.org>", to="b@example.org")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["Subject"] == ALERT.headline
    assert message["To"] == "b@example.org"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    body = message.get_body(("plain",))
    assert body is not None
    assert "openly published" in body.get_content()
    assert not message.defects
    assert raw == mail([ALERT], day=ALERT.at, sender="Ana <ana@example.org>", to="b@example.org")


def test_a_title_cannot_become_markup_a_header_or_a_command_of_the_terminal() -> None:
    alert = replace(ALERT, headline=EVIL, title=EVIL, lines=(EVIL,), note=EVIL)
    tree = html.document_fromstring(page([alert]))
    assert tree.findall(".//script") == []
    message = email.message_from_bytes(mail([alert], day=alert.at), policy=email.policy.default)
    assert message["Bcc"] is None
    for words in (text([alert]), page([alert])):
        assert not {"\x1b", "\x00", "\u202e"} & set(words)
    entry = etree.fromstring(feed([alert], "", "")).find(f"{ATOM}entry")
    assert entry is not None
    content = html.fragment_fromstring(str(entry.findtext(f"{ATOM}content")), create_parent=True)
    assert content.findall(".//script") == []


def test_an_address_of_a_script_is_no_link() -> None:
    alert = replace(ALERT, links=(("Click", "javascript:alert(1)"),))
    assert "javascript:" not in page([alert])


@pytest.mark.parametrize("to", ["a@example.org\nBcc: b@example.org", "a@example.org\rX: y"])
def test_an_address_cannot_add_a_header(to: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        mail([ALERT], day=ALERT.at, to=to)


def test_the_feed_has_what_atom_demands() -> None:
    later = replace(ALERT, key="119hr7eh def", at="2026-11-26T08:00:00Z")
    root = etree.fromstring(feed([ALERT, later], "ow.*", "https://example.org/ow.atom"))
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    assert root.findtext(f"{ATOM}updated") == "2026-11-26T00:00:00Z"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "legannot"
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [later.urn, ALERT.urn]
    for entry in entries:
        for name in ("id", "title", "updated", "content"):
            assert entry.findtext(f"{ATOM}{name}")


def test_a_feed_reader_reads_the_feed() -> None:
    feedparser = pytest.importorskip("feedparser")
    read = feedparser.parse(feed([ALERT], "", "https://example.org/all.atom"))
    assert not read.bozo
    assert read.entries[0].title == ALERT.headline
    assert read.entries[0].id == ALERT.urn


@given(st.text(max_size=60), st.text(max_size=60))
def test_an_alert_is_kept_whole(headline: str, line: str) -> None:
    alert = replace(ALERT, headline=headline, lines=(line,), id=3)
    assert Alert.loads(alert.dumps(), 3) == alert
    etree.fromstring(feed([alert], "", ""))


@pytest.mark.parametrize(
    ("topic", "subjects", "expected"),
    [
        ("ow.exempt", (), True),
        ("ow.exempt", ("ow.*",), True),
        ("ow.exempt", ("ow",), True),
        ("ow.exempt", ("ow.exempt",), True),
        ("ow.exempt", ("o",), False),
        ("owx.exempt", ("ow.*",), False),
        ("list.entity", ("ow.*", "list.entity"), True),
        ("list.entity_other", ("list.entity",), False),
    ],
)
def test_a_subject_is_a_leaf_or_a_family(
    topic: str, subjects: tuple[str, ...], expected: bool
) -> None:
    assert fits(topic, subjects) is expected


def test_the_page_of_a_bill_is_named_as_congress_names_it() -> None:
    assert bill_page(BillId(101, "sjres", 3)).endswith("/101st-congress/senate-joint-resolution/3")
    assert "/113th-congress/" in bill_page(BillId(113, "hr", 3))
