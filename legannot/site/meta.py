"""What a page of the site says of itself to machines: title, OpenGraph, schema.org, its feed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from legannot.model import Bill
from legannot.render.html.summary import Summary
from legannot.render.inert import inert
from legannot.site.digest import Digest


@dataclass(frozen=True, slots=True)
class Site:
    """What every page says of the site."""

    title: str
    address: str
    publisher: str
    description: str
    command: str


@dataclass(frozen=True, slots=True)
class Meta:
    """A page's head: title, description, address, kind for OpenGraph, and schema.org's data."""

    title: str
    description: str
    address: str
    kind: str
    data: Markup
    feed: str


def linked_data(value: Mapping[str, object]) -> Markup:
    """JSON-LD that no text in it can end; a page's policy runs nothing of it in any case."""
    text = inert(json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=False))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - the signs that could end it are escaped


def _legislation(site: Site, digest: Digest, bills: Sequence[Bill]) -> dict[str, object]:
    """A bill as schema.org has it: of a bill not enacted nothing is said to change the law."""
    newest = bills[-1]
    return {
        "@type": "Legislation",
        "@id": f"{site.address}{digest.folder}",
        "name": digest.title,
        "legislationIdentifier": str(newest.id),
        "legislationJurisdiction": "US",
        "legislationType": "Bill" if newest.document == "bill" else "Resolution",
        "legislationDateVersion": digest.day or None,
        "inLanguage": "en",
        "sameAs": digest.official or None,
    }


def bill_meta(site: Site, digest: Digest, bills: Sequence[Bill]) -> Meta:
    """The head of a bill's own page."""
    title = f"{digest.label} {digest.title}".strip()
    description = digest.summary or f"{digest.label}: {digest.counts}"
    return Meta(
        title,
        description,
        f"{site.address}{digest.folder}",
        "article",
        linked_data(_without_none(_legislation(site, digest, bills))),
        f"{site.address}{digest.folder}feed.xml",
    )


def report_meta(
    site: Site,
    digest: Digest,
    head: Summary,
    page: str,
    key: tuple[int, int],
    bills: Sequence[Bill],
) -> Meta:
    """The head of a report on the site."""
    versions = head.versions
    names = " to ".join(dict.fromkeys((versions[0].name, versions[-1].name)))
    title = f"{digest.label} {digest.title}: {names}"
    first = head.findings[0] if head.findings else None
    said = f"{first.before}{first.link.text}{first.after}" if first else head.counts
    address = f"{site.address}{digest.folder}{page}/"
    data = {
        "@type": "Report",
        "@id": address,
        "headline": title,
        "about": _without_none(_legislation(site, digest, bills)),
        "isBasedOn": [b.provenance.source for b in bills[key[0] : key[1] + 1]],
        "publisher": {"@type": "Organization", "name": site.publisher},
        "inLanguage": "en",
    }
    return Meta(
        title, said, address, "article", linked_data(data), f"{site.address}{digest.folder}feed.xml"
    )


def _without_none(value: Mapping[str, object]) -> dict[str, object]:
    return {key: item for key, item in value.items() if item is not None}


__all__ = ["Meta", "Site", "bill_meta", "linked_data", "report_meta"]
