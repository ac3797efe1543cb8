"""The page as a tagged PDF, for those who file and print it.

The page is turned into a document for paper (`document`), which a style sheet of its own lays out
(`templates/report/print.css`): the page's own sheet takes an engine written in Python several times
as long.
"""

from __future__ import annotations

import re

from legannot.errors import OutputError
from legannot.model.report import Report
from legannot.resources import data


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
    from legannot.render.html import render as render_page
    from legannot.render.pdf.document import document
    from legannot.render.pdf.engine import typeset

    page = render_page(report, look=look)
    return typeset(document(page), _style(page.decode("utf-8")))


# The page's style sheet has the words of the running foot, safe in a string of CSS.
_FOOT = re.compile(r'@bottom-left \{ content: ("[^"]*")')


def _style(page: str) -> str:
    found = _FOOT.search(page)
    if found is None:
        raise OutputError("the page has no running foot.")
    sheet = (data("templates") / "report" / "print.css").read_text(encoding="utf-8")
    return sheet.replace('"RUNNING-FOOT"', found[1])


__all__ = ["check", "render"]
