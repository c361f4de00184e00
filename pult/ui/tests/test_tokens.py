"""The two themes keep their words readable: contrast is computed from the tokens themselves."""

import math
import re

import pytest

from pult.ui.assets import FOLDER

SHEET = (FOLDER / "css" / "1-foundation.css").read_text()
PIGMENT = re.compile(r"--(paper|night)-([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)")
PIGMENTS = {
    (theme, name): (float(light), float(chroma), float(hue))
    for theme, name, light, chroma, hue in PIGMENT.findall(SHEET)
}
WORDS = [
    (ink, ground)
    for ink in ("ink", "muted", "accent", "accent-deep", "breach", "soon", "waiting")
    for ground in ("canvas", "surface", "sunken")
] + [
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("ink", "accent-soft"),
    ("muted", "accent-soft"),
    ("accent", "accent-soft"),
    ("breach", "accent-soft"),
    ("soon", "accent-soft"),
    ("waiting", "accent-soft"),
    ("breach", "breach-soft"),
    ("ink", "breach-soft"),
    ("muted", "breach-soft"),
    ("soon", "soon-soft"),
    ("ink", "soon-soft"),
    ("waiting", "waiting-soft"),
    ("ink", "waiting-soft"),
]


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """WCAG relative luminance of an OKLCH colour (Ottosson's matrices, clipped to sRGB)."""
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    clipped = (min(max(part, 0.0), 1.0) for part in (red, green, blue))
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), clipped, strict=True))


def contrast(theme: str, one: str, other: str) -> float:
    pair = sorted(luminance(*PIGMENTS[theme, name]) for name in (one, other))
    return (pair[1] + 0.05) / (pair[0] + 0.05)


def test_the_formula_agrees_with_black_on_white_and_a_known_grey():
    assert luminance(1, 0, 0) == pytest.approx(1, abs=1e-3)
    assert luminance(0, 0, 0) == 0
    # oklch(0.5999 0 0) is #808080, whose luminance is 0.2159.
    assert luminance(0.5999, 0, 0) == pytest.approx(0.2159, abs=1e-3)


@pytest.mark.parametrize("theme", ["paper", "night"])
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_are_readable_on_every_ground(theme, ink, ground):
    assert contrast(theme, ink, ground) >= 4.5


@pytest.mark.parametrize("theme", ["paper", "night"])
@pytest.mark.parametrize("ground", ["canvas", "surface"])
def test_the_edge_of_a_field_is_visible(theme, ground):
    assert contrast(theme, "edge", ground) >= 3


def test_both_themes_have_the_same_pigments_and_each_has_a_meaning():
    paper = {name for theme, name in PIGMENTS if theme == "paper"}
    night = {name for theme, name in PIGMENTS if theme == "night"}
    assert paper == night
    for name in paper:
        assert f"--{name}: var(--paper-{name});" in SHEET
        assert f"--{name}: light-dark(var(--paper-{name}), var(--night-{name}));" in SHEET


def test_components_name_no_colour():
    for path in sorted((FOLDER / "css").glob("[23]-*.css")):
        text = path.read_text()
        assert not re.search(r"#[0-9a-f]{3,8}\b", text), path.name
        assert not re.search(r"\brgb|\bhsl", text), path.name
