"""USLM 1.0 and 2.x give the same provisions as the Bill DTD does."""

from __future__ import annotations

import re

import pytest

from legannot.errors import InputError
from legannot.model import Bill, Context, Markup
from legannot.parse import parse
from legannot.source import from_bytes, resolve
from tests.conftest import CORPUS, check_bill, needs_corpus

GPO = "http://schemas.gpo.gov/xml/uslm"
HOUSE = "http://xml.house.gov/schemas/uslm/1.0"
DECLARED = re.compile(r'<xsd:element name="(\w+)"(?![^>]*abstract="true")')
# A whole document, or part of a cover: not inside a body.
WHOLE = frozenset(
    {
        "lawDoc", "bill", "resolution", "pLaw", "statute", "statuteCompilation", "statutesAtLarge",
        "uscDoc", "frDoc", "cfrDoc", "rule", "notice", "presidentialDoc", "constitutionalAmendment",
        "amendment", "engrossedAmendment", "document", "set",
    }
)  # fmt: skip
# Groups of whole documents of the Federal Register and the Statutes at Large.
GROUPS = frozenset(
    {
        "notices", "rules", "proposedRules", "presidentialDocs", "agencyGroup", "publicLaws",
        "privateLaws", "concurrentResolutions",
    }
)  # fmt: skip
# Read for what they say of the document, not as words.
BESIDE = frozenset({"meta", "preface", "amendMeta", "amendPreface", "attestation", "endorsement"})
SILENT = frozenset({"br", "img", "col", "colgroup"})


def parsed(body: str, *, around: str = "", namespace: str = GPO) -> Bill:
    xml = (
        f'<bill xmlns="{namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="http://www.w3.org/1998/Math/MathML">'
        f"{around}<main>{body}</main></bill>"
    )
    bill = parse(from_bytes("made.xml", xml.encode()))
    check_bill(bill)
    return bill


def rows(bill: Bill) -> list[tuple[str, str]]:
    return [(p.path, " ".join(filter(None, (p.heading, p.text)))) for p in bill.walk()]


def words(bill: Bill) -> list[str]:
    return [w for p in bill.walk() for t in (p.enum, p.heading, p.text) for w in t.split()]


def declared() -> list[str]:
    schemas = (CORPUS / "schemas" / "uslm").glob("*.xsd")
    found = {
        name
        for schema in schemas
        if schema.name.lower().startswith("uslm") and "meta-senate" not in schema.name
        for name in DECLARED.findall(schema.read_text("utf-8"))
    }
    return sorted(found - WHOLE - GROUPS)


@needs_corpus
@pytest.mark.parametrize("namespace", [GPO, HOUSE])
def test_every_element_of_the_schemas_is_understood_and_keeps_its_words(namespace: str) -> None:
    names = declared()
    assert len(names) > 200
    for name in names:
        element = f"<{name}>within</{name}>"
        for inner in (
            f"<content>before {element} after</content>",
            f"{element}<content>after</content>",
        ):
            bill = parsed(f"<section><num>1.</num>{inner}</section>", namespace=namespace)
            assert not bill.not_understood, name
            found = words(bill)
            if name in SILENT:
                continue
            kept = " ".join([*found, *(item.text for item in bill.front)])
            assert kept.count("within") == (name not in BESIDE), (name, found)
            assert found.count("after") == 1, (name, found)


# ── levels ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("namespace", [GPO, HOUSE])
def test_levels_have_the_kinds_and_paths_of_the_bill_dtd(namespace: str) -> None:
    bill = parsed(
        '<title><num value="I">TITLE I—</num><heading>MODELS</heading><section><num'
        ' value="3">SEC. 3. '
        "</num><heading>DUTIES.</heading><subsection><num>(a) </num><heading>In General.—</heading>"
        "<chapeau>The Director shall—</chapeau><paragraph><num>(1)</num><content>report;"
        " and</content>"
        "</paragraph><continuation>by July.</continuation></subsection></section></title>",
        namespace=namespace,
    )
    assert rows(bill) == [
        ("title I", "MODELS"),
        ("sec. 3", "DUTIES."),
        ("sec. 3(a)", "In General.— The Director shall—"),
        ("sec. 3(a)(1)", "report; and"),
        ("sec. 3(a) [continuation]", "by July."),
    ]
    assert [p.kind for p in bill.walk()][:4] == ["title", "section", "subsection", "paragraph"]
    assert bill.format == "uslm"


