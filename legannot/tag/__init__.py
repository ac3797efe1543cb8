"""Tags: which provisions touch a topic, on which words, by which rule.

`load_packs` reads the rules, `load_encoder` the sentence model, `tag` a bill, `tag_unit` one
provision alone; `check` runs the rules' own examples, `load_labels`, `evaluate` and
`evaluation_document` measure the whole on labelled provisions.
"""

from legannot.tag.check import Failure, check
from legannot.tag.embed import Encoder, Loaded, load_encoder
from legannot.tag.evaluate import Evaluation, evaluate, evaluation_document
from legannot.tag.labels import Label, load_labels
from legannot.tag.packs import NOT_PACKS, Example, Leaf, Packs, PacksError, Rule, load_packs
from legannot.tag.skeleton import skeleton
from legannot.tag.tagger import TagResult, tag, tag_unit

__all__ = [
    "NOT_PACKS",
    "Encoder",
    "Evaluation",
    "Example",
    "Failure",
    "Label",
    "Leaf",
    "Loaded",
    "Packs",
    "PacksError",
    "Rule",
    "TagResult",
    "check",
    "evaluate",
    "evaluation_document",
    "load_encoder",
    "load_labels",
    "load_packs",
    "skeleton",
    "tag",
    "tag_unit",
]
