"""What the kind `overshoot` needs: it shows the run that can overshoot, the one with the largest rate."""

from scenes.kinds.kind import ByDefault, Kind, Takes

KIND = Kind(
    name="overshoot",
    about="one parameter, rate too large: every jump crosses the minimum, the loss explodes",
    parameters=1,
    plain=True,
    one_rate=True,
    takes=Takes.FASTEST,
    by_default=ByDefault.IF_A_RUN_DIVERGES,
    place=20,
)
