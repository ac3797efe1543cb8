"""The figures of an evaluation as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from legannot.render.inert import inert
from legannot.tag import Evaluation
from legannot.tag.evaluate import CORE

_LINE = "{:20} {:>9} {:>9} {:>9} {:>8}"


def evaluation_text(
    evaluation: Evaluation, notices: Sequence[str] = (), *, errors: bool = False
) -> str:
    """Precision, recall and F1 by leaf, family and over all; with `errors`, each wrong label.

    `notices` say what tagging had to do without.
    """
    lines = (*notices, *_lines(evaluation, errors=errors))
    return "".join(f"{line}\n" for line in lines)


def _lines(evaluation: Evaluation, *, errors: bool) -> Iterator[str]:
    yield _LINE.format("", "precision", "recall", "F1", "labels")
    for leaf, score in evaluation.by_leaf().items():
        yield _row(leaf, score.precision, score.recall, score.f1, score.true + score.missed)
    yield ""
    for family, score in evaluation.by_family().items():
        yield _row(family, score.precision, score.recall, score.f1, score.true + score.missed)
    yield ""
    leaves = evaluation.by_leaf()
    core = [leaf for leaf in leaves if leaf.startswith(CORE)]
    for name, score in (("micro", evaluation.score(leaves)), ("core", evaluation.score(core))):
        yield _row(name, score.precision, score.recall, score.f1, score.true + score.missed)
    accuracy = evaluation.operator_accuracy()
    if accuracy is not None:
        yield f"operators: {accuracy:.3f} right"
    total, false = evaluation.hard_negatives()
    yield f"hard negatives: {false} of {total} predicted"
    inherited, own = evaluation.inherited()
    if inherited:
        yield (
            f"labelled as inherited: {inherited}, of which {own} taken for the provision's own;"
            " the rest cannot be judged without the definitions"
        )
    if errors:
        yield from _errors(evaluation)


def _row(
    name: str, precision: float | None, recall: float | None, f1: float | None, labels: int
) -> str:
    figures = ("-" if x is None else f"{x:.3f}" for x in (precision, recall, f1))
    return _LINE.format(name, *figures, labels)


def _errors(evaluation: Evaluation) -> Iterator[str]:
    for outcome in evaluation.outcomes:
        label = outcome.label
        wrong = [
            *(
                f"+{leaf} (inherited)" if leaf in outcome.taken_for_own else f"+{leaf}"
                for leaf in sorted(outcome.false)
            ),
            *(f"-{leaf}" for leaf in sorted(outcome.missed)),
        ]
        if label.operator is not None and outcome.operator is not label.operator:
            wrong.append(f"{outcome.operator} for {label.operator}")
        if wrong:
            yield ""
            yield f"{label.id}: {' '.join(wrong)}"
            yield f"  {inert(label.text)}"
