"""What holds for all tests."""

import signal
import threading
from types import FrameType

from hypothesis import HealthCheck, settings

# On a loaded machine any example may take long: how long says nothing of what must hold. A test that hangs ends by the
# limit in pyproject.toml.
settings.register_profile("steepest", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steepest")


def _stay(number: int, frame: FrameType | None) -> None:
    """Go on, as a process does that ignores the signal."""


# A shell that runs the tests in the background lets them ignore Ctrl-C and hanging up, and so would every process that
# they start and then interrupt. A handler that does nothing protects the tests as well and is not inherited.
if threading.current_thread() is threading.main_thread():
    for _signal in (signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(_signal) is signal.SIG_IGN:
            signal.signal(_signal, _stay)
