"""The kinds of scene: a folder for each, found by its name. Nothing here knows how one is told or drawn.

A folder holds four parts. `spec` says what the kind needs of a lecture and which options it has, `story` tells a run,
`picture` draws the story as a function of time, and `figures` prints it.
Beside them its sentences may stand, `sentences/<language>.toml`, each key asked for behind the kind's name.
"""

from .kind import ByDefault, Kind, KindError, Option, Takes
from .registry import fitting, kind_of, kinds

__all__ = ["ByDefault", "Kind", "KindError", "Option", "Takes", "fitting", "kind_of", "kinds"]
