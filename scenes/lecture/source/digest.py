"""The fingerprint of a lecture file and its data."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest_of(raw: bytes, data: Path | None) -> str:
    """sha256 over the digests of both, so that no byte can move from one to the other unnoticed.

    `raw` are the bytes of the lecture. Raises OSError where the data cannot be read.
    """
    whole = hashlib.sha256(hashlib.sha256(raw).digest())
    if data is not None:
        with data.open("rb") as stream:
            whole.update(hashlib.file_digest(stream, "sha256").digest())
    return whole.hexdigest()
