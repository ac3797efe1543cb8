"""What the page's style sheet draws before and after words, written as words.

A box before or after an element is as much work for a layout engine as an element.
"""

from __future__ import annotations

from lxml.html import HtmlElement

_QUOTED = {"qo1": "“", "qo3": "“", "qo2": "‘", "qo4": "‘"}
_CLOSED = {"qc4": "’", "qc3": "”", "qc2": "’", "qc1": "”"}
_BEFORE = {"after": "”"}
_AFTER = {"stop": ".—", "tc": " ·"}
_SIGNS = (
    ("look-ramseyer", "del", "[", "]"),
    ("look-plain", "del", "[-", "-]"),
    ("look-plain", "ins", "{+", "+}"),
)
_STYLES = {"look-ramseyer": "Ramseyer", "look-cordon": "Cordon"}


def classes(element: HtmlElement) -> set[str]:
    """The classes of an element; none of a comment."""
    return set((element.get("class") or "").split()) if isinstance(element.tag, str) else set()


def write_marks(body: HtmlElement) -> None:
    """Write quotation marks, stops, the signs of the look and the addresses of links."""
    for element in body.iter("span", "b", "p"):
        has = classes(element)
        signs = {key: text for key, text in {**_QUOTED, **_BEFORE}.items() if key in has}
        ends = {key: text for key, text in {**_CLOSED, **_AFTER}.items() if key in has}
        _around(element, "".join(signs.values()), "".join(ends.values()))
    for quote in body.iter("q"):
        inner = sum(1 for _ in quote.iterancestors("q")) % 2
        _around(quote, "“‘"[inner], "”’"[inner])
    for quote in list(body.iter("q")):
        quote.tag = "span"
    for link in body.xpath("//div[@class='said']//a[starts-with(@href, 'http')]"):
        _around(link, "", f" ({link.get('href')})")
    looks = classes(body)
    for look, tag, opening, closing in _SIGNS:
        if look in looks:
            for element in body.iter(tag):
                _around(element, opening, closing)
    for look in looks & _STYLES.keys():
        for said in body.xpath("//p[@class='showing']"):
            _around(said, "", f" {_STYLES[look]}-style type: versions compared, not existing law.")


def _around(element: HtmlElement, before: str, after: str) -> None:
    if before:
        element.text = before + (element.text or "")
    if after and len(element):
        element[-1].tail = (element[-1].tail or "") + after
    elif after:
        element.text = (element.text or "") + after
