"""The fingerprint of a lecture file, its data and its font."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest_of(raw: bytes, data: Path | None, font: Path | None = None) -> str:
    """sha256 over the digests of all, so that no byte can move from one to the other unnoticed.

    `raw` are the bytes of the lecture. Raises OSError where one of the files cannot be read.
    """
    whole = hashlib.sha256(hashlib.sha256(raw).digest())
    for mark, file in ((b"", data), (b"font", font)):
        if file is not None:
            with file.open("rb") as stream:
                whole.update(mark + hashlib.file_digest(stream, "sha256").digest())
    return whole.hexdigest()