def test_a_heading_that_is_printed_above_its_number_is_its_heading() -> None:
    bill = parsed("<section><heading>Short title</heading><num>Section 1. </num></section>")
    assert [(p.enum, p.heading) for p in bill.walk()] == [("Section 1.", "Short title")]


def test_appropriations_stand_side_by_side_however_they_are_nested() -> None:
    nested = (
        '<title><num>TITLE I</num><appropriations level="major"><heading>ARMY</heading>'
        '<appropriations level="intermediate"><heading>Pay</heading><content>$5.</content>'
        "</appropriations></appropriations></title>"
    )
    flat = (
        '<title><num>TITLE I</num><appropriations level="major"><heading>ARMY</heading>'
        '</appropriations><appropriations level="intermediate"><heading>Pay</heading>'
        "<content>$5.</content></appropriations></title>"
    )
    assert rows(parsed(nested)) == rows(parsed(flat))
    assert [p.kind for p in parsed(nested).walk()] == [
        "title",
        "appropriations-major",
        "appropriations-intermediate",
    ]


def test_flush_text_after_nested_appropriations_stays_in_reading_order() -> None:
    bill = parsed(
        '<appropriations level="major"><heading>ARMY</heading><appropriations level="small">'
        "<content>"
        "$5.</content></appropriations><continuation>In all, $5.</continuation></appropriations>"
    )
    assert words(bill) == ["ARMY", "$5.", "In", "all,", "$5."]


def test_title_formula_and_preamble_come_before_the_law_and_are_no_law() -> None:
    bill = parsed(
        "<longTitle><docTitle>A BILL</docTitle><officialTitle>To list models.</officialTitle>"
        "</longTitle>"
        "<preamble><recital>Whereas it rains;</recital></preamble><enactingFormula><i>Be it"
        " enacted,</i>"
        "</enactingFormula><section><num>1.</num><content>Law.</content></section>"
    )
    assert [(p.kind, p.context is Context.PREAMBLE) for p in bill.walk()] == [
        ("long-title", True),
        ("legis-type", True),
        ("official-title", True),
        ("preamble", True),
        ("whereas", True),
        ("enacting-formula", True),
        ("section", False),
    ]
    assert bill.official_title == "To list models."


# ── quoted law ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "stop", [".", '<inline role="after-quoted-block">.</inline>', "; and", "”.", "”; and"]
)
def test_a_quoted_block_is_quoted_and_keeps_the_stop_after_it(stop: str) -> None:
    bill = parsed(
        "<section><num>1.</num><content>The Act is amended by adding: <quotedContent><section>"
        "<num>“SEC."
        f" 9.</num><content>Models.</content></section></quotedContent>{stop}</content></section>"
    )
    assert [(p.path, p.context) for p in bill.walk()][1:] == [
        ("sec. 1 [quoted block]", Context.QUOTED),
        ("sec. 1 [quoted block] sec. 9", Context.QUOTED),
        ("sec. 1 [quoted block] [after-quoted block]", Context.QUOTED),
    ]


def test_words_quoted_inside_a_sentence_stay_in_it() -> None:
    bill = parsed(
        "<section><num>1.</num><content>by striking <quotedContent>“may”</quotedContent> and"
        " inserting"
        " <quotedText>“shall”</quotedText>.</content></section>"
    )
    (section,) = bill.provisions
    assert section.text == "by striking “may” and inserting “shall”."
    assert [s.of(section.text) for s in section.spans if s.kind == "quote"] == ["“may”", "“shall”"]


