"""Where the official text of a version stands, down to the words of a section."""

from __future__ import annotations

from urllib.parse import quote

from legannot.model import Bill, Provision

# govinfo's page of a version as plain text needs no script and keeps its address
# (govinfo.gov/help/link-service), unlike the ids inside a bill, which each version gives anew.
_PAGE = "https://www.govinfo.gov/content/pkg/BILLS-{name}/html/BILLS-{name}.htm"
# Whole words, few enough to stand on one line of a printed page.
_HEADING_WORDS = 4
# The invented bills that ship with the program stand nowhere else.
_SAMPLE = "sample:"


def page_of(bill: Bill) -> str:
    """The address of a version's official text; empty if it has none or is not known by name."""
    named = bill.id is not None and bill.version and bill.document in ("bill", "resolution")
    if not named or bill.provenance.source.startswith(_SAMPLE):
        return ""
    return _PAGE.format(name=f"{bill.id}{bill.version}")


def words_of(bill: Bill, section: Provision) -> str:
    """The address of the page at the number and heading of a section, as a text fragment.

    Browsers find such words by themselves (WICG, Scroll To Text Fragment); where they do not, the
    page opens at its top.
    """
    page = page_of(bill)
    heading = section.heading.rstrip(".").split()[:_HEADING_WORDS]
    if not page or not section.enum or not heading:
        return page
    # A hyphen would end the words: it stands for what is before and after them.
    words = quote(" ".join((section.enum, *heading)), safe="").replace("-", "%2D")
    return f"{page}#:~:text={words}"
