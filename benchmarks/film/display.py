"""A virtual screen for Manim's OpenGL renderer, where one can be had."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.film.processes import PYTHON

_PROBE = """
import moderngl
info = moderngl.create_context(standalone=True).info
print(info["GL_RENDERER"], "/", info["GL_VERSION"])
"""


@contextmanager
def screen() -> Iterator[tuple[dict[str, str] | None, str]]:
    """The variables with which OpenGL draws by software on an X server of our own, and what draws there.

    Without one: None, and the reason.
    """
    server = shutil.which("Xvfb")
    if server is None:
        yield None, "not measured: there is no Xvfb (on Debian and Ubuntu: xvfb libgl1-mesa-dri libegl1)"
        return
    ready, tell = os.pipe()
    process = subprocess.Popen(
        [server, "-displayfd", str(tell), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=(tell,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    try:
        with os.fdopen(ready) as said:
            display = said.readline().strip()
        yield _probed(display) if display else (None, "not measured: Xvfb does not start")
    finally:
        process.terminate()
        process.wait()


def _probed(display: str) -> tuple[dict[str, str] | None, str]:
    more = {"DISPLAY": f":{display}", "LIBGL_ALWAYS_SOFTWARE": "1"}
    made = subprocess.run([PYTHON, "-c", _PROBE], env={**os.environ, **more}, capture_output=True, text=True)
    if made.returncode:
        reason = (made.stderr.strip().splitlines() or ["no reason given"])[-1]
        return None, f"not measured: no OpenGL context ({reason[:80]})"
    return more, made.stdout.strip()
