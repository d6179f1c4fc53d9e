"""A suggestion is made where it helps, and not where it would only puzzle."""

import pytest

from gdcore.base.nearest import did_you_mean, nearest


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("hauses", ["park", "houses"], "houses"),
        ("weihgt", ["b", "weight"], "weight"),
        ("ordre", ["form", "order"], "order"),
        ("PR", ["FR", "PR+"], "PR+"),
        ("ID", ["id", "price"], "id"),
        ("Price", ["price"], "price"),
        ("grad", ["loss", "gradient"], "gradient"),
        ("sequentially", ["simultaneous", "sequential"], "sequential"),
        ("beta_1", ["beta2", "beta1"], "beta1"),
        ("nosuch", ["cg"], None),
        ("v", ["w"], None),
        ("gg", ["cg"], None),
        ("lr", ["rate", "order"], None),
        ("x1", ["x2"], None),
        ("warp", ["adam", "gd"], None),
        ("", ["a"], None),
        ("x" * 5000, ["x", "y" * 80], None),
    ],
)
def test_nearest(word: str, known: list[str], meant: str | None) -> None:
    assert nearest(word, known) == meant


def test_the_mend() -> None:
    assert did_you_mean("hauses", ["houses"], "choose one") == "did you mean houses?"
    assert did_you_mean("zzz", ["houses"], "choose one") == "choose one"
