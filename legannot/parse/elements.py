"""What each element of the bill, resolution and amendment DTDs becomes (see docs/formats.md)."""

from __future__ import annotations

from legannot.model import Context, Markup
from legannot.parse.grammar import Action, Rule, Rules, names, rules

# bill.dtd, entities legis-structures and rules-level-model; res.dtd; amend.dtd.
STRUCTURES = names(
    """
    division subdivision title subtitle chapter subchapter part subpart section
    constitution-article subsection paragraph subparagraph clause subclause item subitem
    appropriations-major appropriations-intermediate appropriations-small rule rules-clause
    rules-paragraph rules-subparagraph rules-subdivision rules-item rules-subitem quoted-block
    toc list table thead tbody tfoot row preamble committee-appointment-paragraph
    amendment amendment-block amendment-instruction instruction-paragraph
    instruction-subparagraph instructive-para non-statutory-material preamble-amends
    title-amends official-title-amendment legislators graphic committee-report-segment
    committee-report-para
    """
)

# Elements that hold words directly and stand on a line of their own.
LEAVES = names(
    """
    continuation-text quoted-block-continuation-text after-quoted-block whereas toc-entry
    multi-column-toc-entry toc-quoted-entry multi-column-toc-quoted-entry list-item entry ttitle
    tdesc formula footnote subheader rules-clause-header graphic-caption instruction
    legislator resolved para editorial-note running-header purpose proxy
    impeachment-resolution-signature effective-date pl-cite legis-comment
    committee-report-header consideration-paragraph
    """
)

# Columns of an entry of a table of contents: one line in print.
COLUMNS = names("level-header page-num toc-enum target")

# bill.dtd, entities phrase-level and text-model: marks on words inside a text.
INLINE = names(
    """
    added-phrase deleted-phrase internal-xref external-xref fraction superscript subscript
    italic bold small-caps quote inline-comment act-name term omitted-text linebreak nobreak
    pagebreak definition header-in-text enum-in-header committee-name debate-time sponsor
    cosponsor nonsponsor short-title editorial footnote-ref proviso marker
    """
)

# Words that belong to the cover or to the end of the print, not to the legislative body.
FRONT = names(
    """
    form pre-form amendment-form engrossed-amendment-form resolution-form conference-report-form
    """
)
BACK = names("attestation endorsement")
METADATA = names("metadata meta-house meta-senate")

# Containers that carry no number and no heading of their own; `tgroup` only groups the rows of a
# table, and USLM has none.
BODIES = names("legis-body resolution-body amendment-body engrossed-amendment-body tgroup")

# Flush text, printed after the children of its level.
RENAMED = {
    "quoted-block-continuation-text": "continuation",
    "continuation-text": "continuation",
}

SILENT = names("pagebreak marker nobreak image-data colspec")


def _table() -> Rules:
    inline, block = Action.INLINE, Action.BLOCK
    table = rules(block, STRUCTURES | LEAVES, RENAMED)
    table |= rules(inline, INLINE, {})
    table |= rules(Action.THROUGH, BODIES, {})
    table |= rules(Action.JOIN, COLUMNS, {})
    table |= rules(Action.SILENT, SILENT | FRONT | BACK | METADATA, {})
    return table | {
        "text": Rule(Action.RUN, ""),
        "enum": Rule(Action.NUM, ""),
        "header": Rule(Action.HEADING, ""),
        "linebreak": Rule(Action.BREAK, ""),
        "quoted-block": Rule(block, "quoted-block", Context.QUOTED),
        "toc": Rule(block, "toc", Context.TOC),
        "preamble": Rule(block, "preamble", Context.PREAMBLE),
        "graphic": Rule(Action.PICTURE, "graphic", sign="picture"),
        "formula": Rule(Action.PICTURE, "formula"),
        "superscript": Rule(inline, "superscript", sign="^"),
        "subscript": Rule(inline, "subscript", sign="_"),
        "external-xref": Rule(inline, "external-xref", targets=("parsable-cite", "legal-doc")),
        "internal-xref": Rule(inline, "internal-xref", targets=("idref", "legis-path")),
        "act-name": Rule(inline, "act-name", targets=("parsable-cite",)),
        "footnote-ref": Rule(inline, "footnote-ref", targets=("idref",)),
        "added-phrase": Rule(inline, "added-phrase", mark=Markup.INSERTED),
        "deleted-phrase": Rule(inline, "deleted-phrase", mark=Markup.STRUCK),
    }


RULES = _table()
