"""What the regimes of a rate are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REGIMES: Mapping[str, str] = MappingProxyType(
    {
        "crawl": "regime.crawl",
        "smooth": "regime.smooth",
        "zig-zag": "regime.zig-zag",
        "edge": "regime.edge",
        "diverge": "regime.diverge",
        "depends": "regime.depends",
    }
)
"""The key of each regime's word."""
