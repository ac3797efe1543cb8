"""What a phrase of an edit does: each rule knows one thing, and the first that knows it speaks.

`operator` and `connective` look at single words that were replaced ("may" by "shall", "or" by
"and"); the others at words that only came or only went.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from legannot.assess import signs
from legannot.assess.amounts import Read
from legannot.assess.runs import Run
from legannot.assess.whole import of_operator
from legannot.model import Operator
from legannot.model.report import Direction, SubstanceKind
from legannot.read import classify
from legannot.read.clauses import sentences

Kind = SubstanceKind

# What a phrase may hold besides the sign that was looked for, in words.
_BESIDES = 8
# The longest phrase that is read as one; what is longer holds more than one thought.
_PHRASE = 30
_VERBS_REPLACED = 4
_OPERATOR_WORDS = 20
_SENTENCE = 6
_FEWEST = 3
# "presumption of" before "denial", in characters.
_LEAD = 16
# How far back the words stand that make a list one of criteria, in characters.
_LIST = 600


# ── rules, each for one thing that an edit may do ────────────────────────────────────────────────


def operator(run: Run) -> Iterator[Read]:
    """From "may" to "shall", from "shall consider" to "shall exclude"."""
    if max(len(run.old.split()), len(run.new.split())) > _OPERATOR_WORDS:
        return
    was, now = signs.MODAL.findall(run.old), signs.MODAL.findall(run.new)
    if len(was) == 1 and len(now) == 1:
        yield from _modal(was[0].lower().split(), now[0].lower().split(), run)
    elif not was and not now and re.search(r"\bshall\b[^.;]*$", run.clause_before):
        if max(len(run.old.split()), len(run.new.split())) > _VERBS_REPLACED:
            return
        thought, act = signs.DELIBERATE.search, signs.ACT.search
        if thought(run.old) and act(run.new):
            yield Kind.OPERATOR, "stricter", "a duty to think becomes a duty to act"
        elif act(run.old) and thought(run.new):
            yield Kind.OPERATOR, "looser", "a duty to act becomes a duty to think"


def _modal(was: Sequence[str], now: Sequence[str], run: Run) -> Iterator[Read]:
    if was == now or signs.CONSTRUED.match(run.after):
        return
    if signs.NEGATED_SUBJECT.search(f"{run.clause_before}{run.new}"[: -len(now[0]) or None]):
        # "No person shall" and "no person may" forbid alike.
        return
    why = f"“{' '.join(was)}” becomes “{' '.join(now)}”"
    negated = len(was) > 1, len(now) > 1
    gap = signs.FORCE[now[0]] - signs.FORCE[was[0]]
    if negated == (False, False) and gap:
        yield Kind.OPERATOR, "stricter" if gap > 0 else "looser", why
    elif negated == (False, True) and was[0] == "may":
        yield Kind.OPERATOR, "stricter", why
    elif negated == (True, False) and now[0] == "may":
        yield Kind.OPERATOR, "looser", why
    elif negated != (True, True):
        yield Kind.OPERATOR, "unclear", why


def _consultation(run: Run) -> Iterator[Read]:
    was, now = signs.CONSULTS.search(run.old), signs.CONSULTS.search(run.new)
    agreed = signs.CONCURS.search(run.old), signs.CONCURS.search(run.new)
    if len(run.old.split()) > _PHRASE or len(run.new.split()) > _PHRASE:
        return
    if (now or agreed[1]) and not (was or agreed[0]):
        yield Kind.CONSULTATION, "stricter", "others must be heard"
    elif (was or agreed[0]) and not (now or agreed[1]) and not run.inserted:
        yield Kind.CONSULTATION, "looser", "others need no longer be heard"
    elif was and agreed[1] and not agreed[0]:
        yield Kind.CONSULTATION, "stricter", "hearing others becomes agreeing with them"
    elif agreed[0] and now and not agreed[1]:
        yield Kind.CONSULTATION, "looser", "agreeing with others becomes hearing them"


def _deadline(run: Run) -> Iterator[Read]:
    """A time limit that a duty gains or loses."""
    was, now = signs.DEADLINE.findall(run.old), signs.DEADLINE.findall(run.new)
    if max(len(run.old.split()), len(run.new.split())) > 2 * _PHRASE or not _binds(run):
        return
    if now and not was and not signs.MODAL.search(run.new) and not signs.AFTER.search(run.old):
        yield Kind.DEADLINE, "stricter", "a time limit is set"
    elif len(was) == 1 and not now and (not run.inserted or signs.REASONABLE.search(run.new)):
        yield Kind.DEADLINE, "looser", "a time limit is lifted"


def _hedge(run: Run) -> Iterator[Read]:
    was, now = signs.HEDGE.search(run.old), signs.HEDGE.search(run.new)
    if bool(was) == bool(now) or not (_binds(run) or _frees(run)):
        return
    side, other = (run.new, run.old) if now else (run.old, run.new)
    rest = telling(signs.HEDGE.sub(" ", side))
    if len(rest) > _BESIDES or not set(telling(other)) <= set(rest):
        return
    if rest and not signs.HEDGE.match(side.lstrip(" ,(")):
        return
    said = (now or was).group()  # type: ignore[union-attr]
    looser = bool(now) is not _frees(run)
    yield Kind.CONDITION, "looser" if looser else "stricter", f"“{said}”"


def _condition(run: Run) -> Iterator[Read]:
    side = _one_side(run)
    if side is None or len(side.split()) > _PHRASE or signs.MODAL.search(side):
        return
    came = _came(run)
    opens = side.lstrip(" ,").lower()
    if opens.startswith(("consistent with", "in accordance with")) or (
        opens.startswith("provided") and signs.CONSISTENT.search(side)
    ):
        yield Kind.CONDITION, "stricter" if came else "looser", "what must be observed"
    elif signs.EXCEPT.match(side):
        yield from _excepting(run, came=came)
    elif signs.EXCLUDES.match(side):
        yield Kind.SCOPE, "narrower" if came else "wider", "what is taken out"
    elif signs.IF.match(side) and _frees(run):
        yield Kind.CONDITION, "stricter" if came else "looser", "what an exception depends on"
    elif signs.IF.match(side) and _binds(run):
        yield Kind.CONDITION, "looser" if came else "stricter", "when it holds"
    elif signs.ONLY_FOR.match(side):
        yield Kind.SCOPE, "narrower" if came else "wider", "“only”"


def _excepting(run: Run, *, came: bool) -> Iterator[Read]:
    if not _binds(run):
        yield Kind.EXCEPTION, "unclear", "an exception; the words do not say from what"
        return
    yield Kind.EXCEPTION, "looser" if came else "stricter", "an exception from what binds"


def _saved(run: Run) -> Iterator[Read]:
    """A proviso that keeps something free: "provided that this section shall not prohibit"."""
    side = _one_side(run)
    if side is not None and signs.SAVED.match(side.lstrip(" ,:;.")):
        came = _came(run)
        yield Kind.EXCEPTION, "looser" if came else "stricter", "what the words leave free"


def _sentence(run: Run) -> Iterator[Read]:
    """Whole sentences that were put in or taken out."""
    side = _one_side(run)
    if side is None or len(side.split()) < _SENTENCE or not _starts_sentence(run, side):
        return
    came = _came(run)
    for sentence in _provisos(side):
        found = _of_sentence(sentence, came=came)
        if found is not None:
            yield found


def _provisos(text: str) -> Iterator[str]:
    for part in re.split(r":?\s*Provided(?:\s+further)?,\s+That\s+", text):
        for sentence in sentences(part.strip(" .;,")):
            bare = signs.ENUMERATOR.sub(" ", sentence, count=1).strip(" .;")
            if len(bare.split()) >= _SENTENCE:
                yield f"{bare[:1].upper()}{bare[1:]}"


def _of_sentence(sentence: str, *, came: bool) -> Read | None:
    if signs.AUTHORIZES.search(sentence):
        return Kind.AMOUNT, "wider" if came else "narrower", "funds are authorized"
    if re.match(r"(?:Exceptions?|Waivers?|Exclusions?|Rules? of construction)\b", sentence):
        return Kind.EXCEPTION, "looser" if came else "stricter", "an exception"
    if not signs.MODAL.search(sentence):
        return None
    return of_operator(classify(sentence), sentence, came=came)


def _starts_sentence(run: Run, side: str) -> bool:
    before = run.before.rstrip()
    if not before or before.endswith((".", "—", ":")) or side.lstrip().startswith((".", ":")):
        return True
    ends = list(signs.ENUMERATOR.finditer(before))
    if ends and ends[-1].end() == len(before):
        return True
    return signs.ENUMERATOR.match(side.lstrip()) is not None and before.endswith((";", "."))


def _item(run: Run) -> Iterator[Read]:
    """An item of a list that runs in the text: "; or (B) the forfeiture of property"."""
    side = _one_side(run)
    if side is None:
        return
    words = side.strip()
    if _DEFINES.search(words):
        return
    whole_item = words[:1] in ";," or words[-1:] in ";."
    if (_ITEM_FIRST.match(words) and whole_item) or _ITEM_LAST.search(words):
        yield Kind.LIST, "wider" if _came(run) else "narrower", "an item of a list"


_DEFINES = re.compile(r"\bterms?\b.*\b(?:means|includes|meanings?)\b", re.DOTALL)
_ITEM_FIRST = re.compile(r"^[;,]?\s*(?:and\s+|or\s+)?\([A-Za-z0-9]{1,4}\)\s+\w.*\w", re.DOTALL)
_ITEM_LAST = re.compile(
    r"\w.*[;.]\s*(?:and\s+|or\s+)?\([A-Za-z0-9]{1,4}\)\s*(?:the|an?)?$", re.DOTALL
)


def _recurrence(run: Run) -> Iterator[Read]:
    side = _one_side(run)
    if (
        side is not None
        and len(side.split()) <= _BESIDES
        and signs.RECURS.search(side)
        and _binds(run)
    ):
        yield Kind.FREQUENCY, "stricter" if _came(run) else "looser", "how often it must be done"


def _mind(run: Run) -> Iterator[Read]:
    was, now = _lowest(run.old), _lowest(run.new)
    if was is None and now is None:
        return
    why = "the state of mind that must be shown"
    if was is not None and now is not None:
        if was != now:
            yield Kind.MENTAL_STATE, "stricter" if now < was else "looser", why
        return
    came = now is not None
    side = run.new if came else run.old
    if re.match(r"\s*,?\s*or\b", side) or re.search(r"\bor\s*$", side):
        # One more state of mind that is enough.
        yield Kind.MENTAL_STATE, "stricter" if came else "looser", why
    elif len(side.split()) <= _VERBS_REPLACED:
        yield Kind.MENTAL_STATE, "looser" if came else "stricter", why


def _lowest(words: str) -> int | None:
    return next((rank for rank, sign in enumerate(signs.MINDS) if sign.search(words)), None)


def _proof(run: Run) -> Iterator[Read]:
    before = run.clause_before[-_LEAD:]
    was = signs.PRESUMED.search(f"{before}{run.old}")
    now = signs.PRESUMED.search(f"{before}{run.new}")
    if (was or now) and len(f"{run.old} {run.new}".split()) <= _PHRASE:
        denied = (was and was["what"].lower()), (now and now["what"].lower())
        stricter = denied[1] == "denial" or (denied[0] == "approval" and not denied[1])
        yield Kind.EVIDENCE, "stricter" if stricter else "looser", "what is presumed"
        return
    ranks = tuple(
        next((rank for rank, sign in enumerate(signs.PROOF) if sign.search(side)), None)
        for side in (run.old, run.new)
    )
    if ranks[0] is not None and ranks[1] is not None and ranks[0] != ranks[1]:
        yield Kind.EVIDENCE, "stricter" if ranks[1] > ranks[0] else "looser", "what must be shown"
        return
    shown = bool(signs.SHOWN.search(run.old)), bool(signs.SHOWN.search(run.new))
    if shown[0] != shown[1] and _one_side(run) is not None:
        yield Kind.EVIDENCE, "stricter" if shown[1] else "looser", "what must be shown"


def _procedure(run: Run) -> Iterator[Read]:
    side = _one_side(run)
    if side is None or len(side.split()) > _PHRASE or not signs.HEARS.search(side):
        return
    if re.search(r"\b(?:no|not|without)\b", side):
        yield Kind.PROCEDURE, "unclear", "who is heard, or may appeal"
        return
    yield Kind.PROCEDURE, "stricter" if _came(run) else "looser", "who is heard, or may appeal"


def _scope(run: Run) -> Iterator[Read]:
    side = _one_side(run)
    if side is None:
        return
    came = _came(run)
    wider: Direction = "wider" if came else "narrower"
    narrower: Direction = "narrower" if came else "wider"
    word = re.sub(r"^(?:an?|the|any)\s+", "", side.strip(), flags=re.IGNORECASE)
    if signs.RESTRICTS.match(word):
        yield Kind.SCOPE, narrower, f"“{word}”"
    elif signs.OPENS.match(side) and not signs.MODAL.search(side) and len(side.split()) >= _FEWEST:
        yield Kind.SCOPE, wider, "what is named as reached"
    elif (
        signs.WHICH.match(side)
        and _VERBS_REPLACED <= len(side.split()) <= _PHRASE
        and run.before[-2:-1] not in (",", "—")
    ):
        yield Kind.SCOPE, narrower, "what a thing must be to be reached"


def connective(run: Run) -> Iterator[Read]:
    """From "or" to "and" and back: among criteria it decides how many must be met."""
    was, now = run.deleted.lower().split(), run.inserted.lower().split()
    if not was or not now or was[0] == now[0] or {was[0], now[0]} != {"and", "or"}:
        return
    if len(was) > 2 or len(now) > 2:  # noqa: PLR2004 - "or", "and any"
        return
    why = f"“{was[0]}” becomes “{now[0]}”"
    about = f"{run.new_text[max(0, run.new_start - _LIST) : run.new_start]}"
    if run.now.operator is Operator.DEFINITION or _CRITERIA.search(about):
        yield Kind.CONNECTIVE, "narrower" if now[0] == "and" else "wider", why
    else:
        yield Kind.CONNECTIVE, "unclear", why


_CRITERIA = re.compile(r"\b(?:means|unless|only\s+if|if\s*—|that\s*—|who\s*—)[^.]*$")


def _member(run: Run) -> Iterator[Read]:
    """A member of a list in a sentence: ", guidance, or policy statement"."""
    side = _one_side(run)
    if side is None or len(side.split()) > _PHRASE or signs.MODAL.search(side):
        return
    words = side.strip()
    if signs.NO_MEMBER.match(words) or not telling(words):
        return
    if re.search(r"\bterms?\s[^.;]*$", run.clause_before) or signs.WHEREABOUTS.match(words):
        return
    first, last = words[0], words[-1]
    joined = signs.JOINED.match(words.lstrip(", "))
    ends = re.search(r"(?:^|\s)(?:and|or)$", words)
    listed = (first == "," or last == ",") and re.search(
        r"(?:^|[\s,])(?:and|or)\s|,", f"{words[1:-1]} {run.clause_after[:80]}"
    )
    if joined or ends or listed:
        yield Kind.LIST, "wider" if _came(run) else "narrower", "a member of a list"


def _decider(run: Run) -> Iterator[Read]:
    if (
        run.deleted
        and run.inserted
        and signs.PARTY.match(run.deleted)
        and signs.PARTY.match(run.inserted)
    ):
        yield Kind.DECIDER, "unclear", "who acts"


RULES: tuple[Callable[[Run], Iterator[Read]], ...] = (
    _saved,
    _sentence,
    _consultation,
    _recurrence,
    _mind,
    _proof,
    _hedge,
    _deadline,
    _condition,
    _procedure,
    _scope,
    _item,
    _member,
    _decider,
)


def _came(run: Run) -> bool:
    """Whether words were put in; a dash left in place of what was taken out is no word."""
    return _sides(run)[1] != ""


def _one_side(run: Run) -> str | None:
    """The words that were only put in or only taken out; None for a replacement."""
    gone, come = _sides(run)
    if gone and come:
        return None
    return gone or come or run.new


def _sides(run: Run) -> tuple[str, str]:
    """What was taken out and put in, empty for a side that holds no word of its own."""
    return _own_sides(run.old, run.new)


# Every rule asks it of the same run.
@lru_cache(maxsize=1024)
def _own_sides(gone: str, come: str) -> tuple[str, str]:
    """The same of two texts: "No" and "Except as provided in section 4, no" differ in the
    exception only.
    """
    for short, long, put_in in ((gone, come, True), (come, gone, False)):
        said = short.strip().lower()
        if said and said != long.strip().lower():
            if long.strip().lower().endswith(f" {said}"):
                long = long.strip()[: -len(said)]  # noqa: PLW2901 - cut to what is new in it
            elif long.strip().lower().startswith(f"{said} "):
                long = long.strip()[len(said) :]  # noqa: PLW2901
            else:
                continue
            return ("", long) if put_in else (long, "")
    return (gone if _tells(gone) else ""), (come if _tells(come) else "")


def _tells(words: str) -> bool:
    said = re.findall(r"\w+", signs.ENUMERATOR.sub("", words).lower())
    return not set(said) <= {"a", "an", "the"}


def _binds(run: Run) -> bool:
    """Whether the clause that was edited requires or forbids something."""
    if run.now.operator is Operator.EXCEPTION:
        return False
    modals = list(signs.MODAL.finditer(run.clause_before))
    if modals:
        last = modals[-1].group().lower()
        return last != "may" or signs.NEGATED_SUBJECT.search(run.clause_before) is not None
    rest = f"{run.new if _came(run) else run.old}{run.clause_after}"
    following = signs.MODAL.search(rest)
    if following:
        forbids = signs.NEGATED_SUBJECT.search(rest[: following.start()]) is not None
        return following.group().lower() != "may" or forbids
    return run.now.operator in (Operator.DUTY, Operator.PROHIBITION, Operator.DELEGATION)


def _frees(run: Run) -> bool:
    """Whether the clause that was edited takes something out of what binds."""
    return run.now.operator is Operator.EXCEPTION


def telling(text: str) -> list[str]:
    """The telling words in order: lower case, singular, without numbering and little words."""
    bare = signs.ENUMERATOR.sub(" ", text.lower())
    words = re.findall(r"[^\W_]+(?:[-’'.&/^][^\W_]+)*", bare)
    return [_stem(word) for word in words if word not in signs.LITTLE]


def _stem(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word  # noqa: PLR2004 - "gas", "was"
