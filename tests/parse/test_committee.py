"""A reported print holds two texts: each can be had whole and clean."""

from __future__ import annotations

import pytest

from legannot.model import Bill, Markup
from legannot.parse import parse
from legannot.source import from_bytes, resolve
from tests.conftest import CORPUS, check_bill, needs_corpus


def parsed(xml: str) -> Bill:
    return parse(from_bytes("made.xml", xml.encode()))


def corpus_bill(name: str) -> Bill:
    (source,) = resolve([str(CORPUS / name)])
    return parse(source)


def section(inner: str, attributes: str = "") -> str:
    level = f"<section {attributes}><enum>1.</enum>{inner}</section>"
    return f"<bill><legis-body>{level}</legis-body></bill>"


def text(bill: Bill) -> str:
    words = (w for p in bill.walk() for w in (p.enum, p.heading, p.text) if w)
    return " ".join(words)


@needs_corpus
def test_a_substitute_for_the_whole_bill_is_told_from_the_bill_it_replaces() -> None:
    bill = corpus_bill("bills/118/s1171/rs.xml")
    assert bill.marked
    assert not bill.notices
    introduced, reported = bill.as_introduced(), bill.as_reported()
    for clean in (introduced, reported):
        check_bill(clean)
        assert not clean.marked
        assert {p.markup for p in clean.walk()} == {Markup.NONE}
        assert not [p.path for p in clean.walk() if "[struck]" in p.path]
    assert "Ending Trading and Holdings In Congressional Stocks (ETHICS) Act" in text(introduced)
    assert "Honest Act" not in text(introduced)
    names = [[p.path for p in clean.provisions] for clean in (introduced, reported)]
    assert names[0][:2] == ["sec. 1", "sec. 2"]
    assert names[1] == ["sec. 1", "sec. 2", "sec. 3", "sec. 4", "sec. 5"]
    # Together the two texts are the file, each word once: the print has no words in common.
    assert len(text(introduced).split()) + len(text(reported).split()) == len(text(bill).split())


@pytest.mark.parametrize(
    "enum",
    [
        "<deleted-phrase>5.</deleted-phrase><added-phrase>6.</added-phrase>",
        '<italic changed="deleted">5.</italic> <italic changed="added">6.</italic>',
    ],
)
def test_a_number_that_the_committee_changed_is_one_in_each_text(enum: str) -> None:
    body = f"<section><enum>{enum}</enum><text>Go.</text></section>"
    bill = parsed(f"<bill><legis-body>{body}</legis-body></bill>")
    assert bill.marked
    assert [p.path for p in bill.walk()] == ["sec. 6"]
    assert [(p.path, p.enum) for p in bill.as_introduced().walk()] == [("sec. 5", "5.")]
    assert [(p.path, p.enum) for p in bill.as_reported().walk()] == [("sec. 6", "6.")]


def test_a_struck_number_without_another_stays_the_address_of_its_place() -> None:
    bill = parsed(
        "<bill><legis-body><section><enum><deleted-phrase>5.</deleted-phrase></enum>"
        "<text>Go.</text></section></legis-body></bill>"
    )
    assert [p.path for p in bill.walk()] == ["sec. 5"]
    assert [(p.path, p.enum) for p in bill.as_reported().walk()] == [("[section]", "")]


def test_a_struck_column_of_the_contents_is_gone_as_reported() -> None:
    bill = parsed(
        "<bill><legis-body><section><enum>1.</enum><toc><multi-column-toc-entry>"
        '<toc-enum changed="deleted">Sec. 5.</toc-enum><toc-enum changed="added">Sec. 6.</toc-enum>'
        "<level-header>Bans.</level-header></multi-column-toc-entry></toc></section></legis-body></bill>"
    )
    assert text(bill.as_introduced()) == "1. Sec. 5. Bans."
    assert text(bill.as_reported()) == "1. Sec. 6. Bans."


def test_a_struck_superscript_takes_its_sign_along() -> None:
    bill = parsed(section('<text>10<superscript changed="deleted">26</superscript> tons.</text>'))
    assert text(bill.as_reported()) == "1. 10 tons."


def test_a_note_that_breaks_struck_words_does_not_strike_what_stands_before_them() -> None:
    bill = parsed(
        section(
            "<text>One.</text><text>Two <deleted-phrase>three<footnote>Note.</footnote> four"
            "</deleted-phrase> five.</text>"
        )
    )
    assert text(bill.as_reported()) == "1. One. Two five."
    assert text(bill.as_introduced()) == "1. One. Two three Note. four five."


@needs_corpus
def test_a_house_report_marks_only_what_the_committee_added() -> None:
    bill = corpus_bill("bills/116/hr1500/rh.xml")
    assert not bill.marked
    assert text(bill.as_reported()) == text(bill)


