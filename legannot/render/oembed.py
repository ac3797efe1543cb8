"""A page for embedding elsewhere, as oEmbed has it: a frame of fixed size that leads to it.

Rules: oEmbed 1.0 (oembed.com), section 2.3.4.4, type `rich`.  The height is in pixels: frames that
take theirs from the page collapsed to nothing in editors.
"""

from __future__ import annotations

from markupsafe import Markup

from legannot.model.report import Report
from legannot.render.inert import inert
from legannot.render.json import Document

WIDTH, HEIGHT = 720, 640
# Seconds: a page of a version does not change, a newer version has its own.
_CACHED = 86_400
_FRAME = Markup(
    '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
    ' referrerpolicy="no-referrer" sandbox="allow-popups allow-scripts"></iframe>'
)


def oembed(report: Report, url: str) -> Document:
    """The answer for the page of a report that stands at `url`."""
    title = title_of(report)
    return {
        "schema": "legannot/oembed/1",
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "legannot",
        "cache_age": _CACHED,
        "width": WIDTH,
        "height": HEIGHT,
        "html": str(_FRAME.format(url, title, WIDTH, HEIGHT)),
    }


def title_of(report: Report) -> str:
    """`H.R. 8315 Open Release Act: rh to eh`."""
    new = report.bills[-1]
    codes = dict.fromkeys(bill.version for bill in report.bills if bill.version)
    name = f"{new.label} {new.title or new.official_title}".strip()
    ends = list(codes)[:1] + list(codes)[1:][-1:]
    return inert(f"{name}: {' to '.join(ends)}" if ends else name)
