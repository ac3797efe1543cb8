"""What each element of USLM 1.0 and 2.x becomes, under the names of the Bill DTD (docs/formats.md).

Source: GPO and OLRC, "USLM User Guide", the review guides of 2.x, and the schemas' own notes.
"""

from __future__ import annotations

import re

from lxml import etree

from legannot.model import Context, Markup
from legannot.parse.grammar import Action, Rule, Rules, names, rules

NAMESPACES = ("http://schemas.gpo.gov/xml/uslm", "http://xml.house.gov/schemas/uslm/1.0")
_XHTML = "http://www.w3.org/1999/xhtml"
_MATHML = "http://www.w3.org/1998/Math/MathML"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"

# The hierarchy of levels, those of compiled law and of court rules included.
LEVELS = names(
    """
    division subdivision title subtitle chapter subchapter part subpart article subarticle section
    subsection paragraph subparagraph clause subclause item subitem subsubitem level appropriations
    preliminary compiledAct courtRules courtRule reorganizationPlans reorganizationPlan appendix
    schedule
    """
)
BLOCKS = names(
    """
    quotedContent amendmentContent amendmentInstruction officialTitleAmendment preamble recital
    rulePreamble toc index tableOfTitlesAndChapters listOfAgencies listOfSectionsAffected
    listOfBillsEnacted listOfPublicLaws listOfPrivateLaws listOfConcurrentResolutions
    listOfProclamations popularNameIndex subjectIndex referenceItem headingItem groupItem tocItem
    continuation subheading crossHeading longTitle docTitle officialTitle enactingFormula
    resolvingClause wordsOfIssuance statement list listHeading listItem figCaption elided fragment
    block foreign backMatter editorialContent affected property
    """
)
# Wrappers of words: each is a run of its own in the level that holds it.
RUNS = names("content chapeau text p")
# Wrappers of levels without words of their own.
THROUGH = names("main amendMain collection component listContent layout")
INLINE = names(
    """
    inline i b sub sup ref date quotedText addedText deletedText ins del shortTitle term entity
    proviso headingText amendingAction committee organization span center fillIn checkBox qualifier
    sponsor cosponsor nonsponsor referenceMarker congress session docNumber currentChamber marker
    name role affiliation autograph notation coverText coverTitle
    """
)
# Properties of a document.  They stand in its metadata and preface; in a body they are words.
PROPERTIES = names(
    """
    actionDescription actionInstruction amendDegree amendStage amendingFormula amendmentNumber
    approved approvedDate citableAs citableAsShortTitle containsShortTitle createdDate
    currentThroughPublicLaw def delivered distributionCode docPart docPublicationName
    docReleasePoint docStage draftingOffice endingPage endingProvision enrolledDateline
    firstPageHeading firstPageSubheading issue made popularName processedBy processedDate
    provisionRange publicPrint publicPrivate purpose received relatedDocument relatedDocuments
    signatureDate starPrint startingPage startingProvision subject volume
    """
)
COLUMNS = names("designator label target column")
# Editorial matter that belongs to a place in the text.
NOTES = names(
    """
    note notes sourceCredit uscNote statutoryNote drafterNote editorialNote changeNote authority
    source effectiveDateNote editionNote organizationNote citationNote explanationNote
    findingAidsNote footnote endnote
    """
)
# What the printer sets beside, above and below the text: page numbers and notes of the edition.
MARGIN = names(
    """
    sidenote ear page line leftRunningHead centerRunningHead rightRunningHead slugLine endMarker
    action legislativeHistory signatures signature frDocId billingCode
    """
)
# Read by the cover's reader.
BESIDE = names("meta preface amendMeta amendPreface attestation endorsement")

KINDS = {
    "quotedContent": "quoted-block",
    "amendmentContent": "amendment-block",
    "recital": "whereas",
    "referenceItem": "toc-entry",
    "headingItem": "toc-entry",
    "tocItem": "toc-entry",
    "groupItem": "toc-group",
    "subheading": "subheader",
    "crossHeading": "heading",
    "listHeading": "heading",
    "docTitle": "legis-type",
    "elided": "omitted-text",
    "figCaption": "graphic-caption",
    "i": "italic",
    "b": "bold",
    "ref": "external-xref",
    "quotedText": "quote",
    "headingText": "header-in-text",
    "committee": "committee-name",
}

_DIVIDED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APPROPRIATIONS = re.compile(r"appropriations-?(major|intermediate|small)", re.IGNORECASE)
_COLON = re.compile(r":\s*(?<! )$")
# What a quoted block holds where it is one; without, it is a quotation inside a sentence.
_STRUCTURE = LEVELS | BLOCKS | RUNS | {"layout", "table", "figure", "img", "heading", "num"}


