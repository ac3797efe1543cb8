"""GPO's plain text is a fallback: every word, levels by inference, and the bill says so."""

from __future__ import annotations

import html
import re
import unicodedata
from pathlib import Path

import pytest

from legannot.errors import InputError
from legannot.model import Bill, Context, Markup
from legannot.parse import parse
from legannot.source import from_bytes, resolve
from tests.conftest import CORPUS, check_bill, needs_corpus

FILES = sorted(CORPUS.glob("bills/*/*/*.htm"))
HEADER = """[Congressional Bills 118th Congress]
[From the U.S. Government Publishing Office]
[S. 99 Reported in Senate (RS)]

<DOC>

118th CONGRESS
  1st Session
                                 S. 99
_______________________________________________________________________

                              May 1, 2023

_______________________________________________________________________

                                 A BILL

     To list models, and for other
                               purposes.

    Be it enacted by the Senate and House of Representatives of the
United States of America in Congress assembled,

"""


def parsed(body: str, header: str = HEADER) -> Bill:
    bill = parse(from_bytes("given.txt", f"{header}{body}\n".encode()))
    check_bill(bill)
    assert bill.format == "text"
    return bill


def rows(bill: Bill) -> list[tuple[str, str]]:
    found = ((p.path, " ".join(filter(None, (p.heading, p.text)))) for p in bill.walk())
    return [row for row in found if "formula" not in row[0]]


# ── real files ────────────────────────────────────────────────────────────────────────────────────


def name(file: Path) -> str:
    return f"{file.parent.parent.name}{file.parent.name}{file.stem}"


def letters(text: str) -> str:
    """Letters and digits without case or accents: the prints quote, dash and break otherwise."""
    bare = unicodedata.normalize("NFKD", text).lower()
    return re.sub(r"[^a-z0-9]", "", bare)


def body_of(file: Path) -> str:
    """The words of a file's legislative body, by the printed signs of where it begins and ends."""
    text = html.unescape(re.sub(r"</?(html|body|pre)>", "", file.read_text("utf-8")))
    body = text.partition("in Congress assembled,")[2]
    return re.split(
        r"<all>|\n +Passed the |\n +Attest:|\n {40,}(?:Union|House) Calendar|\n\d+th CONGRESS", body
    )[0]


@needs_corpus
@pytest.mark.parametrize("file", FILES, ids=name)
def test_every_word_of_the_body_is_kept_in_order(file: Path) -> None:
    bill = parse(resolve([str(file)])[0])
    check_bill(bill)
    found = " ".join(
        text
        for p in bill.walk()
        if p.kind != "enacting-formula"
        for text in (p.enum, p.heading, p.text)
    )
    assert letters(found) == letters(body_of(file))


LEVEL = re.compile(r"^[“‘]*(section|sec\.|title|subtitle|part)\s", re.IGNORECASE)


def comparable(bill: Bill) -> list[str]:
    """Words without what the formats print differently: marks, names of levels, the formula."""
    words: list[str] = []
    for p in bill.walk():
        if p.kind == "enacting-formula":
            continue
        enum = LEVEL.sub("", p.enum)
        for text in (enum, p.heading, p.text):
            words += map(letters, text.replace("—", " ").split())
    return [word for word in words if word]


# GPO's rendering differs from the XML in more than marks, and why.
OTHER_WORDS = {
    "116hr2000ih": "a table, printed line by line across its columns",
    "117hr2000ih": "“Sec.” is printed before a section that the XML numbers without it",
}


@needs_corpus
def test_the_words_agree_with_those_of_the_xml_except_where_explained() -> None:
    differing = set()
    for file in FILES:
        sides = [parse(resolve([str(f)])[0]) for f in (file, file.with_suffix(".xml"))]
        assert sides[0].id == sides[1].id
        assert sides[0].version == sides[1].version
        if comparable(sides[0]) != comparable(sides[1]):
            differing.add(name(file))
    assert len(FILES) == 27
    assert differing == set(OTHER_WORDS)


@needs_corpus
def test_nearly_every_level_is_the_one_of_the_xml() -> None:
    same = every = 0
    for file in FILES:
        text, xml = (
            {(p.kind, p.path.replace("–", "-")) for p in bill.walk() if p.enum}
            for bill in map(parse, resolve([str(file), str(file.with_suffix(".xml"))]))
        )
        every += len(xml)
        same += len(text & xml)
    assert same / every > 0.99


