"""The measures of colour against published values."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.theme import contrast, luminance, rgb
from scenes.theme.sight import DEFICIENCIES, ciede2000, delta_e, lab, simulated, to_linear, to_srgb

BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)

# Sharma, Wu and Dalal (2005), table 1: two colours in L*, a*, b*, and their ΔE00.
SHARMA = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
    ((50.0, 2.8361, -74.0200), (50.0, 0.0, -82.7485), 3.4412),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, -1.1848, -84.8006), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, -0.9009, -85.5211), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0010), 7.1792),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0012), 7.2195),
    ((50.0, -0.0010, 2.4900), (50.0, 0.0009, -2.4900), 4.8045),
    ((50.0, -0.0010, 2.4900), (50.0, 0.0011, -2.4900), 4.7461),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
    ((50.0, 2.5, 0.0), (56.0, -27.0, -3.0), 31.9030),
    ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
    ((50.0, 2.5, 0.0), (50.0, 3.1736, 0.5854), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
    ((61.2901, 3.7196, -5.3901), (61.4292, 2.2480, -4.9620), 1.8731),
    ((35.0831, -44.1164, 3.7933), (35.0232, -40.0716, 1.5901), 1.8645),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((36.4612, 47.8580, 18.3852), (36.2715, 50.5065, 21.2231), 1.4146),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((90.9257, -0.5406, -0.9208), (88.6381, -0.8985, -0.7239), 1.5381),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "expected"), SHARMA)
def test_differences_are_those_of_the_paper(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    for a, b in ((one, other), (other, one)):
        assert ciede2000(np.array(a), np.array(b)) == pytest.approx(expected, abs=5e-5)


def test_contrast_goes_from_1_to_21() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21.0)
    assert contrast(WHITE, WHITE) == 1.0
    assert contrast(rgb("#777777"), WHITE) == pytest.approx(
        4.48, abs=5e-3
    )  # the grey that just fails WCAG's AA
    assert luminance(rgb("#FF0000")) == pytest.approx(0.2126)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("#FFFFFF", (100.0, 0.0, 0.0)),
        ("#000000", (0.0, 0.0, 0.0)),
        ("#FF0000", (53.24, 80.09, 67.20)),  # the corners of sRGB, as colour tables give them
        ("#00FF00", (87.73, -86.18, 83.18)),
        ("#0000FF", (32.30, 79.19, -107.86)),
    ],
)
def test_lightness_and_hue_of_known_colours(colour: str, expected: tuple[float, ...]) -> None:
    assert lab(rgb(colour)) == pytest.approx(expected, abs=0.02)


def test_light_and_its_number_are_inverse() -> None:
    for colour in ((0.0, 0.02, 0.04), (0.2, 0.5, 1.0)):
        assert to_srgb(to_linear(colour)) == pytest.approx(colour, abs=1e-6)
    assert to_srgb((-0.5, 0.0, 1.5)) == pytest.approx((0.0, 0.0, 1.0))


def test_the_matrices_of_a_missing_cone() -> None:
    """First rows as Machado, Oliveira and Fernandes print them at severity 1; every row keeps greys grey."""
    assert DEFICIENCIES["protan"][0] == (0.152286, 1.052583, -0.204868)
    assert DEFICIENCIES["deutan"][0] == (0.367322, 0.860646, -0.227968)
    assert DEFICIENCIES["tritan"][0] == (1.255528, -0.076749, -0.178779)
    for name, rows in DEFICIENCIES.items():
        assert [sum(row) for row in rows] == pytest.approx([1.0] * 3, abs=3e-6)
        assert simulated((0.5, 0.5, 0.5), name) == pytest.approx((0.5, 0.5, 0.5), abs=1e-5)


def test_red_and_green_come_near_without_one_cone() -> None:
    red, green = rgb("#C04040"), rgb("#6B7A20")
    assert delta_e(red, green) > 35
    assert delta_e(red, green, "deutan") < 15
    assert delta_e(red, green, "tritan") > 30
