"""Rule packs, taxonomy, word lists and exemplars: read from YAML, checked, made into values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Literal

from legannot.errors import RuleError
from legannot.model import Context, Operator, Topic
from legannot.resources import data
from legannot.tag.notation import Compiled, NotationError, WordLists, compile_pattern
from legannot.tag.yamlfile import QUOTE, Document, Place, read

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

TAXONOMY = "taxonomy.yaml"
WORDS = "words.yaml"
EXEMPLARS = "exemplars.yaml"
THRESHOLDS = "thresholds.yaml"
SCHEMA = "schema.yaml"
# A schema error quotes the value it is about, which may be a whole pack.
_LONGEST_MESSAGE = 200
# The impact model lies in the same folder and is read by another stage.
NOT_PACKS = frozenset({TAXONOMY, WORDS, EXEMPLARS, THRESHOLDS, SCHEMA, "impact.yaml"})


Gate = Literal["none", "scope", "section"]
"""Where a rule holds: anywhere; in a section that is in scope; the same, but anywhere alone."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that a rule must, or must not, find, with what it stands under and its line."""

    text: str
    heading: str = ""
    chapeau: str = ""
    context: Context = Context.OPERATIVE
    line: int = 0


@dataclass(frozen=True, slots=True)
class Leaf:
    """A topic with how it is found.

    `gated`: its rules hold only in a section that is in scope.  `anchor`: it puts its section in
    scope.  `yields_to`: leaves beside which it is dropped.  `operators`: those that provisions
    with it mostly have; the sentence model suggests it for no others.
    """

    topic: Topic
    gated: bool
    anchor: bool
    yields_to: tuple[str, ...]
    operators: frozenset[Operator]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as data; `docs/rules-tutorial.md` explains each field to whoever writes one."""

    id: str
    topic: str
    why: str
    confidence: float
    pack: str
    file: str
    line: int
    gate: Gate
    phrases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    whole: bool = False
    patterns: tuple[Compiled, ...] = ()
    needs: tuple[Compiled, ...] = ()
    unless: tuple[Compiled, ...] = ()
    exceptions: tuple[Compiled, ...] = ()
    operators: frozenset[Operator] = frozenset()
    not_operators: frozenset[Operator] = frozenset()
    contexts: frozenset[Context] = frozenset()
    heading: bool = True
    polysemous: bool = False
    keeps: bool = False
    match: tuple[Example, ...] = ()
    no_match: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the sentence model must reach, chosen on labelled provisions (`rules/thresholds.yaml`).

    `suggest` holds the leaves that it may suggest, with the similarity from which it does.
    `margin` is how much nearer an exemplar must be than the nearest contrast sentence, `veto` how
    much nearer a contrast sentence must be to overrule a polysemous rule.  `calibration` holds how
    often tags of rules that claim at least such a confidence were right, in rising order.
    """

    suggest: Mapping[str, float] = field(default_factory=dict)
    margin: float = 0.0
    veto: float = 1.0
    calibration: tuple[tuple[float, float], ...] = ()

    def calibrated(self, confidence: float) -> float:
        """How often a tag of a rule with this confidence was right, on labelled provisions."""
        shares = [share for least, share in self.calibration if confidence >= least]
        return shares[-1] if shares else confidence