# ── levels ────────────────────────────────────────────────────────────────────────────────────────


def test_the_bill_says_that_it_was_read_from_plain_text() -> None:
    bill = parsed("SECTION 1. SHORT TITLE.\n\n    This Act is short.")
    assert "plain text" in bill.notices[0]
    assert (str(bill.id), bill.version) == ("118s99", "rs")
    assert bill.official_title == "To list models, and for other purposes."
    assert bill.dates == {"action": "2023-05-01"}


def test_a_file_in_windows_1252_is_read_as_that_and_says_so() -> None:
    body = "SECTION 1. CAFÉS.\n\n    A café “is open” at 5¢.\n"
    bill = parse(from_bytes("given.txt", f"{HEADER}{body}".encode("windows-1252")))
    check_bill(bill)
    assert [row[1] for row in rows(bill)] == ["CAFÉS. A café “is open” at 5¢."]
    assert bill.notices[1:] == ("the file is not UTF-8; it was read as windows-1252",)


@pytest.mark.parametrize(
    ("unread", "count"),
    [("\x81", "1 byte is"), ("\x81\x8d \n    x\x9d", "3 bytes are")],
    ids=["one", "three in two lines"],
)
def test_bytes_that_are_no_character_are_counted_and_named_with_their_line(
    unread: str, count: str
) -> None:
    before = f"{HEADER}SECTION 1. CAFÉS.\n\n    A café "
    data = f"{before}{unread} is open.\n".encode("latin-1")
    bill = parse(from_bytes("given.txt", data))
    check_bill(bill)
    line = len(before.splitlines())
    assert bill.notices[-1] == (
        f"{count} no character in it, first in line {line}, and printed as \ufffd"
    )


def test_utf_8_has_nothing_to_say_of_its_characters() -> None:
    assert len(parsed("SECTION 1. CAFÉS.\n\n    “A café” — open.").notices) == 1


def test_levels_are_those_of_the_enumerators_and_flush_text_returns_to_its_own() -> None:
    bill = parsed(
        """
SEC. 4. DUTIES OF A VERY LONG NAME THAT
              NEEDS TWO LINES.

    (a) In General.--The Director
shall--
            (1) report; and
            (2) act
        together--
                    (A) alone; or
                    (B) not
before July.
    (b) Rest.--None.
"""
    )
    assert rows(bill) == [
        ("sec. 4", "DUTIES OF A VERY LONG NAME THAT NEEDS TWO LINES."),
        ("sec. 4(a)", "In General.— The Director shall—"),
        ("sec. 4(a)(1)", "report; and"),
        ("sec. 4(a)(2)", "act together—"),
        ("sec. 4(a)(2)(A)", "alone; or"),
        ("sec. 4(a)(2)(B)", "not"),
        ("sec. 4(a) [continuation]", "before July."),
        ("sec. 4(b)", "Rest.— None."),
    ]


@pytest.mark.parametrize(
    ("label", "indent", "kind"),
    [
        ("i", 4, "subsection"),
        ("i", 28, "clause"),
        ("I", 20, "subparagraph"),
        ("I", 36, "subclause"),
        ("aa", 4, "subsection"),
        ("aa", 44, "item"),
        ("AA", 52, "subitem"),
        ("12", 12, "paragraph"),
        ("iv", 4, "clause"),
    ],
)
def test_an_enumerator_of_two_meanings_is_told_by_where_it_is_printed(
    label: str, indent: int, kind: str
) -> None:
    bill = parsed(f"SEC. 1. A.\n\n{' ' * indent}({label}) Words.")
    assert [p.kind for p in bill.walk()][-1] == kind


def test_containers_are_told_from_the_table_of_contents_that_names_them() -> None:
    bill = parsed(
        """
SECTION 1. TABLE OF CONTENTS.

    The contents are as follows:

Sec. 1. Table of contents.

                         TITLE I--MODELS

Sec. 101. A ban with a name so long that it
        wraps.

                         TITLE I--MODELS

SEC. 101. A BAN.

    None may train.
"""
    )
    assert rows(bill)[1:] == [
        ("sec. 1 [toc]", ""),
        ("sec. 1 [toc] [toc-entry]", "Sec. 1. Table of contents."),
        ("sec. 1 [toc] [toc-entry 2]", "TITLE I—MODELS"),
        ("sec. 1 [toc] [toc-entry 3]", "Sec. 101. A ban with a name so long that it wraps."),
        ("title I", "MODELS"),
        ("sec. 101", "A BAN. None may train."),
    ]


