"""Alerts as text, as a page, as an e-mail and as entries of a feed.

Titles and quoted words come from bills, and a bill may be written by anybody: they are escaped in
markup, and characters that could steer a terminal, break a header or reorder text are shown as
U+FFFD.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from legannot.render.atom import Entry, Feed, atom
from legannot.render.inert import inert
from legannot.track.values import Alert, SubjectCount

NOTHING = "Nothing in your subjects."
_WIDTH = 78
# A subject line of a mail that readers still show.
_SUBJECT = 120


def text(alerts: Sequence[Alert]) -> str:
    """The digest as plain text."""
    if not alerts:
        return "Nothing new.\n"
    return "\n".join("".join(f"{line}\n" for line in _lines(alert)) for alert in alerts)


def _lines(alert: Alert) -> Iterator[str]:
    yield from _wrapped(alert.headline)
    if alert.title:
        yield from _wrapped(alert.title, 2)
    if alert.note:
        yield from _wrapped(f"Your note: {alert.note}", 2)
    if alert.nothing:
        yield from _wrapped(_nothing(alert), 2)
    for line in alert.lines:
        yield from _wrapped(f"- {line}", 2)
    if alert.elsewhere:
        yield "  Elsewhere:"
        for line in alert.elsewhere:
            yield from _wrapped(f"- {line}", 4)
    if alert.counts:
        yield from _wrapped(f"Provisions by subject: {'; '.join(map(counted, alert.counts))}", 2)
    for words, address in alert.links:
        yield inert(f"  {words}: {address}")


def _nothing(alert: Alert) -> str:
    return NOTHING if alert.subjects else "No change of words."


def counted(count: SubjectCount) -> str:
    """`Entity List 2 -> 3`."""
    if count.before is None:
        return f"{count.label} {count.after}"
    return f"{count.label} {count.before} -> {count.after}"


def _wrapped(line: str, indent: int = 0) -> list[str]:
    hanging = indent + (2 if line.startswith("- ") else 0)
    return textwrap.wrap(
        inert(" ".join(line.split())), _WIDTH, initial_indent=" " * indent,
        subsequent_indent=" " * hanging, break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def page(alerts: Sequence[Alert]) -> str:
    """The digest as one HTML page without scripts."""
    body = "".join(f"<h2>{_safe(a.headline)}</h2>{fragment(a)}" for a in alerts)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\"><title>What is new of the bills you follow</title>"
        "<style>body{max-width:44rem;margin:2rem auto;padding:0 1rem;"
        "font:1rem/1.5 system-ui,sans-serif}</style></head><body>"
        "<h1>What is new of the bills you follow</h1>"
        f"{body or '<p>Nothing new.</p>'}</body></html>\n"
    )


def fragment(alert: Alert) -> str:
    """One alert as HTML, without its headline."""
    parts = [
        f"<p>{_safe(alert.title)}</p>" if alert.title else "",
        f"<p>Your note: {_safe(alert.note)}</p>" if alert.note else "",
        f"<p><strong>{_nothing(alert)}</strong></p>" if alert.nothing else "",
        _list(alert.lines),
        f"<p>Elsewhere:</p>{_list(alert.elsewhere)}" if alert.elsewhere else "",
        f"<p>Provisions by subject: {_safe('; '.join(map(counted, alert.counts)))}</p>"
        if alert.counts
        else "",
        _links(alert.links),
    ]
    return "".join(parts)


def _list(lines: Sequence[str]) -> str:
    items = "".join(f"<li>{_safe(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _links(links: Iterable[tuple[str, str]]) -> str:
    items = " · ".join(
        f'<a href="{_safe(address)}">{_safe(words)}</a>'
        for words, address in links
        # Nothing but the web: an address of a script must not be one click away.
        if address.startswith("https://")
    )
    return f"<p>{items}</p>" if items else ""


def _safe(words: str) -> str:
    return escape(inert(words))


def mail(alerts: Sequence[Alert], *, day: str, sender: str = "", to: str = "") -> bytes:
    """The digest as a message (RFC 5322), in text and in HTML.

    Its Message-ID follows from the alerts, so that the same digest sent twice is one to a mail
    program.  Raises `ValueError` for an address that would break the header.
    """
    import hashlib

    message = EmailMessage(policy=SMTP)
    first = alerts[0].headline if alerts else "nothing new"
    more = f" and {len(alerts) - 1} more" if len(alerts) > 1 else ""
    message["Subject"] = " ".join(inert(first).split())[:_SUBJECT] + more
    if sender:
        message["From"] = sender
    if to:
        message["To"] = to
    message["Date"] = _rfc_date(day)
    digest = hashlib.sha256("\n".join(alert.urn for alert in alerts).encode()).hexdigest()
    message["Message-ID"] = f"<{digest[:32]}@track.legannot.invalid>"
    message.set_content(text(alerts))
    message.add_alternative(page(alerts), subtype="html")
    # The same alerts give the same bytes.
    message.set_boundary(f"=_{digest[:32]}")
    return message.as_bytes()


def _rfc_date(moment: str) -> str:
    from datetime import datetime
    from email.utils import format_datetime

    return format_datetime(datetime.fromisoformat(moment))


def feed(alerts: Sequence[Alert], subject: str, address: str) -> bytes:
    """The Atom feed of the list, or of one subject of it, newest first.

    `address` is where the feed will stand; empty gives it a name of its own.
    """
    name = f"Bills followed: {subject}" if subject else "Bills followed"
    own = address or f"tag:legannot,2026:track:{subject or 'all'}"
    entries = tuple(
        Entry(
            alert.urn,
            alert.headline,
            alert.at[: len("2026-01-01")],
            next(iter(address for _, address in alert.links), own),
            fragment(alert),
            alert.topics,
        )
        for alert in reversed(alerts)
    )
    return atom(Feed(own, name, "legannot", address or "https://www.congress.gov/", entries))
