"""The page as a document for paper: few boxes, nothing folded, tables that fit the sheet."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement

from legannot.render.html import render as render_page
from legannot.render.pdf.document import document
from legannot.render.pdf.tables import fit, gather
from tests.render.builders import report


@cache
def paper(look: str = "legal") -> HtmlElement:
    return document(render_page(report(), look=look))


def prepared(body: str) -> HtmlElement:
    page = f"<html><head><title>t</title></head><body>{body}</body></html>"
    return one(document(page.encode()), "//body")


def one(element: HtmlElement, path: str) -> HtmlElement:
    found: list[HtmlElement] = element.xpath(path)
    return found[0]


def text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_nothing_for_a_screen_alone_is_left() -> None:
    for tag in ("script", "style", "button", "input", "select", "details", "summary", "aside"):
        assert paper().find(f".//{tag}") is None, tag


def test_what_is_put_in_taken_out_and_noted_stays_marked() -> None:
    for tag in ("ins", "del", "mark", "h1", "h2", "h3", "table", "th", "li"):
        assert paper().find(f".//{tag}") is not None, tag


def test_every_link_leads_to_a_name_of_the_document() -> None:
    names = set(paper().xpath("//@id"))
    inside = [link[1:] for link in paper().xpath("//a/@href") if link.startswith("#")]
    assert inside
    assert set(inside) <= names
    assert len(paper().xpath("//@id")) == len(names)


def test_a_note_is_one_paragraph_with_its_number_first() -> None:
    notes = paper().xpath("//p[contains(@class, 'note') and not(contains(@class, 'house'))]")
    assert notes
    for note in notes:
        name, number = note[:2]
        assert f"n{number.text}" == name.get("id")
        assert number.get("href").startswith("#")
        assert note.find(".//p") is None


def test_notes_stand_by_their_numbers() -> None:
    body = prepared(
        """<div class="notes">
        <aside class="note" id="n3"><a class="nn" href="#p">3</a><div><p>c</p></div></aside>
        <details><summary>2 more notes</summary>
        <aside class="note" id="n1"><a class="nn" href="#p">1</a><div><p>a</p></div></aside>
        <aside class="note" id="n2"><a class="nn" href="#p">2</a><div><p>b</p></div></aside>
        </details></div>"""
    )
    assert text(body) == "1 a 2 b 3 c"


def test_a_table_cut_in_two_to_be_folded_is_one() -> None:
    half = "<div class='scroll'><table class='grid'><thead><tr><th>X</th><th>Y</th></tr></thead>"
    body = prepared(
        f"{half}<tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>"
        f"<details><summary>1 more change</summary>{half}"
        "<tbody><tr><td>3</td><td>4</td></tr></tbody></table></div></details>"
    )
    assert [text(row) for row in body.iter("tr")] == ["XY", "12", "34"]


def test_marks_drawn_by_the_style_of_the_page_are_written() -> None:
    body = prepared("<p class='p'><b class='h stop'>In general</b> <q>the <q>agency</q></q></p>")
    assert text(body) == "In general.— “the ‘agency’”"
    assert "[-" in paper("plain").text_content()
    assert "Ramseyer-style type" in paper("ramseyer").text_content()
    assert "[-" not in paper().text_content()


def test_the_running_head_is_the_heading_as_it_reads_now() -> None:
    heading = (
        "<h3>Sec. 8. <span class='was'><i>was </i>Sec. 6.</span> "
        "<span class='h'><del>Hosting of models</del><ins>Import of models</ins>"
        "<sup class='nr'><a href='#n1'>1</a></sup></span></h3>"
    )
    assert one(prepared(heading), ".//h3").get("data-name") == "Sec. 8. Import of models"


def test_a_heading_all_struck_keeps_its_words_in_the_running_head() -> None:
    heading = "<h3><del>Sec. 9. Public registry of model downloads</del></h3>"
    name = one(prepared(heading), ".//h3").get("data-name")
    assert name == "Sec. 9. Public registry of model downloads"


def test_bars_are_no_pictures() -> None:
    body = prepared(
        "<table><tr><th>a</th><td><svg aria-hidden='true' width='160'><rect class='in' width='80'/>"
        "<rect class='out' width='0'/></svg></td></tr></table>"
    )
    assert body.find(".//svg") is None
    assert [(bar.get("class"), bar.get("style")) for bar in body.iter("div")] == [
        ("in", "width: 50.0%")
    ]


def table(columns: int, cell: str, kind: str) -> HtmlElement:
    head = "".join(f"<th>subject-{n}</th>" for n in range(columns))
    row = "".join(f"<td>{cell}{n}</td>" for n in range(columns))
    return html.fromstring(
        f"<div><table class='{kind}'><thead><tr><th>Section</th>{head}</tr></thead>"
        f"<tbody><tr><th>sec. 1</th>{row}</tr></tbody></table></div>"
    )


@given(st.integers(1, 60), st.sampled_from(["heat", "grid"]), st.text("ab ", max_size=40))
def test_a_table_keeps_every_cell_and_fits_the_sheet(columns: int, kind: str, cell: str) -> None:
    block = table(columns, cell, kind)
    expected = [text(element) for element in block.iter("td")]
    fit(one(block, "table"))
    assert [text(element) for element in block.iter("td")] == expected
    for part in block.iter("table"):
        widths = [float((col.get("style") or "")[7:-1]) for col in part.iter("col")]
        assert len(widths) == len(one(part, ".//tbody/tr"))
        assert 99 < sum(widths) < 101


def test_a_table_wider_than_the_sheet_is_cut_and_each_part_names_its_rows() -> None:
    block = table(40, "1 to ", "heat")
    fit(one(block, "table"))
    parts = list(block.iter("table"))
    assert len(parts) > 2
    for part in parts:
        assert [text(row[0]) for row in part.iter("tr")] == ["Section", "sec. 1"]


def test_cells_beside_a_cell_of_several_rows_are_counted_to_their_own_column() -> None:
    block = html.fromstring(
        "<div><table><tr><th>Party</th><th>How</th></tr>"
        "<tr><th rowspan='2'>A very long name of a party</th><td>x</td></tr>"
        "<tr><td>y</td></tr></table></div>"
    )
    fit(one(block, "table"))
    first, second = [float((col.get("style") or "")[7:-1]) for col in block.iter("col")]
    assert first > 2 * second


def test_the_change_list_has_four_columns_with_the_words_of_eight() -> None:
    names = ("Provision", "What", "Class", "Old", "New", "In law", "Subject", "Step")
    cells = (
        *("<th>sec. 1</th>", "<td>changed <span>with 1 below</span></td>", "<td>words</td>"),
        *("<td><del>may</del></td>", "<td><ins>shall</ins></td>", "<td></td>"),
        *("<td>Duty</td>", "<td><span>1: a</span> <span>2: b</span></td>"),
    )
    head = "".join(f"<th>{name}</th>" for name in names)
    block = html.fromstring(f"<table><tr>{head}</tr><tr>{''.join(cells)}</tr></table>")
    gather(block)
    first, second = block.iter("tr")
    assert [text(c) for c in first] == ["Provision", "What · Class", "Old · New", _LAST]
    expected = ["sec. 1", "changed with 1 below · words", "mayshall", "Duty · 1: a 2: b"]
    assert [text(c) for c in second] == expected
    assert second.xpath("td/del/following-sibling::*[1]/self::ins")


_LAST = "In law · Subject · Step"
