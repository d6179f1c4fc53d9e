"""The three file formats of a saved run, as bytes.

npz    arrays step, parameters, loss, gradient, names, schema, state/…; ``facts`` is a string of JSON
csv    a first line "# {…}" with the facts and the state as JSON, a line of names, one line for each row with
       17 significant digits, which is what a double needs
json   the document of the command ``descend`` as far as the run alone can tell it, and "resume"
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdcore.storage.record import Record, check_schema, decoded, encoded, trajectory_of
from gdcore.storage.run_document import path_document

_ROWS = ("step", "parameters", "loss", "gradient")
# Where the facts stand in a document of JSON: what everybody may read, and what only a continuation needs.
_OF_DOCUMENT = ("schema", "parameters", "outcome", "nonfinite_step", "rest", "steps_needed")
_OF_RESUME = ("rows", "reasons", "exit", "plain", "planned")


def npz_bytes(record: Record) -> bytes:
    """The same run gives the same bytes: the archive carries no time of day."""
    stream = io.BytesIO()
    arrays: dict[str, Any] = {
        **record.rows,
        "schema": np.array(record.facts["schema"]),
        "names": np.array(record.facts["parameters"]),
        "facts": np.array(_dumps(record.facts)),
        **{f"state/{name}": array for name, array in record.state.items()},
    }
    np.savez(stream, **arrays)
    return stream.getvalue()


def npz_record(data: bytes) -> Record:
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    return Record(
        json.loads(str(arrays["facts"])),
        {name: arrays[name] for name in _ROWS},
        {name.removeprefix("state/"): array for name, array in arrays.items() if name.startswith("state/")},
    )


def csv_bytes(record: Record) -> bytes:
    names = record.facts["parameters"]
    header = ["step", *names, "loss", *(f"dJ/d{name}" for name in names)]
    lines = [f"# {_dumps({**record.facts, 'state': _listed(record.state)})}", ",".join(header)]
    for row in range(len(record.rows["step"])):
        numbers = [
            *record.rows["parameters"][row].tolist(),
            float(record.rows["loss"][row]),
            *record.rows["gradient"][row].tolist(),
        ]
        lines.append(f"{record.rows['step'][row]}," + ",".join(f"{number:.17g}" for number in numbers))
    return ("\n".join(lines) + "\n").encode()


def csv_record(data: bytes) -> Record:
    lines = data.decode("utf-8-sig").splitlines()
    if not lines or not lines[0].startswith("# {"):
        raise ValueError("its first line does not begin with # {")
    facts = json.loads(lines[0].removeprefix("# "))
    state = _arrays(facts.pop("state"))
    d = len(facts["parameters"])
    table = [line.split(",") for line in lines[2:] if line]
    if any(len(cells) != 2 * d + 2 for cells in table):
        raise ValueError(f"not every line has {2 * d + 2} cells")
    numbers = np.array([[float(cell) for cell in cells[1:]] for cells in table]).reshape(-1, 2 * d + 1)
    rows = {
        "step": np.array([int(cells[0]) for cells in table], dtype=np.int64),
        "parameters": numbers[:, :d],
        "loss": numbers[:, d],
        "gradient": numbers[:, d + 1 :],
    }
    return Record(facts, rows, state)


def json_bytes(record: Record) -> bytes:
    document = {
        "schema": record.facts["schema"],
        "problem": record.facts["specs"]["problem"],
        **path_document(trajectory_of(record)),
        "resume": {
            **{name: record.facts[name] for name in _OF_RESUME},
            "specs": record.facts["specs"],
            "progress": record.facts["progress"],
            "state": _listed(record.state),
        },
    }
    return (_dumps(document) + "\n").encode()


def json_record(data: bytes) -> Record:
    document = json.loads(data)
    check_schema(document)
    resume = document["resume"]
    facts = {
        **{name: document[name] for name in _OF_DOCUMENT},
        "rate": document["optimizer"]["rate"],
        "events": document["events"],
        **{name: resume[name] for name in (*_OF_RESUME, "specs", "progress")},
    }
    path = document["path"]
    rows = {name: np.array(path[name]) for name in _ROWS}
    return Record(facts, rows, _arrays(resume["state"]))


def _dumps(value: Any) -> str:
    """Strict JSON: the shortest digits that give the same double, and an error for NaN and Infinity."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _listed(state: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    return {name: encoded(array.tolist()) for name, array in state.items()}


def _arrays(state: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    return {name: np.array(decoded(values), dtype=np.float64) for name, values in state.items()}