def _kind(name: str) -> str:
    """The name in the manner of the Bill DTD: `enactingFormula` is `enacting-formula`."""
    return KINDS.get(name) or _DIVIDED.sub("-", name).lower()


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _quoted(element: etree._Element) -> Rule:
    """Law in a block of its own, or words quoted inside a sentence.

    Words alone are a block where they stand on a new line after a colon ("the following flush
    sentence:"); converters write no blank there, but one in "the following: <quotedContent>".
    """
    if any(_local(child) in _STRUCTURE for child in element):
        return _QUOTED_BLOCK
    before, around = element.getprevious(), element.getparent()
    text = before.tail if before is not None else around.text if around is not None else ""
    return _QUOTED_BLOCK if _COLON.search(text or "") else _QUOTE


def _appropriations(element: etree._Element) -> Rule:
    size = element.get("level") or "small"
    return Rule(Action.BLOCK, f"appropriations-{size}")


def _level(element: etree._Element) -> Rule:
    """A level without a name of its own; converters write appropriations headings as such."""
    heading = next((child for child in element if _local(child) == "heading"), None)
    classes = heading.get("class") or "" if heading is not None else ""
    role = element.get("role") or ""
    size = _APPROPRIATIONS.match(classes) or _APPROPRIATIONS.match(role)
    if size:
        return Rule(Action.BLOCK, f"appropriations-{size[1].lower()}")
    around = element.getparent()
    bare = heading is None and not any(_local(child) == "num" for child in element)
    among = around is not None and any(_local(sibling) == "appropriations" for sibling in around)
    return _SMALL_SUM if role == "appropriations" or (bare and among) else _LEVEL


def _paragraph(element: etree._Element) -> Rule:
    """A paragraph of words; in a long title the first is the type of the document."""
    around = element.getparent()
    if around is not None and _local(around) == "content":
        around = around.getparent()
    if around is None or _local(around) != "longTitle":
        return _RUN
    return _OFFICIAL_TITLE if element.getprevious() is not None else _LEGIS_TYPE


def _inline(element: etree._Element) -> Rule:
    if element.get("role") == "after-quoted-block":
        return _AFTER_QUOTE
    return _SMALL_CAPS if (element.get("class") or "").lower() in _SMALL else _PLAIN


def _block(element: etree._Element) -> Rule:
    return _ON_THE_COVER if element.get("role") in _COVER_ROLES else _BLOCK


def _ref(element: etree._Element) -> Rule:
    return _INTERNAL if element.get("href") is None and element.get("idref") else _EXTERNAL


def _row(element: etree._Element) -> Rule:
    """A row or header of a layout: an entry in a table of contents, a row of cells elsewhere."""
    inside = (_local(around) for around in element.iterancestors())
    return _TOC_ENTRY if "toc" in inside else _ROW


_QUOTED_BLOCK = Rule(Action.BLOCK, "quoted-block", Context.QUOTED)
_QUOTE = Rule(Action.INLINE, "quote")
_BLOCK = Rule(Action.BLOCK, "block")
_ON_THE_COVER = Rule(Action.SILENT, "")
_COVER_ROLES = ("endorsement", "action", "attestation")
_LEVEL = Rule(Action.BLOCK, "level")
_SMALL_SUM = Rule(Action.BLOCK, "appropriations-small")
_RUN = Rule(Action.RUN, "")
_LEGIS_TYPE = Rule(Action.BLOCK, "legis-type")
_OFFICIAL_TITLE = Rule(Action.BLOCK, "official-title")
_AFTER_QUOTE = Rule(Action.AFTER_QUOTE, "after-quoted-block")
_SMALL = ("small-caps", "smallcaps")
_SMALL_CAPS = Rule(Action.INLINE, "small-caps")
_PLAIN = Rule(Action.INLINE, "")
_INTERNAL = Rule(Action.INLINE, "internal-xref", targets=("idref",))
_EXTERNAL = Rule(Action.INLINE, "external-xref", targets=("href", "portion"))
_TOC_ENTRY = Rule(Action.BLOCK, "toc-entry")
_ROW = Rule(Action.BLOCK, "row")


def _uslm() -> dict[str, Rule]:
    kinds = {name: _kind(name) for name in LEVELS | BLOCKS | INLINE | PROPERTIES | NOTES | MARGIN}
    inline, block = Action.INLINE, Action.BLOCK
    table = rules(block, LEVELS | BLOCKS, kinds)
    table |= rules(Action.RUN, RUNS, {})
    table |= rules(Action.THROUGH, THROUGH, {})
    table |= rules(inline, INLINE | PROPERTIES, kinds)
    table |= rules(Action.JOIN, COLUMNS, {})
    table |= rules(Action.NOTE, NOTES, kinds)
    table |= rules(Action.MARGIN, MARGIN, kinds)
    table |= rules(Action.SILENT, BESIDE, {})
    contents = {name: Rule(block, "toc", Context.TOC) for name in names("toc index") | _LISTS}
    titles = {
        name: Rule(block, kinds[name], Context.PREAMBLE)
        for name in names("longTitle enactingFormula resolvingClause preamble")
    }
    return table | contents | titles | _PARTICULAR


