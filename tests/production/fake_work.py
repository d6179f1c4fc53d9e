"""What the workers of these tests do. Processes import this by name, so it is no test module."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from gdcore.base.errors import GdError

Progress = Callable[[int, int], None]
Data = Mapping[str, Any]


def double(data: Data, progress: Progress) -> Data:
    progress(1, 2)
    progress(2, 2)
    return {"value": 2 * data["value"], "pid": os.getpid(), "group": os.getpgrp()}


def loaded(data: Data, progress: Progress) -> Data:
    return {"loaded": data["module"] in sys.modules}


def prints(data: Data, progress: Progress) -> Data:
    sys.stdout.write("to standard output")
    sys.stderr.write("to standard error")
    os.write(1, b"past Python\n")
    return {"input": sys.stdin.read()}


def raises(data: Data, progress: Progress) -> Data:
    raise KeyError("a fault of the program")


def mistake(data: Data, progress: Progress) -> Data:
    raise GdError("the user can mend this")


def no_memory(data: Data, progress: Progress) -> Data:
    raise MemoryError


def leaves(data: Data, progress: Progress) -> Data:
    os.write(2, b"about to leave")
    os._exit(3)


def killed(data: Data, progress: Progress) -> Data:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def speaks_and_dies(data: Data, progress: Progress) -> Data:
    sys.stderr.write("\u00e4 reason\n")
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def aborts(data: Data, progress: Progress) -> Data:
    os.abort()


def kills_nursery(data: Data, progress: Progress) -> Data:
    os.kill(os.getppid(), signal.SIGKILL)
    signal.pause()
    return {}


def hangs(data: Data, progress: Progress) -> Data:
    """Hold the pipe `alive` open for writing, as every process started from here does, and never end."""
    _hold(data)
    signal.pause()
    return {}


def hangs_deaf(data: Data, progress: Progress) -> Data:
    """As `hangs`, with a child that does the same, both deaf to every signal that can be ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    _hold(data)
    subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], close_fds=False)
    Path(data["ready"]).write_bytes(b"ready") if "ready" in data else None
    signal.pause()
    return {}


def leaves_child(data: Data, progress: Progress) -> Data:
    """End well, but leave a child that holds the pipe `alive`."""
    _hold(data)
    subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], close_fds=False)
    return {}


def meets(data: Data, progress: Progress) -> Data:
    """Open two named pipes that another worker opens from the other side: ends only when both run at once."""
    ways = (os.O_WRONLY, os.O_RDONLY) if data["first"] else (os.O_RDONLY, os.O_WRONLY)
    for pipe, way in zip(data["pipes"], ways, strict=True):
        os.close(os.open(pipe, way))
    return {}


def _hold(data: Data) -> None:
    descriptor = os.open(data["alive"], os.O_WRONLY)
    os.set_inheritable(descriptor, True)
    os.write(descriptor, b"+")


def result(data: Data, progress: Progress) -> Data:
    return {"own": data.get("own"), "after": data.get("after")}


def part(data: Data, progress: Progress) -> Data:
    """Two frames of a scene of twelve; the scene's name says what shall happen to it."""
    scene, number = data["job"]["scene"], data["part"]
    Path(data["scratch"]).mkdir()
    progress(1, 12)
    progress(2, 12)
    if scene == "broken":
        raise GdError("this scene cannot be told")
    if scene == "hang":
        return hangs_deaf({"alive": Path(data["scratch"]).parents[4] / "alive"}, progress)
    return {"segments": [f"{scene} {number}"]}


def film(data: Data, progress: Progress) -> Data:
    """A file of a few bytes stands for a film."""
    scene, scratch = data["job"]["scene"], Path(data["scratch"])
    (scratch / "film.mp4").write_bytes(b"new " + scene.encode())
    (scratch / "something else").mkdir()
    if scene == "crash":
        os._exit(7)
    segments = [name for part in data["after"] for name in part["segments"]]
    return {"seconds": 2.5, "sha256": "of " + scene, "segments": segments}
