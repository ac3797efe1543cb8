"""How well the tagger does on labelled provisions: precision, recall, F1, every miss by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from legannot.model import Operator, Unit
from legannot.read.operators import classify
from legannot.tag.embed import Encoder
from legannot.tag.labels import Label
from legannot.tag.packs import Packs
from legannot.tag.tagger import tag_unit

SCHEMA = "legannot/eval/1"
# The mission's families; the others serve them.
CORE = ("ow.", "list.", "xc.", "acc.", "dx.")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one leaf or of several together."""

    true: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 1 if nothing was predicted."""
        return self.true / (self.true + self.false) if self.true + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of the right that was predicted; 1 if there was nothing to predict."""
        return self.true / (self.true + self.missed) if self.true + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = 2 * self.true + self.false + self.missed
        return 2 * self.true / both if both else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.true + other.true, self.false + other.false, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One label beside what the tagger said of it."""

    label: Label
    predicted: frozenset[str]
    operator: Operator

    @property
    def false(self) -> frozenset[str]:
        """Leaves predicted that the label does not have."""
        return self.predicted - self.label.tags

    @property
    def missed(self) -> frozenset[str]:
        """Leaves of the label that were not predicted."""
        return self.label.tags - self.predicted

    @property
    def taken_for_own(self) -> frozenset[str]:
        """Leaves that the label has through a defined term, predicted of the provision's words."""
        return self.label.inherited & self.predicted


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Outcomes of all labels, in their order."""

    outcomes: tuple[Outcome, ...]
    leaves: tuple[str, ...]

    def score(self, leaves: Iterable[str]) -> Score:
        """Counts over some leaves together."""
        wanted = frozenset(leaves)
        return sum(
            (
                Score(
                    len(o.predicted & o.label.tags & wanted),
                    len(o.false & wanted),
                    len(o.missed & wanted),
                )
                for o in self.outcomes
            ),
            Score(),
        )

    def by_leaf(self) -> Mapping[str, Score]:
        """Counts of each leaf that is labelled or predicted anywhere."""
        scores = {leaf: self.score([leaf]) for leaf in self.leaves}
        return {leaf: score for leaf, score in scores.items() if score != Score()}

    def by_family(self) -> Mapping[str, Score]:
        """Counts of each family (`ow`, `list` ...) over its leaves together."""
        families: dict[str, Score] = {}
        for leaf, score in self.by_leaf().items():
            family = leaf.partition(".")[0]
            families[family] = families.get(family, Score()) + score
        return families

    def inherited(self) -> tuple[int, int]:
        """Leaves labelled as inherited only: how many, and how many were taken for own words.

        Whether they are inherited cannot be seen here: a provision alone has no definitions.
        """
        total = sum(len(o.label.inherited) for o in self.outcomes)
        return total, sum(len(o.taken_for_own) for o in self.outcomes)

    def hard_negatives(self) -> tuple[int, int]:
        """Leaves whose words occur without applying: how many, and how many were predicted."""
        total = sum(len(o.label.negatives) for o in self.outcomes)
        return total, sum(len(o.label.negatives & o.predicted) for o in self.outcomes)

    def operator_accuracy(self) -> float | None:
        """Share of labels with an operator whose operator was found; None if none has one."""
        judged = [o for o in self.outcomes if o.label.operator is not None]
        if not judged:
            return None
        return sum(o.operator is o.label.operator for o in judged) / len(judged)


def evaluate(labels: Sequence[Label], packs: Packs, encoder: Encoder | None = None) -> Evaluation:
    """The tagger's word on each label.

    A label's text holds its lead-in, its heading may name several levels ("Sanctions --
    Penalties"), and there is no bill around it: its section is itself.  Inherited tags need a
    bill and do not occur.
    """
    return Evaluation(
        tuple(_outcome(label, packs, encoder) for label in labels), tuple(packs.leaves)
    )


def unit_of(label: Label) -> Unit:
    """The provision that a label describes, as the tagger reads it: alone, under its headings."""
    headings = tuple(part for part in label.heading.split(" -- ") if part)
    return Unit(
        path=label.id,
        kind="section",
        text=label.text,
        heading=headings[-1] if headings else "",
        headings=headings,
        operator=classify(label.text, headings=headings),
    )


def _outcome(label: Label, packs: Packs, encoder: Encoder | None) -> Outcome:
    unit = unit_of(label)
    tags = tag_unit(unit, packs, encoder)
    return Outcome(label, frozenset(tag.topic for tag in tags), unit.operator)


def evaluation_document(evaluation: Evaluation, notices: Sequence[str] = ()) -> dict[str, object]:
    """The evaluation as a `legannot/eval/1` document, each wrong label under `errors`.

    `notices` say what tagging had to do without.
    """
    scores = evaluation.by_leaf()
    total, false = evaluation.hard_negatives()
    inherited, own = evaluation.inherited()
    return {
        "schema": SCHEMA,
        "n": len(evaluation.outcomes),
        "micro": _figures(sum(scores.values(), Score())),
        "macro": _macro(scores.values()),
        "core": _figures(evaluation.score(leaf for leaf in scores if leaf.startswith(CORE))),
        "families": _supported(evaluation.by_family()),
        "topics": _supported(scores),
        "operators": {"accuracy": _rounded(evaluation.operator_accuracy())},
        "hard_negatives": {"n": total, "false_positives": false},
        "inherited": {"n": inherited, "taken_for_own": own},
        "errors": [_error(o) for o in evaluation.outcomes if _wrong(o)],
        "notices": list(notices),
    }


def _wrong(outcome: Outcome) -> bool:
    labelled = outcome.label.operator
    return outcome.predicted != outcome.label.tags or labelled not in (None, outcome.operator)


def _error(outcome: Outcome) -> dict[str, object]:
    label = outcome.label
    return {
        "id": label.id,
        "source": label.source,
        "false": sorted(outcome.false),
        "missed": sorted(outcome.missed),
        "hard_negatives": sorted(label.negatives & outcome.predicted),
        "inherited": sorted(outcome.taken_for_own),
        "operator": outcome.operator.value,
        "labelled_operator": label.operator.value if label.operator else None,
        "text": label.text,
    }


def _supported(scores: Mapping[str, Score]) -> dict[str, object]:
    return {
        name: {**_figures(score), "support": score.true + score.missed}
        for name, score in scores.items()
    }


def _figures(score: Score) -> dict[str, float | None]:
    return {
        "precision": _rounded(score.precision),
        "recall": _rounded(score.recall),
        "f1": _rounded(score.f1),
    }


def _macro(scores: Iterable[Score]) -> dict[str, float | None]:
    """Unweighted means over the leaves that are labelled somewhere."""
    labelled = [s for s in scores if s.true + s.missed]
    if not labelled:
        return {"precision": None, "recall": None, "f1": None}
    n = len(labelled)
    return {
        "precision": _rounded(sum(s.precision for s in labelled) / n),
        "recall": _rounded(sum(s.recall for s in labelled) / n),
        "f1": _rounded(sum(s.f1 for s in labelled) / n),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
