"""Where else the words of one provision stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from legannot.align.outline import Outline
from legannot.errors import InputError
from legannot.model import Bill
from legannot.model.likeness import Found, Hit
from legannot.similar import search
from legannot.similar.meaning import Nearest
from legannot.similar.passages import locate, passage
from tests.similar.bills import SECTIONS, bill, corpus


def found(
    wanted: Bill, section: str, *others: Bill, nearest: Nearest | None = None
) -> tuple[Hit, ...]:
    outline = Outline(wanted)
    held = corpus(*others)
    searched = passage(outline, locate(outline, wanted, section))
    return search(held.index, searched, held.scope, 20, lambda: nearest)


def where(hits: Sequence[Hit]) -> list[str]:
    return [f"{hit.places[0].text.bill} {hit.places[0].path}" for hit in hits]


def test_the_same_words_under_another_number_are_found_as_the_same_words() -> None:
    hits = found(bill(1, SECTIONS[:3]), "2", bill(2, SECTIONS[5:]), bill(3, SECTIONS[1:5]))
    assert where(hits) == ["119hr3 sec. 1"]
    assert hits[0].found is Found.EQUAL
    assert hits[0].likeness == 1


def test_typography_and_case_do_not_make_other_words() -> None:
    header, text = SECTIONS[1]
    reprinted = (header.upper(), text.replace("-", "–"))
    hits = found(bill(1, SECTIONS[:3]), "2", bill(2, [reprinted]))
    assert hits[0].found is Found.EQUAL


def test_places_with_equal_words_are_one_hit() -> None:
    hits = found(bill(1, SECTIONS[:3]), "2", *(bill(n, SECTIONS[:3]) for n in range(2, 9)))
    assert len(hits) == 1
    assert [place.text.bill for place in hits[0].places] == [f"119hr{n}" for n in range(2, 9)]


def test_a_reworded_provision_is_found_with_the_words_both_have_and_those_that_differ() -> None:
    header, text = SECTIONS[1]
    reworded = text.replace("No distributor may furnish", "A reseller shall not supply")
    hits = found(bill(1, SECTIONS[:3]), "2", bill(2, [(header, reworded)]), bill(3, SECTIONS[4:]))
    assert where(hits)[0] == "119hr2 sec. 1"
    hit = hits[0]
    assert hit.found is Found.WORDS
    assert 0.5 < hit.likeness < 1
    assert any("gratis credentials for a hosted model" in quote for quote in hit.shared)
    assert "distributor" in "".join(e.text for e in hit.edits if e.op == "delete")
    assert "reseller" in "".join(e.text for e in hit.edits if e.op == "insert")


def test_what_is_quoted_as_shared_stands_in_both_texts() -> None:
    header, text = SECTIONS[5]
    hits = found(bill(1, SECTIONS), "6", bill(2, [(header, text.replace("engineer", "auditor"))]))
    old = "".join(e.text for e in hits[0].edits if e.op != "insert")
    new = "".join(e.text for e in hits[0].edits if e.op != "delete")
    assert old == f"{header}. {text}"
    for quote in hits[0].shared:
        words = " ".join(quote.removesuffix(" …").split())
        assert words in old
        assert words in new


def test_the_same_words_in_another_order_are_not_the_same_text() -> None:
    header, text = SECTIONS[1]
    turned = " ".join(reversed(text.split()))
    hits = found(bill(1, SECTIONS[:3]), "2", bill(2, [(header, turned)]))
    assert hits[0].found is Found.WORDS
    assert hits[0].likeness < 1


def test_strangers_are_no_hits() -> None:
    assert found(bill(1, SECTIONS[:1]), "1", bill(2, SECTIONS[1:])) == ()


def test_only_versions_in_scope_are_searched() -> None:
    wanted = bill(1, SECTIONS[:3])
    outline = Outline(wanted)
    held = corpus(bill(2, SECTIONS[:3]), bill(3, SECTIONS[:3]))
    scope = {id_: text for id_, text in held.scope.items() if text.bill == "119hr3"}
    hits = search(held.index, passage(outline, locate(outline, wanted, "2")), scope, 20)
    assert [place.text.bill for hit in hits for place in hit.places] == ["119hr3"]


def test_meaning_is_asked_only_where_words_find_no_answer() -> None:
    asked: list[str] = []

    def nearest(text: str, others: Sequence[str]) -> list[tuple[int, float]]:
        asked.append(text)
        return [(at, 0.8) for at, other in enumerate(others) if "gratuitous" in other]

    header, text = SECTIONS[1]
    found(bill(1, SECTIONS[:3]), "2", bill(2, SECTIONS[:3]), nearest=nearest)
    assert asked == []
    paraphrase = (
        "Access",
        (
            "Handing gratuitous logins for remote inference to firms under export control is barred"
            " for a person on the wrong roll, as credentials are."
        ),
    )
    hits = found(bill(1, [(header, text)]), "1", bill(2, [paraphrase]), nearest=nearest)
    assert len(asked) == 1
    assert hits[-1].found is Found.MEANING
    assert hits[-1].meaning == 0.8


def test_words_of_a_query_language_are_looked_up_as_words() -> None:
    odd = ('Names" OR words:*', 'NEAR("a" AND b) NOT c* ^d {e} -- "unbalanced quotation')
    hits = found(bill(1, [odd]), "1", bill(2, [odd]), bill(3, SECTIONS))
    assert where(hits) == ["119hr2 sec. 1"]


def test_a_provision_that_is_not_there_is_named_with_those_that_are() -> None:
    wanted = bill(1, SECTIONS[:3])
    with pytest.raises(InputError, match=r"no provision '9'.*It has sec\. 1, sec\. 2, sec\. 3"):
        locate(Outline(wanted), wanted, "9")
