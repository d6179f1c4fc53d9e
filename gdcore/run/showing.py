"""A run at a glance: one line, a small table for notebooks, and its curve on somebody's axes."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Any, Literal, Protocol

from gdcore.base.arrays import FloatArray, IntArray
from gdcore.base.errors import GdError
from gdcore.notation.names import name_node
from gdcore.notation.numbers import short
from gdcore.notation.plain import plain
from gdcore.notation.tex import tex
from gdcore.run.outcome import Outcome

_NAMED = 4  # parameters that a line or a table names
_ROWS = 6  # of a table, the last one included
_DOTS = 60  # rows up to which each has a dot: more would run together
_TALL = 20.0  # losses that fall so many times stand on a logarithmic axis


class PastRun(Protocol):
    """What is shown of a run: `step` (n,), `parameters` (n, d) and `loss` (n,), and how it ended."""

    @property
    def parameters_names(self) -> tuple[str, ...]: ...
    @property
    def step(self) -> IntArray: ...
    @property
    def parameters(self) -> FloatArray: ...
    @property
    def loss(self) -> FloatArray: ...
    @property
    def rate(self) -> float | tuple[float, ...]: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def reason(self) -> str: ...


def in_one_line(run: PastRun) -> str:
    """What the run was and where it came to, without its arrays."""
    names = run.parameters_names
    came = [
        f"{name} = {short(value)}" for name, value in zip(names, run.parameters[-1].tolist(), strict=True)
    ]
    few = [*came[:_NAMED], *(["…"] if len(came) > _NAMED else [])]
    return f"{_ended(run)}; {', '.join([*few, f'J = {short(float(run.loss[-1]))}'])}"


def _ended(run: PastRun) -> str:
    steps = int(run.step[-1])
    return f"{run.outcome} after {steps} step{'s' * (steps != 1)} at {_rate(run)}"


def _rate(run: PastRun) -> str:
    """The one rate, or those of the parameters."""
    if isinstance(run.rate, tuple):
        return f"rates {', '.join(map(short, run.rate[:_NAMED]))}{', …' * (len(run.rate) > _NAMED)}"
    return f"rate {short(run.rate)}"


def as_html(run: PastRun) -> str:
    """How the run ended, why, and the numbers of its first rows and its last, as HTML."""
    names = [plain(name_node(name)) for name in run.parameters_names[:_NAMED]]
    more = len(run.parameters_names) > _NAMED
    head = ["step", *names, *(["…"] if more else []), "J"]
    lines = [
        f"<p><b>{html.escape(_ended(run))}</b><br>{html.escape(run.reason)}</p>",
        "<table>",
        _row("th", head),
        *(_row("td", cells) for cells in _cells(run, len(names), more)),
        "</table>",
    ]
    return "\n".join(lines)


def _cells(run: PastRun, shown: int, more: bool) -> Iterator[list[str]]:
    count = len(run.step)
    first = count if count <= _ROWS else _ROWS - 1
    for row in range(first):
        yield _numbers(run, row, shown, more)
    if first < count:
        if first < count - 1:
            yield ["…"] * (shown + 2 + more)
        yield _numbers(run, count - 1, shown, more)


def _numbers(run: PastRun, row: int, shown: int, more: bool) -> list[str]:
    values = [*run.parameters[row, :shown].tolist(), float(run.loss[row])]
    cells = [short(value).replace("-", "−") for value in values]
    return [str(int(run.step[row])), *cells[:-1], *(["…"] if more else []), cells[-1]]


def _row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def plot_run(run: PastRun, ax: Any, of: Literal["loss", "path"]) -> list[Any]:
    """The loss over the steps, or the way of the parameters, on Matplotlib axes; what was drawn."""
    if of == "loss":
        return _plot_loss(run, ax)
    if of != "path":
        raise GdError(f"there is no plot of {of!r}", "there are 'loss' and 'path'", "choose one of them")
    names = [_set(name) for name in run.parameters_names]
    if len(names) == 1:
        _dress(ax, "steps", names[0])
        return _line(run, ax, run.step, run.parameters[:, 0])
    if len(names) == 2:
        _dress(ax, *names)
        return _line(run, ax, run.parameters[:, 0], run.parameters[:, 1])
    raise GdError(f"a path of {len(names)} parameters", "one or two can be drawn", "plot its loss: of='loss'")


def _plot_loss(run: PastRun, ax: Any) -> list[Any]:
    low, high = float(run.loss.min()), float(run.loss.max())
    if low <= 0:
        ax.set_yscale("linear")
    elif high > _TALL * low and not ax.lines:  # else the axes are those of another run
        ax.set_yscale("log")
    _dress(ax, "steps", "$J$")
    return _line(run, ax, run.step, run.loss)


def _line(run: PastRun, ax: Any, x: Any, y: Any) -> list[Any]:
    marker = {"marker": "o", "markersize": 4} if len(run.step) <= _DOTS else {}
    return list(ax.plot(x, y, linewidth=1.3, label=_rate(run), **marker))


def _dress(ax: Any, x_name: str, y_name: str) -> None:
    """Axes as the report has them: open at the top and at the right, the names at their ends."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.set_xlabel(x_name, loc="right")
    ax.set_ylabel(y_name, rotation=0, ha="left", va="bottom")
    ax.yaxis.set_label_coords(-0.02, 1.02)


def _set(name: str) -> str:
    return f"${tex(name_node(name))}$"
