"""The story of the kind `learning-rates`."""

from .learning_rates import tell

__all__ = ["tell"]