def test_quoted_law_hangs_below_its_instruction_and_ends_with_its_mark() -> None:
    bill = parsed(
        """
SEC. 2. AMENDMENT.

    (a) Act.--The Act is amended--
            (1) by striking ``may'' and inserting ``shall''; and
            (2) by adding at the end the following:
    ``(c) New.--
            ``(1) One.--The `model' is law.
            ``(2) Two.--It stays.''; and
            (3) by striking (d).
"""
    )
    assert [(p.path, p.context) for p in bill.walk()][4:] == [
        ("sec. 2(a)(2)", Context.OPERATIVE),
        ("sec. 2(a)(2) [quoted block]", Context.QUOTED),
        ("sec. 2(a)(2) [quoted block](c)", Context.QUOTED),
        ("sec. 2(a)(2) [quoted block](c)(1)", Context.QUOTED),
        ("sec. 2(a)(2) [quoted block](c)(2)", Context.QUOTED),
        ("sec. 2(a)(3)", Context.OPERATIVE),
    ]


def test_struck_text_is_told_by_its_marks() -> None:
    bill = parsed(
        "<DELETED>SEC. 1. OLD.</DELETED>\n\n<DELETED>    Old\nwords.</DELETED>\n\nSEC. 1. NEW.\n\n"
        "    New words."
    )
    assert [(p.path, p.markup) for p in bill.walk()][1:] == [
        ("[struck] sec. 1", Markup.STRUCK),
        ("sec. 1", Markup.NONE),
    ]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("10\\26\\ operations", "10^26 operations"),
        ("age 70\\1/2\\", "age 701/2"),
        ("``AI'' and `it's'", "“AI” and ‘it’s’"),
        ("Indo-\nPacific", "Indo-Pacific"),
        ("regime--\ngaps", "regime—gaps"),
    ],
)
def test_characters_of_a_typewriter_become_those_of_the_print(typed: str, printed: str) -> None:
    bill = parsed(f"SEC. 1. A.\n\n    It is {typed}.")
    assert bill.provisions[-1].text == f"It is {printed}."


def test_a_resolution_has_its_preamble_and_its_first_words() -> None:
    header = HEADER.replace("S. 99 Reported", "H. Con. Res. 5 Reported").partition("    Be it")[0]
    bill = parsed(
        "Whereas it rains; and\nWhereas--\n            (1) it pours; and\n            (2) it hails:"
        " Now, therefore, be it\n\n"
        "    Resolved by the House of Representatives (the Senate \nconcurring), That it stop.",
        header,
    )
    assert bill.document == "resolution"
    assert [(p.kind, p.text) for p in bill.walk()] == [
        ("preamble", ""),
        ("whereas", "Whereas it rains; and"),
        ("whereas", "Whereas—"),
        ("paragraph", "it pours; and"),
        ("paragraph", "it hails: Now, therefore, be it"),
        (
            "resolving-clause",
            "Resolved by the House of Representatives (the Senate concurring),",
        ),
        ("section", "That it stop."),
    ]


def test_page_marks_and_margin_notes_of_public_laws_are_kept_apart() -> None:
    header = """[118th Congress Public Law 7]
[From the U.S. Government Publishing Office]

[[Page 138 STAT. 1]]

                                 An Act

 To list models. <<NOTE: July 1, 2024 -  [H.R. 12]>>

    Be it enacted by the Senate and House of Representatives of the
United States of America in Congress assembled,

"""
    bill = parsed(
        "SECTION 1. <<NOTE: 50 USC 1 note.>> LIST.\n\n    It is\n[[Page 138 STAT. 2]]\nso.", header
    )
    assert (str(bill.id), bill.version, bill.document) == ("118hr12", "pl", "public-law")
    assert rows(bill)[-1] == ("sec. 1", "LIST. It is so.")
    assert [i.text for i in bill.front if i.kind in ("sidenote", "page")] == [
        "July 1, 2024 - [H.R. 12]",
        "50 USC 1 note.",
        "138 STAT. 1",
        "138 STAT. 2",
    ]


