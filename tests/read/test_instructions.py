"""Instructions to amend, read as data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legannot.model import Bill, Facts, Instruction
from legannot.read import read
from tests.read.documents import bill, paragraph, quoted, section, subparagraph, subsection

_ACT = "Section 4(b) of the Model Safety Act (15 U.S.C. 1(b))"


def facts_of(document: Bill) -> Facts:
    """The facts, their spans checked against the texts."""
    facts = read(document)
    texts = {provision.path: provision.text for provision in document.walk()}
    for listed in facts.unparsed:
        assert texts[listed.path][listed.start : listed.end] == listed.quote
    for found in facts.instructions:
        assert texts[found.path][found.start : found.end] == found.quote
        for words in (*found.old, *found.new, *([found.anchor] if found.anchor else [])):
            if words.kind == "block":
                assert words.path in texts
            else:
                assert texts[words.path][words.start : words.end] == words.text
    return facts


def only(text: str, *content: str) -> Instruction:
    """The one instruction of a section with these words."""
    facts = facts_of(bill(section(1, "Amendment", *content, text=text)))
    assert facts.unparsed == ()
    (found,) = facts.instructions
    return found


def told(found: Instruction) -> tuple[list[str], list[str]]:
    """What is taken out and what is put in, as words."""
    return (
        [words.text or words.kind for words in found.old],
        [words.text or words.kind for words in found.new],
    )


@pytest.mark.parametrize(
    ("text", "action", "old", "new"),
    [
        pytest.param("by striking <quote>may</quote>.", "strike", ["may"], [], id="strike"),
        pytest.param(
            "by striking <quote>may</quote> and inserting <quote>shall</quote>.",
            "replace", ["may"], ["shall"], id="strike-and-insert",
        ),
        pytest.param(
            "by striking “may” and inserting “shall”.",
            "replace", ["may"], ["shall"], id="printed-marks",
        ),
        pytest.param(
            "by striking <quote>10</quote> and substituting <quote>20</quote>.",
            "replace", ["10"], ["20"], id="substituting",
        ),
        pytest.param(
            "by striking out <quote>a</quote> and inserting in lieu thereof <quote>b</quote>.",
            "replace", ["a"], ["b"], id="old-style",
        ),
        pytest.param(
            "by striking the period at the end and inserting <quote>; and</quote>.",
            "replace", ["the period at the end"], ["; and"], id="described",
        ),
        pytest.param(
            "by striking <quote>a model</quote> and all that follows through <quote>weights"
            "</quote> and inserting <quote>a system</quote>.",
            "replace", ["a model and all that follows through weights"], ["a system"], id="range",
        ),
        pytest.param(
            "by striking <quote>and inserting</quote> and inserting <quote>by striking</quote>.",
            "replace", ["and inserting"], ["by striking"], id="verbs-inside-quotations",
        ),
        pytest.param(
            "by replacing <quote>old</quote> with <quote>new</quote>.",
            "replace", ["old"], ["new"], id="replacing",
        ),
        pytest.param(
            "by striking paragraph (3).", "strike", ["paragraph (3)"], [], id="a-part",
        ),
    ],
)  # fmt: skip
def test_what_is_struck_and_what_is_inserted(
    text: str, action: str, old: list[str], new: list[str]
) -> None:
    found = only(f"{_ACT} is amended {text}")
    assert (found.action, *told(found)) == (action, old, new)
    assert (found.law, found.places, found.code) == (
        "act/Model Safety Act",
        ("4/b",),
        "usc/15/1/b",
    )


@pytest.mark.parametrize(
    ("text", "relation", "anchor"),
    [
        ("inserting <quote>or weights</quote> after <quote>model</quote>.", "after", "model"),
        ("inserting before the period the following: <quote>, or</quote>.", "before", "the period"),
        ("inserting the following before the period: <quote>, or</quote>.", "before", "the period"),
        ("inserting at the end <quote>It is final.</quote>", "end", None),
        ("adding at the end the following: <quote>It is final.</quote>", "end", None),
    ],
)
def test_an_insertion_says_where(text: str, relation: str, anchor: str | None) -> None:
    found = only(f"{_ACT} is amended by {text}")
    assert found.action in ("insert", "add")
    assert (found.relation, found.anchor.text if found.anchor else None) == (relation, anchor)
    assert len(found.new) == 1
    assert found.new[0].kind == "quoted"


def test_text_to_be_inserted_is_the_quoted_block_below() -> None:
    found = only(
        f"{_ACT} is amended by inserting after paragraph (2) the following:",
        quoted(paragraph(3, "A developer may publish weights.")),
    )
    assert (found.action, found.relation) == ("insert", "after")
    assert found.new[0].kind == "block"
    assert found.new[0].path.endswith("[quoted block]")


def test_an_amendment_to_read_as_follows_is_a_rewriting() -> None:
    whole = only(f"{_ACT} is amended to read as follows:", quoted(paragraph(1, "New words.")))
    part = only(
        f"{_ACT} is amended by amending paragraph (1) to read as follows:",
        quoted(paragraph(1, "New words.")),
    )
    assert (whole.action, told(whole)) == ("rewrite", ([], ["block"]))
    assert (part.action, told(part)) == ("rewrite", (["paragraph (1)"], ["block"]))


def test_items_inherit_the_law_and_the_place_from_their_lead_in() -> None:
    facts = facts_of(
        bill(
            section(
                1, "Amendments",
                paragraph(
                    1, "in paragraph (1)—",
                    subparagraph("A", "in subparagraph (C), by striking <quote>x</quote>; and"),
                    subparagraph(
                        "B", "by adding at the end the following:", quoted("<text>Y.</text>")
                    ),
                ),
                paragraph(
                    2, "in the matter preceding paragraph (1), by striking <quote>z</quote>."
                ),
                text=f"{_ACT} is amended—",
            )
        )
    )  # fmt: skip
    assert facts.unparsed == ()
    assert [(i.action, i.places, i.code, i.where) for i in facts.instructions] == [
        ("strike", ("4/b/1/C",), "usc/15/1/b/1/C", ""),
        ("add", ("4/b/1",), "usc/15/1/b/1", ""),
        ("strike", ("4/b",), "usc/15/1/b", "in the matter preceding paragraph (1)"),
    ]


def test_a_redesignation_pairs_old_and_new_designations() -> None:
    found = only(
        f"{_ACT} is amended by redesignating paragraphs (3) through (5) as subparagraphs (A)"
        " through (C), respectively."
    )
    assert found.designations == (
        ("paragraph 3", "subparagraph A"),
        ("paragraph 4", "subparagraph B"),
        ("paragraph 5", "subparagraph C"),
    )


def test_a_redesignation_with_more_old_than_new_numbers_is_not_parsed() -> None:
    facts = facts_of(
        bill(
            section(
                1, "Slip",
                text=f"{_ACT} is amended by redesignating paragraphs (3) through (5) as paragraphs"
                " (4) and (5), respectively.",
            )
        )
    )  # fmt: skip
    assert facts.instructions == ()
    assert [found.why for found in facts.unparsed] == [
        "it names more or fewer old designations than new ones"
    ]


def test_each_place_it_appears_is_noted() -> None:
    found = only(
        f"{_ACT} is amended by striking <quote>may</quote> each place it appears and inserting"
        " <quote>shall</quote>."
    )
    assert found.everywhere
    assert told(found) == (["may"], ["shall"])


def test_a_repeal_needs_no_words() -> None:
    assert only(f"{_ACT} is repealed.").action == "repeal"
    facts = facts_of(
        bill(
            section(
                1, "Repeals",
                paragraph(1, "Section 7 of the Model Safety Act."),
                paragraph(2, "Section 12 of title 10, United States Code."),
                text="The following provisions are repealed:",
            )
        )
    )  # fmt: skip
    assert [(i.action, i.law, i.places) for i in facts.instructions] == [
        ("repeal", "act/Model Safety Act", ("7",)),
        ("repeal", "usc/10", ("12",)),
    ]


def test_a_transfer_says_what_goes_where() -> None:
    found = only(
        "Section 9 of the Model Safety Act is transferred so as to appear after section 3."
    )
    assert (found.action, found.relation) == ("transfer", "after")
    assert found.anchor is not None
    assert found.anchor.text == "section 3"


def test_such_act_and_such_section_are_those_last_named() -> None:
    facts = facts_of(
        bill(
            section(
                1, "Amendments",
                subsection("a", "", text="Section 4 of the Model Safety Act is amended by striking"
                           " subsection (c)."),
                subsection("b", "", text="Subsection (d) of such section is amended by striking"
                           " <quote>x</quote>."),
                subsection("c", "", text="Section 9 of such Act is repealed."),
            )
        )
    )  # fmt: skip
    assert [(i.law, i.places) for i in facts.instructions] == [
        ("act/Model Safety Act", ("4",)),
        ("act/Model Safety Act", ("4/d",)),
        ("act/Model Safety Act", ("9",)),
    ]


def test_a_clause_of_the_bill_may_say_which_law_is_meant() -> None:
    facts = facts_of(
        bill(
            section(
                1, "References",
                text="Except as otherwise provided, whenever in this Act an amendment or repeal is"
                " expressed in terms of an amendment to, or repeal of, a section or other"
                " provision, the reference shall be considered to be made to a section or other"
                " provision of the Model Safety Act.",
            )
            + section(2, "Repeal", text="Section 12(a) is repealed.")
        )
    )  # fmt: skip
    assert [(i.law, i.places) for i in facts.instructions] == [("act/Model Safety Act", ("12/a",))]


def test_an_instruction_without_a_law_is_listed_and_not_guessed() -> None:
    facts = facts_of(
        bill(section(1, "Slip", text="Section 12(a) is amended by striking <quote>x</quote>."))
    )
    assert facts.instructions == ()
    assert [found.why for found in facts.unparsed] == ["no law is named that it amends"]


def test_several_places_are_all_told() -> None:
    found = only(
        "Sections 4(a) and 5 of the Model Safety Act are each amended by striking <quote>x</quote>."
    )
    assert found.places == ("4/a", "5")


def test_law_applied_with_other_words_is_not_amended() -> None:
    found = only(f"{_ACT} shall be applied by substituting <quote>2</quote> for <quote>1</quote>.")
    assert (found.action, *told(found)) == ("substitute", ["1"], ["2"])


@pytest.mark.parametrize(
    "text",
    [
        "The Secretary shall improve the list by adding new entities.",
        "The amendments made by this section take effect on January 1, 2027.",
        "Functions of the Office are transferred to the Bureau.",
        "The Director may, by striking a balance, decide.",
    ],
)
def test_other_law_instructs_nothing(text: str) -> None:
    facts = facts_of(bill(section(1, "Law", text=text)))
    assert (facts.instructions, facts.unparsed) == ((), ())


def test_quoted_law_and_tables_of_contents_instruct_nothing() -> None:
    facts = facts_of(
        bill(
            section(
                1, "Amendment",
                quoted(section(9, "Inner", text="Section 3 of the Other Act is repealed.")),
                text=f"{_ACT} is amended by adding at the end the following:",
            )
        )
    )  # fmt: skip
    assert [i.action for i in facts.instructions] == ["add"]


def test_a_bill_that_lost_its_quotation_marks_is_still_read() -> None:
    found = only(f"{_ACT} is amended by striking September 30, 2025 and inserting March 8, 2026 .")
    assert told(found) == (["September 30, 2025"], ["March 8, 2026"])


@given(st.text("strikng adet(1)“”,.;—by insertfolwamh \x01", max_size=120))
def test_no_words_break_the_grammar(text: str) -> None:
    clean = "".join(c for c in text if c.isprintable())
    facts_of(bill(section(1, "Any", text=f"Section 4 of the X Act is amended by {clean}")))


def test_a_law_applied_with_other_words_is_not_said_to_be_amended() -> None:
    text = "Section 4 of the Model Act shall be applied by striking “may” and inserting “shall”."
    amends = "Section 4 of the Model Act is amended by striking “may” and inserting “shall”."
    found = read(bill(section(2, "Rule", text=text) + section(3, "Rule", text=amends))).instructions
    assert [(one.action, one.law, one.applied) for one in found] == [
        ("replace", "act/Model Act", True),
        ("replace", "act/Model Act", False),
    ]
