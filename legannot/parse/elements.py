"""What each element of the bill, resolution and amendment DTDs becomes (see docs/formats.md)."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# bill.dtd, entities legis-structures and rules-level-model; res.dtd; amend.dtd.
STRUCTURES = _names(
    """
    division subdivision title subtitle chapter subchapter part subpart section
    constitution-article subsection paragraph subparagraph clause subclause item subitem
    appropriations-major appropriations-intermediate appropriations-small rule rules-clause
    rules-paragraph rules-subparagraph rules-subdivision rules-item rules-subitem quoted-block
    toc list table tgroup thead tbody tfoot row preamble committee-appointment-paragraph
    amendment amendment-block amendment-instruction instruction-paragraph
    instruction-subparagraph instructive-para non-statutory-material preamble-amends
    title-amends official-title-amendment legislators graphic committee-report-segment
    committee-report-para
    """
)

# Elements that hold words directly and stand on a line of their own.
LEAVES = _names(
    """
    continuation-text quoted-block-continuation-text after-quoted-block whereas toc-entry
    multi-column-toc-entry toc-quoted-entry multi-column-toc-quoted-entry list-item entry ttitle
    tdesc formula footnote level-header subheader rules-clause-header page-num graphic-caption
    instruction legislator resolved para editorial-note running-header purpose proxy
    impeachment-resolution-signature effective-date pl-cite legis-comment
    committee-report-header consideration-paragraph toc-enum target
    """
)

# bill.dtd, entities phrase-level and text-model: marks on words inside a text.
INLINE = _names(
    """
    added-phrase deleted-phrase internal-xref external-xref fraction superscript subscript
    italic bold small-caps quote inline-comment act-name term omitted-text linebreak nobreak
    pagebreak definition header-in-text enum-in-header committee-name debate-time sponsor
    cosponsor nonsponsor short-title editorial footnote-ref proviso marker
    """
)

# Words that belong to the cover or to the end of the print, not to the legislative body.
FRONT = _names(
    """
    form pre-form amendment-form engrossed-amendment-form resolution-form conference-report-form
    """
)
BACK = _names("attestation endorsement")
METADATA = _names("metadata meta-house meta-senate")

# Containers of the legislative body that carry no number and no heading of their own.
BODIES = _names("legis-body resolution-body amendment-body engrossed-amendment-body")

# Flush text, printed after the children of its level.
RENAMED = {
    "quoted-block-continuation-text": "continuation",
    "continuation-text": "continuation",
}

SILENT = _names("pagebreak marker nobreak image-data colspec")
