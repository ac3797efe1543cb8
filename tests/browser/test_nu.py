"""Every page is valid HTML by the Nu checker of the W3C."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from legannot.render.html import render
from tests.render.builders import report
from tests.render.test_html import hostile_report
from tests.site.places import CONFIG, Place

Check = Callable[[Iterable[Path]], list[str]]


def test_the_report_has_no_error(nu: Check, tmp_path: Path) -> None:
    pages = {
        "three": render(report()),
        "two": render(report("rh", "eh")),
        "one": render(report("eh")),
        "hostile": render(hostile_report()),
    }
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_bytes(page)
    assert nu(tmp_path.glob("*.html")) == []


def test_the_site_has_no_error(nu: Check, tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.configure(CONFIG)
    place.build()
    assert nu(place.public.rglob("*.html")) == []


def test_the_checker_can_find_an_error(nu: Check, tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>x</title><p role=comment>y</p>", "utf-8")
    (found,) = nu([page])
    assert "comment" in found
