"""Saved runs: npz, csv or json by the suffix of the file. Each can be continued."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from gdcore.base.errors import DataError, GdError
from gdcore.base.files import unreadable, write_atomically
from gdcore.run.trajectory import Trajectory
from gdcore.storage.formats import csv_bytes, csv_record, json_bytes, json_record, npz_bytes, npz_record
from gdcore.storage.record import Record, record_of, trajectory_of

__all__ = ["load", "save"]

_WRITERS: Mapping[str, Callable[[Record], bytes]] = MappingProxyType(
    {".npz": npz_bytes, ".csv": csv_bytes, ".json": json_bytes}
)
_READERS: Mapping[str, Callable[[bytes], Record]] = MappingProxyType(
    {".npz": npz_record, ".csv": csv_record, ".json": json_record}
)


def save(trajectory: Trajectory, path: str | Path) -> None:
    """Write the run to ``path``, whole or not at all; ``load`` gives the same run back, bit for bit.

    Raises GdError for a suffix other than .npz, .csv and .json, and for a file that cannot be written.
    """
    write_atomically(path, _WRITERS[_suffix(path)](record_of(trajectory)))


def load(path: str | Path) -> Trajectory:
    """The run saved at ``path``.

    Nothing in the file is ever executed. Raises DataError for a file that cannot be read or is no saved run.
    """
    path = Path(path)
    read = _READERS[_suffix(path)]
    try:
        return trajectory_of(read(path.read_bytes()))
    except OSError as error:
        raise unreadable(path, error) from None
    except (
        ArithmeticError,
        AttributeError,
        EOFError,
        LookupError,
        MemoryError,  # of an array whose header claims more than there is
        RuntimeError,
        TypeError,
        ValueError,
        json.JSONDecodeError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        detail = str(error).strip().split("\n")[0][:200]
        raise DataError(
            f"this is no saved run, or it is damaged ({detail})", path, mend="save the run again"
        ) from error


def _suffix(path: str | Path) -> str:
    suffix = Path(path).suffix.lower()
    if suffix not in _WRITERS:
        known = ", ".join(_WRITERS)
        raise GdError(
            f"the name '{Path(path).name}' has another ending",
            f"a run is saved as {known}",
            "change its ending",
        )
    return suffix
