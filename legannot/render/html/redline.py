"""The redline's passages: number, heading and text of each row with every mark drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup as Html

from legannot.model import CONTAINERS, Change, ChangeKind, Context, Edit, Markup, Span
from legannot.model.paths import number
from legannot.render.html.house import House
from legannot.render.html.index import Index, Link
from legannot.render.html.notes import Note, Tie, marks, ties
from legannot.render.html.segments import markup, plain, segments
from legannot.render.html.tally import UnitTally, edits_of, heading_edits_of
from legannot.render.html.tree import Event, events
from legannot.render.official import words_of
from legannot.render.wording import KINDS, carried

_PLACED = {
    ChangeKind.MOVED: "moved from",
    ChangeKind.SPLIT: "split off from",
    ChangeKind.MERGED: "merged from",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A row ready to print.

    `wrap` is `ins` or `del` where the whole row came or went: then `text` and `heading` carry no
    edits of their own.  `was` is the number before, where it differs.
    """

    anchor: str
    aliases: tuple[str, ...]
    path: str
    classes: str
    number: str
    was: str
    old_path: str
    wrap: str
    heading: Html
    heading_stop: bool
    text: Html
    labels: tuple[str, ...]
    steps: tuple[str, ...]
    origin: Link | None
    note: str
    notes: tuple[Note, ...]
    house: tuple[House, ...]
    ties: tuple[Tie, ...]
    entry: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An event of the layout with what it shows.

    Notes of a passage that stands directly in its unit may run on beside the next `span` - 1
    blocks, which have none; inside a frame (`framed`) they stay beside their passage.  `official`
    is the address of a section's official words.
    """

    event: Event
    passage: Passage | None = None
    tally: UnitTally | None = None
    badge: str = ""
    cite: str = ""
    steps: tuple[str, ...] = ()
    official: str = ""
    framed: bool = False
    span: int = 1

    @property
    def has_text(self) -> bool:
        """Whether its passage has words of its own."""
        return bool(self.passage and self.passage.text)

    @property
    def has_notes(self) -> bool:
        """Whether anything stands in the margin beside it."""
        return bool(
            self.passage and (self.passage.notes or self.passage.house or self.passage.ties)
        )


def items(
    index: Index,
    notes: Mapping[int, tuple[Note, ...]],
    tallies: Mapping[int, UnitTally],
    house: Mapping[int | None, tuple[House, ...]],
) -> list[Item]:
    """The redline, or the annotated bill of a single version, in writing order."""
    passages = _Passages(index, notes, house)
    found: list[Item] = []
    for event in events(index.roots, fold=not index.single):
        if event.index < 0:
            found.append(Item(event))
            continue
        passage = passages.of(event.index, headed=event.kind in ("unit", "lead"))
        if event.kind == "unit":
            tally = tallies[event.index]
            badge = "" if index.single else KINDS[tally.kind]
            cite = passage.path.replace("sec. ", "§ ")
            steps = _steps(index, tally.steps)
            official = _official(index, index.rows[event.index])
            found.append(Item(event, passage, tally, badge, cite, steps, official))
        else:
            found.append(Item(event, passage))
    return _count_notes_in_folds(_spread(found))


def _official(index: Index, row: Change) -> str:
    """The address of a section's official words, in the version that has it last."""
    if row.level != "section":
        return ""
    return words_of(index.new if row.new else index.old, row.shown)


_OPENING = {"frame": "end-frame", "fold": "end-fold", "table": "end-table"}
_KEPT_TOGETHER = "\u00a0"
# As many blocks as the style sheet has classes for.
_MOST = 12


def _spread(found: list[Item]) -> list[Item]:
    """Say of each passage with notes how many blocks its notes may stand beside.

    What stands in a frame or fold has its notes there; notes from above must not run into them.
    """
    spread: list[Item] = []
    noted = -1
    opened: list[tuple[str, int]] = []
    for item in found:
        kind = item.event.kind
        if opened and kind == opened[-1][0]:
            _, noted_before = opened.pop()
            noted = noted if noted == noted_before else -1
            spread.append(item)
            continue
        directly = not opened
        beside = kind in ("lead", "passage") and item.has_notes
        if kind in ("unit", "end-unit"):
            noted = -1
        elif directly and beside:
            # Notes on a heading alone stand beside the heading.
            noted = len(spread) if kind == "passage" or item.has_text else -1
        elif directly and noted >= 0 and (kind != "lead" or item.has_text):
            wider = min(spread[noted].span + 1, _MOST)
            spread[noted] = replace(spread[noted], span=wider)
        elif beside:
            noted = _close(spread, noted)
        if kind in _OPENING:
            opened.append((_OPENING[kind], noted))
        spread.append(replace(item, framed=not directly) if beside else item)
    return spread


def _close(spread: list[Item], noted: int) -> int:
    """Keep notes above from standing beside the frame or fold that has notes of its own."""
    if noted >= 0:
        spread[noted] = replace(spread[noted], span=max(1, spread[noted].span - 1))
    return -1


def _count_notes_in_folds(found: list[Item]) -> list[Item]:
    """Say on each fold how many of its passages carry notes: a reader must know what is in it."""
    opened, noted = -1, 0
    for at, item in enumerate(found):
        kind = item.event.kind
        if kind in ("fold", "unit-fold"):
            opened, noted = at, 0
        elif kind == "end-fold" and noted:
            label = f"{found[opened].event.label}, {noted} with notes"
            found[opened] = replace(found[opened], event=replace(found[opened].event, label=label))
        elif (
            kind in ("lead", "passage")
            and item.passage
            and (item.passage.notes or item.passage.house)
        ):
            noted += 1
    return found


