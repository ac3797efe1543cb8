"""What a provision does in law, by its words, its lead-in and its headings."""

from __future__ import annotations

import json
import time

import pytest

from legannot.model import Context, Operator
from legannot.read import classify
from tests.conftest import CORPUS

DEV = CORPUS.parent / "eval" / "dev.jsonl"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Secretary shall submit a report.", "duty"),
        # Pieces of a sentence that is out of sight.
        ("for the period that begins on October 1, 2031", "none"),
        ("an officer or agent of a person described in subparagraph (A)", "none"),
        ("The Administrator is directed to publish the list.", "duty"),
        ("The Director is authorized to and shall review each application.", "duty"),
        ("Each provider must keep records.", "duty"),
        # What a law leaves out, in whatever words.
        ("This entry does not control weights that have been published.", "exception"),
        ("Section 5 does not forbid a person to keep a copy.", "exception"),
        ("Subsection (b) shall not bar a laboratory from testing a model.", "exception"),
        ("Conduct under a license does not violate this section.", "exception"),
        ("The notice need not be given in an emergency.", "exception"),
        ("The Board may provide a procedure under which section 3 shall not apply.", "exception"),
        ("The penalties of section 9 shall apply to any person who breaks this rule.", "penalty"),
        ("This title shall cease to have any force on May 1, 2031.", "sunset"),
        ("No action shall lie against a person who reports in good faith.", "exception"),
        # The same verbs of another subject forbid.
        ("Within 1 year of the enactment of this Act, a State shall not limit it.", "prohibition"),
        ("No action may be taken on the application.", "prohibition"),
        ("A listed person is ineligible to receive a license.", "prohibition"),
        ("A release to a foreign national is deemed to be an export.", "definition"),
        ("A violator is subject to the penalties in section 9.", "penalty"),
        ("This chapter becomes operative on July 1, 2028.", "timing"),
        ("The Commission is empowered to adopt delegated acts.", "delegation"),
        ("The owner has the exclusive right to copy the work.", "permission"),
        ("The Secretary shall prohibit any transaction with a listed entity.", "duty"),
        ("The panel shall have not fewer than 9 members.", "duty"),
        ("No person may export a covered item.", "prohibition"),
        ("It shall be unlawful for any person to host a listed model.", "prohibition"),
        ("The importation of such goods is prohibited.", "prohibition"),
        ("The Secretary may not, in publishing the list, disclose trade secrets.", "prohibition"),
        ("A license may be used only for the purpose stated in it.", "prohibition"),
        ("None of the funds made available by this Act may be used for that.", "prohibition"),
        ("No Federal funds may be obligated for the program.", "prohibition"),
        ("The Secretary may award grants.", "permission"),
        ("There are authorized to be appropriated $5,000,000.", "permission"),
        ("An owner shall have the right to bring a claim.", "permission"),
        ("Nothing in this Act shall be construed to limit research.", "exception"),
        ("Subsection (a) shall not apply to a small business.", "exception"),
        ("The President may waive the requirement.", "exception"),
        ("A published model is exempt from this section.", "exception"),
        ("A license is not required for such an export.", "exception"),
        ("This section shall not affect the authority of a State.", "exception"),
        ("In this section, the term “covered model” means a model.", "definition"),
        ("The term export has the meaning given that term in section 2.", "definition"),
        ("For purposes of this section, a branch shall be treated as a person.", "definition"),
        ("The entities described in this subsection are the following:", "definition"),
        ("The property referred to in subsection (a) is the parcel.", "definition"),
        ("The Secretary shall issue such interim final rules as are needed.", "delegation"),
        ("The Commission may, by rule, change the threshold.", "delegation"),
        ("A person that violates this section shall be fined $1,000.", "penalty"),
        ("The court may impose a civil penalty of up to $500.", "penalty"),
        ("A violation shall be treated as a violation of a rule of the Commission.", "penalty"),
        ("This Act shall take effect 90 days after enactment.", "timing"),
        ("The amendment shall apply to contracts made after the date of enactment.", "timing"),
        ("The program shall terminate on September 30, 2030.", "sunset"),
        ("This section shall cease to have effect 5 years after enactment.", "sunset"),
        ("Congress finds that models are useful.", "finding"),
        ("The Legislature further finds that models are useful.", "finding"),
        ("The purposes of this chapter include to learn what models can do.", "finding"),
        ("It is the sense of Congress that the President should act.", "finding"),
        ("It is the policy of the United States to lead.", "finding"),
        ("The Secretaries shall publish regulations that define the term.", "delegation"),
        ("prescribe regulations— (A) stating what a person is required to do;", "delegation"),
        ("The Secretary shall— (B) based on it, prescribe regulations.", "delegation"),
        ("The expiration of this Act shall not affect any action then pending.", "exception"),
        ("Each license for such an export is terminated.", "sunset"),
        ("The letter shall terminate unless the Secretary publishes a rule.", "sunset"),
        ("Notwithstanding subparagraph (A), such plan may keep the holding.", "exception"),
        ("Notwithstanding any other provision of law, the Director may hire.", "permission"),
        ("The Secretary shall have the discretion to choose the means.", "permission"),
        ("The requirements of section 4 shall not apply for purposes of this Act.", "exception"),
        ("A model shall be classified as a model with systemic risk if it is large.", "definition"),
        ("The following items are subject to the EAR: tools of domestic origin.", "definition"),
        ("The rule prohibits the sale of such equipment.", "prohibition"),
        ("None of the Federal funds in this Act may be used to enact a rule.", "prohibition"),
        ("The functions of the Center include supporting tests.", "duty"),
        ("The functions of the Office are hereby transferred to the Secretary.", "none"),
        ("Produce a template for the documentation of models.", "duty"),
        ("Open models are made available by developers in many countries.", "finding"),
        ("The Board is composed of 5 members.", "none"),
        ("Section 4 of the Act is amended by striking “may” and inserting “shall”.", "amendment"),
        ("by redesignating paragraph (3) as paragraph (4); and", "amendment"),
        ("This Act may be cited as the Open Models Act.", "none"),
        ("For necessary expenses of the Office, $5,000,000.", "none"),
        ("; and", "none"),
        # Law in the present tense: what a regulation requires, reaches, holds back or ends.
        ("A license is needed to export a covered chip.", "duty"),
        ("Applications are reviewed on a case-by-case basis.", "duty"),
        ("The requirements of this part apply to each affiliate of a listed entity.", "duty"),
        ("The requirements of this part shall not apply to published software.", "exception"),
        ("Such a release is an export to the country of the recipient.", "definition"),
        ("Such person shall be deemed to be a developer.", "definition"),
        ("A failure to report shall be considered an unfair practice.", "penalty"),
        ("The Commission may impose fines of up to 3 percent of turnover.", "penalty"),
        ("A developer that fails to report shall forfeit $50,000 a day.", "penalty"),
        ("Infringements shall be subject to administrative fines.", "penalty"),
        ("No license exceptions are available for such exports.", "prohibition"),
        ("Contractors are not permitted to use the application.", "prohibition"),
        ("All property of the following persons is blocked.", "prohibition"),
        ("No developer shall be held liable for the acts of a stranger.", "exception"),
        ("The term excludes a model whose weights are published.", "exception"),
        ("The fee is waived for small firms.", "exception"),
        ("No license is required.", "exception"),
        ("No person is required to hand over a model.", "exception"),
        ("A person that retrains a model is treated as the developer.", "definition"),
        ("The applicant is entitled to a hearing.", "permission"),
        ("The burden of proof is on the applicant.", "none"),
        ("This section applies to models released after January 1, 2027.", "timing"),
        ("The rule is suspended until November 9, 2031.", "sunset"),
        ("Notwithstanding section 5 of the Export Act, the Secretary may hire.", "permission"),
        ("Notwithstanding subsection (a), the Secretary may hire.", "exception"),
        ("The Contractor represents that no chip was sent abroad.", "duty"),
        ("Prior obligations The expiration of this Act shall not affect a suit.", "exception"),
        (f"Before a ban {'on such use ' * 8}takes effect, the Board shall study it.", "duty"),
        ("The contract of such a member is terminated by the committee.", "none"),
        ("This part applies to contracts made on or after October 1, 2031.", "timing"),
        ("This order shall remain in effect until it is revoked.", "timing"),
        ("Whereas open models help research;", "finding"),
        ("It is hereby declared to be the policy of the State to lead.", "finding"),
        ("The Secretary shall amend part 744 of the Export Regulations.", "delegation"),
        ("using encryption to keep unreleased weights safe", "duty"),
        ("any model trained with more than 10^26 operations;", "definition"),
    ],
)  # fmt: skip
def test_the_first_main_clause_says_what_a_provision_does(text: str, expected: str) -> None:
    assert classify(text) is Operator(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A deadline is a duty, not an effective date.
        ("Not later than 180 days after enactment, the Secretary shall report.", "duty"),
        # "may" belongs to "persons that", not to the sentence.
        ("The Secretary shall list persons that may pose a risk.", "duty"),
        # The pointer to an exception is not the exception.
        ("Except as provided in subsection (b), no person may sell the item.", "prohibition"),
        # A condition decides nothing.
        ("If the waiver takes effect, the Secretary shall notify Congress.", "duty"),
        ("In deciding whether a firm is a covered firm, the Board may ask it.", "permission"),
        # Payments, thresholds of one's own and what is suspended in passing are no sanction of law.
        ("The Secretary shall pay each grantee not more than $5,000.", "duty"),
        ("The firm shall pay a civil penalty of $5,000.", "penalty"),
        ("If a grant whose use is suspended is misspent, the Secretary shall report it.", "duty"),
        # The second sentence does not change what the first one does.
        ("No person may do so. The Secretary may grant a license.", "prohibition"),
        ("See 50 U.S.C. 4801(3). The Secretary shall act.", "duty"),
    ],
)
def test_what_stands_inside_a_phrase_does_not_decide(text: str, expected: str) -> None:
    assert classify(text) is Operator(expected)


