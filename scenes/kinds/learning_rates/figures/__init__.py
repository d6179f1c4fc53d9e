"""The figures of the kind `learning-rates`."""

from .key_frames import key_frames

__all__ = ["key_frames"]