def test_a_flush_sentence_quoted_after_a_colon_is_a_block() -> None:
    bill = parsed(
        "<section><num>1.</num><content>by adding the following flush"
        " sentence:<quotedContent>Such sums"
        " are final.</quotedContent>; and</content></section>"
    )
    assert rows(bill)[1][1] == "Such sums are final."
    assert bill.provisions[0].children[0].context is Context.QUOTED


# ── marks, notes, tables ──────────────────────────────────────────────────────────────────────────


def test_marks_on_words_have_the_names_of_the_bill_dtd() -> None:
    bill = parsed(
        "<section><num>1.</num><content>The <term>model</term> of <ref"
        ' href="/us/usc/t50/s4801">50 U.S.C.'
        ' 4801</ref> and <ref idref="S2">section 2</ref>, 10<sup>26</sup> <inline'
        ' class="smallCaps">Op'
        '</inline>, <amendingAction type="insert">inserting</amendingAction> it.</content>'
        "</section>"
    )
    (section,) = bill.provisions
    assert section.text == "The model of 50 U.S.C. 4801 and section 2, 10^26 Op, inserting it."
    assert {(s.kind, s.of(section.text), s.value) for s in section.spans} == {
        ("term", "model", ""),
        ("external-xref", "50 U.S.C. 4801", "/us/usc/t50/s4801"),
        ("internal-xref", "section 2", "S2"),
        ("superscript", "^26", ""),
        ("small-caps", "Op", ""),
        ("amending-action", "inserting", "insert"),
    }


def test_margin_notes_and_page_numbers_do_not_enter_the_sentence_they_stand_beside() -> None:
    bill = parsed(
        "<section><num>1.</num><sidenote><p>Deadline.</p><p>33 USC 1.</p></sidenote><heading>Rule"
        "</heading><content>The natural parents <page>128 STAT. 5</page>of him<sidenote>Family."
        "</sidenote> shall act.</content></section>"
    )
    assert rows(bill) == [("sec. 1", "Rule The natural parents of him shall act.")]
    assert [(item.kind, item.text) for item in bill.front] == [
        ("sidenote", "Deadline. 33 USC 1."),
        ("page", "128 STAT. 5"),
        ("sidenote", "Family."),
    ]
    assert "(3)" in bill.notices[0]


def test_editorial_notes_stand_after_the_sentence_to_which_they_are_anchored() -> None:
    bill = parsed(
        "<section><num>1.</num><heading>Title</heading><editorialNote>[42 U.S.C. 1]</editorialNote>"
        "<content>The rule<footnote><sup>1</sup><p>So in law.</p></footnote> holds.</content>"
        "</section>"
    )
    assert [(p.kind, p.text) for p in bill.walk()] == [
        ("section", "The rule holds."),
        ("editorial-note", "[42 U.S.C. 1]"),
        ("footnote", "^1"),
        ("continuation", "So in law."),
    ]


def test_a_table_is_rows_of_cells() -> None:
    bill = parsed(
        "<section><num>1.</num><content><h:table><h:caption>Rates</h:caption><h:colgroup><h:col/>"
        "</h:colgroup><h:thead><h:tr><h:th>If</h:th></h:tr></h:thead><h:tbody><h:tr>"
        "<h:td>2026</h:td>"
        "<h:td>5 <h:b>percent</h:b></h:td></h:tr></h:tbody></h:table></content></section>"
    )
    assert [(p.kind, p.text) for p in bill.walk()][1:] == [
        ("table", ""),
        ("ttitle", "Rates"),
        ("thead", ""),
        ("row", ""),
        ("entry", "If"),
        ("tbody", ""),
        ("row", ""),
        ("entry", "2026"),
        ("entry", "5 percent"),
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "<referenceItem><designator>Sec. 1.</designator> <label>Ban.</label></referenceItem>",
        "<layout><tocItem><column>Sec. 1.</column><column>Ban.</column></tocItem></layout>",
        "<layout><header><column>Sec. 1.</column><column>Ban.</column></header></layout>",
        "<layout><row><column>Sec. 1.</column><column>Ban.</column></row></layout>",
    ],
)
def test_every_table_of_contents_gives_entries_of_one_line(entry: str) -> None:
    bill = parsed(f"<section><num>1.</num><content>It is:<toc>{entry}</toc></content></section>")
    assert [(p.kind, p.text, p.context) for p in bill.walk()][2:] == [
        ("toc-entry", "Sec. 1. Ban.", Context.TOC)
    ]


