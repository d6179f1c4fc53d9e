"""A suggestion is made where it helps, and not where it would only puzzle."""

import pytest

from gdcore.base.nearest import did_you_mean, nearest
from gdcore.formula.functions import FUNCTIONS
from gdcore.optimizers import OPTIMIZERS
from gdcore.problems import LANDSCAPES
from gdcore.schedules import SCHEDULES


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
        ("km h", ["km", "km_h"], "km_h"),
        ("Learning_Rate", ["learning-rates", "tangent"], "learning-rates"),
        (" price ", ["year", "price"], "price"),
        ("adm", ["gd", "adam"], "adam"),
        ("sgd", ["gd", "sign"], "gd"),
        ("grad", ["grid", "gradient"], "gradient"),
        ("houses 2", ["houses", "park"], "houses"),
        ("beta_1", ["beta2", "beta1"], "beta1"),
        ("nosuch", ["cg"], None),
        ("v", ["w"], None),
        ("gg", ["cg"], None),
        ("lr", ["rate", "order"], None),
        ("x1", ["x2"], None),
        ("rmae", ["mse", "half-mse"], None),
        ("bathrooms", ["bedrooms"], None),
        ("convergence", ["divergence"], None),
        ("beta3", ["beta1", "beta2"], None),
        ("theta_3", ["theta_0", "theta_1"], None),
        ("week-12", ["week-11", "week-10"], None),
        ("slope", ["step", "loss", "stop"], None),
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


@pytest.mark.parametrize("known", [FUNCTIONS, OPTIMIZERS, LANDSCAPES, SCHEDULES])
def test_one_slip_in_a_name_of_four_letters_is_seen_through(known: list[str]) -> None:
    for name in known:
        if len(name) >= 4:
            slips = [
                name[:-1],
                name[:1] + name[2:],
                name[:2] + "x" + name[2:],
                name[:2] + name[3] + name[2] + name[4:],
            ]
            assert all(nearest(slip, known) is not None for slip in slips), name
            assert name in {nearest(slip, known) for slip in slips}
