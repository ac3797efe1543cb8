"""GPO's plain text to lines: how a typewriter's characters stand for those of the print."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from legannot.model import FrontMatter

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_NOTE = re.compile(r"<<NOTE:([^<>]{0,2000})>>")
_PAGE = re.compile(r"\[\[Page([^\]]{0,80})\]\]")
# "10\26\" is 10 to the power of 26; "\1/2\" is a fraction.
_RAISED = re.compile(r"\\(\d{1,4})\\")
_FRACTION = re.compile(r"\\(\d{1,3}/\d{1,3})\\")
# Quotations begin with grave accents, so that a straight quote is an apostrophe or ends one.
_CHARACTERS = (("``", "“"), ("''", "”"), ("`", "‘"), ("'", "’"), ("--", "—"))

STRUCK_FROM, STRUCK_TO = "\ue000", "\ue001"
_TAKEN = "\ue002"
# What Python writes for bytes that are no character of an encoding.
_UNREAD = "\ufffd"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the print: its number in the file, the blanks before it, its words."""

    number: int
    indent: int
    text: str


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The text of a `.htm` or `.txt` file of GPO, and what a reader should know of its characters.

    `.htm` is one `<pre>` with escaped marks.
    """
    notices = []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("windows-1252", "replace")
        notices.append("the file is not UTF-8; it was read as windows-1252")
        if unread := text.count(_UNREAD):
            line = text.count("\n", 0, text.index(_UNREAD)) + 1
            what = "1 byte is" if unread == 1 else f"{unread:,} bytes are"
            notices.append(
                f"{what} no character in it, first in line {line}, and printed as {_UNREAD}"
            )
    start = text.find("<pre>")
    if start < 0:
        return text, notices
    end = text.find("</pre>", start)
    # The lines before it stay, blank, so that line numbers are those of the file.
    before = "\n" * text.count("\n", 0, start)
    inside = text[start + len("<pre>") : end if end > 0 else len(text)]
    return before + html.unescape(inside), notices


def lines(text: str, margin: list[FrontMatter]) -> Iterator[Line]:
    """The lines with the print's own characters; margin notes and page numbers go to `margin`."""

    def aside(kind: str, found: re.Match[str]) -> str:
        margin.append(FrontMatter(kind, " ".join(found[1].split())))
        # What is taken out leaves its line breaks, so that line numbers stay true.
        return _TAKEN + f"\n{_TAKEN}" * found[0].count("\n")

    text = _NOTE.sub(lambda found: aside("sidenote", found), text)
    text = _PAGE.sub(lambda found: aside("page", found), text)
    text = text.replace("<DELETED>", STRUCK_FROM).replace("</DELETED>", STRUCK_TO)
    text = _TAG.sub("", text)
    for number, printed_line in enumerate(text.expandtabs().splitlines(), 1):
        line = printed_line.replace(_TAKEN, "")
        if line != printed_line and not line.strip():
            # A page break is no blank line: the paragraph goes on.
            continue
        words = line.strip(f" \r\f{STRUCK_FROM}{STRUCK_TO}")
        marks = "".join(mark for mark in (STRUCK_FROM, STRUCK_TO) if mark in line)
        indent = len(line.replace(STRUCK_FROM, "")) - len(line.replace(STRUCK_FROM, "").lstrip())
        yield Line(number, indent, marks + printed(words) if words else marks)


def printed(words: str) -> str:
    """The characters of the print for those of the typewriter."""
    words = _FRACTION.sub(r"\1", _RAISED.sub(r"^\1", words))
    for typed, character in _CHARACTERS:
        words = words.replace(typed, character)
    return words


def joined(pieces: list[str]) -> str:
    """Lines of one paragraph as one text: words break only after hyphens of their own."""
    text = ""
    for piece in pieces:
        glue = "" if not text or text.endswith(("-", "—")) else " "
        text += glue + piece
    return " ".join(text.split())
