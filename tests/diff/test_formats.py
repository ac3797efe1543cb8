"""Versions in different formats: the redline shows what the law's words changed, and only that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.twins import prints
from legannot.diff import alike, chain, compare
from legannot.diff.marks import Quotes, Text, quotes
from legannot.diff.reprint import reprint
from legannot.model import Bill, Change, ChangeClass, Context, Provision, Span, with_paths
from legannot.parse import parse
from legannot.source import from_bytes, resolve
from tests.conftest import CORPUS, needs_corpus

TITLE = "To require reports on the release of model weights, and for other purposes."
DTD = """<bill bill-stage="Introduced-in-House"><form><congress>119th CONGRESS</congress>
<legis-num>H. R. 9999</legis-num><official-title>{title}</official-title></form><legis-body>
<section><enum>1.</enum><header>Short title</header><text>This Act may be cited as the
<quote><short-title>Weights Reports Act</short-title></quote>.</text></section>
<section><enum>2.</enum><header>Reports</header><subsection><enum>(a)</enum><header>In
general</header><text>A developer of a <term>covered model</term> shall report {when}.</text>
</subsection><subsection><enum>(b)</enum><text>Section 5 of the Export Act is amended by striking
<quote>software</quote> and inserting the following:</text><quoted-block><paragraph><enum>(1)</enum>
<text>any weights of the model.</text></paragraph><after-quoted-block>; and</after-quoted-block>
</quoted-block></subsection></section></legis-body></bill>"""
USLM = """<bill xmlns="http://schemas.gpo.gov/xml/uslm"><meta><docNumber>9999</docNumber>
<citableAs>119hr9999enr</citableAs><congress>119</congress></meta><main><longTitle><docTitle>AN
ACT</docTitle><officialTitle>{title}</officialTitle></longTitle><enactingFormula>Be it enacted by
the Senate and House,</enactingFormula>
<section><num value="1">SECTION 1. </num><heading>SHORT TITLE.</heading><content>This Act may be
cited as the “<shortTitle>Weights Reports Act</shortTitle>”.</content></section>
<section><num value="2">SEC. 2. </num><heading>REPORTS.</heading><subsection><num
value="a">(a) </num><heading>In General.—</heading><content>A developer of a “<term>covered
model</term>” shall report {when}.</content></subsection><subsection><num value="b">(b)
</num><content>Section 5 of the Export Act is amended by striking “software” and inserting the
following:<quotedContent><paragraph><num value="1">“(1) </num><content>any weights of the model.”;
and</content></paragraph></quotedContent></content></subsection></section></main></bill>"""
EACH = "each year"


def dtd(when: str = EACH, title: str = TITLE) -> Bill:
    text = DTD.format(when=when, title=title)
    return parse(from_bytes("ih.xml", text.encode()))


def uslm(when: str = EACH, title: str = TITLE) -> Bill:
    text = USLM.format(when=when, title=title)
    return parse(from_bytes("enr.xml", text.encode()))


def marked(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    """Words taken out and put in, in order."""
    return [
        (edit.op, edit.text)
        for row in changes
        for edit in (*row.heading_edits, *row.edits)
        if edit.op != "equal"
    ]


@pytest.mark.parametrize(("old", "new"), [(dtd(), uslm()), (uslm(), dtd())])
def test_one_text_in_two_formats_shows_no_change_and_says_what_was_set_aside(
    old: Bill, new: Bill
) -> None:
    found = compare(old, new)
    assert found.changes == ()
    (notice, *_) = found.notices
    for name in ("different formats", "quotation marks", "enacting", "names of levels", "headings"):
        assert name in notice


def test_a_change_of_words_is_marked_as_between_files_of_one_format() -> None:
    mixed = compare(dtd("each year"), uslm("every “six” months"))
    (row,) = mixed.changes
    assert row.klass is ChangeClass.WORDS
    assert marked(mixed.changes) == [("delete", "each year"), ("insert", "every “six” months")]


def test_a_long_title_that_changed_is_shown_and_one_that_did_not_is_not() -> None:
    other = TITLE.replace("reports", "yearly reports")
    (row,) = compare(dtd(), uslm(title=other)).changes
    assert row.level == "official-title"
    assert marked((row,)) == [("insert", "yearly ")]


def test_a_long_title_that_only_one_version_has_is_shown_as_come_or_gone() -> None:
    without = replace(uslm(), official_title="")
    (row,) = compare(dtd(), without).changes
    assert row.old is not None
    assert row.old.text == TITLE
    assert row.new is None
    (row,) = compare(without, dtd()).changes
    assert row.new is not None
    assert row.new.text == TITLE


def test_versions_of_one_format_are_left_as_they_are() -> None:
    first, last = uslm(), uslm("each month")
    assert alike((first, last)) == (first, last)
    assert not compare(first, last).notices


def test_in_a_row_of_versions_every_one_is_set_as_the_next_one_prints() -> None:
    found = chain([dtd(), dtd("each month"), uslm("each month")])
    assert [len(step.changes) for step in found.steps] == [1, 0]
    assert marked(found.whole.changes) == [("delete", "year"), ("insert", "month")]


def test_a_step_between_versions_of_one_format_says_that_they_are_set_alike_too() -> None:
    recased = parse(
        from_bytes(
            "rh.xml", DTD.format(when=EACH, title=TITLE).replace("Reports<", "REPORTS<").encode()
        )
    )
    found = chain([dtd(), recased, uslm()])
    first, last = found.steps
    assert first.changes == ()
    assert first.set_aside == {"changes of print alone": 1}
    (notice,) = first.notices
    assert "both come in the Bill DTD" in notice
    assert "1 change of print alone between the two is left out" in notice
    # It is told of that step, and of the row, and not counted with what the formats print.
    assert notice in found.whole.notices
    assert "changes of print alone" not in last.set_aside
    assert any("different formats" in notice for notice in last.notices)


def test_a_step_that_loses_nothing_by_being_set_alike_says_so() -> None:
    first, last = chain([dtd(), uslm("each month"), uslm("each week")]).steps
    (notice,) = last.notices
    assert "both come in USLM" in notice
    assert "No change between the two is left out" in notice
    assert last.set_aside == {}
    assert marked(last.changes) == [("delete", "month"), ("insert", "week")]
    assert first.set_aside


def test_being_set_alike_twice_is_being_set_alike_once() -> None:
    once = alike((dtd(), uslm()))
    assert alike(once) == once


def test_what_is_known_of_words_stays_with_them() -> None:
    old, _ = alike((dtd(), uslm()))
    terms = [s.of(p.text) for p in old.walk() for s in p.spans if s.kind == "term"]
    assert terms == ["covered model"]


def test_edits_make_up_the_texts_of_both_sides() -> None:
    for row in compare(dtd("each “fiscal” year"), uslm("each calendar year")).rows:
        for side, op in ((row.old, "insert"), (row.new, "delete")):
            if side is not None:
                assert side.text == "".join(e.text for e in row.edits if e.op != op)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("the term AI is software", "the term “AI” is software", "the term “AI” is software"),
        ("striking $500 and", "striking “$500” and", "striking “$500” and"),
        ("inserting , and at", "inserting “, and” at", "inserting “, and” at"),
        ("reads: Small firms", "reads: “ Small firms", "reads: “ Small firms"),
        ("the Secretary SHALL", "the Secretary shall", "the Secretary shall"),
        ("the State", "the state", "the State"),
        ("two old models", "two “models”", "two old “models”"),
        ("", "“x”", ""),
    ],
)  # fmt: skip
def test_a_text_is_set_in_the_print_of_another(old: str, new: str, expected: str) -> None:
    assert reprint(Text(old), Text(new)).text == expected


def test_a_heading_takes_the_capitals_and_the_end_of_the_other() -> None:
    assert reprint(Text("Short title"), Text("SHORT TITLE."), heading=True).text == "SHORT TITLE."
    assert reprint(Text("In General.—"), Text("In general"), heading=True).text == "In general"
    assert reprint(Text("Reports"), Text("PLANS."), heading=True).text == "Reports."


_TEXTS = st.text(alphabet="ab AB.,—-“”‘’\"'()$1é", max_size=30)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


@given(_TEXTS, _TEXTS, st.booleans())
def test_no_letter_is_ever_added_dropped_or_moved(old: str, new: str, heading: bool) -> None:
    found = reprint(Text(old), Text(new), heading=heading)
    assert _letters(found.text) == _letters(old)


@given(_TEXTS, _TEXTS, st.data())
def test_spans_stay_inside_the_text_and_over_the_same_letters(
    old: str, new: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    assume(old != new)
    found = reprint(Text(old, (Span(start, end, "quote"),)), Text(new))
    for span in found.spans:
        assert 0 <= span.start < span.end <= len(found.text)
        assert _letters(span.of(found.text)) == _letters(old[start:end])


@given(_TEXTS)
def test_a_text_in_its_own_print_is_itself(text: str) -> None:
    assert reprint(Text(text), Text(text)).text == text


def test_the_first_words_of_quoted_law_stand_in_it_whichever_format_has_them_where() -> None:
    def bill(format_: str, sentence: str, block: str) -> Bill:
        item = Provision("", "paragraph", enum="(1)", text="each model is reported.")
        quoted = Provision("", "quoted-block", text=block, children=(item,))
        section = Provision("", "section", enum="1.", text=sentence, children=(quoted,))
        return replace(dtd(), format=format_, official_title="", provisions=with_paths([section]))

    lead, words = "is amended by striking “if” and inserting", "“if such model—"
    assert compare(bill("bill-dtd", f"{lead} {words}", ""), bill("uslm", lead, words)).changes == ()
    assert compare(bill("uslm", lead, words), bill("bill-dtd", f"{lead} {words}", "")).changes == ()


def test_groups_of_contents_hold_no_words_and_are_no_change() -> None:
    entry = Provision("", "toc-entry", text="Sec. 1. Short title.")

    def bill(format_: str, inside: Provision) -> Bill:
        toc = Provision("", "toc", children=(inside,))
        return replace(dtd(), format=format_, provisions=with_paths([toc]))

    grouped = bill("uslm", Provision("", "toc-group", children=(entry,)))
    assert compare(bill("bill-dtd", entry), grouped).changes == ()


# ── marks that moved ───────────────────────────────────────────────────────────────────────────


def sentence(text: str, *quoted: str, format_: str, context: Context = Context.OPERATIVE) -> Bill:
    """A bill of one section; of the words quoted the Bill DTD has spans and the others marks."""
    spans = tuple(Span(text.index(w), text.index(w) + len(w), "quote") for w in quoted)
    if format_ != "bill-dtd":
        for words in quoted:
            text = text.replace(words, f"“{words}”", 1)
        spans = ()
    made = Provision("", "section", enum="1.", text=text, spans=spans, context=context)
    return replace(dtd(), format=format_, official_title="", provisions=with_paths([made]))


WORDS = "The term covered model means any software of a covered person."
BOTH = [("bill-dtd", "uslm"), ("uslm", "bill-dtd"), ("bill-dtd", "text"), ("text", "bill-dtd")]


@pytest.mark.parametrize(("old", "new"), BOTH)
def test_a_quotation_mark_that_moved_to_other_words_is_shown(old: str, new: str) -> None:
    found = compare(
        sentence(WORDS, "covered model", format_=old),
        sentence(WORDS, "covered model means", format_=new),
    )
    (row,) = found.changes
    assert row.klass is ChangeClass.TYPOGRAPHY
    assert marked((row,)) == [("delete", "”"), ("insert", "”")]
    (before,) = (edit.text for edit in row.edits[:1])
    assert before == "The term “covered model"


@pytest.mark.parametrize(("old", "new"), BOTH)
def test_words_that_only_one_version_quotes_are_shown(old: str, new: str) -> None:
    bare, quoting = sentence(WORDS, format_=old), sentence(WORDS, "software", format_=new)
    assert marked(compare(bare, quoting).changes) == [("insert", "“"), ("insert", "”")]
    bare, quoting = sentence(WORDS, format_=new), sentence(WORDS, "software", format_=old)
    assert marked(compare(quoting, bare).changes) == [("delete", "“"), ("delete", "”")]


@pytest.mark.parametrize(("old", "new"), BOTH)
def test_a_word_put_into_a_quotation_leaves_its_marks_around_all_of_it(old: str, new: str) -> None:
    longer = WORDS.replace("covered model", "covered large model")
    found = compare(
        sentence(WORDS, "covered model", format_=old),
        sentence(longer, "covered large model", format_=new),
    )
    assert marked(found.changes) == [("insert", "large ")]


def test_marks_that_did_not_move_are_no_change_in_a_row_of_versions() -> None:
    row = [
        sentence(WORDS, "covered model", "software", format_=format_)
        for format_ in ("bill-dtd", "uslm", "bill-dtd", "text", "bill-dtd", "bill-dtd")
    ]
    assert [step.changes for step in chain(row).steps] == [()] * 5


def test_marks_that_moved_in_a_row_of_versions_are_shown_in_their_step_alone() -> None:
    first, then = ("covered model",), ("covered model means",)
    row = [
        sentence(WORDS, *quoted, format_=format_)
        for quoted, format_ in (
            (first, "uslm"), (first, "bill-dtd"), (then, "uslm"), (then, "bill-dtd"),
            (then, "bill-dtd"),
        )
    ]  # fmt: skip
    found = chain(row)
    assert [len(step.changes) for step in found.steps] == [0, 1, 0, 0]
    assert marked(found.whole.changes) == [("delete", "”"), ("insert", "”")]


def test_marks_at_the_ends_of_quoted_law_are_those_of_the_law() -> None:
    law = sentence(WORDS, format_="bill-dtd", context=Context.QUOTED)
    printed = sentence(f"“{WORDS}”", format_="uslm", context=Context.QUOTED)
    assert compare(law, printed).changes == ()
    assert compare(printed, law).changes == ()
    inside = sentence(WORDS, "covered model", format_="bill-dtd", context=Context.QUOTED)
    (row,) = compare(inside, printed).changes
    assert marked((row,)) == [("delete", "‘"), ("delete", "’")]


def test_an_apostrophe_is_no_quotation() -> None:
    text = "The States' plans and the Secretary's report on software."
    old = sentence(text, "software", format_="bill-dtd")
    new = sentence(text.replace("'", "’"), "software", format_="uslm")
    assert compare(old, new).changes == ()


@pytest.mark.parametrize("formats", BOTH)
@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Each developer’s model shall be tested.", "Each developer model shall be tested."),
        ("Each developer model shall be tested.", "Each developer’s model shall be tested."),
        ("Each developer's model shall be tested.", "Each developer shall test its model."),
        ("The “AI”s use of it.", "The AI use of it."),
    ],
)
def test_an_apostrophe_stays_in_its_word_when_the_rest_of_the_word_goes(
    was: str, now: str, formats: tuple[str, str]
) -> None:
    old, _ = alike((sentence(was, format_=formats[0]), sentence(now, format_=formats[1])))
    assert old.provisions[0].text == was


_QUOTATIONS = st.sets(st.integers(0, 8), max_size=4).map(
    lambda at: list(zip(sorted(at)[::2], sorted(at)[1::2], strict=False))
)


@given(_QUOTATIONS, _QUOTATIONS, st.sampled_from(BOTH))
def test_a_version_that_is_set_alike_quotes_what_it_quoted(
    first: list[tuple[int, int]], last: list[tuple[int, int]], formats: tuple[str, str]
) -> None:
    words = "zero one two three four five six seven eight".split()

    def bill(found: list[tuple[int, int]], format_: str) -> Bill:
        quoted = [" ".join(words[i : j + 1]) for i, j in found]
        return sentence(" ".join(words), *quoted, format_=format_)

    def of(found: list[tuple[int, int]]) -> Quotes:
        return Quotes(frozenset(i for i, _ in found), frozenset(j for _, j in found))

    old, new = alike((bill(first, formats[0]), bill(last, formats[1])))
    texts = [bill.provisions[0].text for bill in (old, new)]
    if first == last:
        assert texts[0] == texts[1]
    else:
        assert [quotes(text) for text in texts] == [of(first), of(last)]


@pytest.mark.parametrize("formats", BOTH)
@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("social services grant", "payment for a grant"),
        ("social services grant", "social aid"),
        ("social services grant", "payment services grant"),
    ],
    ids=["its first words", "its last words", "its first word, at the same place"],
)
def test_a_quotation_of_which_one_end_was_deleted_keeps_both_marks_or_none(
    was: str, now: str, formats: tuple[str, str]
) -> None:
    words = "An amount for {} shall remain available."
    old, new = alike(
        tuple(
            sentence(words.format(quoted), quoted, format_=format_)
            for quoted, format_ in zip((was, now), formats, strict=True)
        )
    )
    assert [bill.provisions[0].text for bill in (old, new)] == [
        words.format(f"“{quoted}”") for quoted in (was, now)
    ]


# A phrase is quoted in both versions; some of its words went, others came.
_PHRASES = st.lists(st.sampled_from(("alpha", "bravo", "coral", "delta")), unique=True, min_size=1)


@given(_PHRASES, _PHRASES, st.sampled_from(BOTH))
def test_no_quotation_has_one_mark_whatever_words_of_it_changed(
    was: list[str], now: list[str], formats: tuple[str, str]
) -> None:
    quoted = [" ".join(words) for words in (was, now)]
    bills = tuple(
        sentence(f"An amount for {words} is kept.", words, format_=format_)
        for words, format_ in zip(quoted, formats, strict=True)
    )
    for made in alike(bills):
        text = made.provisions[0].text
        assert text.count("“") == text.count("”") <= 1, text


def _requoted(bill: Bill) -> Iterator[Bill]:
    """A bill with one of its quotations a word longer, for some of them."""
    found = [
        (provision, span, match.end())
        for provision in bill.walk()
        for span in provision.spans
        if span.kind == "quote" and provision.kind != "toc-entry"
        if (match := re.compile(r"\W+\w+(?=.*\w)").match(provision.text, span.end))
        if not any(s is not span and s.start < match.end() and s.end > span.start
                   for s in provision.spans if s.kind in ("quote", "term"))
    ]  # fmt: skip

    def longer(provision: Provision, path: str, span: Span, end: int) -> Provision:
        children = tuple(longer(child, path, span, end) for child in provision.children)
        if provision.path != path:
            return replace(provision, children=children)
        spans = tuple(replace(s, end=end) if s is span else s for s in provision.spans)
        return replace(provision, spans=spans, children=children)

    for provision, span, end in found[:: max(1, len(found) // 2)]:
        body = tuple(longer(p, provision.path, span, end) for p in bill.provisions)
        yield replace(bill, provisions=body)


@needs_corpus
def test_a_quotation_mark_moved_in_any_twin_is_shown_where_it_moved_and_nowhere_else() -> None:
    planted = 0
    for (folder, version), files in prints(CORPUS):
        official = folder / f"{version}.xml"
        for file in files if official in files and official.stat().st_size < 60_000 else ():
            if file == official:
                continue
            twins = tuple(parse(resolve([str(f)])[0]).as_reported() for f in (official, file))
            for bill in _requoted(twins[0]):
                for old, new, old0, new0 in (
                    (bill, twins[1], *twins),
                    (twins[1], bill, *twins[::-1]),
                ):
                    known = {row.shown.path for row in compare(old0, new0).changes}
                    rows = [r for r in compare(old, new).changes if r.shown.path not in known]
                    assert len(rows) == 1, (str(file), [r.shown.path for r in rows])
                    edits = "".join(text for op, text in marked((rows[0],)))
                    assert re.search("[“”‘’']", edits), (str(file), edits)
                    planted += 1
    assert planted > 100
