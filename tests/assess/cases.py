"""Tags set by hand on bills of a few lines, and the stages run over them."""

from __future__ import annotations

from collections.abc import Mapping

from legannot.assess import assess, load_model
from legannot.diff import chain
from legannot.model import Bill, Evidence, Facts, Status, Tag, Topic
from legannot.model.report import Method, Report
from legannot.read import read

METHOD = Method("0", "by hand", "0" * 64, "legannot report", "a model")

# A tag by hand: the provision, its topic and the words that carry it.
Mark = tuple[str, str, str]

TOPICS: Mapping[str, Topic] = {
    name: Topic(
        name, f"{name.partition('.')[0].upper()} Family", f"Label of {name}", "", procedural
    )
    for name, procedural in (
        ("ow.release", False),
        ("ow.exempt", False),
        ("ow.derivative", False),
        ("list.entity", False),
        ("list.sanctions", False),
        ("list.process", False),
        ("acc.import_use", False),
        ("acc.gov_use", False),
        ("dx.extract", False),
        ("def.model", False),
        ("safe.test", False),
        ("eco.research", False),
        ("evd.base", False),
        ("evd.findings", True),
        ("proc.carveout", True),
    )
}


def tag(facts: Facts, mark: Mark, status: Status = Status.ASSERTED, via: str | None = None) -> Tag:
    """The tag that `mark` describes, with what `read` knows of its provision."""
    path, topic, quote = mark
    unit = facts.units[path]
    field = "text" if quote in unit.text else "heading"
    text = unit.text if field == "text" else unit.heading
    start = text.index(quote)
    return Tag(
        path=path,
        topic=topic,
        operator=unit.operator,
        status=status,
        context=unit.context.value if field == "text" else "heading",
        confidence=0.9,
        text=text,
        evidence=(Evidence(start, start + len(quote), quote),),
        rule=f"{topic}.by-hand" if status is Status.ASSERTED else None,
        exemplar="a sentence" if status is Status.SUGGESTED else None,
        via=via,
        field=field,
    )


def report(*versions: tuple[Bill, tuple[Mark, ...]]) -> Report:
    """The report over versions with the tags set on each."""
    bills = tuple(bill.as_reported() for bill, _ in versions)
    facts = tuple(map(read, bills))
    tags = tuple(
        tuple(tag(known, mark) for mark in marks)
        for known, (_, marks) in zip(facts, versions, strict=True)
    )
    compared = chain(bills) if len(bills) > 1 else None
    return assess(bills, facts, tags, compared, model=load_model(), topics=TOPICS, method=METHOD)
