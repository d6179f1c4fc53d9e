"""What the kind `tangent` needs, and its options."""

from scenes.kinds.kind import ByDefault, Kind, Option

KIND = Kind(
    name="tangent",
    about="one parameter: the slope of the tangent gives direction and length of each step",
    parameters=1,
    plain=True,
    one_rate=True,
    by_default=ByDefault.ALWAYS,
    options=(
        Option("derivative", bool, "Draw the derivative below the curve.", example="true", default=False),
    ),
    place=10,
)
