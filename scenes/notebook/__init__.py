"""Lectures in Python and in notebooks: `lecture(...)` of a file, a text or a dict, which shows itself and what it makes.

>>> from scenes.notebook import lecture
>>> calm = lecture({"problem": {"formula": "(w-3)^2"}, "runs": {"calm": {"rate": 0.25, "start": 7, "steps": 2}}})
>>> calm.trajectories["calm"].loss.tolist()
[16.0, 4.0, 1.0]
"""

from .outputs import Film, Handout, Still
from .shown_lecture import ShownLecture, lecture

__all__ = ["Film", "Handout", "ShownLecture", "Still", "lecture"]
