"""How rows become units, frames, folds and stubs, and what their anchors are called."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from legannot.diff import compare
from legannot.model import Bill, Context, Provision
from legannot.model.report import Report
from legannot.render.html import render
from legannot.render.html.anchors import anchors, lineages, slug
from legannot.render.html.index import index
from legannot.render.html.tree import Event, events, tree
from tests.render.builders import made, report
from tests.render.small import bill, provision, section


def paragraphs(*texts: str) -> tuple[Provision, ...]:
    return tuple(
        provision("paragraph", f"({n})", "", text) for n, text in enumerate(texts, start=1)
    )


def laid_out(old: Bill, new: Bill) -> list[Event]:
    compared = compare(old, new)
    rows = compared.rows
    roots = tree(rows, old.provisions, new.provisions, lambda i: rows[i].changed)
    return list(events(roots, fold=True))


def labels(found: list[Event]) -> list[str]:
    return [event.label for event in found if event.label]


LONG = tuple(f"The {noun} shall keep records of it." for noun in ("agency", "person", "court"))


def test_a_run_of_unchanged_paragraphs_is_folded_with_its_size_and_numbers() -> None:
    old = bill("ih", section("1.", "Duties", "", *paragraphs(*LONG, "The fee is 10 dollars.")))
    new = bill("eh", section("1.", "Duties", "", *paragraphs(*LONG, "The fee is 20 dollars.")))
    assert labels(laid_out(old, new)) == ["3 unchanged paragraphs, (1) to (3)"]


def test_two_unchanged_paragraphs_take_no_more_room_than_a_fold() -> None:
    old = bill("ih", section("1.", "Duties", "", *paragraphs(*LONG[:2], "The fee is 10 dollars.")))
    new = bill("eh", section("1.", "Duties", "", *paragraphs(*LONG[:2], "The fee is 20 dollars.")))
    assert labels(laid_out(old, new)) == []


def test_the_lead_in_of_a_changed_paragraph_stays_in_sight() -> None:
    def version(code: str, fee: str) -> Bill:
        inner = provision("subsection", "(a)", "", "The fee is—", *paragraphs(fee))
        rest = provision("subsection", "(b)", "", "In this section—", *paragraphs(*LONG))
        return bill(code, section("1.", "Fees", "", inner, rest))

    found = laid_out(version("ih", "10 dollars."), version("eh", "20 dollars."))
    assert labels(found) == ["4 unchanged paragraphs, (b)"]
    folded = next(i for i, event in enumerate(found) if event.kind == "fold")
    assert [e.kind for e in found[:folded]] == ["unit", "lead", "passage", "passage"]


def test_many_unchanged_sections_fold_into_one_line() -> None:
    common = [section(f"{n}.", f"Part {n}", text) for n, text in enumerate(LONG, start=1)]
    old = bill("ih", *common, section("4.", "Fee", "The fee is 10 dollars."))
    new = bill("eh", *common, section("4.", "Fee", "The fee is 20 dollars."))
    found = laid_out(old, new)
    assert labels(found) == ["3 unchanged sections, 1 to 3"]
    assert [e.kind for e in found].count("unit") == 4


def test_every_opened_part_is_closed_in_order() -> None:
    for chosen in ((), ("ih", "eh")):
        closes = {"unit": "end-unit", "frame": "end-frame", "fold": "end-fold"}
        closes |= {"unit-fold": "end-fold", "table": "end-table", "table-row": "end-table-row"}
        opened: list[str] = []
        for event in events(index(report(*chosen)).roots, fold=True):
            if event.kind in closes:
                opened.append(closes[event.kind])
            elif event.kind.startswith("end-"):
                assert opened.pop() == event.kind
        assert opened == []


def test_each_row_is_written_once_and_every_row_is_written() -> None:
    look_up = index(report())
    written = [
        event.index
        for event in events(look_up.roots, fold=True)
        if event.kind in ("lead", "passage", "cell")
    ]
    assert sorted(written) == list(range(len(look_up.rows)))


def test_a_removed_section_does_not_swallow_the_paragraphs_after_it() -> None:
    # Section 9 of the introduced bill went into section 10: its row stands among that section's.
    found = list(events(index(report()).roots, fold=True))
    rows = index(report()).rows
    unit = ""
    homes: dict[str, str] = {}
    for event in found:
        if event.kind == "unit":
            unit = rows[event.index].shown.path
        elif event.kind == "passage" and (shown := rows[event.index].new):
            homes[shown.path] = unit
    assert homes["sec. 10(d)"] == "sec. 10"
    assert all(path.startswith(home) for path, home in homes.items())


def test_a_moved_paragraph_leaves_a_stub_where_it_stood() -> None:
    look_up = index(report("ih", "rh"))
    moved = next(i for i, r in enumerate(look_up.rows) if r.old and r.old.path == "sec. 4(b)(5)")
    assert moved in look_up.stubs
    found = list(events(look_up.roots, fold=True))
    stub = next(i for i, e in enumerate(found) if e.kind == "stub" and e.index == moved)
    before = look_up.rows[found[stub - 1].index]
    assert before.old
    assert before.old.path == "sec. 4(b)(4)"


def test_flush_text_stands_at_the_level_whose_paragraphs_it_follows() -> None:
    flush = provision("continuation", "", "", "before that date.")
    one = bill("ih", section("1.", "Duty", "The agency shall—", *paragraphs(*LONG), flush))
    depths = {e.kind: e.depth for e in events(index(made([one])).roots, fold=False)}
    assert depths["passage"] == 0


def test_words_around_a_table_are_not_lost() -> None:
    cells = (provision("entry", "", "", "Fee"), provision("entry", "", "", "10"))
    row = provision("row", "", "", "", *cells)
    table = provision("table", "", "", "", provision("ttitle", "", "", "Fees"), row)
    one = bill("ih", section("1.", "Fees", "", table))
    look_up = index(made([one]))
    found = list(events(look_up.roots, fold=False))
    texts = [look_up.rows[e.index].shown.text for e in found if e.kind in ("passage", "cell")]
    assert [t for t in texts if t] == ["Fees", "Fee", "10"]


def test_an_amendment_between_the_houses_is_laid_out_by_its_sections() -> None:
    held = provision(
        "amendment-block", "", "", "", section("1.", "A", "x"), section("2.", "B", "y")
    )
    one = bill("eah", provision("amendment", "", "", "Strike all and insert:", held))
    kinds = [e.kind for e in events(index(made([one])).roots, fold=False)]
    assert kinds.count("unit") == 4


# ── changes as a reader counts them ──────────────────────────────────────────────────────────────


def test_a_new_section_with_all_below_it_is_one_change() -> None:
    old = bill("ih", section("1.", "Title", "This is the title."))
    new = bill("eh", *old.provisions, section("2.", "Study", "", *paragraphs(*LONG)))
    assert len(index(made([old, new])).entries) == 1


def test_a_paragraph_moved_into_a_new_section_is_a_change_of_its_own() -> None:
    look_up = index(report())
    counted = {look_up.rows[i].shown.path for i in look_up.entries}
    assert {"sec. 5", "sec. 5(a)"} <= counted


def test_a_table_of_contents_is_one_change() -> None:
    look_up = index(report())
    contents = [i for i in look_up.entries if look_up.rows[i].shown.context is Context.TOC]
    assert len(contents) == 1


# ── anchors ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("sec. 4(b)", "sec-4-b"),
        ("sec. 3(b)(2)(A)(i)", "sec-3-b-2-A-i"),
        ("div. A, title I, sec. 101", "div-A-title-I-sec-101"),
        ("sec. 2 [quoted block 2](g)(1)", "sec-2-quoted-block-2-g-1"),
        ('"><script>', "script"),
        ("§", "provision"),
    ],
)
def test_an_anchor_is_made_from_the_citation_path(path: str, expected: str) -> None:
    assert slug(path) == expected


def named(chosen: Report) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    look_up = index(chosen)
    return dict(look_up.anchors.new), dict(look_up.anchors.aliases)


def test_the_number_before_still_leads_to_a_renumbered_section() -> None:
    new, aliases = named(report("rh", "eh"))
    assert new["sec. 8"] == "sec-8"
    assert "rh-sec-6" in aliases["sec-8"]


def test_a_bare_old_number_is_an_alias_only_while_no_provision_has_it_now() -> None:
    old = bill("ih", section("1.", "Title", LONG[0]), section("7.", "Fee", LONG[1]))
    new = bill("eh", section("1.", "Title", LONG[0]), section("2.", "Fee", LONG[1]))
    _, aliases = named(made([old, new]))
    assert aliases["sec-2"] == ("ih-sec-7", "sec-7")
    taken = bill("eh", *new.provisions, section("7.", "Penalty", "Whoever lies shall pay."))
    _, aliases = named(made([old, taken]))
    assert aliases["sec-2"] == ("ih-sec-7",)


def test_numbers_of_every_earlier_version_lead_to_the_place_of_today() -> None:
    _, aliases = named(report())
    every = [name for names in aliases.values() for name in names]
    assert any(name.startswith("ih-") for name in every)
    assert any(name.startswith("rh-") for name in every)
    assert len(every) == len(set(every))


def test_a_link_to_an_older_number_lands_on_the_provision_that_bears_the_words_now() -> None:
    made_of, root = report(), html.fromstring(render(report()).decode())
    now = made_of.bills[-1]
    anchored = {index(made_of).anchors.new[p.path]: p for p in now.walk()}
    landed = 0
    for version, lineage in zip(made_of.bills, lineages(made_of), strict=True):
        for then, path in lineage.items():
            for element in root.xpath(f"//*[@id='{version.version}-{slug(then)}']"):
                ids = [e.get("id") for e in (element, *element.iterancestors())]
                place = next(anchored[name] for name in ids if name in anchored)
                assert place.path == path, (version.version, then)
                landed += 1
    assert landed > 60


def test_a_removed_section_has_an_anchor_under_its_version() -> None:
    look_up = index(report())
    assert look_up.anchors.old["sec. 14"] == "ih-sec-14"


def test_provisions_never_take_an_id_of_the_page() -> None:
    one = bill("ih", replace(section("1.", "T", "x"), kind="sources", enum=""))
    look_up = index(made([one]))
    assert set(look_up.anchors.new.values()) == {"sources-2"}
    notes = anchors(made([one]), look_up.rows, ())
    assert set(notes.new.values()) == {"sources"}


def test_a_provision_is_followed_through_every_version() -> None:
    introduced, reported, engrossed = lineages(report())
    assert introduced["sec. 5"] == "sec. 6"
    assert reported["sec. 5"] == "sec. 6"
    assert engrossed["sec. 6"] == "sec. 6"
    assert "sec. 14" not in introduced
