"""The report as an HTML page: safe, complete, the same each time, and exact to the word."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html

from legannot.cli.analyst import Analyst
from legannot.model import Bill, Provenance, Provision, with_paths
from legannot.model.report import Aim, Finding, Report, Unread
from legannot.parse import parse
from legannot.render.html import rebuild, render
from legannot.render.html.index import PARTS
from legannot.render.inert import inert
from legannot.resources import data
from legannot.source import resolve
from tests import strategies
from tests.conftest import needs_corpus
from tests.diff.test_carried import PUSHED, SHALL, SHARING
from tests.render import small
from tests.render.builders import made, report, sample

VERSIONS = [(), ("rh", "eh"), ("eh",)]
IDS = ["three versions", "two versions", "one version"]
TEMPLATES = data("templates") / "report"


@cache
def page(*versions: str) -> str:
    return render(report(*versions)).decode()


@cache
def tree(*versions: str) -> html.HtmlElement:
    return html.fromstring(page(*versions))


def plain(element: html.HtmlElement) -> str:
    """The words of an element with single blanks; places keep theirs together by a hard one."""
    return " ".join(str(element.text_content()).split())


def text_of(*versions: str) -> str:
    return plain(tree(*versions))


# ── exact ────────────────────────────────────────────────────────────────────────────────────────


def expected(bill: Bill) -> list[str]:
    return [inert(words) for p in bill.walk() for words in (p.heading, p.text) if words]


def check_exact(made_report: Report) -> None:
    """What stands in the page is each version word for word, the new one in its order."""
    rebuilt = rebuild(render(made_report))
    assert list(rebuilt.new) == expected(made_report.bills[-1])
    assert Counter(rebuilt.old) == Counter(expected(made_report.bills[0]))


@pytest.mark.parametrize("versions", VERSIONS, ids=IDS)
def test_both_texts_can_be_read_back_out_of_the_page(versions: tuple[str, ...]) -> None:
    check_exact(report(*versions))


def test_committee_marks_and_quoted_law_can_be_read_back_too() -> None:
    check_exact(made([small.marked_bill()]))


@needs_corpus
@pytest.mark.parametrize(
    "names",
    [
        ("116/hr1500/rh.xml", "116/hr1500/eh.xml"),
        ("114/hr2262/ih.xml", "114/hr2262/rh.xml"),
        ("114/s1523/es.xml", "114/s1523/eah.xml"),
    ],
    ids=lambda names: names[0].rpartition("/")[0],
)
def test_real_bills_can_be_read_back(names: tuple[str, str], corpus: Path) -> None:
    sources = resolve([str(corpus / "bills" / name) for name in names])
    check_exact(made([parse(source).as_reported() for source in sources]))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(strategies.bills(), strategies.bills("eh"))
def test_any_two_bills_can_be_read_back(old: Bill, new: Bill) -> None:
    check_exact(made([old, new]))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(report()) == render(report())


# ── safe ─────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = (
    "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u200b{{7*7}}"
)


def poisoned(provision: Provision) -> Provision:
    return replace(
        provision,
        enum=f"{provision.enum}{HOSTILE}" if provision.enum else "",
        heading=HOSTILE,
        text=f"{provision.text} {HOSTILE}",
        spans=(),
        heading_spans=(),
        children=tuple(poisoned(child) for child in provision.children),
    )


def hostile_report() -> Report:
    bills = [
        replace(
            bill,
            title=HOSTILE,
            version=HOSTILE,
            id=None,
            dates={"action": HOSTILE},
            provenance=Provenance(HOSTILE, HOSTILE, 1),
            provisions=with_paths(poisoned(p) for p in bill.provisions),
        )
        for bill in (small.old_bill(), small.new_bill())
    ]
    base = made(bills)
    return replace(
        base,
        findings=(Finding(HOSTILE, "sec. 3(a)", 0, HOSTILE, HOSTILE),),
        unread=(Unread("notice", HOSTILE, HOSTILE, HOSTILE),),
        notices=(HOSTILE,),
        method=replace(base.method, command=HOSTILE, rules=HOSTILE),
    )


def test_hostile_text_is_shown_as_text_everywhere() -> None:
    written = render(hostile_report()).decode()
    root = html.fromstring(written)
    assert root.xpath("count(//script)") == 1
    assert root.xpath("count(//style)") == 1
    assert not root.xpath("//img | //iframe | //object | //embed | //form | //base")
    assert "\u202e" not in written
    assert "\u200b" not in written
    assert "{{7*7}}" in written
    assert "hide or reorder text" in str(root.text_content())


@pytest.mark.parametrize("versions", VERSIONS, ids=IDS)
def test_nothing_runs_or_is_styled_but_what_the_policy_names(versions: tuple[str, ...]) -> None:
    root = tree(*versions)
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; ")
    for tag in ("style", "script"):
        (element,) = root.xpath(f"//{tag}")
        digest = b64encode(sha256(str(element.text).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    for element in root.iter():
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("versions", VERSIONS, ids=IDS)
def test_the_page_points_at_nothing_outside_itself(versions: tuple[str, ...]) -> None:
    root = tree(*versions)
    assert not root.xpath("//@src | //link/@href | //@srcset | //@poster | //object/@data")
    links = [href for href in root.xpath("//a/@href") if not href.startswith("#")]
    assert all(href.startswith("https://www.govinfo.gov/content/pkg/BILLS-") for href in links)
    assert "url(" not in page(*versions)
    assert "@import" not in page(*versions)


def test_the_running_foot_cannot_end_its_string() -> None:
    bill = replace(
        small.new_bill(), id=None, provenance=Provenance('x"; } * { color: red', "0" * 64, 1)
    )
    written = render(made([bill])).decode()
    (foot,) = re.findall(r'@bottom-left \{ content: "([^"]*)"', written)
    assert "}" not in foot
    assert r"\22 " in foot


# ── complete ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("versions", VERSIONS, ids=IDS)
def test_every_link_leads_somewhere_and_no_id_stands_twice(versions: tuple[str, ...]) -> None:
    root = tree(*versions)
    ids: Counter[str] = Counter(root.xpath("//@id"))
    assert [name for name, times in ids.items() if times > 1] == []
    targets = {href[1:] for href in root.xpath("//a/@href")}
    assert targets - set(ids) == set()
    named = root.xpath("//@aria-labelledby | //@aria-details | //@for")
    assert {part for value in named for part in value.split()} - set(ids) == set()


def test_the_ids_of_the_templates_are_reserved() -> None:
    written = "".join(path.read_text("utf-8") for path in sorted(TEMPLATES.glob("*.j2")))
    fixed = {name for name in re.findall(r'\bid="([^"]*)"', written) if "{" not in name}
    assert fixed <= set(PARTS)


def test_the_parts_stand_in_the_order_of_a_reader() -> None:
    order = ["in-short", "subjects", "changes", "how-to-read", "redline", "moved", "heat-map"]
    order += ["definitions", "effects", "aims", "questions", "not-read", "sources"]
    places = [page().index(f'id="{name}"') for name in order]
    assert places == sorted(places)


@pytest.mark.parametrize("versions", VERSIONS, ids=IDS)
def test_headings_go_down_one_level_at_a_time(versions: tuple[str, ...]) -> None:
    levels = [int(h.tag[1]) for h in tree(*versions).xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("versions", VERSIONS, ids=IDS)
def test_every_data_table_has_a_caption_and_scoped_heads(versions: tuple[str, ...]) -> None:
    for table in tree(*versions).xpath("//table[not(contains(@class, 'law-table'))]"):
        assert table.xpath("caption")
        assert table.xpath("thead//th[@scope='col']")
        assert not table.xpath(".//th[not(@scope)]")


@pytest.mark.parametrize("versions", VERSIONS, ids=IDS)
def test_every_wrapper_that_scrolls_can_be_reached_and_has_its_own_name(
    versions: tuple[str, ...],
) -> None:
    wrappers = tree(*versions).xpath("//*[contains(@class, 'scroll')]")
    assert all(w.get("tabindex") == "0" and w.get("role") == "region" for w in wrappers)
    names = [w.get("aria-label") for w in wrappers]
    assert len(names) == len(set(names))


def test_pictures_are_named_and_hold_no_links() -> None:
    pictures = tree().xpath("//svg[not(@aria-hidden)]")
    assert len(pictures) == 2
    for picture in pictures:
        assert picture.get("role") == "img"
        assert not picture.xpath(".//a")
        assert all(tree().xpath(f"//*[@id='{i}']") for i in picture.get("aria-labelledby").split())


# ── says what it must ────────────────────────────────────────────────────────────────────────────


def test_the_first_words_say_that_it_is_unofficial() -> None:
    assert re.search(r"^\s*Skip to the report\s+Unofficial\.", str(tree().xpath("string(//body)")))


def test_the_title_names_the_bill_and_both_ends_with_their_days() -> None:
    head = plain(tree().xpath("//header")[0])
    assert "H.R. 99990 Model Access, Provenance, and Security Act of 2026" in head
    assert "Introduced in House, March 3, 2026" in head
    assert "→ Engrossed in House, September 17, 2026" in head


def test_a_finding_quotes_its_words_with_marks_and_links_to_its_place() -> None:
    lines = tree().xpath("//ul[@class='findings']/li")
    assert [e.tag for e in lines[1].xpath(".//del | .//ins")] == ["del", "ins"]
    assert lines[1].xpath(".//a/@href") == ["#sec-6-b"]


def test_every_finding_of_the_program_shows_words_marked_alike_where_it_leads() -> None:
    made_of = Analyst(None, embeddings=False).report(sample(), "legannot report")
    root = html.fromstring(render(made_of).decode())
    for number in root.xpath("//sup"):
        number.drop_tree()
    lines = root.xpath("//ul[@class='findings']/li")
    assert len(lines) >= 3
    for line in lines:
        place = root.get_element_by_id(line.xpath(".//a/@href")[0].removeprefix("#"))
        marks = line.xpath(".//del | .//ins")
        assert marks or "new:" in plain(line)
        for mark in marks:
            assert plain(mark).strip("… ") in " ".join(map(plain, place.iter(mark.tag)))


def test_passages_that_need_a_reader_are_counted_and_listed() -> None:
    assert "2 passages need a human reader" in text_of()
    assert "Two provisions fit almost equally well" in text_of()
    assert "No rule for the element <custom>." in text_of()


def test_a_reprint_is_said_to_be_one() -> None:
    twice = [small.old_bill(), replace(small.old_bill(), version="rfs")]
    written = render(made(twice)).decode()
    assert "No change of text (reprint)." in written
    assert 'class="hollow"' in written


def test_a_change_names_its_step_where_there_are_several() -> None:
    assert "step 1: ih → rh; step 2: rh → eh" in text_of()
    assert "step 1" not in text_of("rh", "eh")


def test_a_renumbered_section_is_told_by_its_old_number_and_not_by_marks() -> None:
    (head,) = tree().xpath("//*[@id='sec-12']/header/h3")
    assert "was Sec. 11." in plain(head)
    assert not head.xpath(".//ins | .//del")


def test_moved_words_are_told_at_both_ends_with_links() -> None:
    (target,) = tree().xpath("//p[@id='sec-13-b-4']")
    assert "moved from sec. 4(b)(5)" in plain(target)
    (stub,) = tree().xpath("//p[@id='was-sec-13-b-4']")
    assert "sec. 4(b)(5) stood here; moved to sec. 13(b)(4)" in plain(stub)
    assert target.xpath(".//a/@href")[0] == "#was-sec-13-b-4"
    assert stub.xpath(".//a/@href") == ["#sec-13-b-4"]


def test_an_edit_inside_moved_words_is_marked_as_any_other() -> None:
    def study(number: str, days: str) -> Provision:
        text = f"Not later than {days} days after enactment, the Secretary shall study the market."
        return small.section(number, "Study", text)

    others = [small.section(f"{n}.", f"Title {n}", f"Office {n} ends in {n} years.") for n in "123"]
    later = [replace(one, enum=f"{n}.") for n, one in enumerate(others, 2)]
    pair = [
        small.bill("ih", *others, study("4.", "90")),
        small.bill("eh", study("1.", "180"), *later),
    ]
    moved = html.fromstring(render(made(pair)).decode()).get_element_by_id("sec-1")
    assert "moved from sec. 4" in plain(moved)
    edits = [(e.tag, plain(e)) for e in moved.xpath(".//p//del | .//p//ins")]
    assert edits == [("del", "90 days"), ("ins", "180 days")]


def test_words_that_a_split_took_along_are_told_at_both_ends_with_their_own_edits() -> None:
    written = render(made(list(PUSHED))).decode()
    labels = html.document_fromstring(written).xpath("//span[@class='lab']/text()")
    assert "words carried to sec. 2(1)" in labels
    assert "words carried from old sec. 2, [-may-] {+shall+}" in labels
    found = rebuild(written.encode())
    assert SHARING in "\n".join(found.old)
    assert SHALL in "\n".join(found.new)


def test_quoted_law_stands_in_a_frame_that_says_so() -> None:
    frames = tree().xpath("//div[contains(@class, 'frame ')]")
    assert frames
    assert all("Law to be inserted" in frame.text_content() for frame in frames)
    assert "The Secretary may" in " ".join(
        rebuilt for rebuilt in rebuild(page().encode()).old if "license" in rebuilt
    )


def test_provisions_that_came_and_went_are_listed() -> None:
    came = report().passing
    assert came
    (heading,) = tree().xpath("//h3[@id='passing']")
    listed = heading.getparent().text_content()
    assert all(row.shown.path in listed for row in came)


def test_a_note_names_its_topic_status_rule_and_confidence_beside_its_words() -> None:
    mark, *_ = tree().xpath("//p[@id='sec-6-b']//mark")
    assert mark.text_content() == "25 percent"
    (note,) = tree().xpath(f"//aside[@id='{mark.get('aria-details')}']")
    assert note.get("role") == "doc-footnote"
    assert plain(note) == (
        "5 Listing and delisting new rule list.process.sample · duty, operative · 0.94"
    )


def test_a_note_is_read_right_after_its_paragraph() -> None:
    notes = tree().xpath("//aside[@role='doc-footnote']")
    assert len(notes) > 10
    for note in notes:
        marks = tree().xpath(f"//*[@aria-details='{note.get('id')}']")
        (block,) = note.xpath("ancestor::div[contains(@class, 'notes')]")
        before = block.getprevious()
        assert any(before in mark.iterancestors() for mark in marks), note.get("id")


def test_each_status_of_a_note_is_told_in_words() -> None:
    notes = " ".join(plain(note) for note in tree().xpath("//aside"))
    assert "suggested by embedding, nearest to “Queries that harvest outputs.”" in notes
    assert "inherited via sec. 3(13)(A)" in notes


def test_what_a_changed_definition_reaches_is_told_at_both_ends() -> None:
    words = text_of()
    assert "“listed entity model” changed here and reaches sec. 8(a)(1), sec. 12(a)(1)" in words
    assert "Words unchanged here, but “listed entity model” changed: sec. 3(13)(A)" in words


def test_the_four_kinds_of_effect_lines_keep_their_lead_ins_apart() -> None:
    for kind, lead in (
        ("text", "The text says"),
        ("inference", "If applied as written, it would follow that"),
        ("claim", "It is claimed that"),
        ("disputed", "It is disputed whether"),
    ):
        lines = tree().xpath(f"//li[@class='claim-{kind}']")
        assert lines
        assert all(line.xpath("string(p[2]/span)") == lead for line in lines)


def test_a_dispute_is_printed_with_its_other_side_and_an_effect_with_its_limits() -> None:
    words = text_of()
    assert "On the other side: returns would recover." in words
    assert "May be softened or switched off by sec. 8(b)(1)." in words
    assert "Assumes models in scope are offered in the US hosting counts as use" in words
    assert "Expert opinion. Interest: author leads a coalition." in words
    assert "Evidence that no effect cites." not in words
    assert "A question that no effect asks?" not in words


def test_a_long_aim_is_told_by_its_first_words_and_leads_to_the_rest() -> None:
    long = Aim("sec. 2(a)(1)", "finding", " ".join(f"word{n}" for n in range(90)))
    root = html.fromstring(render(replace(report(), aims=(long,))).decode())
    (line,) = root.xpath("//ul[@class='aims']/li")
    assert plain(line).endswith("word38 word39 …")
    assert line.xpath(".//a/@href") == ["#sec-2-a-1"]


def test_stated_aims_stand_before_any_effect() -> None:
    aim = Aim("sec. 2(b)(1)", "sense", "model extraction is a threat to national security")
    written = render(replace(report(), aims=(aim,))).decode()
    assert written.index(aim.text) < written.index("I01-host-ban")
    assert "No passage of this version is a finding" in page()


def test_sources_and_method_stand_at_the_foot() -> None:
    foot = plain(tree().xpath("//footer")[0])
    for bill in report().bills:
        assert bill.provenance.sha256 in foot
    assert "legannot report ih.xml rh.xml eh.xml" in foot
    assert "ab" * 32 in foot
    assert "17 U.S.C. 105" in foot


def test_one_version_has_no_controls_of_a_redline() -> None:
    root = tree("eh")
    assert not root.xpath("//input[@name='view'] | //*[@id='changes'] | //*[@id='moved']")
    assert not root.xpath("//ins | //del")
    assert root.xpath("//aside")


def test_every_class_of_change_has_a_switch_with_its_count() -> None:
    labels = [plain(label) for label in tree().xpath("//fieldset[2]/label")]
    names = [re.sub(r" \d+$", "", label) for label in labels]
    assert names == ["words", "numbers and dates", "cross-references", "numbering and format"]
    total = sum(int(label.split()[-1]) for label in labels)
    assert total == len(tree().xpath("//table[contains(@class, 'changes')]/tbody/tr"))


# ── quick ────────────────────────────────────────────────────────────────────────────────────────

# REPORT section 10: 1,000 sections in 2 s and 5 MB; the second is the sum of what a page adds.
SECTIONS, SECONDS, BYTES = 1_000, 6.0, 5_000_000


def big_bill(version: str, fee: int) -> Bill:
    sentence = "The Secretary shall, after notice, prescribe such regulations as are necessary. "
    return small.bill(
        version,
        *(
            small.section(
                f"{n}.",
                f"Part {n}",
                f"In part {n}:",
                *(
                    small.provision(
                        "subsection", f"({c})", "", f"{sentence * 3}Case {n}{c}: {fee}."
                    )
                    for c in "abcdefgh"
                ),
            )
            for n in range(1, SECTIONS + 1)
        ),
    )


def test_a_thousand_sections_are_written_soon_and_in_five_megabytes() -> None:
    long = made([big_bill("eh", 10)])
    render(long)
    begun = process_time()
    written = render(long)
    assert process_time() - begun < SECONDS
    assert len(written) < BYTES
