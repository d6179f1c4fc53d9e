"""Quality letters and what may replace them."""

from __future__ import annotations

import pytest

from scenes.production.errors import ProductionError
from scenes.production.options import Options, options_for, parse_resolution


@pytest.mark.parametrize(
    ("letter", "size", "fps"),
    [
        ("l", (854, 480), 15),
        ("m", (1280, 720), 30),
        ("h", (1920, 1080), 60),
        ("p", (2560, 1440), 60),
        ("k", (3840, 2160), 60),
    ],
)
def test_the_letters_mean_what_they_mean_to_manim(letter, size, fps):
    options = options_for(letter)
    assert (options.size, options.fps) == (size, fps)


def test_the_default_is_full_hd():
    assert options_for() == Options() == options_for("h")


def test_resolution_and_rate_replace_those_of_the_letter():
    options = options_for("l", resolution="1080,1920", fps=24)
    assert (options.size, options.fps) == ((1080, 1920), 24)


@pytest.mark.parametrize("text", ["640x480", "640,480", " 640 , 480 "])
def test_a_resolution_can_be_written_in_two_ways(text):
    assert parse_resolution(text) == (640, 480)


@pytest.mark.parametrize("text", ["", "640", "640,480,3", "a,b", "-640,480", "1e3,480", "６４０,480"])
def test_what_is_no_resolution_is_refused_with_an_example(text):
    with pytest.raises(ProductionError, match=r"is not a size\. Write width and height .* -r 1080,1920"):
        parse_resolution(text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"resolution": "641,480"}, "width 641 is odd; .* Try 642"),
        ({"resolution": "640,10"}, "height 10 is out of range"),
        ({"resolution": "640,100000"}, "height 100000 is out of range"),
        ({"fps": 0}, "--fps: 0 is out of range; allowed are 1 to 240"),
        ({"theme": "blue"}, "--theme: there is no 'blue'; allowed are dark, light"),
        ({"paper": "a3"}, "--paper: there is no 'a3'; allowed are a4, letter"),
        ({"quality": "x"}, "-q: there is no quality 'x'; allowed are l, m, h, p, k"),
    ],
)
def test_a_value_that_cannot_be_met_is_refused_with_the_mend(change, message):
    with pytest.raises(ProductionError, match=message):
        options_for(**change)
