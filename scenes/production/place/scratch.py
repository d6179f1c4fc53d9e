"""A private folder beside the outputs in which files grow until they are good enough to be moved into place.

It lies in the target folder, so that the move is a rename within one file system. Its owner holds a lock on
it; the system drops the lock with the process, however that dies, so a folder that nobody holds is a
leftover and may go.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scenes.production.errors import ProductionError

PREFIX = ".steepest-"
#: Less free disk than this, in bytes, and nothing is begun.
LEAST_FREE = 32 * 2**20


@contextlib.contextmanager
def scratch_in(folder: Path) -> Iterator[Path]:
    """A new empty folder below `folder`, gone with all its content when the block ends.

    Leftovers of dead runs go first. `folder` is made where it is missing, and removed again if the block
    leaves nothing in it. Raises `ProductionError` where nothing can be written.
    """
    made = _make(folder)
    try:
        sweep_out(folder)
        with _locked_folder(folder) as scratch:
            try:
                yield scratch
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    finally:
        for new in made:
            with contextlib.suppress(OSError):  # not empty: the run has left a result
                new.rmdir()


def sweep_out(folder: Path) -> int:
    """Remove the scratch folders of dead runs from `folder` and return how many there were."""
    removed = 0
    for path in folder.glob(f"{PREFIX}*"):
        if path.is_symlink() or not path.is_dir():
            continue
        with contextlib.suppress(OSError):  # in use, or gone meanwhile, or the file system has no locks
            descriptor = os.open(path, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path)
                removed += 1
            finally:
                os.close(descriptor)
    return removed


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold `folder` against other runs of ours, where the file system has locks."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _locked_folder(parent: Path) -> Iterator[Path]:
    while True:
        try:
            path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        except OSError as error:
            raise _cannot_write(parent, error) from error
        with locked(path):
            if path.exists():  # else another run swept it before it was locked
                yield path
                return


def _make(folder: Path) -> tuple[Path, ...]:
    """Make `folder` and return what was missing, innermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise _cannot_write(folder, error) from error
    if free < LEAST_FREE:
        for path in missing:
            path.rmdir()
        raise ProductionError(
            f"{folder}: only {free / 2**20:.0f} MB of disk are free",
            f"at least {LEAST_FREE / 2**20:.0f} MB are needed",
            "make room or choose another folder with -o",
        )
    return tuple(missing)


def _cannot_write(folder: Path, error: OSError) -> ProductionError:
    return ProductionError(
        f"{folder}: cannot write here ({error.strerror})",
        mend="choose another folder with -o or change its permissions",
    )
