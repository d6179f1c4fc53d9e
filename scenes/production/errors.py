"""What a user can get wrong between a lecture and its files, and the signal that ends a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gdcore.base.errors import GdError
from scenes.lecture.source.faults import Fault


class ProductionError(GdError):
    """An option, an output place or a plan that cannot be carried out; the message says what would do."""


class RehearsalError(ProductionError):
    """Scenes of a lecture that cannot be told. `file` is the lecture, `errors` has each with the name of its scene.

    `found`, `allowed` and `mend` are those of the first one.
    """

    def __init__(self, file: Path, errors: Sequence[tuple[str, GdError]]) -> None:
        self.file = file
        self.errors = tuple(errors)
        first = self.errors[0][1]
        super().__init__(first.found, first.allowed, first.mend)

    def __str__(self) -> str:
        return "\n".join(f"{self.file}: scene {scene!r}: {error.message}" for scene, error in self.errors)

    def __reduce__(self) -> tuple[type[RehearsalError], tuple[Path, tuple[tuple[str, GdError], ...]]]:
        return type(self), (self.file, self.errors)

    def as_data(self) -> tuple[dict[str, str | int | None], ...]:
        """The errors in the kinds JSON has, as a lecture's faults are told."""
        return tuple(
            Fault(
                str(self.file), None, None, f"scenes.{scene}", error.found, error.allowed, error.mend
            ).as_dict()
            for scene, error in self.errors
        )


class ProbeError(GdError):
    """A finished file that is not what was asked for. It is never moved into place."""

    def __init__(self, found: str, allowed: str = "", mend: str = "make it again") -> None:
        super().__init__(found, allowed, mend)


class Interrupted(KeyboardInterrupt):
    """The run was ended by a signal; all workers are dead and all temporary files are gone by now."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(f"ended by signal {signal_number}")
        self.signal_number = signal_number

    @property
    def exit_status(self) -> int:
        """What a shell reports for a process ended by this signal: 130 for Ctrl-C, 143 for SIGTERM."""
        return 128 + self.signal_number