def test_pictures_and_formulas_are_named_and_kept_in_their_sentence() -> None:
    bill = parsed(
        '<section><num>1.</num><content>The rate is <img src="eq1.gif" alt="a/b"/> or <m:math>'
        "<m:mi>x"
        "</m:mi><m:mo>+</m:mo><m:mn>1</m:mn></m:math> a year.</content></section>"
    )
    assert bill.provisions[0].text == "The rate is [graphic a/b] or x + 1 a year."


# ── committee markup ──────────────────────────────────────────────────────────────────────────────


@needs_corpus
def test_both_texts_of_a_reported_resolution_are_whole_and_clean() -> None:
    (source,) = resolve([str(CORPUS / "resolutions/116/sjres4/rs.uslm.xml")])
    bill = parse(source)
    assert bill.marked
    introduced, reported = bill.as_introduced(), bill.as_reported()
    for clean in (introduced, reported):
        check_bill(clean)
        assert not clean.marked
    headings = [
        [p.heading for p in b.walk() if p.kind == "section"] for b in (introduced, reported)
    ]
    assert len(headings[0]) == 5
    assert len(headings[1]) == 6
    assert "DENUNCIATION" not in headings[0][0]
    assert "DENUNCIATION" in headings[1][0]


@pytest.mark.parametrize(
    ("inner", "struck", "inserted"),
    [
        ("<deletedText>may</deletedText> <addedText>shall</addedText> go", "may go", "shall go"),
        ("<del>may</del> <ins>shall</ins> go", "may go", "shall go"),
    ],
)
def test_words_struck_and_inserted_in_a_sentence(inner: str, struck: str, inserted: str) -> None:
    bill = parsed(f"<section><num>1.</num><content>{inner}</content></section>")
    assert bill.as_introduced().provisions[0].text == struck
    assert bill.as_reported().provisions[0].text == inserted


def test_a_mark_on_the_body_holds_for_all_in_it() -> None:
    xml = (
        f'<bill xmlns="{GPO}"><main changed="added"><section><num>1.</num><content>A.</content>'
        f"</section>"
        '<section changed="notChanged"><num>2.</num><content>B.</content></section></main></bill>'
    )
    bill = parse(from_bytes("made.xml", xml.encode()))
    assert [p.markup for p in bill.walk()] == [Markup.INSERTED, Markup.NONE]


# ── which document it is ──────────────────────────────────────────────────────────────────────────


@needs_corpus
@pytest.mark.parametrize(
    ("name", "bill", "version", "document", "dates"),
    [
        ("bills/116/s1900/rs.uslm.xml", "116s1900", "rs", "bill", {"action": "2019-06-19"}),
        ("bills/115/hr1/eas2.uslm.xml", "115hr1", "eas2", "amendment", {"action": "2017-12-20"}),
        ("bills/116/s47/enr.uslm1.xml", "116s47", "enr", "bill", {}),
        ("resolutions/116/hconres105/eh.uslm.xml", "116hconres105", "eh", "resolution",
         {"attestation": "2020-07-24"}),
        ("public-laws/113/publ121.uslm.xml", "113hr3080", "pl", "public-law",
         {"approved": "2014-06-10"}),
        ("other/comps/COMPS-1649.xml", "None", "pl116-260", "compilation",
         {"approved": "1978-11-08"}),
    ],
)  # fmt: skip
def test_metadata_say_which_document_it_is(
    name: str, bill: str, version: str, document: str, dates: dict[str, str]
) -> None:
    read = parse(resolve([str(CORPUS / name)])[0])
    assert (str(read.id), read.version, read.document) == (bill, version, document)
    assert read.dates == dates


