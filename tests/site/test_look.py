"""A house's templates and colours: what they may change, and what they cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from legannot.errors import InputError
from legannot.site.look import load
from tests.site.places import CONFIG, Place

HOSTILE = (
    "</title></script></style><script>alert(1)</script><img src=x onerror=alert(1)>"
    "\u202e\u200b{{ 7*7 }}{% raw %}\" '"
)


def house(place: Place, **files: str) -> None:
    folder = place.folder / "house"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    place.configure(f"{CONFIG}house: house\n")


def built(place: Place, name: str = "index.html") -> str:
    place.build()
    return place.page(name)


def test_a_house_changes_colours_on_every_page(place: Place) -> None:
    house(place, house__css=":root { --accent: #00538a; }")
    place.build()
    for name, content in place.files().items():
        if name.endswith(".html"):
            assert b"--accent: #00538a" in content, name


def test_a_house_replaces_a_part_and_keeps_the_rest(place: Place) -> None:
    house(
        place,
        index__html__j2='{% extends "legannot/index.html.j2" %}'
        "{% block introduction %}<p>Hello from {{ site.publisher }}</p>{% endblock %}",
        imprint__html__j2="<p>Our imprint</p>",
    )
    page = built(place)
    assert "<p>Hello from Example Institute</p>" in page
    assert "H.R. 99990".replace(" ", "\u00a0") in page
    assert "<p>Our imprint</p>" in place.page("bill/119-hr-99990/ih-eh/index.html")


def test_what_a_template_prints_is_escaped_whatever_it_does(place: Place) -> None:
    house(
        place,
        index__html__j2='{% extends "legannot/index.html.j2" %}{% block introduction %}'
        '{% set x = "<b>raw</b>" %}{{ x }}{{ x | string }}{{ "%s" | format(x) }}{% endblock %}',
    )
    page = built(place)
    assert "<b>raw</b>" not in page
    assert page.count("&lt;b&gt;raw&lt;/b&gt;") == 3


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{% autoescape false %}{{ site.title }}{% endautoescape %}", "cannot be turned off"),
        ("{{ site.title | safe }}", "safe"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ site.nothing }}", "nothing"),
        ("{% for %}", "index.html.j2, line"),
        ("{{ 1 / 0 }}", "division"),
        ("{% include '../../report/page.html.j2' %}", "page.html.j2"),
        ("<p>a page of its own</p>", "security policy"),
    ],
)
def test_a_template_that_is_wrong_or_would_break_out_is_an_error(
    place: Place, template: str, says: str
) -> None:
    whole = "page of its own" in template
    inside = '{% extends "legannot/index.html.j2" %}{% block introduction %}'
    house(place, index__html__j2=template if whole else f"{inside}{template}{{% endblock %}}")
    with pytest.raises(InputError) as caught:
        place.build()
    assert says in str(caught.value)
    assert not list(place.public.glob("*.html"))


@pytest.mark.parametrize(
    "style", ["a{}</style><script>", "@import 'x';", "a { background: url(x) }", "/* <!-- */"]
)
def test_a_style_sheet_that_would_ask_or_end_is_an_error_with_its_line(
    place: Place, style: str
) -> None:
    house(place, house__css=f"a {{}}\n{style}")
    with pytest.raises(InputError) as caught:
        place.build()
    assert (caught.value.where, caught.value.line) == ("house.css", 2)


@pytest.mark.parametrize("name", ["shell.html.j2", "index.html", "evil.js"])
def test_a_file_that_no_page_would_use_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="may hold"):
        load(tmp_path)


def test_hostile_words_of_the_configuration_are_words_on_every_page(place: Place) -> None:
    quoted = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    text = CONFIG.replace("Bills, Annotated", f'"{quoted}"')
    text = text.replace("Example Institute", f'"{quoted}"')
    text = text.replace("Our view in one sentence.", f'"{quoted}"\n    title: "{quoted}"')
    place.configure(text)
    place.build()
    shown = {
        name: content.decode()
        for name, content in place.files().items()
        if name.endswith((".html", ".xml"))
    }
    assert len(shown) > 10
    for name, page in shown.items():
        for wrong in ("<script>alert(1)", "<img", "\u202e", "\u200b"):
            assert wrong not in page, name
    assert "{{ 7*7 }}" in shown["index.html"]
