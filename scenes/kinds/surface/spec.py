"""What the kind `surface` needs, and its options."""

from scenes.kinds.kind import ByDefault, Kind, Option

KIND = Kind(
    name="surface",
    about="two parameters: the loss as a surface, the path falls into the valley",
    parameters=2,
    plain=True,
    by_default=ByDefault.ALWAYS,
    options=(
        Option("fog", bool, "Show only the neighbourhood of the point.", example="true", default=False),
        Option(
            "view",
            float,
            "The camera's first azimuth, in degrees.",
            example=-60,
            low=-360,
            high=360,
            otherwise="the side from which most of the path is seen",
        ),
    ),
    place=30,
    preload=("scenes.draw.shading",),  # Matplotlib takes a moment to load
)
