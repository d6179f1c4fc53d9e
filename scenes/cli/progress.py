"""Tell on standard error how the work goes: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from scenes.production.produce import Delivery, Watcher
from scenes.text import Rich, speech

from .lines import line

if TYPE_CHECKING:
    from scenes.production.job import Job

_QUARTERS = 4
_WIDTH = 24
#: The bar is drawn anew at most so often, in seconds.
_PAUSE = 0.1
_CLEAR = "\r\x1b[K"


class Bar(Watcher):
    """A watcher that prints. A context: the bar is taken away at its end. With `debug`, failures in full."""

    def __init__(self, jobs: Sequence[Job], *, debug: bool = False) -> None:
        self._total = len(jobs)
        self._ended = 0
        self._shares: dict[str, float] = {}  # of the jobs that are being made
        self._debug = debug
        self._speech = speech()
        self._on_terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._begun: float | None = None
        self._drawn = 0.0

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def began(self, job: Job) -> None:
        self._shares[job.id] = 0.0
        if self._on_terminal:
            self._draw()
        else:
            self._say(self._speech.say("command.started", job=job.id))

    def progress(self, job: Job, done: int, total: int) -> None:
        before, share = self._shares.get(job.id, 0.0), done / max(total, 1)
        self._shares[job.id] = share
        if self._on_terminal:
            self._draw()
        elif int(before * _QUARTERS) < int(share * _QUARTERS) < _QUARTERS:
            self._say(self._speech.say("command.frames", job=job.id, done=done, total=total))

    def ended(self, product: Delivery) -> None:
        self._ended += 1
        self._shares.pop(product.job.id, None)
        self._clear()
        say, job = self._speech.say, product.job
        ended, jobs = self._ended, self._total
        self._say(
            say("command.done", job=job.id, path=str(job.output), ended=ended, jobs=jobs)
            if product.reason is None
            else say("command.failed", job=job.id, reason=product.reason, ended=ended, jobs=jobs)
        )
        if self._debug and product.detail:
            click.echo(product.detail, err=True)
        if self._on_terminal and self._ended < self._total:
            self._draw()

    def _say(self, text: Rich) -> None:
        click.echo(line(text, self._speech.decimal), err=True)

    def _clear(self) -> None:
        if self._on_terminal:
            click.echo(_CLEAR, err=True, nl=False)
            self._drawn = 0.0

    def _draw(self) -> None:
        """One line such as ``[######------]  48 %  0:12  houses/01-surface 45 %``."""
        now = time.monotonic()
        share = (self._ended + sum(self._shares.values())) / self._total
        if self._begun is None and share > 0:
            self._begun = now - _PAUSE  # the imports before the first frame say nothing about the speed
        if now - self._drawn < _PAUSE:
            return
        self._drawn = now
        filled = round(share * _WIDTH)
        names = ", ".join(f"{name} {part:.0%}" for name, part in self._shares.items())
        line = f"[{'#' * filled}{'-' * (_WIDTH - filled)}] {share:4.0%}  {self._left(now, share)}  {names}"
        click.echo(_CLEAR + line[: shutil.get_terminal_size().columns - 1], err=True, nl=False)

    def _left(self, now: float, share: float) -> str:
        """The time that is left at the speed so far, as minutes:seconds."""
        if self._begun is None or share <= 0:
            return "-:--"
        minutes, seconds = divmod(round((now - self._begun) * (1 - share) / share), 60)
        return f"{minutes}:{seconds:02}"
