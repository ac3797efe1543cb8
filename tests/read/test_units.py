"""Provisions under the lead-ins and headings above them."""

from __future__ import annotations

from legannot.model import Context, Operator
from legannot.read.units import units
from tests.read.documents import bill, paragraph, quoted, section, subparagraph, subsection

DUTIES = section(
    4,
    "Obligations",
    subsection(
        "a",
        "In general",
        paragraph(1, "participate; and"),
        paragraph(2, "provide—", subparagraph("A", "model weights.")),
        text="Each developer shall—",
    ),
)


def test_a_unit_carries_all_lead_ins_and_headings_down_from_its_section() -> None:
    unit = units(bill(DUTIES))["sec. 4(a)(2)(A)"]
    assert unit.chapeau == "Each developer shall— provide—"
    assert unit.headings == ("Obligations", "In general")
    assert unit.section == "sec. 4"
    assert unit.operator is Operator.DUTY
    assert unit.regulated == "private_person"


def test_units_stand_in_reading_order_with_containers_that_have_a_heading() -> None:
    assert list(units(bill(DUTIES))) == [
        "sec. 4",
        "sec. 4(a)",
        "sec. 4(a)(1)",
        "sec. 4(a)(2)",
        "sec. 4(a)(2)(A)",
    ]


def test_a_heading_alone_does_nothing() -> None:
    assert units(bill(DUTIES))["sec. 4"].operator is Operator.NONE


def test_quoted_law_is_not_governed_by_the_instruction_outside_it() -> None:
    text = "Section 5 of the Act is amended by adding at the end the following:"
    found = units(
        bill(
            section(
                2,
                "Amendment",
                quoted(subsection("f", "Names", text="The Bureau shall use its name.")),
                text=text,
            )
        )
    )
    inner = found["sec. 2 [quoted block](f)"]
    assert inner.chapeau == ""
    assert inner.context is Context.QUOTED
    assert inner.operator is Operator.DUTY
    assert inner.section == "sec. 2"
    assert inner.headings == ("Amendment", "Names")
    assert found["sec. 2"].operator is Operator.AMENDMENT
    assert found["sec. 2"].addressee is None


def test_a_finding_addresses_nobody() -> None:
    found = units(bill(section(2, "Sense of Congress", text="The Secretary shall lead the world.")))
    assert found["sec. 2"].operator is Operator.FINDING
    assert (found["sec. 2"].addressee, found["sec. 2"].regulated) == (None, None)


def test_a_policy_declared_amid_the_law_counts_as_a_finding() -> None:
    lead = "It is the policy of the United States to—"
    found = units(
        bill(section(3, "Policy", paragraph(1, "limit the export of chips; and"), text=lead))
    )
    assert found["sec. 3(1)"].context is Context.FINDING
    duty = units(bill(section(3, "Policy", text="The Secretary shall limit the export of chips.")))
    assert duty["sec. 3"].context is Context.OPERATIVE
