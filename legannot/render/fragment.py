"""The report as a fragment for a page of somebody else's: no document, no script, nothing that
clashes.

It is made of the report's own page: the title with what is in short, the house's notes, the redline
and the sources.  Every id, every reference to one and every class is given a prefix, headings go
one level down, and the style sheet holds inside `.legannot` only.

    page                                     fragment
    <h2 id="redline">                        <h3 id="legannot-119hr8315-rh-eh-redline">
    .note.house { … }                        .legannot .la-note.la-house { … }
    @media (min-width: 72rem) { … }          @container legannot (min-width: 72rem) { … }

The last line is why the sheet is not taken as it is: a column of an article is narrower than the
window, so that what is laid out by the window's width must go by the column's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

from legannot.model.report import Report

ROOT = "legannot"
_CLASS = "la-"
_PARTS = ("house-notes", "redline")
# What needs the page around it: scripts and buttons, and the line that says which view is on.
_LEFT_OUT = (
    "//script | //button | //input | //*[@hidden] | //*[contains(@class, 'skip')]"
    " | //*[@class='show-new' or @class='show-old']"
)
_REFERENCES = ("aria-labelledby", "aria-details", "aria-describedby", "aria-controls", "for")
_NOT_ID = re.compile(r"[^A-Za-z0-9]+")


def fragment(report: Report, page: bytes) -> bytes:
    """The parts of a rendered `page` of the report that can stand in another page, in UTF-8."""
    root = html.document_fromstring(page.decode("utf-8"))
    style = "".join(root.xpath("//style/text()"))
    for element in root.xpath(_LEFT_OUT):
        element.drop_tree()
    prefix = _prefix(report)
    inner = html.Element("div", {"class": root.xpath("string(//body/@class)") or "body"})
    wide = html.Element("div", {"class": "main wide"})
    wide.extend(p for p in root.xpath("//main/section") if p.get("aria-labelledby") in _PARTS)
    inner.extend((*root.xpath("/html/body/header"), wide, *root.xpath("/html/body/footer")))
    _scope(inner, prefix)
    sheet = html.Element("style")
    sheet.text = f"\n.{ROOT} {{ container: {ROOT} / inline-size; }}\n{scoped(style)}"
    article = html.Element("article", {"class": ROOT, "lang": "en"})
    article.extend((sheet, inner))
    text: str = html.tostring(article, encoding="unicode")
    return f"{text}\n".encode()


def _prefix(report: Report) -> str:
    new = report.bills[-1]
    names = (str(new.id or "bill"), *dict.fromkeys(b.version or "text" for b in report.bills))
    return "-".join((ROOT, *(_NOT_ID.sub("-", name) for name in names), ""))


def _scope(inner: HtmlElement, prefix: str) -> None:
    """Give ids, references and classes the prefix; a link whose target is not there is words."""
    ids = set(inner.xpath("//@id"))
    for link in inner.xpath("//a[starts-with(@href, '#')]"):
        if link.get("href")[1:] not in ids:
            link.drop_tag()
    for element in inner.iter("*"):
        name = element.get("id")
        if name:
            element.set("id", prefix + name)
        for key in _REFERENCES:
            kept = [prefix + part for part in (element.get(key) or "").split() if part in ids]
            if kept:
                element.set(key, " ".join(kept))
            elif key in element.attrib:
                del element.attrib[key]
        for key in [key for key in element.attrib if str(key).startswith("data-")]:
            del element.attrib[key]
        classes = [_CLASS + part for part in (element.get("class") or "").split()]
        if classes:
            element.set("class", " ".join(classes))
        link = element.get("href") or ""
        if link.startswith("#"):
            element.set("href", f"#{prefix}{link[1:]}")
        heading = _HEADING.fullmatch(str(element.tag))
        if heading:
            element.tag = f"h{int(heading[1]) + 1}"


# ── the style sheet ──────────────────────────────────────────────────────────────────────────────

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_WIDTH = re.compile(r"\((?:min|max)-width:[^)]*\)")
_NAME = re.compile(r"\.(?=[A-Za-z_])")
_HEADING = re.compile(r"(?<![.\w#-])h([1-5])\b")
_OWN_ROOT = re.compile(r"^(?::root|html)\b")
_OWN_BODY = re.compile(r"^body\b")
_MAIN = re.compile(r"(?<![.\w#-])main\b")
# Pages and fonts are the document's, not a part's.
_NOT_SCOPED = ("@page", "@font-face", "@import", "@charset", "@keyframes")


def scoped(sheet: str) -> str:
    """The style sheet with every rule inside `.legannot`; rules about the page's switches go."""
    return "".join(_rules(_COMMENT.sub("", sheet)))


def _rules(sheet: str) -> Iterator[str]:
    for head, body in _blocks(sheet):
        if head.startswith(_NOT_SCOPED):
            continue
        if head.startswith("@"):
            inside = "".join(_rules(body))
            if inside:
                yield f"{_container(head)} {{\n{inside}}}\n"
            continue
        selectors = [s for s in map(_selector, _split(head)) if s]
        if selectors:
            yield f"{', '.join(selectors)} {{{body}}}\n"


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Each rule of a level as what stands before its braces and what stands in them."""
    depth = begun = opened = 0
    quote = ""
    for at, char in enumerate(sheet):
        if quote:
            quote = "" if char == quote and sheet[at - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
        elif char == "{":
            opened = opened if depth else at
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                yield sheet[begun:opened].strip(), sheet[opened + 1 : at]
                begun = at + 1


def _container(head: str) -> str:
    if head.startswith("@media") and _WIDTH.search(head):
        return head.replace("@media", f"@container {ROOT}")
    return head


def _split(selectors: str) -> list[str]:
    parts, depth = [""], 0
    for char in selectors:
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]


def _selector(selector: str) -> str:
    """One selector inside the fragment, empty for one that looks at the page's switches or ids."""
    if ":has(" in selector or "#" in selector:
        return ""
    named = _NAME.sub(f".{_CLASS}", selector)
    named = _MAIN.sub(f".{_CLASS}main", _HEADING.sub(lambda h: f"h{int(h[1]) + 1}", named))
    if _OWN_ROOT.match(named):
        return _OWN_ROOT.sub(f".{ROOT}", named)
    if _OWN_BODY.match(named):
        return _OWN_BODY.sub(f".{ROOT} > div", named)
    return f".{ROOT} {named}"
