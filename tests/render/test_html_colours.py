"""The colours of the marks: readable on their tint, and apart in every kind of colour vision."""

from __future__ import annotations

import re
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest

from legannot.resources import data

Rgb = tuple[float, float, float]

SHEET = (data("templates") / "report" / "report.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root \{(.*?)\n\s*\}", SHEET, re.DOTALL)[:2]
)
PALETTES = {"light": LIGHT, "dark": LIGHT | DARK}

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
VISIONS = {
    "normal": NORMAL,
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> Rgb:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return red, green, blue


def seen(colour: str, vision: str) -> Rgb:
    source = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(m * c for m, c in zip(row, source, strict=True))))
        for row in VISIONS[vision]
    )
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""
    lights = sorted(
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))
        for colour in (one, other)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def lab(rgb: Rgb) -> Rgb:
    """CIELAB under D65."""
    red, green, blue = rgb
    xyz = (
        (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: Rgb, other: Rgb) -> float:
    """CIEDE2000 (Sharma, Wu and Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = lab(one), lab(other)
    mean_c = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    mean_h = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * cos(radians(mean_h - 30))
        + 0.24 * cos(radians(2 * mean_h))
        + 0.32 * cos(radians(3 * mean_h + 6))
        - 0.20 * cos(radians(4 * mean_h - 63))
    )
    lightness = (l2 - l1) / (1 + 0.015 * (mean_l - 50) ** 2 / sqrt(20 + (mean_l - 50) ** 2))
    chroma = (c2 - c1) / (1 + 0.045 * mean_c)
    hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * mean_c * t)
    rotation = (
        -2
        * sqrt(mean_c**7 / (mean_c**7 + 25**7))
        * sin(radians(60 * exp(-(((mean_h - 275) / 25) ** 2))))
    )
    return sqrt(lightness**2 + chroma**2 + hue**2 + rotation * chroma * hue)


def test_the_difference_of_colours_is_computed_as_published() -> None:
    # Sharma, Wu and Dalal 2005: a colour is 0 from itself; black and white are 100 apart.
    assert difference(linear("#0b4f8a"), linear("#0b4f8a")) == pytest.approx(0)
    assert difference(linear("#000000"), linear("#ffffff")) == pytest.approx(100, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("mark", ["ins", "del", "moved"])
def test_a_mark_can_be_read_on_its_own_tint(palette: str, mark: str) -> None:
    colours = PALETTES[palette]
    assert contrast(colours[mark], colours[f"{mark}-tint"]) >= 6.5


LAWFIRM = [
    dict(re.findall(r"\.look-lawfirm \.?(ins|del|lab) \{ color: (#[0-9a-f]{6});", block))
    for block in SHEET.split("@media (prefers-color-scheme: dark)")[1:3]
]


@pytest.mark.parametrize(("at", "palette"), [(0, "light"), (1, "dark")])
def test_the_colours_of_a_law_firm_can_be_read_and_told_apart(at: int, palette: str) -> None:
    colours = LAWFIRM[at]
    assert set(colours) == {"ins", "del", "lab"}
    for colour in colours.values():
        assert contrast(colour, PALETTES[palette]["paper"]) >= 6.5
    for vision in VISIONS:
        assert difference(*(seen(colours[name], vision) for name in ("ins", "del"))) >= 13


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("vision", VISIONS)
def test_insertions_and_deletions_stay_apart_in_every_colour_vision(
    palette: str, vision: str
) -> None:
    colours = PALETTES[palette]
    tints = (seen(colours[name], vision) for name in ("ins-tint", "del-tint"))
    texts = (seen(colours[name], vision) for name in ("ins", "del"))
    assert difference(*tints) >= 13
    assert difference(*texts) >= 35


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("ground", ["paper", "panel", "mark"])
@pytest.mark.parametrize("ink", ["ink", "muted", "link"])
def test_text_can_be_read_on_every_ground(palette: str, ground: str, ink: str) -> None:
    assert contrast(PALETTES[palette][ink], PALETTES[palette][ground]) >= 4.5


def test_every_colour_is_plain_hex_so_that_contrast_can_be_computed() -> None:
    assert not re.findall(r"\b(?:rgba?|hsla?|color-mix|oklch|lab)\(", SHEET)
    assert set(DARK) == set(LIGHT)


def test_marks_have_a_shape_besides_their_colour() -> None:
    rules = dict(re.findall(r"^(ins|del|mark) \{([^}]*)\}", SHEET, re.MULTILINE))
    assert "text-decoration-style: double" in rules["ins"]
    assert "text-decoration-line: line-through" in rules["del"]
    assert "dotted" in rules["mark"]


def test_the_print_sheet_opens_what_is_folded_and_uses_no_grid() -> None:
    sheet = SHEET[SHEET.index("@media print") :]
    assert "details::details-content { content-visibility: visible !important" in sheet
    assert "grid" not in re.sub(r"\.grid\b", "", sheet)
    for block in re.findall(r"^\s*([^{}@]+)\{ display: grid;", SHEET[: -len(sheet)], re.MULTILINE):
        assert block.strip() in sheet, f"{block} is a grid in print"
