"""The fingerprint of a lecture file, its data and its font."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(raw: bytes, files: Iterable[Path]) -> str:
    """sha256 over the digests of all, so that no byte can move from one to another unnoticed.

    `raw` are the bytes of the lecture, `files` those that it reads. Raises OSError where one of these cannot be read.
    """
    whole = hashlib.sha256(hashlib.sha256(raw).digest())
    for file in files:
        with file.open("rb") as stream:
            whole.update(hashlib.file_digest(stream, "sha256").digest())
    return whole.hexdigest()