def test_an_item_takes_the_operator_of_its_lead_in() -> None:
    chapeau = "Each developer shall—"
    assert classify("participate in the program; and", chapeau=chapeau) is Operator.DUTY
    deeper = f"{chapeau} provide materials, which may include—"
    assert classify("model weights;", chapeau=deeper) is Operator.DUTY


def test_an_exclusion_among_the_items_of_a_definition_narrows() -> None:
    chapeau = "The term “personal data”—"
    assert classify("means data on a person; and", chapeau=chapeau) is Operator.DEFINITION
    assert classify("does not include public data.", chapeau=chapeau) is Operator.EXCEPTION


def test_a_class_is_also_defined_by_what_its_members_are_not() -> None:
    lead_in = "The term allied country means any country that—"
    assert classify("is not a country of concern; and", chapeau=lead_in) is Operator.DEFINITION


def test_a_full_sentence_under_a_closed_lead_in_stands_for_itself() -> None:
    chapeau = "The Secretary shall publish a report."
    assert classify("The report may have an annex.", chapeau=chapeau) is Operator.PERMISSION


def test_findings_bind_nobody_whatever_their_verbs_say() -> None:
    text = "The Government shall punish attackers."
    assert classify(text, context=Context.SENSE) is Operator.FINDING
    assert classify(text, headings=("Findings",)) is Operator.FINDING
    assert classify(text, chapeau="It is the sense of Congress that—") is Operator.FINDING


