"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from gdcore.base.errors import DataError, GdError


def write_atomically(path: str | Path, data: bytes) -> None:
    """Write ``data`` to ``path`` so that the file is the previous one or the complete new one, at any moment.

    The bytes go to a temporary name ``.steepest-…`` in the same folder, reach the disk, and only then take
    the name ``path``. A symbolic link at ``path`` is replaced, never followed. The temporary file is removed
    when anything goes wrong short of the process being killed.

    Raises GdError when the folder is missing, cannot be written to, or the disk is full.
    """
    path = Path(path)
    # A short name of its own: a target of 255 bytes leaves no room for a suffix.
    temporary = path.parent / f".steepest-{secrets.token_hex(8)}"
    try:
        # os.open instead of tempfile: the file gets the permissions that the user's umask gives any new file.
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise GdError(
            f"{path} could not be written ({error.strerror or error}), and nothing was changed",
            f"the folder must exist, be writable and have {len(data)} bytes free",
            "choose another place, or make room",
        ) from error


def unreadable(path: str | Path, error: OSError) -> DataError:
    """The error for a file that cannot be read."""
    if isinstance(error, FileNotFoundError):
        return DataError("there is no such file", path, mend="check the name and the folder")
    found = f"the file cannot be read ({error.strerror or error})"
    return DataError(found, path, mend="check that it is yours to read")


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system can (Windows cannot open a folder)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
