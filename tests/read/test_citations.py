"""Citations in one normal form, internal ones resolved against the tree."""

from __future__ import annotations

from collections import defaultdict

import pytest

from legannot.model import Bill, Citation, Context
from legannot.parse import parse
from legannot.read import read
from legannot.read.citations import references
from legannot.read.cited import marked
from legannot.read.tree import Tree
from legannot.source import resolve
from tests.conftest import CORPUS, needs_corpus
from tests.read.documents import bill, paragraph, quoted, section, subsection


def cited(text: str) -> list[tuple[str, str]]:
    body = section(9, "Rule", text=text) + section(4, "Other", subsection("b", "B", text="It is."))
    return [(c.kind, c.target) for c in read(bill(body)).citations if c.path == "sec. 9"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See 50 U.S.C. 4813(a)(2).", [("usc", "usc/50/4813/a/2")]),
        ("See 50 U.S.C. 1702 and 1704.", [("usc", "usc/50/1702"), ("usc", "usc/50/1704")]),
        ("See 15 U.S.C. 1681g et seq.", [("usc", "usc/15/1681g")]),
        ("See 42 U.S.C. 1395iii(b)(1).", [("usc", "usc/42/1395iii/b/1")]),
        ("See 28 U.S.C. 532 note.", [("usc", "usc/28/532/note")]),
        ("See 50 U.S.C. App. 2401.", [("usc", "usc-appendix/50/2401")]),
        ("See the Act (5 U.S.C. App.).", [("usc", "usc-appendix/5")]),
        ("See 28 U.S.C. 561–569.", [("usc", "usc/28/561")]),
        ("See 40 U.S.C. 3, 44 U.S.C. 3604.", [("usc", "usc/40/3"), ("usc", "usc/44/3604")]),
        ("See ECCN 4E091.", [("other", "eccn/4E091")]),
        ("See Supplement No. 4 to part 744.", [("cfr", "cfr/15/part/744/supplement/4")]),
        ("See section 4(a) of H.R. 1500.", [("other", "bill/hr/1500/4/a")]),
        ("See S. 1260, 117th Congress.", [("other", "bill/117/s/1260")]),
        (
            "See section 7 of division H of Public Law 114-113.",
            [("public-law", "pl/114/113/division/H/7")],
        ),
        (
            "See title II and section 9 of the Model Safety Act.",
            [("act", "act/Model Safety Act/title/II"), ("act", "act/Model Safety Act/9")],
        ),
        ("See section 114(f) of the HEA.", [("act", "act/HEA/114/f")]),
        (
            "See section 3 of the Howard P. “Buck” McKeon Export Act for Fiscal Year 2015.",
            [("act", "act/Howard P. “Buck” McKeon Export Act for Fiscal Year 2015/3")],
        ),
        ("See section 4872(f)(2) of title 10, United States Code.", [("usc", "usc/10/4872/f/2")]),
        (
            "See sections 3309 through 3318 of title 5, United States Code.",
            [("usc", "usc/5/3309"), ("usc", "usc/5/3318")],
        ),
        (
            "See subchapter II of chapter 35 of title 44, United States Code.",
            [("usc", "usc-chapter/44/35/subchapter/II")],
        ),
        (
            "See section 744.11(a) of title 15, Code of Federal Regulations.",
            [("cfr", "cfr/15/744.11/a")],
        ),
        (
            "See Supplement No. 4 to part 744 of title 15, Code of Federal Regulations.",
            [("cfr", "cfr/15/part/744/supplement/4")],
        ),
        ("See part 740 of the Export Administration Regulations.", [("cfr", "cfr/15/part/740")]),
        (
            "See 15 CFR 734.7 and 15 C.F.R. part 744.",
            [("cfr", "cfr/15/734.7"), ("cfr", "cfr/15/part/744")],
        ),
        ("See Public Law 116–283.", [("public-law", "pl/116/283")]),
        ("See section 3 of Public Law 118-50.", [("public-law", "pl/118/50/3")]),
        (
            "See 132 Stat. 1301 and 90 Fed. Reg. 50857.",
            [("statute", "stat/132/1301"), ("other", "fr/90/50857")],
        ),
        ("See Executive Order 14110.", [("order", "eo/14110")]),
        (
            (
                "See subsections (b) and (c) of section 206 of the International Emergency Economic"
                " Powers Act."
            ),
            [
                ("act", "act/International Emergency Economic Powers Act/206/b"),
                ("act", "act/International Emergency Economic Powers Act/206/c"),
            ],
        ),
        (
            "See 30 CFR 250 subparts D and Q, and 14 CFR parts 91, 121, and 135.",
            [
                ("cfr", "cfr/30/250/subpart/D"),
                ("cfr", "cfr/30/250/subpart/Q"),
                ("cfr", "cfr/14/part/91"),
                ("cfr", "cfr/14/part/121"),
                ("cfr", "cfr/14/part/135"),
            ],
        ),
        (
            "See appendix F to part 60 of title 14, Code of Federal Regulations.",
            [("cfr", "cfr/14/part/60/appendix/F")],
        ),
        ("See 44 U.S.C. chapter 21.", [("usc", "usc-chapter/44/21")]),
        ("See chapter 1606 of title 10.", [("usc", "usc-chapter/10/1606")]),
        ("See 114 Stat. 2763A–221.", [("statute", "stat/114/2763A-221")]),
        (
            "See section 552a(b) of title 5, United States Code, and section 552a(d).",
            [("usc", "usc/5/552a/b"), ("usc", "usc/5/552a/d")],
        ),
        (
            "See section 9 of title 38, United States Code, the Loan Act, section 7 of such title.",
            [("usc", "usc/38/9"), ("act", "act/Loan Act"), ("usc", "usc/38/7")],
        ),
        (
            "Under the Sea Birds Act, and as in section 4 of that Act.",
            [("act", "act/Sea Birds Act"), ("act", "act/Sea Birds Act/4")],
        ),
        (
            "Sea Birds Treaty Act (16 U.S.C. 703).",
            [("act", "act/Sea Birds Treaty Act"), ("usc", "usc/16/703")],
        ),
        (
            "See section 9 of the Tax Code of 1986, the Loan Act, and section 7 of such Code.",
            [
                ("act", "act/Tax Code of 1986/9"),
                ("act", "act/Loan Act"),
                ("act", "act/Tax Code of 1986/7"),
            ],
        ),
        ("See section 4 of the Clean Air Act.", [("act", "act/Clean Air Act/4")]),
        ("See section 5 of Dodd-Frank.", [("other", "")]),
    ],
)
def test_law_is_cited_in_one_form(text: str, expected: list[tuple[str, str]]) -> None:
    assert cited(text) == expected


