"""Pages in plain text and Markdown, and the map as a graph, whatever a bill puts into them."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from legannot.model.report import Dependencies, Edge, Node
from legannot.render.graph import dot, graphml
from legannot.render.inert import MARK
from legannot.render.pages import Block, Heading, Item, Paragraph, Table, markdown, text

LONG = "The Secretary shall publish a list of each model that is described in sec. 4(b)(2) in full."


def test_no_line_is_wider_than_the_page_and_no_path_is_broken() -> None:
    blocks: list[Block] = [Heading(2, "Part"), Paragraph(LONG), Item(LONG, (LONG,))]
    for width in (40, 60, 80):
        lines = text(blocks, width).splitlines()
        assert max(map(len, lines)) <= width
        assert not any(line.endswith("sec.") for line in lines)


def test_a_table_fits_the_page_and_keeps_every_word() -> None:
    table = Table(("place", "words"), (("sec. 4", LONG), ("sec. 5", "-")))
    lines = text([table], 50).splitlines()
    assert max(map(len, lines)) <= 50
    assert {word for line in lines for word in line.split()} >= set(LONG.split())


def test_markdown_shows_the_signs_of_a_bill_as_they_are() -> None:
    said = markdown([Paragraph("a <b> of *two* [models](x) | 10^26")])
    assert said == "a \\<b\\> of \\*two\\* \\[models\\](x) \\| 10^26\n"


def test_hidden_characters_are_shown() -> None:
    assert MARK in text([Paragraph("a\u202eb")], 80)
    assert MARK in markdown([Item("a\u202eb")])


MAP = Dependencies(
    (
        Node('term:a "model"@sec. 3', "term", 'a "model"', "sec. 3"),
        Node("law:usc/50/4801", "law", "50 U.S.C. 4801 <x> & \u202e"),
    ),
    (Edge('term:a "model"@sec. 3', "law:usc/50/4801", "cites law"),),
)


def test_graphml_is_well_formed_whatever_the_labels_hold() -> None:
    tree = ET.fromstring(graphml(MAP, 'A "bill" & more'))  # noqa: S314 - written just now
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(tree.findall(f".//{space}node")) == 2
    edge = tree.find(f".//{space}edge")
    assert edge is not None
    assert edge.get("source") == 'term:a "model"@sec. 3'


def test_dot_quotes_what_would_end_a_name() -> None:
    drawn = dot(MAP, "bill")
    assert '"term:a \\"model\\"@sec. 3" -> "law:usc/50/4801" [label="cites law"];' in drawn
    assert drawn.count("{") == drawn.count("}") == 1
