"""Reports on the bundled sample bill with tags, effects and reach set by hand: rich, and never fitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        Topic("ow.release", "OW Open weights", "Release and hosting of open-weight models", "…"),
        Topic("ow.derivative", "OW Open weights", "Derivatives, fine-tunes and downstream models", "…"),
        Topic("list.entity", "LIST Restricted-party lists", "BIS lists (Entity List and others)", "…"),
        Topic("list.process", "LIST Restricted-party lists", "Listing and delisting procedure", "…"),
        Topic("acc.import_use", "ACC Model access", "Import, hosting and use of models", "…"),
        Topic("acc.remote", "ACC Model access", "Remote and cloud access", "…"),
        Topic("dx.extract", "DX Distillation", "Model extraction and distillation", "…"),
        Topic("eco.research", "ECO Ecosystem", "Research exceptions and support", "…"),
        Topic("proc.timing", "PROC Procedure", "Effective dates and sunsets", "…", procedural=True),
    )
}

# Version, path, topic, quoted words, operator, status, how sure; the words must stand in the sample.
_TAGS: tuple[tuple[str, str, str, str, Operator, Status, float], ...] = (
    ("ih", "sec. 5(a)", "list.entity", "Entity List", Operator.DUTY, Status.ASSERTED, 0.97),
    ("ih", "sec. 7(a)", "ow.release", "model weights", Operator.PROHIBITION, Status.ASSERTED, 0.95),
    ("ih", "sec. 6(a)(2)", "acc.import_use", "host", Operator.PROHIBITION, Status.ASSERTED, 0.93),
    ("ih", "sec. 3(6)", "ow.derivative", "modifying", Operator.DEFINITION, Status.ASSERTED, 0.96),
    ("ih", "sec. 2(a)(3)", "dx.extract", "outputs", Operator.FINDING, Status.SUGGESTED, 0.71),
    ("ih", "sec. 16(a)", "proc.timing", "take effect", Operator.TIMING, Status.ASSERTED, 0.99),
    ("rh", "sec. 6(a)(2)", "acc.import_use", "host", Operator.PROHIBITION, Status.ASSERTED, 0.93),
    ("eh", "sec. 6(a)", "list.entity", "Entity List", Operator.DUTY, Status.ASSERTED, 0.97),
    ("eh", "sec. 6(a)", "list.process", "by majority vote", Operator.DUTY, Status.ASSERTED, 0.91),
    ("eh", "sec. 6(b)", "list.process", "25 percent or more", Operator.DUTY, Status.ASSERTED, 0.9),
    ("eh", "sec. 7(a)", "list.process", "petition for the removal", Operator.PERMISSION, Status.ASSERTED, 0.94),
    ("eh", "sec. 9(a)", "ow.release", "make the model weights of a covered model available to the public", Operator.PROHIBITION, Status.ASSERTED, 0.95),
    ("eh", "sec. 8(a)(2)", "acc.import_use", "host such a listed entity model", Operator.PROHIBITION, Status.ASSERTED, 0.93),
    ("eh", "sec. 8(a)(2)", "ow.release", "available for download", Operator.PROHIBITION, Status.ASSERTED, 0.88),
    ("eh", "sec. 8(b)(1)", "eco.research", "noncommercial research", Operator.EXCEPTION, Status.ASSERTED, 0.95),
    ("eh", "sec. 3(6)", "ow.derivative", "merging, or quantizing the model weights", Operator.DEFINITION, Status.ASSERTED, 0.96),
    ("eh", "sec. 2(a)(3)", "dx.extract", "obtain such outputs", Operator.FINDING, Status.SUGGESTED, 0.71),
    ("eh", "sec. 12(a)(1)", "acc.import_use", "listed entity model", Operator.PROHIBITION, Status.INHERITED, 0.8),
    ("eh", "sec. 17(a)", "proc.timing", "take effect", Operator.TIMING, Status.ASSERTED, 0.99),
)  # fmt: skip


@cache
def sample() -> tuple[Bill, ...]:
    """The three versions of the sample bill, as reported where a committee marked them."""
    return tuple(parse(source).as_reported() for source in resolve(["sample:model-access"]))


def tags_of(bill: Bill) -> tuple[Tag, ...]:
    """The hand-set tags of one version."""
    texts = {p.path: p.text for p in bill.walk()}
    return tuple(
        _tag(texts[path], path, topic, quote, operator, status, confidence)
        for version, path, topic, quote, operator, status, confidence in _TAGS
        if version == bill.version
    )


def _tag(
    text: str,
    path: str,
    topic: str,
    quote: str,
    operator: Operator,
    status: Status,
    confidence: float,
) -> Tag:
    start = text.index(quote)
    return Tag(
        path=path,
        topic=topic,
        operator=operator,
        status=status,
        context="operative",
        confidence=confidence,
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
    return make(bills, tuple(tags_of(bill) for bill in bills))


def make(bills: Sequence[Bill], tags: Sequence[tuple[Tag, ...]]) -> Report:
    """A report on any bills, with what only the sample has left out for others."""
    compared = chain(bills) if len(bills) > 1 else None
    whole = compared.whole if compared else None
    changes = tuple(_tag_changes(whole, tags[0], tags[-1])) if whole else ()
    last = {p.path: p for p in bills[-1].walk()}
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
        effects=tuple(e for e in _EFFECTS if _holds(e, last)),
        unread=_UNREAD if whole and "sec. 5(a)" in last else (),
        notices=("Tags come from rules alone (--no-embeddings).",),
        topics=TOPICS,
        questions=_QUESTIONS,
        evidence=_EVIDENCE,
        method=Method("0.1.0", "core 1", "ab" * 32, "legannot report ih.xml rh.xml eh.xml", "none"),
    )


def _holds(effect: Effect, provisions: Mapping[str, object]) -> bool:
    found = provisions.get(effect.path)
    return found is not None and effect.quote in getattr(found, "text", "")


def _steps(comparisons: Sequence[Comparison]) -> list[Step]:
    return [Step(c, section_counts(c), count_edits(c.rows)) for c in comparisons]


def _citations(bill: Bill) -> list[Citation]:
    found = []
    for provision in bill.walk():
        for span in provision.spans:
            words = span.of(provision.text)
            if span.kind == "external-xref" and span.value.startswith("usc/"):
                found.append(
                    Citation(provision.path, span.start, span.end, "usc", span.value, words)
                )
            elif span.kind == "internal-xref" and words.startswith("section "):
                target = f"sec. {words.removeprefix('section ')}"
                found.append(
                    Citation(provision.path, span.start, span.end, "internal", target, words)
                )
    return found


def _tag_changes(
    comparison: Comparison, old: Sequence[Tag], new: Sequence[Tag]
) -> list[TagChange]:
    found = []
    for at, row in enumerate(comparison.rows):
        before = {t.topic: t for t in old if row.old and t.path == row.old.path}
        after = {t.topic: t for t in new if row.new and t.path == row.new.path}
        for topic in dict.fromkeys((*before, *after)):
            was, now = before.get(topic), after.get(topic)
            tag = now or was
            assert tag is not None
            found.append(TagChange(topic, _kind(row, was, now), tag.path, was, now, at))
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
        if any(counts):
            mine = [c for c in changes if c.topic == topic.id]
            places = [c.path for c in mine if c.kind != "same"] + [
                t.path for t in tags[-1] if t.topic == topic.id
            ]
            kinds = [c.kind for c in mine]
            rows.append(
                SubjectRow(
                    topic,
                    counts,
                    kinds.count("added"),
                    kinds.count("removed"),
                    kinds.count("touched"),
                    next(iter(places), ""),
                )
            )
    return rows


def _findings(comparison: Comparison) -> list[Finding]:
    at = {row.new.path: i for i, row in enumerate(comparison.rows) if row.new}
    return [
        replace(finding, row=at[finding.path]) for finding in _FINDINGS if finding.path in at
    ]


_FINDINGS = (
    Finding("Hosting of listed entity models is barred in more words:", "sec. 8(a)(2)", 0, "", "or make the model weights of such a listed entity model available for download"),
    Finding("A research exception is new:", "sec. 8(b)(1)", 0, "", "solely for noncommercial research"),
    Finding("Ownership that counts as listed is lower:", "sec. 6(b)", 0, "50 percent", "25 percent"),
    Finding("A way off the list is new:", "sec. 7(a)", 0, "", "petition for the removal"),
)  # fmt: skip
_REACH = (
    Reach("covered model", "sec. 3(5)", ("sec. 9(a)", "sec. 10(a)", "sec. 15(1)")),
    Reach("listed entity model", "sec. 3(13)(A)", ("sec. 8(a)(1)", "sec. 8(b)(2)(A)", "sec. 12(a)(1)")),
)  # fmt: skip
_UNREAD = (
    Unread("unsure-pair", "sec. 5(a)", "Two provisions fit almost equally well (0.71 and 0.68).", "Voluntary information sharing"),
    Unread("not-understood", "line 214", "No rule for the element <custom>.", "custom words"),
)  # fmt: skip
_QUESTIONS = {
    "Q03": "Does the measure restrict USE of published weights, or only dealings WITH the named party?",
    "Q04": "Is there an exception for research, evaluation, red-teaming and universities?",
    "Q05": "Is there an open-source or open-weight exception, and is the exempt term defined?",
}
_EVIDENCE = {
    "E01": "Expert opinion (author leads an open-model coalition): public note of April 2026.",
    "E12": "Text of a rule (no interest): 15 CFR 734.7(a), published technology is not subject to the EAR.",
}
_LEADS = {
    "text": "The text says",
    "inference": "If applied as written, it would follow that",
    "claim": "It is claimed that",
    "disputed": "It is disputed whether",
}
_EFFECTS = (
    Effect("I01-host-ban", "sec. 8(a)(2)", 0, "text", _LEADS["text"], "“host such a listed entity model”: bars private hosting of the models described", "us_inference_provider", "-", "high", "host such a listed entity model", questions=("Q03", "Q04", "Q05"), defeaters=("sec. 8(b)(1)",), why=("topic acc.import_use: asserted", "operator: prohibition", "regulated party: any person")),
    Effect("I01-host-ban", "sec. 8(a)(2)", 1, "inference", _LEADS["inference"], "US inference providers and hubs remove the affected weights; customers migrate or self-host abroad", "us_inference_provider", "-", "medium", "host such a listed entity model", assumptions=("models in scope are offered in the US today", "hosting counts as use or import"), evidence=("E01",), questions=("Q03",)),
    Effect("I01-host-ban", "sec. 8(a)(2)", 2, "disputed", _LEADS["disputed"], "there is less price competition for closed models", "closed_lab", "+", "low", "host such a listed entity model", evidence=("E01",), counter="supporters say removing distilled models restores returns to frontier research", questions=("Q03",)),
    Effect("I01-host-ban", "sec. 8(a)(2)", 2, "claim", _LEADS["claim"], "open-model capability available in the US is delayed by 6 to 12 months", "us_startup_on_open_base", "-", "low", "host such a listed entity model", evidence=("E01",), note="Opinion, no measurement on file."),
    Effect("I04-entity-list", "sec. 6(a)", 0, "text", _LEADS["text"], "“Entity List”: changes who needs a licence to send items to the listed party", "foreign_lab", "-", "high", "Entity List", evidence=("E12",), questions=("Q03",)),
    Effect("I04-entity-list", "sec. 6(a)", 1, "inference", _LEADS["inference"], "US firms stop contracts and paid licences with the listed lab", "us_startup_on_open_base", "-", "medium", "Entity List", assumptions=("counsel treats listing as a general bar",)),
)  # fmt: skip