@dataclass(frozen=True, eq=False)
class Packs:
    """Everything that the tagger reads: checked, in the order of the files.

    `sha256` is of the files read, in the order of their names, for the foot of a report.
    """

    leaves: Mapping[str, Leaf]
    rules: tuple[Rule, ...]
    lists: Mapping[str, tuple[str, ...]]
    exemplars: Mapping[str, tuple[str, ...]]
    contrast: tuple[str, ...]
    thresholds: Thresholds
    sha256: str

    @property
    def topics(self) -> Mapping[str, Topic]:
        """The leaves of the taxonomy by id."""
        return {name: leaf.topic for name, leaf in self.leaves.items()}

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the packs, in order."""
        return tuple(dict.fromkeys(rule.pack for rule in self.rules))


class PacksError(RuleError):
    """Several errors of the packs together; read as the first, with the number of the others."""

    def __init__(self, errors: Sequence[RuleError]) -> None:
        first = errors[0]
        more = (
            f"{len(errors) - 1} more in these packs: legannot rules check --rules FOLDER names all."
        )
        cure = f"{first.cure} {more}".strip()
        super().__init__(first.what, where=first.where, line=first.line, cure=cure)
        self.errors = tuple(errors)


def load_packs(folder: Path | None = None) -> Packs:
    """The packs that ship with the package, with those of `folder` added to them.

    A rule of the folder takes the place of the shipped one with its id, other ids are added, and
    the ids under `disabled` (a rule, or a topic for all of its rules) are dropped.  Its words.yaml
    replaces or adds single lists; its taxonomy, exemplars and thresholds take the place of the
    shipped files.  Raises `RuleError` with file, line and rule for whatever does not hold,
    `PacksError` for several rules together.
    """
    own = data("rules")
    if folder is not None and not folder.is_dir():
        raise RuleError(
            "is not a folder", where=str(folder), cure="Name a folder of rule packs (*.yaml)."
        )
    house = folder if folder is not None and folder.resolve() != own.resolve() else None
    support = {name: read(_first(name, house, own)) for name in (TAXONOMY, EXEMPLARS, THRESHOLDS)}
    words = [read(at / WORDS) for at in _given(own, house) if (at / WORDS).is_file()]
    for document in (*support.values(), *words, read(_first(SCHEMA, house, own))):
        if "pack" in document.names():
            raise document.error(
                "is a pack, but a file of this name is read as something else",
                ("pack",),
                cure="Give it another name.",
            )
    wrong: list[RuleError] = []
    shipped = _pack_files(own, wrong)
    added = _pack_files(house, wrong) if house else []
    if house and not any(house.glob("*.yaml")):
        raise RuleError(
            "no rule packs (*.yaml) in this folder",
            where=str(house),
            cure="Name a folder that has some; `legannot rules new FILE` begins one.",
        )
    schema = read(own / SCHEMA)
    leaves = _leaves(support[TAXONOMY])
    lists = _lists(words)
    exemplars, contrast = _exemplars(support[EXEMPLARS], leaves)
    rules = _merged(shipped, added, schema, leaves, lists, wrong)
    if wrong:
        raise wrong[0] if len(wrong) == 1 else PacksError(wrong)
    return Packs(
        leaves=leaves,
        rules=rules,
        lists=lists,
        exemplars=exemplars,
        contrast=contrast,
        thresholds=_thresholds(support[THRESHOLDS], leaves),
        sha256=_digest([*support.values(), *words, schema, *shipped, *added]),
    )


def _first(name: str, house: Path | None, own: Path) -> Path:
    return house / name if house and (house / name).is_file() else own / name


def _given(own: Path, house: Path | None) -> tuple[Path, ...]:
    return (own, house) if house else (own,)


def _pack_files(folder: Path, wrong: list[RuleError]) -> list[Document]:
    documents: list[Document] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name in NOT_PACKS:
            continue
        try:
            documents.append(read(path))
        except RuleError as error:
            wrong.append(error)
    return documents


def _digest(documents: Sequence[Document]) -> str:
    total = hashlib.sha256()
    # A house's file may be named like a shipped one: equal names keep their order, shipped first.
    for document in sorted(documents, key=lambda d: d.path.name):
        total.update(document.path.name.encode() + b"\0" + document.raw + b"\0")
    return total.hexdigest()


def _leaves(document: Document) -> dict[str, Leaf]:
    leaves: dict[str, Leaf] = {}
    for at, _ in document.items("leaves"):
        name = document.text(*at, "id")
        if name in leaves:
            raise document.error(f"the leaf {name} stands twice", at)
        leaves[name] = Leaf(
            Topic(
                id=name,
                family=document.text(*at, "family"),
                label=document.text(*at, "label"),
                definition=document.text(*at, "definition"),
                procedural=document.text(*at, "kind") == "proc",
            ),
            gated=document.flag(*at, "gated"),
            anchor=document.flag(*at, "anchor"),
            yields_to=document.strings(*at, "yields_to"),
            operators=frozenset(Operator(o) for o in document.strings(*at, "operators")),
        )
    for at, _ in document.items("leaves"):
        for other in document.strings(*at, "yields_to"):
            if other not in leaves:
                raise document.error(f"there is no leaf {other} to yield to", (*at, "yields_to"))
    if not leaves:
        raise document.error("the taxonomy has no leaves", ())
    return leaves


def _lists(documents: Sequence[Document]) -> dict[str, tuple[str, ...]]:
    """The word lists of all files, a later one of the same name instead of the earlier."""
    source = {name: document for document in documents for name in document.names("lists")}
    lists = WordLists({name: d.strings("lists", name) for name, d in source.items()})
    for name, document in source.items():
        try:
            compile_pattern(f"@{name}", lists)
        except NotationError as wrong:
            raise document.error(f"word list @{name}: {wrong}", ("lists", name)) from None
    return lists


def _exemplars(
    document: Document, leaves: Mapping[str, Leaf]
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    exemplars: dict[str, tuple[str, ...]] = {}
    for name in document.names("exemplars"):
        if name not in leaves:
            raise document.error(f"exemplars for {name}, which is no leaf", ("exemplars", name))
        exemplars[name] = document.strings("exemplars", name)
    return exemplars, document.strings("contrast")


def _thresholds(document: Document, leaves: Mapping[str, Leaf]) -> Thresholds:
    for name in document.names("suggest"):
        if name not in leaves:
            raise document.error(f"a threshold for {name}, which is no leaf", ("suggest", name))
    return Thresholds(
        suggest={name: document.number("suggest", name) for name in document.names("suggest")},
        margin=document.number("margin"),
        veto=document.number("veto"),
        calibration=tuple(_calibration(document)),
    )


def _calibration(document: Document) -> Iterator[tuple[float, float]]:
    before = (0.0, 0.0)
    for at, _ in document.items("calibration"):
        step = (document.number(*at, "from"), document.number(*at, "right"))
        if step <= before or step[1] < before[1] or step[1] > 1:
            raise document.error("the steps of the calibration must rise, to 1 at most", at)
        before = step
        yield step


def _merged(
    shipped: Sequence[Document],
    added: Sequence[Document],
    schema: Document,
    leaves: Mapping[str, Leaf],
    lists: Mapping[str, tuple[str, ...]],
    wrong: list[RuleError],
) -> tuple[Rule, ...]:
    """The shipped rules with those of the house in their place or after them, less the disabled.

    What does not hold is added to `wrong`.
    """
    from jsonschema import Draft202012Validator

    if not isinstance(schema.value, dict):
        raise schema.error("is no JSON Schema", ())
    validator = Draft202012Validator(schema.value)
    rules = {
        **_rules(shipped, validator, leaves, lists, wrong),
        **_rules(added, validator, leaves, lists, wrong),
    }
    packs = (*shipped, *added)
    # As written, because a rule with an error is none of `rules`.
    named = {
        pack.text(*at, key)
        for pack in packs
        for at, _ in pack.items("rules")
        for key in ("id", "topic")
    }
    disabled = [(pack, at, name) for pack in packs for at, name in pack.items("disabled")]
    wrong.extend(
        pack.error(
            f"there is no rule or topic {name} to disable",
            at,
            cure="legannot rules list names them all.",
        )
        for pack, at, name in disabled
        if isinstance(name, str) and name not in named
    )
    dropped = {name for _, _, name in disabled if isinstance(name, str)}
    return tuple(rule for rule in rules.values() if dropped.isdisjoint((rule.id, rule.topic)))


def _rules(
    packs: Sequence[Document],
    validator: Draft202012Validator,
    leaves: Mapping[str, Leaf],
    lists: Mapping[str, tuple[str, ...]],
    wrong: list[RuleError],
) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for pack in packs:
        misshapen = _misshapen(pack, validator)
        errors = list(misshapen.values())
        for at, _ in pack.items("rules"):
            if at in misshapen:
                continue
            rule = _rule(pack, at, leaves, lists, errors)
            if rule is None:
                continue
            if rule.id in rules:
                first = rules[rule.id]
                what = f"rule {rule.id} stands twice, first in {first.file}, line {first.line}"
                errors.append(pack.error(what, at))
            rules[rule.id] = rule
        wrong.extend(sorted(errors, key=lambda error: error.line))
    return rules


def _misshapen(pack: Document, validator: Draft202012Validator) -> dict[Place, RuleError]:
    """The rules that break the schema, by place, each with its deepest error; () for the rest."""
    deepest: dict[Place, ValidationError] = {}
    for error in validator.iter_errors(pack.value):
        path = tuple(error.absolute_path)
        place = path[:2] if path[:1] == ("rules",) and len(path) > 1 else ()
        if place not in deepest or len(path) > len(deepest[place].absolute_path):
            deepest[place] = error
    return {place: _shape_error(pack, error) for place, error in deepest.items()}


def _shape_error(pack: Document, error: ValidationError) -> RuleError:
    at = tuple(error.absolute_path)
    message = shorten(error.message, _LONGEST_MESSAGE, placeholder=" …")
    # `- [a | b]` is a list to YAML and `- a: b` a mapping.
    unquoted = error.validator == "type" and isinstance(error.instance, list | dict)
    return pack.error(
        f"{_named(pack, at)}{message}",
        at,
        cure=QUOTE if unquoted else "docs/rules-tutorial.md shows what a rule may hold.",
    )


def _named(pack: Document, at: tuple[str | int, ...]) -> str:
    if len(at) > 1 and at[0] == "rules":
        rule = pack.get(*at[:2])
        if isinstance(rule, dict) and isinstance(rule.get("id"), str):
            return f"rule {rule['id']}: "
    return ""


def _rule(
    pack: Document,
    at: tuple[str | int, ...],
    leaves: Mapping[str, Leaf],
    lists: Mapping[str, tuple[str, ...]],
    wrong: list[RuleError],
) -> Rule | None:
    """One rule; what does not hold of it is added to `wrong`.  None if its topic is unknown."""
    name, topic = pack.text(*at, "id"), pack.text(*at, "topic")
    if topic not in leaves:
        wrong.append(pack.error(f"rule {name}: {topic} is no leaf of the taxonomy", (*at, "topic")))
        return None
    if not name.startswith(topic + "."):
        wrong.append(
            pack.error(f"rule {name}: its id must begin with its topic, {topic}", (*at, "id"))
        )

    def compiled(key: str) -> tuple[Compiled, ...]:
        return tuple(_compiled(pack, (*at, key), lists, name, wrong))

    heading = pack.get(*at, "heading")
    return Rule(
        id=name,
        topic=topic,
        why=pack.text(*at, "why"),
        confidence=pack.number(*at, "confidence"),
        pack=pack.text("pack"),
        file=pack.path.name,
        line=pack.line(at),
        gate=_gate(pack.text(*at, "gate"), leaves[topic]),
        phrases=pack.strings(*at, "phrases"),
        exact=pack.strings(*at, "exact"),
        whole=pack.flag(*at, "whole"),
        patterns=compiled("patterns"),
        needs=compiled("needs"),
        unless=compiled("unless"),
        exceptions=compiled("except"),
        operators=frozenset(Operator(o) for o in pack.strings(*at, "operators")),
        not_operators=frozenset(Operator(o) for o in pack.strings(*at, "not_operators")),
        contexts=frozenset(Context(c) for c in pack.strings(*at, "contexts")),
        heading=heading is not False,
        polysemous=pack.flag(*at, "polysemous"),
        keeps=pack.flag(*at, "keeps"),
        match=tuple(_examples(pack, (*at, "match"))),
        no_match=tuple(_examples(pack, (*at, "no_match"))),
    )


def _gate(word: str, leaf: Leaf) -> Gate:
    if word == "none":
        return "none"
    if word == "section":
        return "section"
    return "scope" if word or leaf.gated else "none"


def _compiled(
    pack: Document,
    at: Place,
    lists: Mapping[str, tuple[str, ...]],
    rule: str,
    wrong: list[RuleError],
) -> Iterator[Compiled]:
    for i, source in enumerate(pack.strings(*at)):
        try:
            yield compile_pattern(source, lists)
        except NotationError as error:
            what = f"rule {rule}: {error} in the pattern {source!r}"
            wrong.append(pack.error(what, (*at, i)))


def _examples(pack: Document, at: tuple[str | int, ...]) -> Iterator[Example]:
    for where, value in pack.items(*at):
        if isinstance(value, str):
            yield Example(value, line=pack.line(where))
        else:
            yield Example(
                text=pack.text(*where, "text"),
                heading=pack.text(*where, "heading"),
                chapeau=pack.text(*where, "chapeau"),
                context=Context(pack.text(*where, "context") or Context.OPERATIVE),
                line=pack.line(where),
            )
