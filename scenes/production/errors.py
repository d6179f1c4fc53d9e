"""What a user can get wrong between a lecture and its files, and the signal that ends a run."""

from __future__ import annotations

from gdcore.errors import GdError


class ProductionError(GdError):
    """An option, an output place or a plan that cannot be carried out; the message says what would do."""


class ProbeError(GdError):
    """A finished file that is not what was asked for. It is never moved into place."""


class Interrupted(KeyboardInterrupt):
    """The run was ended by a signal; all workers are dead and all temporary files are gone by now."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(f"ended by signal {signal_number}")
        self.signal_number = signal_number

    @property
    def exit_status(self) -> int:
        """What a shell reports for a process ended by this signal: 130 for Ctrl-C, 143 for SIGTERM."""
        return 128 + self.signal_number