def test_words_copied_from_a_web_page_are_read_without_any_header() -> None:
    bill = parsed("SECTION 1. SHORT TITLE.\n\n    This Act is short.", "")
    assert rows(bill) == [("sec. 1", "SHORT TITLE. This Act is short.")]


# ── enrolled bills, public laws, appropriations ───────────────────────────────────────────────────

ENROLLED = """[Congressional Bills 118th Congress]
[From the U.S. Government Publishing Office]
[H.R. 77 Enrolled Bill (ENR)]

        H.R.77

                     One Hundred Eighteenth Congress

          Begun and held at the City of Washington on Wednesday,
          the third day of January, two thousand and twenty-four

                                 An Act

    To list models, and for other purposes.

    Be it enacted by the Senate and House of Representatives of the
United States of America in Congress assembled,
SECTION 1. SHORT TITLE; TABLE OF CONTENTS.
    (a) Short Title.--This Act may be cited as the ``Model Listing
Act''.
    (b) Contents.--The contents of this Act are:

Sec. 1. Short title; table of contents.
Sec. 101. A name that is so long that it
          wraps.

                            TITLE I--MODELS
SEC. 101. LISTING OF MODELS BY THE SECRETARY OF COMMERCE AND BY OTHER
      OFFICERS.
    (a) In General.--The Secretary, acting through the
Bureau, shall list each model--
        (1) that is open, as the Secretary finds in a manner that the
    public may see; and
        (2) that--
            (A) is large under paragraph
        (2) of this section; or
            (B) is small,
    within 30 days.
    (b) New Section.--The Act is amended by adding at the end:
    ``SEC. 9. RULES.
    ``(a) Rules.--The Secretary shall--
        ``(1) act; and
        ``(2) report.''.

                               Speaker of the House of Representatives.
"""


def test_an_enrolled_bill_has_its_levels_four_columns_apart_and_headings_below_words() -> None:
    bill = parsed("", ENROLLED)
    assert (str(bill.id), bill.version) == ("118hr77", "enr")
    assert bill.official_title == "To list models, and for other purposes."
    assert rows(bill) == [
        ("sec. 1", "SHORT TITLE; TABLE OF CONTENTS."),
        ("sec. 1(a)", "Short Title.— This Act may be cited as the “Model Listing Act”."),
        ("sec. 1(b)", "Contents.— The contents of this Act are:"),
        ("sec. 1(b) [toc]", ""),
        ("sec. 1(b) [toc] [toc-entry]", "Sec. 1. Short title; table of contents."),
        ("sec. 1(b) [toc] [toc-entry 2]", "Sec. 101. A name that is so long that it wraps."),
        ("title I", "MODELS"),
        (
            "sec. 101",
            "LISTING OF MODELS BY THE SECRETARY OF COMMERCE AND BY OTHER OFFICERS.",
        ),
        (
            "sec. 101(a)",
            "In General.— The Secretary, acting through the Bureau, shall list each model—",
        ),
        (
            "sec. 101(a)(1)",
            "that is open, as the Secretary finds in a manner that the public may see; and",
        ),
        ("sec. 101(a)(2)", "that—"),
        ("sec. 101(a)(2)(A)", "is large under paragraph (2) of this section; or"),
        ("sec. 101(a)(2)(B)", "is small,"),
        ("sec. 101(a)(2) [continuation]", "within 30 days."),
        ("sec. 101(b)", "New Section.— The Act is amended by adding at the end:"),
        ("sec. 101(b) [quoted block]", ""),
        ("sec. 101(b) [quoted block] sec. 9", "RULES."),
        ("sec. 101(b) [quoted block] sec. 9(a)", "Rules.— The Secretary shall—"),
        ("sec. 101(b) [quoted block] sec. 9(a)(1)", "act; and"),
        ("sec. 101(b) [quoted block] sec. 9(a)(2)", "report.”."),
    ]


