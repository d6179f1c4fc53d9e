"""The picture of the kind `learning-rates`."""

from .learning_rates import picture

__all__ = ["picture"]
