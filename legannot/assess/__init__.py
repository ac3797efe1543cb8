"""What a change does: subjects before and after, definition reach, effect chains, what is unread.

`assess` puts a `Report` together from what the stages before it found; `load_model` reads the
impact model.  No judgement is made later: renderers show what stands in the report.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from legannot.assess.aims import aims
from legannot.assess.dependencies import dependencies
from legannot.assess.effects import effects
from legannot.assess.findings import comparison_findings, single_findings
from legannot.assess.lists import cascades
from legannot.assess.meanings import Meanings
from legannot.assess.model import ImpactModel
from legannot.assess.modelfile import load as load_model
from legannot.assess.places import Places
from legannot.assess.profile import profiles
from legannot.assess.questions import answers
from legannot.assess.reach import reach
from legannot.assess.references import references
from legannot.assess.subjects import subject_rows
from legannot.assess.substance import substance
from legannot.assess.touched import tag_changes
from legannot.assess.unread import unmerged, unread
from legannot.diff import Chain, count_edits
from legannot.model import Bill, Change, ChangeKind, Comparison, Facts, Tag, Topic
from legannot.model.report import ChainChange, Effect, Method, Report, Step

__all__ = ["ImpactModel", "assess", "load_model"]


def assess(
    bills: Sequence[Bill],
    facts: Sequence[Facts],
    tags: Sequence[Sequence[Tag]],
    compared: Chain | None,
    *,
    model: ImpactModel,
    topics: Mapping[str, Topic],
    method: Method,
) -> Report:
    """The report over one version or several in order.

    `bills` are clean texts (`Bill.as_reported`), `facts` and `tags` run parallel to them,
    `compared` is their chain of comparisons, None for a single version.
    """
    rows = compared.whole.rows if compared else ()
    changes = tag_changes(rows, tags[0], tags[-1])
    does, quantities = substance(rows, facts[0], facts[-1], changes)
    places = Places(bills[-1], facts[-1], tags[-1])
    touched = frozenset(row.new.path for row in rows if row.new and _altered(row))
    follows = effects(places, model, touched)
    before = effects(Places(bills[0], facts[0], tags[0]), model) if compared else ()
    return Report(
        bills=tuple(bills),
        facts=tuple(facts),
        tags=tuple(tuple(version) for version in tags),
        comparison=compared.whole if compared else None,
        steps=tuple(map(_step, compared.steps)) if compared else (),
        passing=compared.passing if compared else (),
        findings=(
            comparison_findings(rows, changes, topics, does, quantities, facts[0], facts[-1])
            if compared
            else single_findings(tags[-1], topics)
        ),
        subjects=subject_rows(tags, changes, topics),
        tag_changes=changes,
        reach=reach(rows, facts[0], facts[-1], bills[-1].title) if compared else (),
        effects=follows,
        unread=unread(bills, facts, rows, embeddings=bool(method.embeddings)),
        notices=_notices(compared, facts[-1]),
        topics=topics,
        questions=model.questions,
        evidence={name: source.text for name, source in model.sources.items()},
        method=method,
        aims=aims(bills[-1], facts[-1]),
        substance=does,
        quantities=quantities,
        references=references(rows, facts[0], facts[-1]) if compared else (),
        chains=_chains(before, follows, model) if compared else (),
        answers=answers(follows, places, model),
        profiles=profiles(follows, places, facts[-1], model),
        cascades=cascades(facts[-1], Meanings(facts[-1], bills[-1].title)),
        map=dependencies(facts[-1], bills[-1].title),
    )


def _altered(row: Change) -> bool:
    return ChangeKind.MODIFIED in row.kinds or ChangeKind.ADDED in row.kinds


def _chains(
    before: Sequence[Effect], now: Sequence[Effect], model: ImpactModel
) -> tuple[ChainChange, ...]:
    """Each rule that starts a chain in the first or in the last version, in the model's order."""
    sides = tuple(_starts(effects_of) for effects_of in (before, now))
    return tuple(
        ChainChange(rule.id, rule.title, *(tuple(side.get(rule.id, ())) for side in sides))
        for rule in model.rules
        if any(rule.id in side for side in sides)
    )


def _starts(found: Sequence[Effect]) -> Mapping[str, Mapping[str, None]]:
    paths: dict[str, dict[str, None]] = defaultdict(dict)
    for effect in found:
        paths[effect.rule] |= dict.fromkeys(effect.paths)
    return paths


def _step(comparison: Comparison) -> Step:
    counts = Counter(kind.value for row in comparison.rows for kind in row.kinds)
    return Step(
        comparison=comparison,
        counts={kind.value: counts[kind.value] for kind in ChangeKind},
        edits=count_edits(comparison.rows),
    )


def _notices(compared: Chain | None, newest: Facts) -> tuple[str, ...]:
    found = [*compared.whole.notices] if compared else []
    if notice := unmerged(newest):
        found.append(notice)
    return tuple(found)
