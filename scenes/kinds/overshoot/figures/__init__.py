"""The figures of the kind `overshoot`."""

from .key_frames import key_frames

__all__ = ["key_frames"]
