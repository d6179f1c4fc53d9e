"""Well-known functions by name. They are ordinary formulae; what is known about them stands beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from gdcore.base.checks import unknown
from gdcore.base.errors import GdError
from gdcore.formula import parse
from gdcore.problems.formula_problem import FormulaProblem

_Point = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Landscape:
    """A named function.

    ``domain``: the box in which it is usually shown and searched, one (low, high) for each parameter; the
    function goes on beyond it, so a run may leave it. ``minima``: all local minima in it, to the last digit; the
    deepest alone of those with a hundred and more.
    ``about``: one line for a list. ``source``: where it comes from.
    """

    name: str
    formula: str
    domain: tuple[tuple[float, float], ...]
    minima: tuple[_Point, ...]
    about: str
    source: str

    def problem(self, parameters: Sequence[str] | None = None) -> FormulaProblem:
        """The function as a problem; ``parameters`` gives their order, not other names. Raises GdError for others."""
        formula = parse(self.formula)
        if parameters is not None and tuple(parameters) != formula.parameters:
            known = ", ".join(formula.parameters)
            raise GdError(
                f"{self.name} has other parameters than {', '.join(parameters)}",
                f"the parameters of {self.name} are {known}, in this order",
                "leave them out",
            )
        return FormulaProblem(formula, minima=self.minima, region=self.domain, landscape=self.name)


_ALL = (
    Landscape(
        "parabola",
        "(x-3)^2 + 2",
        ((-1.0, 7.0),),
        ((3.0,),),
        "one valley, slope 2(x − 3)",
        "the parabola of the amusement-park tutorial",
    ),
    Landscape(
        "double-well",
        "0.05*(w-1)^2*(w-5)^2",
        ((-0.5, 6.5),),
        ((1.0,), (5.0,)),
        "two valleys of the same depth and a hilltop at 3, where the slope is 0 too",
        "J(w) with a minimum at w = 5 of the gradient-descent blog episode",
    ),
    Landscape(
        "wavy",
        "sin(3*x) + x^2/4",
        ((-3.0, 3.0),),
        ((-2.4761891128674884,), (-0.4960111185575348,), (1.4872981697248024,)),
        "three valleys of different depth",
        "our own, a sine on a parabola",
    ),
    Landscape(
        "bowl",
        "x^2 + y^2",
        ((-3.0, 3.0), (-3.0, 3.0)),
        ((0.0, 0.0),),
        "round: every step points at the minimum",
        "the sphere function, De Jong's first (1975)",
    ),
    Landscape(
        "trench",
        "0.1*x^2 + 2*y^2",
        ((-6.0, 6.0), (-3.0, 3.0)),
        ((0.0, 0.0),),
        "a long valley, condition number 20: zig-zag, and what momentum is for",
        "the example of Dive into Deep Learning, section 12.6 (Zhang, Lipton, Li, Smola, 2023)",
    ),
    Landscape(
        "saddle",
        "x^2 - y^2",
        ((-2.0, 2.0), (-2.0, 2.0)),
        (),
        "slope 0 at (0, 0), and no minimum anywhere",
        "the hyperbolic paraboloid, in Euler, Introductio in analysin infinitorum (1748)",
    ),
    Landscape(
        "hilly",
        "3*(1-w)^2*exp(-w^2-(b+1)^2) - 10*(w/5-w^3-b^5)*exp(-w^2-b^2) - exp(-(w+1)^2-b^2)/3",
        ((-3.0, 3.0), (-3.0, 3.0)),
        (
            (0.22827892055636917, -1.6255349574999964),
            (-1.3473962443682108, 0.20451886609700518),
            (0.2964455538468321, 0.3201962476668344),
        ),
        "hills and three valleys: where a start ends is a matter of a hair",
        "the peaks function of MATLAB",
    ),
    Landscape(
        "himmelblau",
        "(x^2+y-11)^2 + (x+y^2-7)^2",
        ((-6.0, 6.0), (-6.0, 6.0)),
        (
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.2831859912861696),
            (3.5844283403304917, -1.8481265269644036),
        ),
        "four valleys of the same depth",
        "Himmelblau, Applied Nonlinear Programming (1972)",
    ),
    Landscape(
        "rosenbrock",
        "(1-x)^2 + 100*(y-x^2)^2",
        ((-2.0, 2.0), (-1.0, 3.0)),
        ((1.0, 1.0),),
        "a bent valley, easy to find and slow to follow",
        "Rosenbrock, The Computer Journal 3 (1960)",
    ),
    Landscape(
        "beale",
        "(1.5-x+x*y)^2 + (2.25-x+x*y^2)^2 + (2.625-x+x*y^3)^2",
        ((-4.5, 4.5), (-4.5, 4.5)),
        ((3.0, 0.5),),
        "flat, with steep walls at the corners",
        "Beale (1958), in Moré, Garbow and Hillstrom (1981)",
    ),
    Landscape(
        "booth",
        "(x+2*y-7)^2 + (2*x+y-5)^2",
        ((-10.0, 10.0), (-10.0, 10.0)),
        ((1.0, 3.0),),
        "a tilted quadratic valley, condition number 9",
        "Jamil and Yang, A literature survey of benchmark functions (2013)",
    ),
    Landscape(
        "camel",
        "(4-2.1*x^2+x^4/3)*x^2 + x*y + (4*y^2-4)*y^2",
        ((-2.0, 2.0), (-1.0, 1.0)),
        (
            (0.08984201310031806, -0.7126564030207396),
            (-0.08984201310031806, 0.7126564030207396),
            (1.7036067149699807, -0.7960835686726251),
            (-1.7036067149699807, 0.7960835686726251),
            (-1.6071047529201974, -0.5686514548841314),
            (1.6071047529201974, 0.5686514548841314),
        ),
        "six valleys, two of them deepest",
        "the six-hump camel of Dixon and Szegö (1978)",
    ),
    Landscape(
        "cosine-wave",
        "x*cos(0.15*pi*x)",
        ((-10.0, 10.0),),
        ((-1.8256845786723395,), (7.269388146311475,)),
        "a wave that grows to both sides: a shallow valley beside a deep one",
        "Dive into Deep Learning, section 12.3 (Zhang, Lipton, Li, Smola, 2023), with c = 0.15",
    ),
    Landscape(
        "plateau",
        "tanh(x)^2 + 0.002*x^2",
        ((-6.0, 6.0),),
        ((0.0,),),
        "a shelf that hardly slopes, then a hole: a run seems to rest before it falls",
        "our own, in the manner of a saturated neuron (LeCun et al., Efficient BackProp, 1998, section 4.4)",
    ),
    Landscape(
        "monkey-saddle",
        "x^3 - 3*x*y^2",
        ((-2.0, 2.0), (-2.0, 2.0)),
        (),
        "two legs and a tail: slope and curvature are 0 at (0, 0), and no minimum anywhere",
        "Hilbert and Cohn-Vossen, Geometry and the Imagination (1932)",
    ),
    Landscape(
        "rastrigin",
        "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
        ((-5.12, 5.12), (-5.12, 5.12)),
        ((0.0, 0.0),),
        "121 valleys in rows, the deepest in the middle",
        "Rastrigin (1974), in two parameters by Mühlenbein, Schomisch and Born (1991)",
    ),
    Landscape(
        "ackley",
        "-20*exp(-0.2*sqrt((x^2+y^2)/2)) - exp((cos(2*pi*x)+cos(2*pi*y))/2) + 20 + e",
        ((-5.0, 5.0), (-5.0, 5.0)),
        ((0.0, 0.0),),
        "a bumpy funnel with a sharp point, where there is no slope, at (0, 0)",
        "Ackley, A Connectionist Machine for Genetic Hillclimbing (1987)",
    ),
    Landscape(
        "mccormick",
        "sin(x+y) + (x-y)^2 - 1.5*x + 2.5*y + 1",
        ((-1.5, 4.0), (-3.0, 4.0)),
        ((-0.5471975511965977, -1.5471975511965979), (2.5943951023931957, 1.5943951023931957)),
        "a tilted gutter with a dip in every wave",
        "McCormick (1976), in Adorjan and Urban (2013)",
    ),
    Landscape(
        "styblinski-tang",
        "(x^4-16*x^2+5*x)/2 + (y^4-16*y^2+5*y)/2",
        ((-5.0, 5.0), (-5.0, 5.0)),
        (
            (-2.9035340277711774, -2.9035340277711774),
            (2.746802770990837, -2.9035340277711774),
            (-2.9035340277711774, 2.746802770990837),
            (2.746802770990837, 2.746802770990837),
        ),
        "four valleys of three depths",
        "Styblinski and Tang, Neural Networks 3 (1990)",
    ),
    Landscape(
        "goldstein-price",
        "(1+(x+y+1)^2*(19-14*x+3*x^2-14*y+6*x*y+3*y^2)) "
        "* (30+(2*x-3*y)^2*(18-32*x+12*x^2+48*y-36*x*y+27*y^2))",
        ((-2.0, 2.0), (-2.0, 2.0)),
        (
            (0.0, -1.0),
            (-0.6, -0.39999999999999997),
            (1.7999999999999994, 0.19999999999999946),
            (1.2000000000000002, 0.8),
        ),
        "four valleys and heights up to a million: one rate does not fit all of it",
        "Goldstein and Price, Mathematics of Computation 25 (1971)",
    ),
)

LANDSCAPES: Mapping[str, Landscape] = MappingProxyType({landscape.name: landscape for landscape in _ALL})


def landscape(name: str, parameters: Sequence[str] | None = None) -> FormulaProblem:
    """The problem registered as ``name``. Raises GdError that lists the names when there is none."""
    if name not in LANDSCAPES:
        raise unknown("landscape", name, LANDSCAPES, "choose one of them, or write a formula")
    return LANDSCAPES[name].problem(parameters)
