"""A bill of four sections in two versions and a report on it, to be read at a glance."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from legannot.diff import compare, count_edits
from legannot.model import (
    Bill,
    BillId,
    Comparison,
    Context,
    Evidence,
    Facts,
    Markup,
    Operator,
    Provenance,
    Provision,
    Span,
    Status,
    Tag,
    Topic,
    with_paths,
)
from legannot.model.report import (
    Effect,
    Finding,
    Method,
    Reach,
    Report,
    Step,
    SubjectRow,
    TagChange,
    Unread,
)

RELEASE = Topic("ow.release", "OW Open weights", "Release of weights", "Publishing model weights.")
BAN = "A person shall not release the weights of a covered model to the public."
LEAVE = "A person may release the weights of a covered model to the public after notice."


def provision(
    kind: str, enum: str, heading: str = "", text: str = "", *children: Provision
) -> Provision:
    """A provision of operative law whose path is still to be set."""
    return Provision("", kind, enum, heading, text, children=children)


def section(enum: str, heading: str, text: str = "", *children: Provision) -> Provision:
    """A section of operative law."""
    return provision("section", enum, heading, text, *children)


def bill(version: str, *provisions: Provision, day: str = "2026-06-02") -> Bill:
    """A version of one and the same bill."""
    words = " ".join(f"{p.enum} {p.heading} {p.text}" for top in provisions for p in top.walk())
    digest = sha256(f"{version} {words}".encode()).hexdigest()
    return Bill(
        id=BillId(119, "hr", 8315),
        version=version,
        title="Open Release Act",
        official_title="To provide for the release of model weights.",
        provisions=with_paths(provisions),
        provenance=Provenance(f"{version}.xml", digest, len(words)),
        format="bill-dtd",
        dates={"action": day},
    )


def old_bill() -> Bill:
    """As reported: a ban in section 3, a penalty in section 4."""
    return bill(
        "rh",
        section("1.", "Short title", "This Act may be cited as the Open Release Act."),
        section("2.", "Findings", "Congress finds that open models are widely used."),
        section(
            "3.",
            "Release",
            "",
            provision("subsection", "(a)", "In general", BAN),
            provision("subsection", "(b)", "Notice", "Notice shall be given within 30 days."),
        ),
        section("4.", "Penalty", "Whoever violates this Act shall pay a civil penalty."),
    )


def new_bill() -> Bill:
    """As engrossed: the ban is a permission, a section is new, the penalty renumbered."""
    return bill(
        "eh",
        section("1.", "Short title", "This Act may be cited as the Open Release Act."),
        section("2.", "Findings", "Congress finds that open models are widely used."),
        section(
            "3.",
            "Release",
            "",
            provision("subsection", "(a)", "In general", LEAVE),
            provision("subsection", "(b)", "Notice", "Notice shall be given within 60 days."),
        ),
        section("4.", "Study", "The Secretary shall study how small developers are affected."),
        section("5.", "Penalty", "Whoever violates this Act shall pay a civil penalty."),
        day="2026-07-09",
    )


def marked_bill() -> Bill:
    """A reported print with a struck and an inserted provision, quoted law and marks on words."""
    defined = replace(provision("paragraph", "(1)", "", "It means"), context=Context.QUOTED)
    block = replace(provision("quoted-block", "", "", "", defined), context=Context.QUOTED)
    marks = (Span(9, 14, "term"), Span(9, 14, "external-xref", "usc/15/9401"))
    return bill(
        "rs",
        replace(section("1.", "Old", "Struck words."), markup=Markup.STRUCK),
        replace(section("1.", "New", "Put in.", block), markup=Markup.INSERTED),
        replace(section("2.", "Terms", "The term model has its usual meaning."), spans=marks),
    )


def comparison() -> Comparison:
    """The two versions compared."""
    return compare(old_bill(), new_bill())


def tag(text: str, quote: str, operator: Operator) -> Tag:
    """A tag on section 3(a), resting on `quote`."""
    start = text.index(quote)
    return Tag(
        path="sec. 3(a)",
        topic=RELEASE.id,
        operator=operator,
        status=Status.ASSERTED,
        context="operative",
        confidence=0.94321,
        text=text,
        evidence=(Evidence(start, start + len(quote), quote),),
        rule="ow.release.weights",
    )


def report() -> Report:
    """A report on the two versions."""
    both = comparison()
    before = tag(BAN, "release the weights", Operator.PROHIBITION)
    after = tag(LEAVE, "release the weights", Operator.PERMISSION)
    row = next(i for i, r in enumerate(both.rows) if r.new and r.new.path == "sec. 3(a)")
    effect = Effect(
        rule="I13-open-exemption",
        path="sec. 3(a)",
        order=2,
        claim="disputed",
        lead="It is disputed whether",
        effect="more models are released",
        who="us_open_lab",
        direction="+",
        confidence="low",
        quote="may release the weights",
        counter="Notice may deter small developers.",
        questions=("Q05",),
        evidence=("E06",),
    )
    return Report(
        bills=(both.old, both.new),
        facts=(Facts({}), Facts({})),
        tags=((before,), (after,)),
        comparison=both,
        steps=(Step(both, {}, count_edits(both.rows)),),
        passing=(),
        findings=(Finding("Release", "sec. 3(a)", row, "shall not", "may"),),
        subjects=(SubjectRow(RELEASE, (1, 1), 0, 0, 1, "sec. 3(a)"),),
        tag_changes=(TagChange(RELEASE.id, "touched", "sec. 3(a)", before, after, row),),
        reach=(Reach("covered model", "sec. 2", ("sec. 3(a)",)),),
        effects=(effect,),
        unread=(Unread("unsure-pair", "sec. 4", "Two sections fit equally well."),),
        notices=(),
        topics={RELEASE.id: RELEASE},
        questions={"Q05": "Is there an open-source exception?"},
        evidence={"E06": "A statement."},
        method=Method("0.1.0", "core 1", "0" * 64, "legannot report rh.xml eh.xml", "none"),
    )


def single_report() -> Report:
    """A report on one version."""
    after = tag(LEAVE, "release the weights", Operator.PERMISSION)
    return Report(
        bills=(new_bill(),),
        facts=(Facts({}),),
        tags=((after,),),
        comparison=None,
        steps=(),
        passing=(),
        findings=(),
        subjects=(SubjectRow(RELEASE, (1,), 0, 0, 0, "sec. 3(a)"),),
        tag_changes=(),
        reach=(),
        effects=(),
        unread=(),
        notices=("The sentence embeddings were not used.",),
        topics={RELEASE.id: RELEASE},
        questions={},
        evidence={},
        method=Method("0.1.0", "core 1", "0" * 64, "legannot report eh.xml", "none"),
    )
