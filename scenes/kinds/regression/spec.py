"""What the kind `regression` needs, and its options."""

from typing import Literal

from scenes.kinds.kind import ByDefault, Kind, Option

KIND = Kind(
    name="regression",
    about="data with line and residuals, loss contours, loss and gradient over the steps",
    needs_data=True,
    plain=True,
    by_default=ByDefault.ALWAYS,
    options=(
        Option(
            "view",
            Literal["contour", "surface"],
            "How J over the parameters is drawn; surface is not available yet.",
            example="contour",
            default="contour",
        ),
        Option("every", int, "Show every n-th step after the first ten.", example=10, low=1, default=15),
    ),
    place=40,
)
