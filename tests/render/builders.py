"""Reports on the sample bill with tags, effects and reach set by hand, so that all kinds occur."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from legannot.diff import chain, count_edits
from legannot.model import (
    Bill,
    Change,
    Citation,
    Comparison,
    Evidence,
    Facts,
    Operator,
    Status,
    Tag,
    Topic,
)
from legannot.model.report import (
    ClaimKind,
    Effect,
    Finding,
    Method,
    Reach,
    Report,
    Step,
    SubjectRow,
    TagChange,
    TagChangeKind,
    Unread,
)
from legannot.parse import parse
from legannot.render.counts import section_counts
from legannot.source import resolve

TOPICS = {
    topic.id: topic
    for topic in (
        Topic("ow.release", "OW Open weights", "Release and hosting of open-weight models", "-"),
        Topic("ow.derivative", "OW Open weights", "Derivatives and fine-tunes", "-"),
        Topic("list.entity", "LIST Restricted-party lists", "BIS lists (Entity List)", "-"),
        Topic("list.process", "LIST Restricted-party lists", "Listing and delisting", "-"),
        Topic("acc.import_use", "ACC Model access", "Import, hosting and use of models", "-"),
        Topic("dx.extract", "DX Distillation", "Model extraction and distillation", "-"),
        Topic("eco.research", "ECO Ecosystem", "Research exceptions", "-"),
        Topic("proc.timing", "PROC Procedure", "Dates and sunsets", "-", procedural=True),
    )
}

# Version | path | topic | words that stand there | operator | status.
_TAGS = """
ih | sec. 5(a) | list.entity | Entity List | duty | asserted
ih | sec. 7(a) | ow.release | model weights | prohibition | asserted
ih | sec. 6(a)(2) | acc.import_use | host | prohibition | asserted
ih | sec. 3(6) | ow.derivative | modifying | definition | asserted
ih | sec. 2(a)(3) | dx.extract | outputs | finding | suggested
ih | sec. 14(a) | ow.release | registry | duty | asserted
ih | sec. 16(a) | proc.timing | take effect | timing | asserted
rh | sec. 6(a)(2) | acc.import_use | host | prohibition | asserted
eh | sec. 6(a) | list.entity | Entity List | duty | asserted
eh | sec. 6(a) | list.process | by majority vote | duty | asserted
eh | sec. 6(b) | list.process | 25 percent or more | duty | asserted
eh | sec. 7(a) | list.process | petition for the removal | permission | asserted
eh | sec. 9(a) | ow.release | make the model weights of a covered model | prohibition | asserted
eh | sec. 8(a)(2) | acc.import_use | host such a listed entity model | prohibition | asserted
eh | sec. 8(a)(2) | ow.release | entity model available for download | prohibition | asserted
eh | sec. 8(b)(1) | eco.research | noncommercial research | exception | asserted
eh | sec. 3(6) | ow.derivative | merging, or quantizing the model weights | definition | asserted
eh | sec. 2(a)(3) | dx.extract | obtain such outputs | finding | suggested
eh | sec. 12(a)(1) | acc.import_use | listed entity model | prohibition | inherited
eh | sec. 11(b) [quoted block](g)(2) | list.process | require a license | duty | asserted
eh | sec. 17(a) | proc.timing | take effect | timing | asserted
"""


@cache
def sample() -> tuple[Bill, ...]:
    """The three versions of the sample bill, as reported where a committee marked them."""
    return tuple(parse(source).as_reported() for source in resolve(["sample:model-access"]))


def tags_of(bill: Bill) -> tuple[Tag, ...]:
    """The hand-set tags of one version."""
    texts = {p.path: p.text for p in bill.walk()}
    rows = [line.split(" | ") for line in _TAGS.strip().splitlines()]
    return tuple(
        _tag(texts[path], path, topic, quote, Operator(operator), Status(status))
        for version, path, topic, quote, operator, status in rows
        if version == bill.version
    )


def _tag(text: str, path: str, topic: str, quote: str, operator: Operator, status: Status) -> Tag:
    start = text.index(quote)
    return Tag(
        path=path,
        topic=topic,
        operator=operator,
        status=status,
        context="quoted" if "[quoted" in path else "operative",
        confidence=0.9375,
        text=text,
        evidence=(Evidence(start, start + len(quote), quote),),
        rule=f"{topic}.sample" if status is Status.ASSERTED else None,
        exemplar="Queries that harvest outputs." if status is Status.SUGGESTED else None,
        via="sec. 3(13)(A)" if status is Status.INHERITED else None,
    )


@cache
def report(*versions: str) -> Report:
    """A report on some versions of the sample, all three by default."""
    bills = tuple(b for b in sample() if not versions or b.version in versions)
    return made(bills, tuple(tags_of(bill) for bill in bills))


def made(bills: Sequence[Bill], tags: Sequence[tuple[Tag, ...]] | None = None) -> Report:
    """A report on any bills; what only the sample has is left out for others."""
    tags = tags or [()] * len(bills)
    compared = chain(bills) if len(bills) > 1 else None
    whole = compared.whole if compared else None
    changes = tuple(_tag_changes(whole, tags[0], tags[-1])) if whole else ()
    last = {p.path: p.text for p in bills[-1].walk()}
    return Report(
        bills=tuple(bills),
        facts=tuple(Facts({}, citations=tuple(_citations(bill))) for bill in bills),
        tags=tuple(tags),
        comparison=whole,
        steps=tuple(_steps(compared.steps)) if compared else (),
        passing=compared.passing if compared else (),
        findings=tuple(_findings(whole)) if whole else (),
        subjects=tuple(_subjects(tags, changes)),
        tag_changes=changes,
        reach=tuple(r for r in _REACH if whole and {r.definition, *r.uses} <= set(last)),
        effects=tuple(e for e in _effects() if e.quote in last.get(e.path, "")),
        unread=_UNREAD if whole and "sec. 5(a)" in last else (),
        notices=("Tags come from rules alone (--no-embeddings).",),
        topics=TOPICS,
        questions=_QUESTIONS,
        evidence=_EVIDENCE,
        method=Method("0.1.0", "core 1", "ab" * 32, "legannot report ih.xml rh.xml eh.xml", "none"),
    )


def _steps(comparisons: Sequence[Comparison]) -> list[Step]:
    return [Step(c, section_counts(c), count_edits(c.rows)) for c in comparisons]


def _citations(bill: Bill) -> list[Citation]:
    """What the markup itself says is a citation."""
    found = []
    for provision in bill.walk():
        for span in provision.spans:
            words = span.of(provision.text)
            place = (provision.path, span.start, span.end)
            if span.kind == "external-xref" and span.value.startswith("usc/"):
                found.append(Citation(*place, "usc", span.value, words))
            elif span.kind == "internal-xref" and words.startswith("section "):
                target = f"sec. {words.removeprefix('section ')}"
                found.append(Citation(*place, "internal", target, words))
    return found


def _tag_changes(comparison: Comparison, old: Sequence[Tag], new: Sequence[Tag]) -> list[TagChange]:
    found = []
    for at, row in enumerate(comparison.rows):
        before = {t.topic: t for t in old if row.old and t.path == row.old.path}
        after = {t.topic: t for t in new if row.new and t.path == row.new.path}
        for topic in dict.fromkeys((*before, *after)):
            was, now = before.get(topic), after.get(topic)
            path = now.path if now else row.shown.path
            found.append(TagChange(topic, _kind(row, was, now), path, was, now, at))
    return found


def _kind(row: Change, old: Tag | None, new: Tag | None) -> TagChangeKind:
    if old is None:
        return "added"
    if new is None:
        return "removed"
    return "touched" if row.edits and row.changed else "same"


def _subjects(tags: Sequence[Sequence[Tag]], changes: Sequence[TagChange]) -> list[SubjectRow]:
    rows = []
    for topic in TOPICS.values():
        counts = tuple(len({t.path for t in some if t.topic == topic.id}) for some in tags)
        mine = [c for c in changes if c.topic == topic.id]
        kinds = [c.kind for c in mine]
        places = [c.path for c in mine if c.kind != "same"]
        places += [t.path for t in tags[-1] if t.topic == topic.id]
        came, gone, touched = kinds.count("added"), kinds.count("removed"), kinds.count("touched")
        if any(counts):
            rows.append(SubjectRow(topic, counts, came, gone, touched, next(iter(places), "")))
    return rows


def _findings(comparison: Comparison) -> list[Finding]:
    at = {row.new.path: i for i, row in enumerate(comparison.rows) if row.new}
    found = (
        Finding("Hosting, sec. 8(a)(2):", "sec. 8(a)(2)", 0, "", "or make the model weights of"),
        Finding(
            "Ownership that counts as listed falls:", "sec. 6(b)", 0, "50 percent", "25 percent"
        ),
        Finding(
            "Way off the list, sec. 7(a), new:", "sec. 7(a)", 0, "", "petition for the removal"
        ),
    )
    return [replace(f, row=at[f.path]) for f in found if f.path in at]


_REACH = (
    Reach("covered model", "sec. 3(5)", ("sec. 9(a)", "sec. 10(a)", "sec. 15(1)")),
    Reach("listed entity model", "sec. 3(13)(A)", ("sec. 8(a)(1)", "sec. 12(a)(1)")),
)
_UNREAD = (
    Unread("unsure-pair", "sec. 5(a)", "Two provisions fit almost equally well (0.71, 0.68)."),
    Unread("not-understood", "line 214", "No rule for the element <custom>.", "custom words"),
)
_QUESTIONS = {
    "Q03": "Does the measure restrict use of published weights?",
    "Q04": "Is there an exception for research?",
    "Q99": "A question that no effect asks?",
}
_EVIDENCE = {
    "E01": "Expert opinion. Interest: author leads a coalition.",
    "E99": "Evidence that no effect cites.",
}


def _effects() -> list[Effect]:
    host = ("I01-host-ban", "sec. 8(a)(2)", "host such a listed entity model")
    listed = ("I04-entity-list", "sec. 6(a)", "Entity List")
    return [
        replace(
            _line(*host, 0, "text", "it would bar private hosting of the models"),
            questions=("Q03", "Q04"),
            defeaters=("sec. 8(b)(1)",),
            why=("topic acc.import_use: asserted", "operator: prohibition"),
            changed=True,
        ),
        replace(
            _line(*host, 1, "inference", "hubs would remove the affected weights"),
            assumptions=("models in scope are offered in the US", "hosting counts as use"),
            evidence=("E01",),
        ),
        replace(
            _line(*host, 2, "claim", "open models would be delayed"),
            evidence=("E01",),
            note="Opinion, no measurement on file.",
        ),
        _line(*host, 2, "disputed", "there would be less competition", "returns would recover"),
        _line(*listed, 0, "text", "it would change who needs a license"),
    ]


_LEADS: dict[ClaimKind, str] = {
    "text": "The text says",
    "inference": "If applied as written, it would follow that",
    "claim": "It is claimed that",
    "disputed": "It is disputed whether",
}


def _line(
    rule: str, path: str, quote: str, order: int, claim: ClaimKind, effect: str, counter: str = ""
) -> Effect:
    return Effect(
        rule=rule,
        path=path,
        order=order,
        claim=claim,
        lead=_LEADS[claim],
        effect=effect,
        who="us_inference_provider",
        direction="-",
        confidence="low",
        quote=quote,
        counter=counter,
    )