def test_an_amendment_of_findings_is_still_an_amendment() -> None:
    text = "Section 2(b) of the Act (7 U.S.C. 74(b)) is amended—"
    assert classify(text, headings=("Declaration of policy",)) is Operator.AMENDMENT


def test_a_heading_decides_where_no_verb_does() -> None:
    assert classify("An institution in Alaska.", headings=("Definitions",)) is Operator.DEFINITION
    text = "Activities under the terms of the owner are not such attacks."
    assert classify(text, headings=("Definitions", "Exclusion")) is Operator.EXCEPTION


def test_a_limitation_on_exemptions_is_no_exemption() -> None:
    heading = ("Limitation on providing exemptions",)
    text = "The Bureau may not change the reporting requirement."
    assert classify(text, headings=heading) is Operator.PROHIBITION


def test_a_table_of_contents_does_nothing() -> None:
    assert classify("Sec. 405. Prohibition on use of models.") is Operator.NONE
    assert classify("No person may do so.", context=Context.TOC) is Operator.NONE


def test_plain_text_with_enumerators_and_run_in_headings_is_read_the_same() -> None:
    assert classify("(c) Penalty.— A person that does so shall be fined.") is Operator.PENALTY
    assert classify("(1) No person may export the item.") is Operator.PROHIBITION


@pytest.mark.skipif(
    not DEV.is_file(), reason="the labelled provisions are not beside this checkout"
)
def test_operators_of_the_labelled_provisions_agree_in_19_of_20() -> None:
    labels = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    wrong = [
        label["id"]
        for label in labels
        if classify(label["text"], headings=(label["heading"],)).value != label["operator"]
    ]
    assert len(wrong) <= 0.05 * len(labels), wrong


def test_time_grows_with_the_length_of_a_text_and_no_faster() -> None:
    hostile = "the term " + "a, " * 20_000 + "(" * 5_000 + "shall" * 2_000
    start = time.process_time()
    classify(hostile, chapeau=hostile, headings=(hostile,))
    assert time.process_time() - start < 10
