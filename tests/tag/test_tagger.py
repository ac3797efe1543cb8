"""Tags of a bill: on which provision they stand, on which words, and in what context."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legannot.model import Bill, Markup, Operator, Status
from legannot.parse import parse
from legannot.read import read
from legannot.source import resolve
from legannot.tag import Packs, tag, tag_unit
from legannot.tag.inherit import inherited
from legannot.tag.quotations import Stretch
from legannot.tag.tagger import NO_ENCODER
from tests.conftest import needs_corpus
from tests.read.documents import bill, paragraph, quoted, section, subparagraph, subsection
from tests.strategies import bills
from tests.tag.conftest import Bags, alone, tags_of

LARGEST = 100_000  # bytes of a bill's file: many subjects in little time


def test_a_chapeau_lends_its_words_to_its_items_but_keeps_its_own_tag(packs: Packs) -> None:
    found = tags_of(
        packs,
        section(
            4,
            "Duties",
            paragraph(1, "an application programming interface; or"),
            paragraph(2, "any other means."),
            text="No person may give a foreign adversary access to a frontier model through—",
        ),
    )
    assert "acc.service" in found["sec. 4"]
    assert found["sec. 4(1)"]["acc.service"].evidence[0].quote == (
        "an application programming interface"
    )
    assert "acc.service" not in found.get("sec. 4(2)", {})


def test_evidence_that_goes_on_from_a_lead_in_says_from_which_words(packs: Packs) -> None:
    lead = "No person may release the weights of a frontier model, on a website or elsewhere,"
    found = tags_of(
        packs,
        section(
            4,
            "Release",
            paragraph(1, "to the public before the review is complete;"),
            paragraph(2, "or give away an open-weight model."),
            text=f"{lead}—",
        ),
    )
    continued = found["sec. 4(1)"]["ow.release"]
    assert continued.lead_in is not None
    assert continued.lead_in.endswith("elsewhere,—")
    assert continued.lead_in in f"{lead}—"
    assert continued.evidence[0].start == 0
    assert found["sec. 4(2)"]["ow.release"].lead_in is None


def test_an_item_three_levels_down_is_tagged_on_its_own_words(packs: Packs) -> None:
    found = tags_of(
        packs,
        section(
            4,
            "Participation",
            paragraph(
                1,
                "provide to the Secretary materials on its artificial intelligence, including—",
                subparagraph("A", "model weights; and"),
                subparagraph("B", "the names of its officers."),
            ),
            text="Each developer shall—",
        ),
    )
    tagged = found["sec. 4(1)(A)"]["ow.weights"]
    assert tagged.text[tagged.evidence[0].start : tagged.evidence[0].end] == "model weights"
    assert tagged.operator is Operator.DUTY
    assert "ow.weights" not in found.get("sec. 4(1)(B)", {})


def test_a_heading_carries_a_tag_of_its_own(packs: Packs) -> None:
    found = tags_of(packs, section(5, "Additions to the Entity List", text="See below."))
    tagged = found["sec. 5"]["list.entity"]
    assert (tagged.field, tagged.context) == ("heading", "heading")
    assert tagged.text == "Additions to the Entity List"
    assert tagged.evidence[0].quote == "Entity List"


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Short title", "This Act may be cited as the Open-Weight Models and Entity List Act."),
        ("Clerical amendment", "The table of contents is amended to add the Entity List."),
        ("Definitions", "The term appropriate congressional committees means the Committee on AI."),
    ],
)
def test_what_only_repeats_the_words_of_the_subject_stays_silent(
    packs: Packs, heading: str, text: str
) -> None:
    assert tag_unit(alone(text, heading), packs) == ()


def test_quoted_law_is_tagged_in_its_own_context(packs: Packs) -> None:
    found = tags_of(
        packs,
        section(
            3,
            "Amendment",
            quoted(
                subsection("g", "", text="The Bureau shall control the export of model weights.")
            ),
            text="Section 5 of such Act is amended by adding at the end the following:",
        ),
    )
    assert found["sec. 3 [quoted block](g)"]["ow.weights"].context == "quoted"


def test_struck_words_are_tagged_as_struck(packs: Packs) -> None:
    document = bill(section(2, "List", text="The Entity List shall be printed."))
    struck = replace(
        document,
        provisions=tuple(replace(p, markup=Markup.STRUCK) for p in document.provisions),
    )
    tags = tag(struck, read(struck), packs).tags
    assert [one.context for one in tags if one.topic == "list.entity"] == ["struck"]


STRIKES = "Section 5 of the Data Act (15 U.S.C. 9999) is amended by striking"
BAN = "No person may release open-weight model weights"


def test_words_that_an_instruction_strikes_are_tagged_as_struck(packs: Packs) -> None:
    text = f"{STRIKES} \u201c{BAN}\u201d and inserting \u201cA State may regulate boats\u201d."
    found = tags_of(packs, section(3, "Amendment", text=text))["sec. 3"]
    assert found["ow.release"].context == "struck"
    assert found["ow.release"].operator is Operator.AMENDMENT
    assert {one.context for one in found.values()} == {"struck"}


def test_words_that_an_instruction_puts_in_are_tagged_as_quoted(packs: Packs) -> None:
    text = f"{STRIKES} \u201cA State may regulate boats\u201d and inserting \u201c{BAN}\u201d."
    found = tags_of(packs, section(3, "Amendment", text=text))["sec. 3"]
    assert found["ow.release"].context == "quoted"


def test_what_the_old_words_say_as_well_is_shown_in_the_new_ones(packs: Packs) -> None:
    text = f"{STRIKES} \u201c{BAN}\u201d and inserting \u201c{BAN} or its data\u201d."
    found = tags_of(packs, section(3, "Amendment", text=text))["sec. 3"]["ow.release"]
    assert found.context == "quoted"
    assert all(one.start > text.index("inserting") for one in found.evidence)


def test_no_evidence_runs_from_the_old_words_into_the_new(packs: Packs) -> None:
    marked = f"{STRIKES} \u201cmodel weights\u201d and inserting \u201cNo person may export\u201d."
    unmarked = f"{STRIKES} <quote>model weights</quote> and inserting <quote>boats</quote>."
    for text in (marked, unmarked):
        for one in tags_of(packs, section(3, "Amendment", text=text)).get("sec. 3", {}).values():
            for evidence in one.evidence:
                assert "inserting" not in evidence.quote


def test_a_law_that_an_instruction_names_is_no_quoted_law(packs: Packs) -> None:
    text = "The Entity List is amended by striking \u201cA State may regulate boats\u201d."
    found = tags_of(packs, section(3, "Amendment", text=text))["sec. 3"]
    assert found["list.entity"].context == "operative"


def test_of_a_run_that_is_struck_the_first_and_last_words_are_struck(packs: Packs) -> None:
    text = f"{STRIKES} \u201c{BAN}\u201d and all that follows through \u201cthe Entity List\u201d."
    found = tags_of(packs, section(3, "Amendment", text=text))["sec. 3"]
    assert found["ow.release"].context == "struck"
    assert found["list.entity"].context == "struck"


def test_words_quoted_by_an_instruction_that_was_not_understood_are_no_operative_law(
    packs: Packs,
) -> None:
    text = f"Section 5 of the Data Act is amended by inserting \u201c{BAN}\u201d."
    document = bill(section(3, "Amendment", text=text))
    facts = read(document)
    assert facts.unparsed
    tags = tag(document, facts, packs).tags
    assert [one.context for one in tags if one.topic == "ow.release"] == ["quoted"]


def test_findings_keep_their_context(packs: Packs) -> None:
    found = tags_of(
        packs,
        section(
            2,
            "Findings",
            paragraph(1, "Open-weight models are used by small businesses."),
            text="Congress finds the following:",
        ),
    )
    tagged = found["sec. 2(1)"]
    assert tagged["ow.release"].operator is Operator.FINDING
    assert tagged["ow.release"].context == "finding"
    assert "evd.findings" in tagged


def test_one_anchor_opens_the_gate_for_its_whole_section_and_no_other(packs: Packs) -> None:
    study = "The Comptroller General shall conduct a study of the costs."
    found = tags_of(
        packs,
        section(
            2,
            "",
            subsection("a", "", text="The Committee shall review the Entity List each year."),
            subsection("b", "", text=study),
        )
        + section(3, "", text=study),
    )
    assert "evd.base" in found["sec. 2(b)"]
    assert "evd.base" not in found.get("sec. 3", {})


def test_two_words_on_ai_open_the_gate_one_does_not(packs: Packs) -> None:
    study = subsection("b", "", text="The Comptroller General shall conduct a study of the costs.")
    one = subsection("a", "", text="Machine learning may be used.")
    two = subsection("a", "", text="Machine learning and artificial intelligence may be used.")
    assert "evd.base" not in tags_of(packs, section(2, "", one, study)).get("sec. 2(b)", {})
    assert "evd.base" in tags_of(packs, section(2, "", two, study))["sec. 2(b)"]


DEPLOY = (
    "The term <quote>deploy</quote> means to provide access to an artificial intelligence model,"
    " including by open-source release of the model."
)


def test_a_defined_term_carries_its_tags_to_those_who_use_it(packs: Packs) -> None:
    found = tags_of(
        packs,
        section(3, "Definitions", paragraph(1, DEPLOY), text="In this Act:")
        + section(4, "Ban", text="No person may deploy a system before the date."),
    )
    carried = found["sec. 4"]["ow.release"]
    assert carried.status is Status.INHERITED
    assert carried.via == "sec. 3(1)"
    assert carried.evidence[0].quote == "deploy"
    assert found["sec. 3(1)"]["ow.release"].status is Status.ASSERTED


def test_a_trait_of_a_defined_thing_is_not_what_the_thing_means(packs: Packs) -> None:
    closed = subparagraph("A", "model weights that the owner keeps confidential;") + subparagraph(
        "B", "access provided through an application programming interface of the model."
    )
    found = tags_of(
        packs,
        section(
            3,
            "Definitions",
            paragraph(
                1,
                "The term <quote>closed model</quote> means an artificial intelligence model with"
                " the following characteristics:",
                closed,
            ),
            text="In this Act:",
        )
        + section(4, "Rule", text="The owner of a closed model shall keep records of sales."),
    )
    assert "ow.weights" in found["sec. 3(1)(A)"]
    assert not {"ow.weights", "acc.service"} & set(found.get("sec. 4", {}))


def test_what_an_actor_does_and_how_an_act_is_done_are_what_the_terms_mean(packs: Packs) -> None:
    theft = "The term <quote>capability attack</quote> means querying an AI model, where it\u2014"
    actor = "The term <quote>entity of concern</quote> means a foreign person that\u2014"
    found = tags_of(
        packs,
        section(
            3,
            "Definitions",
            paragraph(
                1,
                theft,
                subparagraph("A", "violates the terms of use of the model; or"),
            ),
            paragraph(
                2,
                actor,
                subparagraph("A", "is conducting a model extraction attack."),
            ),
            text="In this Act:",
        )
        + section(4, "Rule", text="The Secretary shall count each capability attack.")
        + section(5, "Bar", text="No bank may lend to an entity of concern."),
    )
    assert found["sec. 4"]["dx.terms"].via == "sec. 3(1)"
    assert found["sec. 5"]["dx.extract"].via == "sec. 3(2)"


def test_a_finding_inherits_nothing_because_it_binds_nobody(packs: Packs) -> None:
    found = tags_of(
        packs,
        section(2, "Findings", text="Congress finds that many firms deploy such systems.")
        + section(3, "Definitions", paragraph(1, DEPLOY), text="In this Act:"),
    )
    assert "ow.release" not in found["sec. 2"]


def test_an_exception_inherits_what_the_rule_it_names_is_about(packs: Packs) -> None:
    found = tags_of(
        packs,
        section(
            4,
            "Agencies",
            subsection("a", "", text="No agency may use DeepSeek on its information systems."),
            subsection("b", "", text="Subsection (a) shall not apply to the police."),
            subsection("c", "", text="The Director shall report on subsection (a) each year."),
        )
        + section(5, "Date", text="Section 4 shall take effect on January 1, 2030."),
    )
    lent = found["sec. 4(b)"]["acc.gov_use"]
    assert (lent.status, lent.via) == (Status.INHERITED, "sec. 4(a)")
    assert [one.quote for one in lent.evidence] == ["Subsection (a)"]
    assert "acc.gov_use" not in found.get("sec. 4(c)", {})
    assert "acc.gov_use" not in found.get("sec. 5", {})


def test_the_penalty_of_a_ban_on_a_defined_term_inherits_what_the_ban_inherits(
    packs: Packs,
) -> None:
    found = tags_of(
        packs,
        section(3, "Definitions", paragraph(1, DEPLOY), text="In this Act:")
        + section(
            4,
            "Ban",
            subsection("a", "", text="No person may deploy a system before the date."),
            subsection(
                "b", "", text="A person that violates subsection (a) shall be fined $5,000."
            ),
            subsection("c", "", text="Subsection (a) shall not apply to a school."),
            subsection("d", "", text="Subsection (a) shall terminate on January 1, 2030."),
            subsection("e", "", text="Each school shall read subsection (a)."),
        ),
    )
    for path in ("sec. 4(b)", "sec. 4(c)", "sec. 4(d)"):
        lent = found[path]["ow.release"]
        assert (lent.status, lent.via) == (Status.INHERITED, "sec. 4(a)")
        assert lent.evidence[0].quote.lower() == "subsection (a)"
    assert "ow.release" not in found.get("sec. 4(e)", {})


RELEASE = (
    "The term <quote>open release</quote> means to publish the weights of an open-weight model."
)


@pytest.mark.parametrize(
    "meaning",
    [
        "<quote>publisher</quote> means a person that makes an open release.",
        "<quote>publisher</quote> means any open release on a website.",
    ],
)
def test_a_term_in_the_meaning_of_a_term_reaches_the_users_of_that_one(
    packs: Packs, meaning: str
) -> None:
    found = tags_of(
        packs,
        section(
            3,
            "Definitions",
            paragraph(1, RELEASE),
            paragraph(2, f"The term {meaning}"),
            text="In this Act:",
        )
        + section(
            4,
            "Register",
            subsection("a", "", text="Each publisher shall register."),
            subsection(
                "b", "", text="A person that violates subsection (a) shall be fined $5,000."
            ),
        ),
    )
    assert found["sec. 4(a)"]["ow.release"].via == "sec. 3(2)"
    assert found["sec. 4(a)"]["ow.release"].evidence[0].quote == "publisher"
    assert found["sec. 4(b)"]["ow.release"].via == "sec. 4(a)"


@pytest.mark.parametrize(
    "meaning",
    [
        "<quote>power</quote> means the electricity used to make an open release.",
        "<quote>power</quote> means a unit that serves a house or an open release.",
    ],
)
def test_a_term_that_is_a_trait_of_another_lends_it_nothing(packs: Packs, meaning: str) -> None:
    found = tags_of(
        packs,
        section(
            3,
            "Definitions",
            paragraph(1, RELEASE),
            paragraph(2, f"The term {meaning}"),
            text="In this Act:",
        )
        + section(4, "Meter", text="Each school shall measure power."),
    )
    assert "ow.release" not in found.get("sec. 4", {})


def test_who_acts_is_not_what_is_done(packs: Packs) -> None:
    found = tags_of(
        packs,
        section(
            3,
            "Definitions",
            paragraph(1, RELEASE),
            paragraph(
                2, "The term <quote>opener</quote> means a person that makes an open release."
            ),
            paragraph(3, "The term <quote>sales conduct</quote> means a sale by an opener."),
            text="In this Act:",
        )
        + section(4, "Rule", text="The Secretary shall record sales conduct."),
    )
    assert "ow.release" not in found.get("sec. 4", {})


def test_terms_that_define_each_other_come_to_an_end(packs: Packs) -> None:
    found = tags_of(
        packs,
        section(
            3,
            "Definitions",
            paragraph(
                1,
                "The term <quote>open release</quote> means a second release of the weights"
                " of an open-weight model.",
            ),
            paragraph(2, "The term <quote>second release</quote> means a third release."),
            paragraph(3, "The term <quote>third release</quote> means a fourth release."),
            paragraph(4, "The term <quote>fourth release</quote> means an open release."),
            text="In this Act:",
        )
        + section(4, "Far", text="No school may make a second release.")
        + section(5, "Near", text="No school may make a fourth release."),
    )
    assert found["sec. 5"]["ow.release"].via == "sec. 3(4)"
    assert "ow.release" not in found.get("sec. 4", {})


def test_what_an_instruction_strikes_inherits_nothing(packs: Packs) -> None:
    duty = "The Secretary shall ask each school whether it will deploy boats."
    document = bill(
        section(3, "Definitions", paragraph(1, DEPLOY), text="In this Act:")
        + section(4, "Rule", text=duty)
    )
    facts = read(document)
    (use,) = (one for one in facts.uses if one.path == "sec. 4")
    struck = {"sec. 4": (Stretch(use.start, use.end, "struck"),)}
    source = [one for one in tag(document, facts, packs).tags if one.status is Status.ASSERTED]
    assert {one.path for one in inherited(source, facts, {})} == {"sec. 4"}
    assert inherited(source, facts, struck) == ()


def test_being_defined_is_not_inherited(packs: Packs) -> None:
    text = "The term <quote>frontier model</quote> means a model trained with 10^26 operations."
    found = tags_of(
        packs,
        section(3, "Definitions", paragraph(1, text), text="In this Act:")
        + section(4, "Rule", text="The owner of a frontier model shall keep records."),
    )
    assert "def.model" in found["sec. 3(1)"]
    assert "def.model" not in found.get("sec. 4", {})


def test_a_tag_names_its_rule_and_its_confidence(packs: Packs) -> None:
    (tagged,) = (
        one
        for one in tag_unit(alone("The company is on the Entity List."), packs)
        if one.topic == "list.entity"
    )
    assert tagged.rule == "list.entity.name"
    assert tagged.confidence == packs.thresholds.calibrated(0.97)
    assert tagged.status is Status.ASSERTED


def test_typography_makes_no_difference(packs: Packs) -> None:
    plain = 'The Bureau shall review the "Entity List" under section 744.11 of title 15.'
    fine = "The Bureau shall review the “Entity List” under section 744.11 of title 15."
    first = {t.topic: t.rule for t in tag_unit(alone(plain), packs)}
    assert first == {t.topic: t.rule for t in tag_unit(alone(fine), packs)}


def test_without_a_sentence_model_rules_speak_and_a_notice_says_so(packs: Packs) -> None:
    document = bill(section(2, "List", text="The Entity List shall be printed."))
    result = tag(document, read(document), packs, None)
    assert result.notices == (NO_ENCODER,)
    assert {one.topic for one in result.tags} == {"list.entity"}


WORDS = st.lists(
    st.sampled_from(
        """the Entity List “Entity List” open-weight model models’ weights — ; . shall not apply to
        export, reexport, or in-country transfer AI 10²⁶ operations distillation Secretary may ﬁne é
        ß İ (A) No person host serve DeepSeek agency covered application means includes""".split()
    ),
    max_size=40,
).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.one_of(WORDS, st.text(max_size=200)), heading=WORDS)
def test_evidence_quotes_its_text_whatever_the_text(packs: Packs, text: str, heading: str) -> None:
    for one in tag_unit(alone(text, heading), packs, Bags()):
        assert one.text in (text, heading)
        for evidence in one.evidence:
            assert one.text[evidence.start : evidence.end] == evidence.quote != ""


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(document=bills())
def test_tags_stand_in_reading_order_one_a_leaf(packs: Packs, document: Bill) -> None:
    facts = read(document)
    tags = tag(document, facts, packs).tags
    order = {path: place for place, path in enumerate(facts.units)}
    places = [order[one.path] for one in tags]
    assert places == sorted(places)
    assert len({(one.path, one.topic) for one in tags}) == len(tags)


@needs_corpus
def test_bills_on_other_things_are_left_in_peace(packs: Packs, corpus: Path) -> None:
    """Less than one provision in a thousand of real bills, most of which have another subject.

    The Hong Kong Autonomy Act is left out: it is about sanctions on foreign persons itself.
    """
    files = sorted(
        f
        for f in corpus.glob("bills/*/*/*.xml")
        if f.stat().st_size < LARGEST and f.parent.name != "hr7440"
    )[::3]
    provisions = 0
    tagged: list[str] = []
    for source in resolve([str(f) for f in files]):
        document = parse(source)
        facts = read(document)
        provisions += len(facts.units)
        tagged += [
            f"{source.name} {one.path} {one.rule}"
            for one in tag(document, facts, packs).tags
            if one.topic.startswith(("ow.", "list.", "xc.", "acc.", "dx."))
        ]
    assert provisions > 1000
    assert len(tagged) < provisions / 1000, tagged
