"""Names that become part of a file name: a scene's, and a lecture's own."""

from __future__ import annotations

SCENE_BYTES = 100
"""Longest name of a scene in UTF-8: `NN-<name>.mp4` and its temporary name must fit into 255 bytes."""

LECTURE_BYTES = 200
"""Longest name of a lecture file without its suffix, for the same reason."""

_FORBIDDEN = frozenset('/\\:*?"<>|')
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))]
)


def trouble_with(name: str, longest: int = SCENE_BYTES) -> tuple[str, str] | None:
    """What is wrong with `name` as part of a file name, as (found, allowed), or None when it is fit.

    Spaces, accents and emoji are fit. So that a folder of films can be copied to any machine, what other
    systems refuse is refused everywhere: their reserved names, their separators, a dot or space at the end.
    """
    if name.partition(".")[0].strip().casefold() in _RESERVED:
        return "a name that Windows keeps for a device", "any other name"
    if name != name.strip() or name.startswith(".") or name.endswith("."):
        return "a dot or a space at an end of the name", "names that start and end with another character"
    wrong = next((letter for letter in name if letter in _FORBIDDEN or not (letter.isprintable())), None)
    if wrong is not None:
        shown = f'"{wrong}"' if wrong.isprintable() else f"U+{ord(wrong):04X}"
        return f"the character {shown}, which a file name cannot hold", 'names without / \\ : * ? " < > |'
    size = len(name.encode("utf-8", "surrogatepass"))
    if size > longest:
        return f"a name of {size} bytes", f"at most {longest} bytes (letters with accents count two or more)"
    return None if name else ("an empty name", "a name")
