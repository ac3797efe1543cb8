"""The questions that the chains raise: where the text speaks to each, or where it is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legannot.assess.model import ImpactModel
from legannot.assess.places import Places
from legannot.model.report import Answer, Effect

# As many places as show that a bill speaks to a question.
_SHOWN = 4


def answers(effects: Sequence[Effect], places: Places, model: ImpactModel) -> tuple[Answer, ...]:
    """Each question that a chain raises, in the order of the model.

    A place where the text speaks to a question may answer it: a person must read it there.  Silence
    stands at the provision that raised the question first.
    """
    asked: dict[str, str] = {}
    for effect in effects:
        for question in effect.questions:
            asked.setdefault(question, effect.path)
    return tuple(
        _answer(question, asked[question], places, model)
        for question in model.questions
        if question in asked
    )


def _answer(question: str, place: str, places: Places, model: ImpactModel) -> Answer:
    # A chain looks for a facet beside the place; an answer may stand anywhere in the bill.
    facets = [
        replace(facet, within="bill")
        for facet in model.facets.values()
        if question in facet.answers
    ]
    spoken = dict.fromkeys(where for facet in facets for where in places.spoken(facet, place))
    return Answer(question, tuple(spoken)[:_SHOWN], place, told=bool(facets))
