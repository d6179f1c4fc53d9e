"""The picture of the kind `regression`."""

from .regression import picture

__all__ = ["picture"]
