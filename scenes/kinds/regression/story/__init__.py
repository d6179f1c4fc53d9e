"""The story of the kind `regression`."""

from .regression import tell

__all__ = ["tell"]
