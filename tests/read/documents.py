"""Bills of a few lines, written as their XML and read by the parser."""

from __future__ import annotations

from legannot.model import Bill
from legannot.parse import parse
from legannot.source import from_bytes

_HEAD = (
    '<bill bill-stage="Introduced-in-House"><form><congress>119th CONGRESS</congress>'
    "<legis-num>H. R. 1</legis-num></form><legis-body>"
)


def bill(body: str) -> Bill:
    """The bill whose legislative body holds `body`."""
    return parse(from_bytes("bill.xml", f"{_HEAD}{body}</legis-body></bill>".encode()))


def section(number: int, heading: str, *content: str, text: str = "") -> str:
    """A section with its own words, then its parts."""
    return _level("section", f"{number}.", heading, text, content)


def subsection(letter: str, heading: str, *content: str, text: str = "") -> str:
    """A subsection."""
    return _level("subsection", f"({letter})", heading, text, content)


def paragraph(number: int, text: str, *content: str, heading: str = "") -> str:
    """A paragraph."""
    return _level("paragraph", f"({number})", heading, text, content)


def subparagraph(letter: str, text: str, *content: str, heading: str = "") -> str:
    """A subparagraph."""
    return _level("subparagraph", f"({letter})", heading, text, content)


def quoted(*content: str) -> str:
    """A block of law to be inserted."""
    return f"<quoted-block>{''.join(content)}</quoted-block>"


def _level(kind: str, enum: str, heading: str, text: str, content: tuple[str, ...]) -> str:
    header = f"<header>{heading}</header>" if heading else ""
    words = f"<text>{text}</text>" if text else ""
    return f"<{kind}><enum>{enum}</enum>{header}{words}{''.join(content)}</{kind}>"
