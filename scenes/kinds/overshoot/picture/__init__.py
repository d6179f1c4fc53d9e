"""The picture of the kind `overshoot`."""

from .overshoot import picture

__all__ = ["picture"]
