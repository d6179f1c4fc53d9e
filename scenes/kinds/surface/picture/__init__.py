"""The picture of the kind `surface`."""

from .surface import picture

__all__ = ["picture"]
