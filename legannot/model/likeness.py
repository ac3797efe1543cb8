"""Where words of one bill stand in others: hits of a search, and bills found inside bills."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from legannot.model.bill import DocumentType
from legannot.model.comparison import Edit


class Found(StrEnum):
    """Which pass of a search found a provision."""

    EQUAL = "same words"
    WORDS = "similar words"
    MEANING = "similar meaning"


@dataclass(frozen=True, slots=True)
class Text:
    """One version as a search knows it.

    `name` is what a user types for it, `bill` its id (`119hr1316`), empty where it does not say
    which bill it is.
    """

    name: str
    sha256: str
    bill: str
    label: str
    version: str
    stage: str
    title: str
    document: DocumentType

    @property
    def called(self) -> str:
        """The bill as it is printed, or the name of the file where the bill does not say."""
        return self.label or self.name


@dataclass(frozen=True, slots=True)
class Place:
    """A provision of a version: its path, and the names of what it stands in, outermost first."""

    text: Text
    path: str
    heading: str = ""
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A wording that was found, and every place that has it.

    `likeness` is the share of words in common, rare words counting more, 0 to 1; `meaning` the
    nearness that a sentence model gives, 0 where none was asked.  `edits` lead from the words that
    were searched to those found; `shared` are the longest runs of words that both have.
    `nested`: every place lies in, or around, one of a likelier hit.
    """

    places: tuple[Place, ...]
    found: Found
    likeness: float
    shared: tuple[str, ...]
    edits: tuple[Edit, ...]
    words: int
    common: int
    meaning: float = 0.0
    nested: bool = False


class Travel(StrEnum):
    """How the text of a bill turns up in another one."""

    WHOLE = "whole"  # the two read alike from end to end
    PART = "part"  # it became a part of a larger bill
    HOLDS = "holds"  # the other bill stands inside this one
    SHARES = "shares"  # some provisions stand in both


@dataclass(frozen=True, slots=True)
class Strand:
    """One provision of the followed bill and the one that has its words in the other."""

    own_path: str
    path: str
    heading: str
    likeness: float
    quote: str


@dataclass(frozen=True, slots=True)
class TurnUp:
    """A bill whose text turns up in another.

    `container` is the division or title that holds it, in the other bill or, for `HOLDS`, in this
    one; empty where it is spread over the whole.  `share` is the part of the held text's words that
    was found, 0 to 1.  `others` are further versions of the other bill in which it stands, too.
    `substitute` says that one of the two is an amendment, or strikes all and inserts.
    """

    travel: Travel
    text: Text
    container: str
    container_heading: str
    share: float
    strands: tuple[Strand, ...]
    others: tuple[Text, ...] = ()
    substitute: bool = False
