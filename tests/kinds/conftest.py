"""The fixture `told` for everything below."""

from tests.told import told

__all__ = ["told"]