def test_what_the_markup_says_comes_first_and_the_words_say_more() -> None:
    marked = '<external-xref parsable-cite="usc/12/5491">12 U.S.C. 5491(a)</external-xref>'
    assert cited(marked) == [("usc", "usc/12/5491/a")]


TREE = section(
    4,
    "Assessment",
    subsection(
        "a",
        "In general",
        paragraph(1, "which entities; and"),
        paragraph(2, "which providers, as in paragraph (1) and subsection (b)(1)."),
        text="The Secretary shall assess—",
    ),
    subsection("b", "Matters", paragraph(1, "A list."), text="The assessment shall include:"),
) + section(
    5,
    "Listing",
    subsection("a", "In general", text="Under section 4(a) and subsection (b)(1) of such section."),
    subsection("b", "Bad", text="As in subsection (d), section 7 and section 4 of this Act."),
    subsection("c", "Own", text="As in subsection (a) of this section and section 501(c)(3)."),
)


def targets(path: str) -> list[tuple[str, str]]:
    found = read(bill(TREE)).citations
    return [(c.quote, c.target) for c in found if c.path == path]


def test_an_internal_reference_is_resolved_from_where_it_is_said() -> None:
    assert targets("sec. 4(a)(2)") == [
        ("paragraph (1)", "sec. 4(a)(1)"),
        ("subsection (b)(1)", "sec. 4(b)(1)"),
    ]


def test_such_section_is_the_one_last_named() -> None:
    assert targets("sec. 5(a)") == [
        ("section 4(a)", "sec. 4(a)"),
        ("subsection (b)(1) of such section", "sec. 4(b)(1)"),
    ]


def test_a_reference_that_leads_nowhere_has_no_target() -> None:
    assert targets("sec. 5(b)") == [
        ("subsection (d)", ""),
        ("section 7", ""),
        ("section 4 of this Act", "sec. 4"),
    ]


def test_a_section_far_beyond_the_bill_speaks_of_another_law() -> None:
    assert targets("sec. 5(c)") == [("subsection (a) of this section", "sec. 5(a)")]


def citations_of(body: str) -> list[Citation]:
    return list(read(bill(body)).citations)


def test_an_instruction_to_amend_speaks_of_the_law_it_amends() -> None:
    body = section(
        2,
        "Amendments",
        paragraph(1, "in subsection (a), by striking <quote>may</quote>; and"),
        paragraph(2, "in paragraph (5), as added by section 3, by striking it."),
        text="Section 9 of the Clean Air Act is amended—",
    ) + section(3, "Other", text="It is.")
    assert [(c.quote, c.target) for c in citations_of(body)] == [
        ("Section 9 of the Clean Air Act", "act/Clean Air Act/9"),
        ("section 3", "sec. 3"),
    ]


