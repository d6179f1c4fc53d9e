"""manifest.json: what lies in a lecture's folder, what it was made from, and why something is missing."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from gdcore.base.files import write_atomically
from scenes.production.job import MANIFEST, Job

from .publish import publish

MANIFEST_SCHEMA = 1
_PACKAGES = ("steepest", "manim", "av", "numpy", "typst", "matplotlib")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder, or an empty one where there is none that can be read."""
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(document, dict) or document.get("schema") != MANIFEST_SCHEMA:
        return {}
    listed = document.get("outputs")
    known = (
        [entry for entry in listed if isinstance(entry, dict) and "file" in entry]
        if isinstance(listed, list)
        else []
    )
    return {**document, "outputs": known}


def record(folder: Path, job: Job, entry: Mapping[str, Any], scratch: Path) -> None:
    """Put the entry of one job into the manifest of its folder; it grows in `scratch`, like every output.

    Entries of other outputs stay as they are while their file is there, each with the digest of the lecture
    it was made from: that of the manifest is the newest.
    """
    before = read_manifest(folder).get("outputs", [])
    kept = [
        other for other in before if other["file"] != entry["file"] and _worth_keeping(folder, other, job)
    ]
    document = {
        "schema": MANIFEST_SCHEMA,
        "lecture": job.lecture.name,
        "digest": job.lecture.digest,
        "versions": versions(),
        "outputs": sorted([*kept, dict(entry)], key=lambda other: str(other["file"])),
    }
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    write_atomically(scratch / MANIFEST, text.encode() + b"\n")
    publish(scratch / MANIFEST, folder / MANIFEST)


def done_entry(job: Job, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the manifest says of a job that is done; `facts` is what its worker found in the file."""
    return {**_entry(job), "status": "done", **facts}


def failed_entry(folder: Path, job: Job, reason: str) -> dict[str, Any]:
    """What the manifest says of a job that failed. An older good file keeps its facts: it is still there."""
    entry = {**_entry(job), "status": "failed", "reason": reason}
    for other in read_manifest(folder).get("outputs", []):
        if other["file"] == entry["file"] and (folder / other["file"]).exists():
            return {**other, **entry, "digest": other.get("digest", job.lecture.digest)}
    return entry


def versions() -> dict[str, str]:
    """The versions of everything that an output depends on; what is not installed is left out."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _entry(job: Job) -> dict[str, Any]:
    return {"file": job.output.name, "kind": job.kind, "scene": job.scene, "digest": job.lecture.digest}


def _worth_keeping(folder: Path, entry: Mapping[str, Any], job: Job) -> bool:
    """A file that is still there, or a failure of this very lecture."""
    exists = (folder / str(entry["file"])).exists()
    return exists or (entry.get("status") == "failed" and entry.get("digest") == job.lecture.digest)