_LISTS = frozenset(name for name in BLOCKS if name.startswith(("listOf", "tableOf", "popular")))
_PARTICULAR = {
    "num": Rule(Action.NUM, ""),
    "heading": Rule(Action.HEADING, ""),
    "br": Rule(Action.BREAK, ""),
    "p": Rule(Action.RUN, "", choose=_paragraph),
    "level": Rule(Action.BLOCK, "level", choose=_level),
    "appropriations": Rule(Action.BLOCK, "appropriations", choose=_appropriations),
    "quotedContent": Rule(Action.BLOCK, "quoted-block", choose=_quoted),
    "amendmentContent": Rule(Action.BLOCK, "amendment-block", Context.OPERATIVE),
    "block": Rule(Action.BLOCK, "block", choose=_block),
    "inline": Rule(Action.INLINE, "", choose=_inline),
    "span": _PLAIN,
    "marker": _PLAIN,
    "ref": Rule(Action.INLINE, "external-xref", choose=_ref),
    "header": Rule(Action.BLOCK, "row", choose=_row),
    "row": Rule(Action.BLOCK, "row", choose=_row),
    "sup": Rule(Action.INLINE, "superscript", sign="^"),
    "sub": Rule(Action.INLINE, "subscript", sign="_"),
    "amendingAction": Rule(Action.INLINE, "amending-action", targets=("type",)),
    "date": Rule(Action.INLINE, "date", targets=("date",)),
    "addedText": Rule(Action.INLINE, "added-phrase", mark=Markup.INSERTED),
    "ins": Rule(Action.INLINE, "added-phrase", mark=Markup.INSERTED),
    "deletedText": Rule(Action.INLINE, "deleted-phrase", mark=Markup.STRUCK),
    "del": Rule(Action.INLINE, "deleted-phrase", mark=Markup.STRUCK),
    "figure": Rule(Action.PICTURE, "graphic"),
    "img": Rule(Action.PICTURE, "graphic", sign="picture"),
}

_HTML_TABLE = {
    "table": Rule(Action.BLOCK, "table"),
    "caption": Rule(Action.BLOCK, "ttitle"),
    "thead": Rule(Action.BLOCK, "thead"),
    "tbody": Rule(Action.BLOCK, "tbody"),
    "tfoot": Rule(Action.BLOCK, "tfoot"),
    "tr": Rule(Action.BLOCK, "row"),
    "th": Rule(Action.BLOCK, "entry"),
    "td": Rule(Action.BLOCK, "entry"),
    "colgroup": Rule(Action.SILENT, ""),
    "col": Rule(Action.SILENT, ""),
    "ul": Rule(Action.BLOCK, "list"),
    "ol": Rule(Action.BLOCK, "list"),
    "li": Rule(Action.BLOCK, "list-item"),
    "p": Rule(Action.RUN, ""),
    "div": Rule(Action.RUN, ""),
    "br": Rule(Action.BREAK, ""),
    "b": Rule(Action.INLINE, "bold"),
    "strong": Rule(Action.INLINE, "bold"),
    "i": Rule(Action.INLINE, "italic"),
    "em": Rule(Action.INLINE, "italic"),
    "sub": Rule(Action.INLINE, "subscript", sign="_"),
    "sup": Rule(Action.INLINE, "superscript", sign="^"),
    "span": _PLAIN,
    "a": Rule(Action.INLINE, "external-xref", targets=("href",)),
    "img": Rule(Action.PICTURE, "graphic", sign="picture"),
}

# MathML 3, chapters 3 and 5: every part of a formula is words between blanks.
_FORMULA = names(
    """
    annotation mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow ms mspace
    msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics
    """
)


def _table() -> Rules:
    table: dict[str, Rule] = {}
    for namespace in NAMESPACES:
        # Converters leave XHTML's tables and lists in USLM's own namespace.
        plain = {**_HTML_TABLE, **_uslm()}
        table |= {f"{{{namespace}}}{name}": rule for name, rule in plain.items()}
    table |= {f"{{{_XHTML}}}{name}": rule for name, rule in _HTML_TABLE.items()}
    table |= {f"{{{_MATHML}}}{name}": Rule(Action.JOIN, "") for name in _FORMULA}
    table |= {f"{{{_MATHML}}}math": Rule(Action.PICTURE, "formula")}
    table |= {
        f"{{{_DUBLIN_CORE}}}{name}": Rule(Action.INLINE, "")
        for name in names("title type creator publisher date format language rights")
    }
    return table


RULES = _table()
