"""A report as one HTML file that asks for nothing else and is complete without script."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from markupsafe import Markup

from legannot.model.report import Report
from legannot.render import wording
from legannot.render.html.connections import connections
from legannot.render.html.effects import effects
from legannot.render.html.house import homeless, house_notes, in_order
from legannot.render.html.index import index
from legannot.render.html.notes import number_notes
from legannot.render.html.pictures import slope, version_line
from legannot.render.html.readback import Rebuilt, rebuild
from legannot.render.html.redline import in_margin, items
from legannot.render.html.segments import raised
from legannot.render.html.sizes import sizes
from legannot.render.html.summary import summary, version
from legannot.render.html.tables import (
    change_rows,
    concordance,
    heat_map,
    passing,
    quantity_rows,
)
from legannot.render.html.tally import unit_tallies
from legannot.render.inert import hidden, inert
from legannot.render.official import page_of
from legannot.resources import data

if TYPE_CHECKING:
    from jinja2 import Environment


#: How marks are set (REPORT 1.2): one markup, one class on the body.
LOOKS = {
    "legal": "Underlined",
    "lawfirm": "Law firm",
    "ramseyer": "Ramseyer",
    "cordon": "Cordon",
    "plain": "Plain signs",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a site puts around a report: into its head, before and after it, and a style sheet."""

    head: Markup
    before: Markup
    after: Markup
    style: str


def render(report: Report, frame: Frame | None = None, look: str = "legal") -> bytes:
    """The report as an HTML page in UTF-8; the same report gives the same bytes.

    `look` is one of `LOOKS`; a reader with script can change it in the page.

    Every text of the bill, a rule or a file name is escaped, and characters that hide or reorder
    text are shown as U+FFFD.  The page's Content-Security-Policy allows its own style and script by
    hash and nothing else.
    """
    look_up = index(report)
    tallies = unit_tallies(look_up)
    notes = number_notes(look_up)
    house = house_notes(look_up)
    redline = items(look_up, notes, tallies, house)
    head = summary(look_up, tallies)
    templates = _environment()
    style = _style(head.bill, [v.code for v in head.versions])
    if frame:
        style = f"{style}\n{frame.style}"
    script = _resource("report.js")
    page = templates.get_template("page.html.j2").render(
        report=report,
        frame=frame,
        look=look,
        looks=LOOKS,
        single=look_up.single,
        head=head,
        line=version_line(look_up),
        changes=change_rows(look_up),
        redline=redline,
        house=in_order(house),
        homeless=homeless(in_order(house), in_margin(redline)),
        placements=concordance(look_up),
        slope=slope(look_up),
        heat=heat_map(look_up),
        quantities=quantity_rows(look_up),
        sizes=sizes(look_up, tallies),
        passing=passing(look_up),
        connections=connections(look_up),
        effects=effects(look_up),
        link=look_up.link,
        version=version,
        official=page_of,
        unread_words=wording.UNREAD,
        hidden=_hidden(report),
        style=Markup(style),  # noqa: S704 - our own style sheet; what of the bill is in it is escaped
        script=Markup(script),  # noqa: S704 - our own script
        policy=_policy(style, script),
    )
    return page.encode("utf-8")


def _policy(style: str, script: str) -> str:
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'"
    )


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(data("templates") / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_inert,
        auto_reload=False,
    )
    environment.filters["count"] = wording.count
    environment.filters["raised"] = raised
    return environment


def _inert(value: object) -> object:
    """Make what a template prints harmless; markup that this package built already is."""
    return inert(value) if type(value) is str else value


@cache
def _resource(name: str) -> str:
    return (data("templates") / "report" / name).read_text(encoding="utf-8").strip()


def _style(bill: str, versions: list[str]) -> str:
    """The style sheet with the running foot of the print."""
    foot = f"{bill}, {' to '.join(dict.fromkeys((versions[0], versions[-1])))}. Unofficial."
    return _resource("report.css").replace('"RUNNING-FOOT"', f'"{_css_string(foot)}"')


def _css_string(text: str) -> str:
    """Text inside a CSS string: all but letters and digits escaped, so that nothing can end it."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in inert(text))


def _hidden(report: Report) -> int:
    """How many hidden characters the texts of the bills hold."""
    return sum(
        hidden(p.text) + hidden(p.heading) + hidden(p.enum)
        for bill in report.bills
        for p in bill.walk()
    )


__all__ = ["Frame", "Rebuilt", "rebuild", "render"]
