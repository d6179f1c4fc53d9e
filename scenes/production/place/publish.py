"""The last step of every output: from its scratch folder to its place in one rename."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from scenes.production.errors import ProductionError


def publish(finished: Path, target: Path) -> None:
    """Move `finished`, probed and on the disk, to `target`: who looks sees the old file or the whole new one.

    A link at `target` is replaced, not followed. Both lie in one file system. Raises `ProductionError`.
    """
    try:
        finished.replace(target)
    except OSError as error:
        raise ProductionError(
            f"{target}: cannot be replaced ({error.strerror})",
            mend="move what stands there or choose another place with -o",
        ) from error
    with contextlib.suppress(OSError):  # not every file system can do this for a folder
        descriptor = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)  # the rename itself, not only the bytes
        finally:
            os.close(descriptor)


def settle(path: Path) -> str:
    """Bring a file safely to the disk and return the sha256 of its bytes in hex."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()
