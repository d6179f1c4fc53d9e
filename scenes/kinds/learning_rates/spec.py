"""What the kind `learning-rates` needs: runs to compare, of any problem."""

from scenes.kinds.kind import Kind

KIND = Kind(
    name="learning-rates",
    about="two to four rates side by side from one start, with the regimes of the rate",
    runs=(2, 4),
    one_rate=True,
    place=50,
)