@needs_corpus
def test_every_marked_file_gives_two_clean_texts() -> None:
    marked = 0
    for file in sorted(CORPUS.glob("bills/*/*/*.xml")):
        if ".uslm" in file.name:
            continue
        bill = parse(resolve([str(file)])[0])
        if not bill.marked:
            continue
        marked += 1
        for clean in (bill.as_introduced(), bill.as_reported()):
            check_bill(clean)
            assert not clean.marked
            assert not [
                s for p in clean.walk() for s in p.spans if s.kind in ("struck", "inserted")
            ]
    assert marked


def test_words_struck_and_inserted_inside_a_sentence_leave_two_sentences() -> None:
    bill = parsed(
        section(
            "<text>The Secretary <deleted-phrase>may</deleted-phrase> <added-phrase>shall"
            "</added-phrase> report<deleted-phrase>, if asked</deleted-phrase>.</text>"
        )
    )
    assert text(bill.as_introduced()) == "1. The Secretary may report, if asked."
    assert text(bill.as_reported()) == "1. The Secretary shall report."


def test_a_mark_repeated_on_the_children_of_a_marked_element_counts_once() -> None:
    mark = 'changed="deleted" reported-display-style="strikethrough" committee-id="SSGA00"'
    once = parsed(section("<quoted-block><text>Old.</text></quoted-block>", mark))
    twice = parsed(section(f"<quoted-block {mark}><text>Old.</text></quoted-block>", mark))
    assert [p.path for p in once.walk()] == [p.path for p in twice.walk()]
    assert [p.path for p in once.walk()] == ["[struck] sec. 1", "[struck] sec. 1 [quoted block]"]


def test_a_mark_repeated_on_a_phrase_counts_once() -> None:
    bill = parsed(section('<text>May <added-phrase changed="added">not</added-phrase> go.</text>'))
    assert [s.kind for s in bill.provisions[0].spans] == ["added-phrase", "inserted"]


def test_a_mark_in_the_words_of_a_file_is_none() -> None:
    bill = parsed(section("<text>Words changed = more words.</text>"))
    assert not bill.marked


def test_where_the_attributes_disagree_the_printed_style_is_followed_and_it_is_said() -> None:
    bill = parsed(
        section("<text>Gone.</text>", 'changed="added" reported-display-style="strikethrough"')
    )
    (provision,) = bill.provisions
    assert provision.markup is Markup.STRUCK
    (notice,) = bill.notices
    assert "line 1" in notice
    assert "'added'" in notice
    assert "'strikethrough'" in notice


def test_a_phrase_whose_style_disagrees_follows_the_style_too() -> None:
    bill = parsed(
        section(
            '<text>One <added-phrase reported-display-style="strikethrough">two</added-phrase>'
            " three.</text>"
        )
    )
    assert text(bill.as_introduced()) == "1. One two three."
    assert text(bill.as_reported()) == "1. One three."
    assert len(bill.notices) == 1


@pytest.mark.parametrize(
    ("attributes", "markup"),
    [
        ('changed="added"', Markup.INSERTED),
        ('changed="deleted"', Markup.STRUCK),
        ('changed="not-changed"', Markup.NONE),
        ('reported-display-style="italic"', Markup.INSERTED),
        ('reported-display-style="boldface-roman"', Markup.INSERTED),
        ('reported-display-style="strikethrough"', Markup.STRUCK),
        ('reported-display-style="brackets-boldface-roman"', Markup.STRUCK),
        ('changed="added" reported-display-style="brackets-boldface-roman"', Markup.INSERTED),
        ('changed="deleted" reported-display-style="parentheses-boldface-italic"', Markup.STRUCK),
    ],
)
def test_marks_of_an_element(attributes: str, markup: Markup) -> None:
    bill = parsed(section("<text>Words.</text>", attributes))
    assert bill.provisions[0].markup is markup


def test_marks_are_found_in_utf_16_too() -> None:
    xml = '<?xml version="1.0" encoding="UTF-16"?>' + section(
        "<text>W.</text>", 'changed="deleted"'
    )
    bill = parse(from_bytes("made.xml", xml.encode("utf-16")))
    assert bill.provisions[0].markup is Markup.STRUCK


@pytest.mark.parametrize(
    "inner",
    [
        '<header changed="deleted">Old heading</header><text>Words.</text>',
        '<text changed="deleted">Words.</text>',
        '<text>Kept <quote changed="deleted">words</quote>.</text>',
    ],
)
def test_a_mark_on_part_of_a_provision_takes_only_that_part(inner: str) -> None:
    bill = parsed(section(inner))
    assert bill.marked or any(s.kind == "struck" for p in bill.walk() for s in p.heading_spans)
    check_bill(bill.as_reported())
    assert len(text(bill.as_reported())) < len(text(bill))
    assert text(bill.as_introduced()) == text(bill)
