"""The story of the kind `overshoot`."""

from .overshoot import tell

__all__ = ["tell"]
