"""What each element of the bill, resolution and amendment DTDs becomes (docs/formats.md has the table)."""

from __future__ import annotations

# bill.dtd, entities legis-structures and rules-level-model; res.dtd; amend.dtd.
STRUCTURES = frozenset(
    """
    division subdivision title subtitle chapter subchapter part subpart section constitution-article
    subsection paragraph subparagraph clause subclause item subitem
    appropriations-major appropriations-intermediate appropriations-small
    rule rules-clause rules-paragraph rules-subparagraph rules-subdivision rules-item rules-subitem
    quoted-block toc list table tgroup thead tbody tfoot row preamble committee-appointment-paragraph
    amendment amendment-block amendment-instruction instruction-paragraph instruction-subparagraph
    instructive-para non-statutory-material preamble-amends title-amends official-title-amendment
    legislators consideration-paragraph graphic
    """.split()
)

# Elements that hold words directly and stand on a line of their own.
LEAVES = frozenset(
    """
    continuation-text quoted-block-continuation-text after-quoted-block whereas toc-entry
    multi-column-toc-entry toc-quoted-entry multi-column-toc-quoted-entry list-item entry ttitle tdesc
    formula footnote level-header subheader rules-clause-header page-num graphic-caption
    instruction legislator resolved para editorial-note running-header purpose proxy
    signature-line impeachment-resolution-signature effective-date pl-cite
    """.split()
)

# bill.dtd, entities phrase-level and text-model: marks on words inside a text.
INLINE = frozenset(
    """
    added-phrase deleted-phrase internal-xref external-xref fraction superscript subscript italic bold
    small-caps quote inline-comment act-name term omitted-text linebreak nobreak pagebreak definition
    header-in-text enum-in-header committee-name debate-time sponsor cosponsor nonsponsor short-title
    editorial footnote-ref proviso marker target toc-enum noted role attestor attestation-date action-date
    """.split()
)

# Words that belong to the cover or to the end of the print, not to the legislative body.
FRONT = frozenset(
    "form pre-form amendment-form engrossed-amendment-form resolution-form".split()
)
BACK = frozenset("attestation endorsement".split())
METADATA = frozenset("metadata meta-house meta-senate".split())

# Containers of the legislative body that carry no number and no heading of their own.
BODIES = frozenset(
    "legis-body resolution-body amendment-body engrossed-amendment-body".split()
)

# An index number in these is law-making text of its own level: flush text printed after the children.
RENAMED = {
    "quoted-block-continuation-text": "continuation",
    "continuation-text": "continuation",
}

SILENT = frozenset("pagebreak marker nobreak image-data colspec".split())
