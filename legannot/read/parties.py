"""Who must act and who is burdened, as far as the text says.

The subject of the first main modal is the addressee.  It is also the regulated party unless it is
an officer told to regulate others ("the Secretary shall prohibit any person ..."): then it is the
object.  A passive without an agent ("the importation of ... is prohibited") burdens anyone.  No
direction is inferred: "the Secretary may not disclose" restricts an agency and may protect others.
"""

from __future__ import annotations

import re
from functools import lru_cache

from legannot.read.clauses import bare, sentences, subordinate
from legannot.read.patterns import words

# Of the keys of `parties` in impact.yaml, those who act on others.
_OFFICERS = ("president", "secretary", "executive_agency")
_LEAD_INS_KEPT = 4096
_WINDOW = 2000

Parties = tuple[str | None, str | None]


def parties(text: str, chapeau: str = "") -> Parties:
    """Addressee and regulated party of a provision; None where its words and lead-in do not say."""
    own = bare(text)[:_WINDOW]
    if chapeau and not own[:1].isupper():
        addressee, regulated = _of_lead_in(chapeau[-_WINDOW:])
        if addressee or regulated:
            return addressee, regulated or _object(own, addressee)
    found = _of(own)
    if found == (None, None) and chapeau:
        return _of_lead_in(chapeau[-_WINDOW:])
    return found


@lru_cache(maxsize=_LEAD_INS_KEPT)
def _of_lead_in(chapeau: str) -> Parties:
    for sentence in reversed(sentences(chapeau)):
        found = _of(bare(sentence))
        if found != (None, None):
            return found
    return None, None


def _of(text: str) -> Parties:
    if _FUNDS.search(text):
        return "executive_agency", "executive_agency"
    for sentence in sentences(text):
        found = _of_sentence(sentence)
        if found is not None:
            return found
    return None, None


def _of_sentence(sentence: str) -> Parties | None:
    modal = next(
        (
            match
            for match in _MODAL.finditer(sentence)
            if not subordinate(sentence[: match.start()])
        ),
        None,
    )
    defined = _CLASS_DEFINED.search(sentence, 0, modal.start() if modal else len(sentence))
    if defined:
        return None, _party(defined["who"])
    if modal:
        addressee = _party(_subject(sentence[: modal.start()]))
        return addressee, _regulated(addressee, sentence[modal.end() :])
    if match := _UNLAWFUL_FOR.search(sentence):
        party = _party(match["who"]) if match["who"] else "any_person"
        return party, party
    return (None, "any_person") if _BARE_PASSIVE.search(sentence) else None


def _subject(before: str) -> str:
    """The noun phrase that governs the modal, without consultations and adverbials around it."""
    cut = _ACCOMPANIED.search(before)
    head = before[: cut.start()] if cut else before
    starts = [m.end() for m in _PHRASE_START.finditer(head)]
    return head[starts[-1] :] if starts else head


def _regulated(addressee: str | None, predicate: str) -> str | None:
    if addressee is None:
        return "any_person" if _PASSIVE_BAN.match(predicate) else None
    return _object(predicate, addressee)


def _object(predicate: str, addressee: str | None) -> str | None:
    """Whom an officer's act falls on, else the officer's own agency."""
    if addressee is not None and addressee not in _OFFICERS:
        return addressee
    if match := _REGULATES.search(predicate):
        target = predicate[match.end() : match.end() + _OBJECT_REACH]
        for party, pattern in _OBJECTS:
            if pattern.search(target):
                return party
        return "any_person" if match["verb"].lower().startswith(("prohibit", "bar")) else None
    return "executive_agency" if addressee is not None else None


def _party(phrase: str) -> str | None:
    head = _CLAUSE_AFTER_NOUN.split(phrase.strip(), maxsplit=1)[0]
    return next((party for party, pattern in _SUBJECTS if pattern.search(head)), None)


_MODAL = words(
    r"\b(?:shall|must|may|will)\b|\b(?:is|are)\s+(?:hereby\s+)?(?:authorized|directed|required)\b"
)
_FUNDS = words(r"\bnone\s+of\s+the\s+(?:funds|amounts)\b|\bno\s+(?:federal\s+)?funds\b")
_CLASS_DEFINED = words(
    r"\b(?:means|includes)[\s—]+(?:\([A-Za-z]\)\s*)?(?:an?|any|the|each)\s+(?P<who>[^,;.—]{1,80})"
)
_UNLAWFUL_FOR = words(
    r"\bunlawful\b(?:[^.;,]{0,20}\bfor\s+(?P<who>(?:any|an?)\s+[^,;.]{1,80}?)\s+to\b)?"
)
_BARE_PASSIVE = words(
    r"\b(?:is|are)\s+(?:hereby\s+)?(?:prohibited|blocked|forbidden|a\s+violation)\b"
)
_PASSIVE_BAN = words(r"\s+not\s+be\s+\w+ed\b|\s+be\s+(?:prohibited|unlawful)\b")
# "in consultation with X", "acting through Y": named beside the subject, not the subject.
_ACCOMPANIED = words(
    r""",?\s+(?:in\s+(?:\w+\s+)?(?:consultation|coordination|cooperation|collaboration)\s+with
        | acting\s+(?:through|jointly|by) | after\s+(?:consult|coordinat)\w*
        | with\s+the\s+(?:concurrence|advice|approval) | (?:and\s+)?consistent\s+with)\b
    """
)
# After the last adverbial clause: "Not later than 180 days after ..., the Secretary".
_PHRASE_START = re.compile(
    r"(?:^|,\s+|[—–:]\s*)(?=(?:the|a|an|any|each|every|no|all|such|The|A|An|Any|Each|No|All)\s"
    r"|(?:United\s+States|Congress|States?)\b)"
)
_CLAUSE_AFTER_NOUN = re.compile(
    r",?\s+(?:that|which|who|whose|if|with respect to|or entity)\b|,|\("
)

