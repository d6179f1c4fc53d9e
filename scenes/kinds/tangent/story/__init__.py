"""The story of the kind `tangent`."""

from .tangent import tell

__all__ = ["tell"]