class _Passages:
    """Builds passages once each: a unit's head and its text come from one row."""

    def __init__(
        self,
        index: Index,
        notes: Mapping[int, tuple[Note, ...]],
        house: Mapping[int | None, tuple[House, ...]],
    ) -> None:
        self._index = index
        self._notes = notes
        self._house = house
        self._entries = frozenset(index.entries)
        self._made: dict[int, Passage] = {}

    def of(self, at: int, *, headed: bool) -> Passage:
        passage = self._made.get(at)
        if passage is None:
            passage = self._made[at] = self._passage(at, headed=headed)
        return passage

    def _passage(self, at: int, *, headed: bool) -> Passage:
        index, row = self._index, self._index.rows[at]
        shown = row.shown
        house = self._house.get(at, ())
        drawn = marks(index, row, at, self._notes, house)
        wrap = _wrap(row)
        heading = _html(heading_edits_of(row), wrap, drawn.old_heading, drawn.new_heading)
        before = row.old.path if row.old and row.old.path != shown.path else ""
        return Passage(
            anchor=index.anchors.of(row),
            aliases=index.anchors.aliases.get(index.anchors.of(row), ()),
            path=shown.path,
            classes=_classes(index, row),
            number=_printed(shown.kind, shown.enum)
            or (shown.kind.replace("-", " ").capitalize() if headed else ""),
            was=_was(row),
            old_path=before,
            wrap=wrap,
            heading=heading,
            heading_stop=not headed and shown.heading[-1:] not in ".:;,—?!",
            text=_html(edits_of(row), wrap, drawn.old, drawn.new),
            labels=_labels(index, at),
            steps=_steps(index, row.steps) if at in self._entries else (),
            origin=_origin(index, row, at),
            note=row.note,
            notes=self._notes.get(at, ()),
            house=house,
            ties=ties(index, row, at, self._notes.get(at, ())),
            entry=at in self._entries,
            after=shown.kind == "after-quoted-block",
        )


def in_margin(found: list[Item]) -> Iterator[House]:
    """The notes of the house that stand beside their words."""
    for item in found:
        if item.event.kind in ("lead", "passage") and item.passage:
            yield from item.passage.house


def _wrap(row: Change) -> str:
    if row.old is None and row.new is not None:
        return "ins"
    return "del" if row.new is None else ""


def _html(edits: tuple[Edit, ...], wrap: str, old: tuple[Span, ...], new: tuple[Span, ...]) -> Html:
    if len(edits) == 1 and not old and not new and (wrap or edits[0].op == "equal"):
        return plain(edits[0].text)
    if wrap == "del":
        return markup(segments([Edit("equal", e.text) for e in edits], new=old))
    if wrap == "ins":
        return markup(segments([Edit("equal", e.text) for e in edits], new=new))
    return markup(segments(edits, old, new))


def _classes(index: Index, row: Change) -> str:
    names = []
    if row.changed:
        names += [KINDS[kind][:3] for kind in row.kinds]
        names.append(f"k-{index.class_key(row)}")
    if row.shown.markup is Markup.STRUCK:
        names.append("cs")
    elif row.shown.markup is Markup.INSERTED:
        names.append("ci")
    if row.shown.context is Context.TOC:
        names.append("toc")
    return " ".join(names)


def _printed(kind: str, enum: str) -> str:
    if not enum:
        return ""
    if kind == "section":
        return f"Sec.{_KEPT_TOGETHER}{enum}"
    if kind in CONTAINERS:
        return f"{kind.capitalize()}{_KEPT_TOGETHER}{number(enum)}"
    return enum


def _was(row: Change) -> str:
    if row.old and row.new and row.old.enum != row.new.enum:
        return _printed(row.old.kind, row.old.enum) or "not numbered"
    return ""


def _labels(index: Index, at: int) -> tuple[str, ...]:
    """What a committee did, said once where it begins, and where words were carried to or from."""
    row = index.rows[at]
    went_along = tuple(carried(row))
    if row.shown.markup is Markup.NONE or (
        at and index.rows[at - 1].shown.markup is row.shown.markup
    ):
        return went_along
    return (f"{row.shown.markup.value} in committee", *went_along)


def _steps(index: Index, steps: tuple[int, ...]) -> tuple[str, ...]:
    """The steps in words where there are several to tell apart."""
    if len(index.report.steps) == 1:
        return ()
    return tuple(step_label(index, step) for step in steps)


def step_label(index: Index, step: int) -> str:
    """`step 2: rh → eh`."""
    return f"step {step + 1}: {step_codes(index, step)}"


def step_codes(index: Index, step: int) -> str:
    """`rh → eh`."""
    comparison = index.report.steps[step].comparison
    return f"{comparison.old.version} → {comparison.new.version}"


def _origin(index: Index, row: Change, at: int) -> Link | None:
    verb = next((words for kind, words in _PLACED.items() if kind in row.kinds), "")
    if not verb or row.shown.context is Context.TOC or row.old is None or row.new is None:
        return None
    stub = f"was-{index.anchors.of(row)}" if at in index.stubs else ""
    return Link(f"{verb} {row.old.path}", stub)
