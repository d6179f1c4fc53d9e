"""``python -m scenes.cli`` is ``steepest``."""

from __future__ import annotations

from . import main

main(prog_name="steepest")