_OFFICES = (
    r"director|administrator|commissioner|commission|chair(?:man|woman|person)?|officer|"
    r"comptroller\s+general|attorney\s+general|inspector\s+general|under\s+secretary|"
    r"heads?|council|board|bureau|department|office|agenc(?:y|ies)|administration|panel|"
    r"task\s+force|working\s+group|librarian|register|institute|corps|federal\s+government|"
    r"superintendent|postmaster"
)
_TRADES = (
    r"developer|provider|operator|owner|manufacturer|vendor|supplier|seller|deployer|"
    r"compan(?:y|ies)|business|corporation|firm|platform|repositor(?:y|ies)|registr(?:y|ies)|"
    r"network|importer|exporter|institution|universit(?:y|ies)|employer|bank|insurer|issuer|"
    r"covered\s+(?:person|product)|grantee|recipient|applicant|licensee|entit(?:y|ies)"
)
_FOREIGN = r"foreign\s+(?:person|entit|national|compan|adversary|provider|government)"

#: Who a noun phrase names, first match first: "United States person" before "person".
_SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("contractor", words(r"\b(?:(?:sub)?contractor|offeror)s?\b|\bcontracting\s+entit")),
    ("president", words(r"^(?:the\s+)?president\b")),
    (
        "united_states_person",
        words(
            r"""\b(?:united\s+states|u\.?s\.?)\s+
                (?:person|citizen|provider|entit|compan|financial\s+institution)"""
        ),
    ),
    (
        "foreign_person",
        words(
            rf"\b{_FOREIGN}|\b(?:entit(?:y|ies)|persons?)\s+of\s+concern\b|\bcovered\s+foreign\b"
        ),
    ),
    ("secretary", words(r"\bsecretar(?:y|ies)\b")),
    ("congress", words(r"^congress\b|\bcommittees?\s+(?:of\s+the|on)\s+(?:house|senate)")),
    ("court", words(r"\b(?:district\s+)?courts?\b")),
    (
        "state",
        words(
            r"""^(?:(?:no|any|each|every|a|the)\s+)?states?
                (?:\s+or\b|\s*$|\s+(?:agenc|government|plan))
              | \bpolitical\s+subdivision"""
        ),
    ),
    ("executive_agency", words(rf"\b(?:{_OFFICES})s?\b")),
    (
        "any_person",
        words(
            r"""\b(?:any|no|a|each|every|natural|other)\s+(?:other\s+)?persons?\b | ^persons?\b
              | \bwhoever\b | \bindividuals?\b"""
        ),
    ),
    ("private_person", words(rf"\b(?:{_TRADES})s?\b")),
)

_REGULATES = words(
    r"""\b(?P<verb>require|prohibit|bar|block|deny|impose|sanction|fine|add|designate|exclude|remove
        |removal\s+of|restrict|be\s+added\s+to)\b"""
)
# How far behind the verb its object may stand, in characters.
_OBJECT_REACH = 160
_OBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "executive_agency",
        words(
            r"""\b(?:executive\s+)?agenc(?:y|ies)\b | \bnational\s+security\s+systems?\b
              | \binformation\s+(?:systems?|technology)\b | \bfederal\s+(?:device|network|system)"""
        ),
    ),
    ("contractor", words(r"\b(?:contractor|offeror)s?\b")),
    (
        "united_states_person",
        words(
            r"""^\s*(?:an?|any|each)?\s*(?:united\s+states|u\.?s\.?)\s+
                (?:persons?|citizens?|compan\w+|entit\w+)"""
        ),
    ),
    (
        "foreign_person",
        words(rf"\b{_FOREIGN}|\bentit(?:y|ies)\s+of\s+concern\b|\bentity\s+list\b"),
    ),
    ("any_person", words(r"\b(?:any|each|a)\s+persons?\b|\bany\s+transaction")),
    (
        "private_person",
        words(r"\b(?:developer|provider|operator|owner|manufacturer|compan|covered\s+entit)"),
    ),
)
