"""The page as a document for paper: what a screen needs is gone, what is folded is open.

A layout engine written in Python spends its time on boxes, so the document has few: a note is one
paragraph, a row of conditions is one sentence, and boxes that only serve a grid are gone.  No word
that the page prints is left out, and what is marked stays marked: `ins`, `del`, `mark`, links,
headings, tables, lists.

    page                                              document
    <details><summary>8 unchanged …</summary>…        <p class="summary">8 unchanged …</p>…
    <aside class="note"><a>5</a><div><p>…</p><p>…     <p class="note"><a>5</a> … · …</p>
    <a class="n" href="#itself">(a)</a>               (a)
"""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import html
from lxml.html import HtmlElement

from legannot.render.html.sizes import WIDTH
from legannot.render.pdf.marks import classes, write_marks
from legannot.render.pdf.tables import fit, gather

# What only a screen offers, what no reader sees, and what only a screen reader is told.
_SCREEN = {"toolbar", "skip", "official", "act", "filters", "keys", "show-new", "show-old", "sg"}
_UNSEEN = {"script", "style", "meta", "button", "select", "input", "desc"}
# Boxes of the page's layout around what stands in the flow here.
_LAYOUT = {"scroll", "first", "side", "hn", "wide", "masthead", "notes", "homeless"}
# Elements that are words here, by tag and class.
_NO_TAG = {("a", "n"), ("sup", "nr"), ("span", "")}
_NO_TAG |= {("span", kind) for kind in ("h", "delta", "show-redline", "to", "version")}
_NO_TAG |= {("span", "version ends")}
_NEVER_A_TAG = {"dfn", "details", "header"}
_NO_BREAK = "\u00a0"
# A heading of few words more than are struck in it is struck as a whole.
_REST = 12


def document(page: bytes) -> HtmlElement:
    """The tree of the document for paper of a rendered `page`."""
    root = html.document_fromstring(page.decode("utf-8"))
    for element in root.xpath("//head/*[not(self::title or self::meta)]"):
        element.drop_tree()
    body: HtmlElement = root.xpath("//body")[0]
    _drop(body)
    _join(body)
    write_marks(body)
    _flatten(body)
    for whole in body.xpath("//table[contains(@class, 'heat')]//td | //span[@class='step']"):
        whole.text = (whole.text or "").replace(" ", _NO_BREAK)
    for picture in body.xpath("//svg[@aria-hidden]"):
        _bars(picture)
    for table in list(body.iter("table")):
        if "changes" in classes(table):
            gather(table)
        fit(table)
    for heading in body.iter("h1", "h2", "h3"):
        heading.set("data-name", _name(heading))
    _forget(body)
    return root


def _drop(body: HtmlElement) -> None:
    for element in list(body.iter()):
        has = classes(element)
        if (
            not isinstance(element.tag, str)
            or element.tag in _UNSEEN
            or element.get("hidden") is not None
            or has & _SCREEN
            or ("unseen" in has and element.tag != "caption")
        ):
            element.drop_tree()


def _join(body: HtmlElement) -> None:
    """Put together again what the page cut in two to fold the second part."""
    for fold in list(body.iter("details")):
        above = fold.getprevious()
        inner = [part for part in fold if part.tag != "summary"]
        first = None if above is None else _rows(above)
        second = _rows(inner[0]) if len(inner) == 1 else None
        if first is not None and second is not None and first.tag == second.tag:
            first.extend(list(second))
            fold.drop_tree()
    for notes in body.xpath("//div[contains(concat(@class, ' '), 'notes ')]"):
        for label in notes.xpath("details/summary"):
            label.drop_tree()
        for fold in notes.xpath("details"):
            fold.drop_tag()
        _in_order(notes)


def _rows(block: HtmlElement) -> HtmlElement | None:
    """What holds the rows of a table or the items of a list."""
    if block.tag == "ul":
        return block
    found: list[HtmlElement] = block.xpath("self::table/tbody | self::div/table/tbody")
    return found[0] if len(found) == 1 else None


def _in_order(notes: HtmlElement) -> None:
    """Notes by their numbers: the page has those first that it does not fold."""
    numbered = [note for note in notes if _number(note)]
    places = [notes.index(note) for note in numbered]
    for note in numbered:
        notes.remove(note)
    for place, note in zip(places, sorted(numbered, key=_number), strict=True):
        notes.insert(place, note)


def _number(note: HtmlElement) -> int:
    found = re.fullmatch(r"n(\d+)", note.get("id") or "")
    return int(found[1]) if found else 0


def _flatten(body: HtmlElement) -> None:
    for label in body.iter("summary"):
        label.tag = "p"
        label.set("class", "summary")
    for link in body.xpath("//sup[@class='nr']/a"):
        link.set("class", "nr")
    for number in body.xpath("//sup[@class='nr' and not(a)]"):
        number.tag = "span"
    for note in list(body.iter("aside")):
        _note(note)
    for terms in list(body.iter("dl")):
        _terms(terms)
    for claims in list(body.iter("fieldset")):
        _assumptions(claims)
    for label in body.xpath("//ul[@class='starts']/li/details/p[@class='summary']"):
        _reasons(label)
    _drop_tags(body)


