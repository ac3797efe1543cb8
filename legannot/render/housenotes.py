"""The house's notes for every format: their Markdown made harmless, their outcomes in words.

What a note says is the house's, not the program's: it bears its author and its day wherever it
stands, and the word `note of the house`.  Its Markdown may hold emphasis, lists, quotations, code
and links, and nothing else: HTML is off in the parser, and what comes out is cut down to the
elements below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from legannot.model.notes import HouseNote, Outcome, Placed
from legannot.render.inert import inert
from legannot.render.wording import count, day

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

OUTCOMES = {
    Outcome.SAME: "same words",
    Outcome.MOVED: "moved",
    Outcome.CHANGED: "words changed, please check",
    Outcome.GONE: "no longer there",
}
KINDS = {"comment": "Comment", "question": "Question", "correction": "Correction"}
LABEL = "Note of the house"

_ELEMENTS = {"a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul"}
_SCHEMES = {"http", "https", "mailto"}
# Headings would break the order of a page's own, pictures would be requests.
_OFF = ["heading", "hr", "html_block", "html_inline", "image", "lheading"]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).disable(_OFF)
    # What leads nowhere stays as it was written.
    parser.validateLink = _leads_somewhere  # type: ignore[method-assign]
    return parser


def body_html(note: HouseNote) -> Markup:
    """What a note says, as harmless HTML: no element, scheme or attribute but a few."""
    import nh3

    clean = nh3.clean(
        _parser().render(inert(note.text)),
        tags=_ELEMENTS,
        clean_content_tags={"script", "style"},
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
    )
    # Once more: a reference such as `&#x202e;` is a character only now.
    return Markup(inert(clean.strip()))  # noqa: S704 - sanitised above


def _leads_somewhere(url: str) -> bool:
    """Whether an address says where it leads; without a scheme it depends on where the page is."""
    return url.partition(":")[0].lower() in _SCHEMES


def body_text(note: HouseNote) -> str:
    """What a note says, as lines without markup; links show their address."""
    return inert("\n".join(_blocks(_parser().parse(note.text)))).strip()


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    point = ""
    for token in tokens:
        if token.type == "list_item_open":
            point = f"{token.info}. " if token.info else "- "
        elif token.type == "inline":
            yield point + "".join(_words(token.children or ()))
            point = ""
        elif token.type in ("code_block", "fence"):
            yield from token.content.splitlines()


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    address = ""
    since = ""
    for token in tokens:
        if token.type == "link_open":
            address, since = str(token.attrGet("href") or ""), ""
        elif token.type == "link_close":
            if address and address.removeprefix("mailto:") != since:
                yield f" ({address})"
            address = ""
        elif token.type == "hardbreak":
            yield "\n"
        elif token.type == "softbreak":
            yield " "
        else:
            since += token.content
            yield token.content


def byline(note: HouseNote) -> str:
    """`Question by A. Person, 24 November 2026`."""
    return inert(f"{KINDS[note.kind]} by {note.author}, {day(note.date)}")


def written_on(placed: Placed) -> str:
    """The words that the note was written on, and where."""
    anchor = placed.note.anchor
    return inert(f"“{anchor.exact}”, {anchor.path} of {anchor.version}")


def tally(notes: Sequence[Placed]) -> str:
    """`3 notes: 1 same words, 2 moved, ...`, all four outcomes named."""
    parts = ", ".join(
        f"{sum(n.outcome is outcome for n in notes)} {words}" for outcome, words in OUTCOMES.items()
    )
    return f"{count(len(notes), 'note')}: {parts}"


def listing(notes: Sequence[Placed]) -> str:
    """A line for each note with its outcome, then the tally, for a terminal."""
    width = max((len(n.note.id) for n in notes), default=0)
    wide = max(map(len, OUTCOMES.values()))
    lines = [
        inert(f"{n.note.id:{width}}  {OUTCOMES[n.outcome]:{wide}}  {n.reason or n.path}")
        for n in notes
    ]
    return "".join(f"{line}\n" for line in (*lines, f"{tally(notes)}."))