@pytest.mark.parametrize("kind", ["Public", "Private"])
def test_a_law_heads_its_sections_right_below_the_words_before(kind: str) -> None:
    header = f"""[118th Congress {kind} Law 9]
[From the U.S. Government Publishing Office]

[[Page 138 STAT. 256]]

                                 An Act

  To list models. <<NOTE: May 3, 2024 -  [S. 9]>>

    Be it enacted by the Senate and House of Representatives of the
United States of America in Congress assembled, <<NOTE: Model Act.>>
"""
    bill = parsed(
        "SECTION 1. SHORT TITLE.\n\n    This is short.\nSEC. 2. <<NOTE: 50 USC 4802.>> LISTING OF"
        "\n            MODELS.\n\n    (a) In General.--It lists.\n\n    Approved May 3, 2024.\n",
        header,
    )
    assert (str(bill.id), bill.version, bill.document) == ("118s9", "pl", "public-law")
    assert bill.official_title == "To list models."
    assert bill.dates == {"approved": "2024-05-03"}
    assert rows(bill) == [
        ("sec. 1", "SHORT TITLE. This is short."),
        ("sec. 2", "LISTING OF MODELS."),
        ("sec. 2(a)", "In General.— It lists."),
    ]


def test_headings_of_appropriations_are_told_by_standing_in_the_middle() -> None:
    bill = parsed(
        """
                                TITLE I

                    Bureau of Industry and Security

                     operations and administration

    For necessary expenses, $143.
    Sec. 101.  None of the funds may be used.
    Sec. 102. (a) The Secretary may transfer--
            (1) up to 5 percent; or
            (2) less.
    (b) Notice is given.
"""
    )
    assert [(p.path, p.kind, p.text) for p in bill.walk()][2:] == [
        ("title I [heading]", "heading", "Bureau of Industry and Security"),
        ("title I [heading 2]", "heading", "operations and administration"),
        ("title I [continuation]", "continuation", "For necessary expenses, $143."),
        ("sec. 101", "section", "None of the funds may be used."),
        ("sec. 102", "section", ""),
        ("sec. 102(a)", "subsection", "The Secretary may transfer—"),
        ("sec. 102(a)(1)", "paragraph", "up to 5 percent; or"),
        ("sec. 102(a)(2)", "paragraph", "less."),
        ("sec. 102(b)", "subsection", "Notice is given."),
    ]


def test_plain_text_of_the_government_that_is_no_bill_is_refused() -> None:
    record = (
        "<pre>\n[Congressional Record Volume 165, Number 1]\n\n  The House met at noon.\n</pre>"
    )
    with pytest.raises(InputError, match="without an enacting formula"):
        parse(from_bytes("record.htm", record.encode()))


def test_a_text_that_a_copy_left_without_indents_keeps_all_its_words_in_the_body() -> None:
    bill = parsed(
        "",
        "[From the U.S. Government Publishing Office]\n\n*A BILL*\n\nTo fund models.\n\n"
        "/Be it enacted by the Senate and House of Representatives in\nCongress assembled, /That"
        " sums\nare appropriated:\n\nSALARIES\n\nFor salaries, $5.\n\nSec. 110. (a) None may be\n"
        "used.\n\n(b) It ends.\n\nSec. 111. Funds stay available.\n",
    )
    assert [(p.kind, f"{p.enum} {p.text}".strip()) for p in bill.walk()] == [
        (
            "enacting-formula",
            "/Be it enacted by the Senate and House of Representatives in Congress assembled, /",
        ),
        ("section", "That sums are appropriated:"),
        ("continuation", "SALARIES"),
        ("continuation", "For salaries, $5."),
        ("section", "Sec. 110."),
        ("subsection", "(a) None may be used."),
        ("subsection", "(b) It ends."),
        ("section", "Sec. 111. Funds stay available."),
    ]


def test_an_engrossed_amendment_begins_with_what_the_house_resolved() -> None:
    bill = parsed(
        "SECTION 1. SHORT TITLE.\n\n    This is short.\n",
        "[Congressional Bills 118th Congress]\n[S. 100 Engrossed Amendment House (EAH)]\n\n"
        "                In the House of Representatives, U. S.,\n\n"
        "                                                      June 3, 2024.\n"
        "    Resolved, That the bill from the Senate (S. 100) do pass with the\nfollowing\n\n"
        "                               AMENDMENT:\n\n"
        "            Strike out all after the enacting clause and insert:\n\n",
    )
    assert (str(bill.id), bill.version) == ("118s100", "eah")
    assert [p.text for p in bill.walk()] == [
        "Resolved,",
        "That the bill from the Senate (S. 100) do pass with the following",
        "AMENDMENT:",
        "Strike out all after the enacting clause and insert:",
        "This is short.",
    ]