def _drop_tags(body: HtmlElement) -> None:
    """Leave the words of elements that only a screen or a grid needs."""
    for was in body.xpath("//span[@class='was']/i"):
        was.drop_tag()
    for element in list(body.iter("a", "sup", "span", *_NEVER_A_TAG)):
        named = element.tag == "span" and element.get("id") is not None
        kind = (str(element.tag), element.get("class") or "")
        if element.tag in _NEVER_A_TAG or (kind in _NO_TAG and not named):
            element.drop_tag()
    for element in list(body.iter("div")):
        if classes(element) & _LAYOUT and element.get("id") is None:
            element.drop_tag()


def _note(note: HtmlElement) -> None:
    """A note of the program is one paragraph; one of the house keeps its paragraphs."""
    link, block = note[0], note[1]
    link.tail = " "
    if "house" in classes(note):
        first = block[0]
        link.tail += first.text or ""
        first.text = None
        first.insert(0, link)
        note.tag = "div"
    else:
        if "same" in classes(note):
            for plain in note.xpath(".//strong | .//span[@class='tc tc-unchanged']"):
                plain.drop_tag()
        for number, paragraph in enumerate(list(block)):
            paragraph.tail = None
            if number:
                paragraph.text = " · " + (paragraph.text or "")
            paragraph.drop_tag()
        block.text = (block.text or "").lstrip()
        note.text = None
        note.tag = "p"
    block.drop_tag()


def _terms(terms: HtmlElement) -> None:
    """A list of terms as a list of lines; WeasyPrint tags each half of a term as an item."""
    terms.tag = "ul"
    for pair in terms:
        pair.tag = "li"
        for part in list(pair):
            if part.tag == "dt":
                part.tag = "span" if "legend" in classes(terms) else "b"
                part.set("class", "term")
                part.tail = " "
            else:
                part.drop_tag()


def _assumptions(claims: HtmlElement) -> None:
    """What a line assumes, as a sentence: the page has a box to tick for each."""
    said = [" ".join(claim.text_content().split()) for claim in claims.iter("label")]
    for claim in list(claims):
        if claim.tag == "label":
            claims.remove(claim)
        else:
            claim.tag = "b"
            claim.tail = f" {'; '.join(said)}."
    claims.tag = "p"
    claims.set("class", "who")


def _reasons(label: HtmlElement) -> None:
    """Why a rule applies: its conditions in a sentence."""
    conditions = label.getnext()
    if conditions is not None:
        said = "; ".join(" ".join(part.text_content().split()) for part in conditions)
        label.text = f"{label.text}: {said}."
        label.set("class", "why")
        conditions.drop_tree()


def _name(heading: HtmlElement) -> str:
    """A heading as the running head and the bookmarks have it: as it reads now, without notes."""
    name = deepcopy(heading)
    name.tail = None
    for aside in name.xpath(".//*[@class='nr' or @class='was' or @class='rule-id']"):
        aside.drop_tree()
    struck = sum(len(part.text_content()) for part in name.iter("del"))
    if len(name.text_content()) > struck + _REST:
        for part in list(name.iter("del")):
            part.drop_tree()
    return " ".join(name.text_content().split())


_KEPT = {"class", "href", "scope", "colspan", "rowspan", "style", "data-name"}


def _forget(body: HtmlElement) -> None:
    """Keep the names to which something leads or which a reader may cite, and no others."""
    led_to = {link[1:] for link in body.xpath("//a/@href") if link.startswith("#")}
    drawn = {part for picture in body.iter("svg") for part in picture.iter()}
    for element in list(body.iterdescendants()):
        if element in drawn:
            continue
        name = element.get("id")
        for key in [key for key in element.attrib if key not in _KEPT]:
            del element.attrib[key]
        if name and (name in led_to or "u" in classes(element)):
            _anchor(element, name)


def _anchor(element: HtmlElement, name: str) -> None:
    """Give the name to something small.

    The engine keeps styles of their own for what is named and for all that is in it.
    """
    while element.tag in ("article", "section", "div", "ul", "ol", "table") and len(element):
        element = element[0]
    place = html.Element("span", {"id": name})
    place.tail, element.text = element.text, None
    element.insert(0, place)


def _bars(picture: HtmlElement) -> None:
    """Bars as boxes: a picture without a title would be announced as one."""
    for bar in list(picture):
        width = float(bar.get("width") or 0)
        if width:
            bar.tag = "div"
            bar.set("style", f"width: {100 * width / WIDTH:.1f}%")
        else:
            bar.drop_tree()
    picture.drop_tag()
