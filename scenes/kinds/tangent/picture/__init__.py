"""The picture of the kind `tangent`."""

from .tangent import picture

__all__ = ["picture"]
