"""Trajectories told as stories: what happens when, which words go with it, where one may pause. Nothing here draws."""

from .story import Beat, Moment, Story
from .tell import tell

__all__ = ["Beat", "Moment", "Story", "tell"]