def test_quoted_law_refers_to_itself_or_to_the_law_around_it() -> None:
    inner = subsection(
        "f", "New", paragraph(1, "as in paragraph (2) and subsection (a);"), paragraph(2, "it.")
    )
    body = section(
        2, "Amendment", quoted(inner), text="The Act is amended by adding the following:"
    )
    assert [c.target for c in citations_of(body)] == ["sec. 2 [quoted block](f)(2)"]


def test_the_quote_is_the_citing_words() -> None:
    read_bill = bill(TREE)
    texts = {p.path: p.text for p in read_bill.walk()}
    found = read(read_bill).citations
    assert found
    assert all(texts[c.path][c.start : c.end] == c.quote for c in found)


def test_such_act_may_have_been_named_in_a_provision_before_of_the_same_section() -> None:
    body = section(
        2,
        "Limits",
        subsection("a", "", text="Section 4 of the Model Safety Act applies."),
        subsection("b", "", text="See section 9(a) of such Act."),
    ) + section(3, "Else", text="See section 9(a) of such Act.")
    assert [c.target for c in citations_of(body)] == [
        "act/Model Safety Act/4",
        "act/Model Safety Act/9/a",
        "",
    ]


def test_marks_of_both_formats_name_one_law() -> None:
    assert marked("usc/12/5491") == marked("/us/usc/t12/s5491")
    assert marked("/us/usc/t42/s4321/etseq").target == "usc/42/4321"
    assert marked("/us/pl/113/76/dK").target == "pl/113/76/division/K"
    assert marked("/us/cfr/t36/s2.4/a/1").target == "cfr/36/2.4/a/1"
    assert marked("/us/usc/t5/app").target == "usc-appendix/5"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See paragraph (9) under the heading Salaries.", []),
        ("The rule that added paragraph (h)(30) to section 744.11.", []),
        ("Apply it by substituting “under subsection (f)” for “under law”.", []),
        ("In subsection (f), by substituting “5” for “4”.", []),
        ("See paragraphs (1) and (2) of the “Job Corps” account.", ["", ""]),
        (
            "See subsection (f)(1) or (n)(1), respectively, of section 9 of the Small Trade Act.",
            ["act/Small Trade Act/9/f/1", "act/Small Trade Act/9/n/1"],
        ),
        (
            "See paragraph (2) of subsection b. of section 145 of the Atomic Energy Act of 1954.",
            ["act/Atomic Energy Act of 1954/145/b/2"],
        ),
        ("As in paragraph (1) of section 4(b) and paragraph (2) of such section.", ["", ""]),
        ("See subsection (f).", [""]),
    ],
)
def test_only_what_can_be_of_nothing_but_the_bill_is_said_to_lead_nowhere(
    text: str, expected: list[str]
) -> None:
    assert [target for _, target in cited(text)] == expected


def test_such_section_may_be_the_subsection_that_was_named() -> None:
    body = section(4, "Other", subsection("b", "B", paragraph(1, "It is."), paragraph(2, "No.")))
    body += section(
        10, "Rule", text="See paragraph (1) of section 4(b), paragraph (2) of such section."
    )
    found = [c.target for c in read(bill(body)).citations if c.path == "sec. 10"]
    assert found == ["sec. 4(b)(1)", "sec. 4(b)(2)"]


def assert_resolved_alike(document: Bill) -> int:
    """A redline asks for the references of single provisions; they are those of the whole bill."""
    tree = Tree(document)
    known: dict[str, list[Citation]] = defaultdict(list)
    for citation in read(document).citations:
        if citation.kind == "internal":
            known[citation.path].append(citation)
    for provision in document.walk():
        if provision.context is not Context.TOC:
            _, text = references(tree, provision.path)
            assert list(text) == known[provision.path], provision.path
    return sum(map(len, known.values()))


def test_a_reference_of_the_sample_leads_where_the_redline_says() -> None:
    for source in resolve(["sample:model-access"]):
        assert assert_resolved_alike(parse(source).as_reported())


@needs_corpus
def test_a_reference_of_a_real_bill_leads_where_the_redline_says() -> None:
    files = [f for f in sorted(CORPUS.glob("bills/*/*/*.xml")) if f.stat().st_size < 300_000][::9]
    assert sum(assert_resolved_alike(parse(resolve([str(f)])[0])) for f in files) > 100
