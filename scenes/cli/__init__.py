"""The command `steepest`: parse, call, print. One command a file; each imports what it needs when it runs."""

from __future__ import annotations

from .group import main

__all__ = ["main"]
