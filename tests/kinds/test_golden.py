"""Every kind of scene still looks as it did when somebody last looked at it."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kinds import kinds
from tests.kinds.sheets import kept, sheet

NOTICED = 24  # of 255: what other versions of the rasterisers change is less
BLESS = "look at it and bless it: python -m tests.kinds.sheets"


@pytest.mark.parametrize("kind", kinds())
def test_the_pictures_of_a_kind(kind: str) -> None:
    before, now = kept(kind).astype(int), sheet(kind).astype(int)
    assert before.shape == now.shape, BLESS
    changed = np.abs(before - now).max(axis=2) > NOTICED
    assert changed.mean() < 5e-4, f"{changed.sum()} pixels of {kind} changed; {BLESS}"
