"""The page as a tagged PDF, for those who file and print it."""

from __future__ import annotations

import logging
import re
from typing import NoReturn

from legannot.errors import OutputError
from legannot.model.report import Report

# Universal accessibility: tags, language and title, as screen readers need them (ISO 14289-1).
VARIANT = "pdf/ua-1"
# WeasyPrint keeps the style sheet of a page out of its pictures: these are its rules for print.
_PICTURES = """<style>
text { font-family: sans-serif; font-size: 12px; fill: #000000 }
.stage, .date, .count { text-anchor: middle }
.stage { font-weight: 600 }
.date, .count, .col { fill: #46494f }
.dot { fill: #000000; stroke: #000000; stroke-width: 2 }
.hollow { fill: #ffffff; stroke: #000000; stroke-width: 2 }
line { stroke: #46494f; stroke-width: 1.25 }
.s-m { stroke: #000000; stroke-width: 2.5 }
.s-s { stroke-dasharray: 1 4 }
</style>"""

# The running head with the section.  Browsers have none, and the checker of the page's style sheet
# knows no such property (CSS Generated Content for Paged Media).
_RUNNING_HEAD = """
@page { @top-right { content: string(here, start); font: 8pt sans-serif; color: #575a60 } }
h2, .u h3 { string-set: here content(text) }
"""


def check() -> None:
    """Raise `OutputError` with the cure if this installation cannot make PDFs."""
    try:
        import weasyprint  # noqa: F401
    except ImportError as error:
        raise OutputError(
            "PDF needs a part that is not installed.", cure="Run: pip install 'legannot[pdf]'"
        ) from error
    except OSError as error:
        raise OutputError(
            "PDF needs the Pango library, which was not found.",
            cure="On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0",
        ) from error


def render(report: Report, look: str = "legal") -> bytes:
    """The report's HTML page as a PDF; the same report gives the same bytes.

    All that the page folds is open, and nothing outside the page is asked for.  Raises
    `OutputError` if WeasyPrint is not installed.
    """
    check()
    from weasyprint import CSS, HTML

    from legannot.render.html import render as render_page

    # It would list every property of the style sheet that is for screens.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    page = render_page(report, look=look).decode("utf-8")
    page = re.sub(r"<svg [^>]*>", lambda svg: svg[0] + _PICTURES, page)
    made: bytes | None = HTML(string=page, url_fetcher=_refuse).write_pdf(
        pdf_variant=VARIANT, stylesheets=[CSS(string=_RUNNING_HEAD)]
    )
    if made is None:
        raise OutputError("the PDF came out empty.")
    return made


def _refuse(url: str) -> NoReturn:
    raise ValueError(f"a report asks for nothing outside itself, not for {url}")