@needs_corpus
def test_an_enrolled_bill_and_its_public_law_have_the_same_words() -> None:
    enrolled = parse(resolve([str(CORPUS / "bills/113/hr3080/enr.uslm.xml")])[0])
    law = parse(resolve([str(CORPUS / "public-laws/113/publ121.uslm.xml")])[0])
    assert enrolled.id == law.id
    assert [(p.kind, p.enum) for p in enrolled.walk()] == [(p.kind, p.enum) for p in law.walk()]


USC_TITLE = f"""<uscDoc xmlns="{HOUSE}" xmlns:dc="http://purl.org/dc/elements/1.1/">
<meta><dc:title>Title 1</dc:title><dc:type>USCTitle</dc:type><docNumber>1</docNumber>
<docReleasePoint>118-22</docReleasePoint></meta>
<main><title identifier="/us/usc/t1"><num value="1">Title 1—</num>
<heading>GENERAL PROVISIONS</heading>
<note topic="enacting"><p>This title was enacted in 1947.</p></note>
<chapter><num value="1">CHAPTER 1—</num><heading>RULES OF CONSTRUCTION</heading>
<section identifier="/us/usc/t1/s1"><num value="1">§ 1.</num>
<heading> Words denoting number</heading>
<content><p>In any Act—</p><p class="indent1">the singular includes the plural;</p></content>
<sourceCredit>(July 30, 1947, ch. 388, 61 Stat. 633.)</sourceCredit>
<notes type="uscNote"><note topic="amendments"><heading>Amendments</heading><p>1948—Act June 25.</p>
</note></notes></section></chapter></title></main></uscDoc>"""


def test_a_title_of_the_united_states_code_is_read_with_its_notes_beside_the_law() -> None:
    bill = parse(from_bytes("usc01.xml", USC_TITLE.encode()))
    check_bill(bill)
    assert not bill.not_understood
    assert (bill.title, bill.version, bill.document) == ("Title 1", "pl118-22", "compilation")
    assert rows(bill) == [
        ("title 1", "GENERAL PROVISIONS"),
        ("title 1 [note]", "This title was enacted in 1947."),
        ("title 1, chapter 1", "RULES OF CONSTRUCTION"),
        ("sec. 1", "Words denoting number In any Act—"),
        ("sec. 1 [continuation]", "the singular includes the plural;"),
        ("sec. 1 [source-credit]", "(July 30, 1947, ch. 388, 61 Stat. 633.)"),
        ("sec. 1 [notes]", ""),
        ("sec. 1 [notes] [note]", "Amendments 1948—Act June 25."),
    ]


def test_prefixes_and_what_stands_between_letters_are_no_matter() -> None:
    xml = (
        f'<u:bill xmlns:u="{GPO}" xmlns:d="http://purl.org/dc/elements/1.1/"><u:meta>'
        "<d:title>119 HR 1 IH: Sample Act</d:title></u:meta><u:main><u:section><u:num>SECTION 1."
        "</u:num><u:heading>One<!-- a note --> rule</u:heading><u:content>wo<?page 3?>rds &#167; "
        "<![CDATA[a<b]]></u:content></u:section></u:main></u:bill>"
    )
    bill = parse(from_bytes("made.xml", xml.encode()))
    check_bill(bill)
    assert rows(bill) == [("sec. 1", "One rule words § a<b")]
    assert (str(bill.id), bill.version, bill.title) == ("119hr1", "ih", "Sample Act")


@pytest.mark.parametrize(
    ("root", "what"),
    [
        ("statutesAtLarge", "is a volume of the Statutes at Large, not one bill or law."),
        ("frDoc", "is an issue of the Federal Register, not one bill or law."),
        ("cfrDoc", "is a part of the Code of Federal Regulations, not one bill or law."),
    ],
)
def test_a_document_of_uslm_that_is_no_bill_or_law_is_named(root: str, what: str) -> None:
    section = "<section><num>1.</num><content>Words.</content></section>"
    xml = f'<{root} xmlns="{GPO}"><main>{section}</main></{root}>'
    with pytest.raises(InputError) as caught:
        parse(from_bytes("made.xml", xml.encode()))
    assert caught.value.what == what
