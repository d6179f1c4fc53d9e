"""Tell on standard error how the work goes: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

import click

from scenes.production.produce import Output, Watcher

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from scenes.production.plan import Job

_PARTS = 1000  # of the bar, for each job
_QUARTERS = 4


class Progress(Watcher):
    """A watcher that prints. A context: the bar is taken away at its end. With `debug`, failures in full."""

    def __init__(self, jobs: Sequence[Job], *, debug: bool = False) -> None:
        self._total = len(jobs)
        self._ended = 0
        self._shares: dict[str, float] = {}
        self._debug = debug
        self._bar: ProgressBar[int] | None = None
        if sys.stderr.isatty():
            self._bar = click.progressbar(
                length=_PARTS * len(jobs), file=sys.stderr, item_show_func=lambda _: self._now(), width=0
            )

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)

    def began(self, job: Job) -> None:
        self._share(job, 0.0)
        if self._bar is None:
            click.echo(f"{job.id}: started", err=True)

    def progress(self, job: Job, done: int, total: int) -> None:
        before, share = self._shares.get(job.id, 0.0), done / max(total, 1)
        self._share(job, share)
        if self._bar is None and int(before * _QUARTERS) < int(share * _QUARTERS) < _QUARTERS:
            click.echo(f"{job.id}: {done} of {total} frames", err=True)

    def ended(self, output: Output) -> None:
        self._ended += 1
        self._share(output.job, 1.0)
        self._shares.pop(output.job.id)
        if output.done and self._bar is not None:
            return
        if self._bar is not None:
            click.echo("\r\x1b[K", err=True, nl=False)
        word = f"done, {output.job.output}" if output.done else f"failed: {output.reason}"
        click.echo(f"{output.job.id}: {word} ({self._ended} of {self._total})", err=True)
        if self._debug and output.detail:
            click.echo(output.detail, err=True)

    def _share(self, job: Job, share: float) -> None:
        before = self._shares.get(job.id, 0.0)
        self._shares[job.id] = share
        if self._bar is not None:
            self._bar.update(round(share * _PARTS) - round(before * _PARTS))

    def _now(self) -> str:
        """What is being made, such as ``houses/01-surface 45 %``."""
        return ", ".join(f"{name} {share:.0%}" for name, share in self._shares.items())
