"""From a list of blocks to pages: nothing is cut, no heading stays alone, figures float to where there is room."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from .block import Block

_BELOW_FIGURE = 14.0  # points between a caption and the text after it


@dataclass(frozen=True)
class Placed:
    """A block and how far below the top of the column it begins."""

    block: Block
    down: float


def paginate(blocks: Iterable[Block], width: float, room: float) -> list[list[Placed]]:
    """The pages of a column of a width and height.

    A figure that does not fit goes to the top of the next page, and the text after it moves up; never past the
    beginning of the next section, and never before that of its own.
    """
    flow = _Flow(deque(blocks), width, room)
    while flow.waiting:
        flow.step()
    while flow.floats:
        flow.turn()
    return [page for page in flow.pages if page]


class _Flow:
    def __init__(self, waiting: deque[Block], width: float, room: float) -> None:
        self.waiting, self.width, self.room = waiting, width, room
        self.floats: deque[Block] = deque()
        self.pages: list[list[Placed]] = [[]]
        self.used = 0.0

    def step(self) -> None:
        """Place the next blocks that belong together, put a figure by, or turn the page."""
        chain = self._chain()
        if chain[0].opens and self.floats:
            self.turn()
            return
        if chain[-1].floats and self.floats:
            self._put_by(chain)
            return
        free = self._free(chain[0])
        if self.pages[-1] and chain[0].needs > free:
            self.turn()
        elif self._height(chain) <= free + 1e-6:
            self._place(chain)
        elif chain[-1].floats and self.pages[-1] and self._may_follow(chain, free):
            self._put_by(chain)
        elif not self._divided(chain, free):
            if not self.pages[-1]:
                self._place(chain)  # higher than a page and whole: drawn as it is rather than lost
            self.turn()

    def turn(self) -> None:
        """A new page, with the figures that wait on top."""
        if self.pages[-1]:
            self.pages.append([])
        self.used = 0.0
        while self.floats and (
            not self.pages[-1] or self._height([self.floats[0]]) <= self._free(self.floats[0])
        ):
            self._put(self.floats.popleft())

    def _chain(self) -> list[Block]:
        chain = []
        for block in self.waiting:
            chain.append(block)
            if not block.keeps:
                break
        return chain

    def _free(self, first: Block) -> float:
        return self.room - self.used - (max(first.gap, _BELOW_FIGURE) if self.pages[-1] else 0.0)

    def _height(self, chain: list[Block]) -> float:
        total = sum(block.height(self.width) for block in chain)
        return total + sum(block.gap for block in chain[1:])

    def _may_follow(self, chain: list[Block], free: float) -> bool:
        """Is there room for the text before a figure and for some after it?"""
        return len(chain) == 1 or self._height(chain[:-1]) + 100.0 <= free

    def _put_by(self, chain: list[Block]) -> None:
        """Let the figure at the end of a chain wait for the next page; what leads to it is placed."""
        for block in chain[:-1]:
            self._put(block)
        for _ in chain:
            self.waiting.popleft()
        self.floats.append(chain[-1])

    def _divided(self, chain: list[Block], free: float) -> bool:
        """Place the first part of the chain's last block, and turn the page for the rest."""
        before = self._height(chain[:-1]) + (chain[-1].gap if len(chain) > 1 else 0.0)
        parts = chain[-1].split(self.width, free - before)
        if parts is None:
            return False
        for block in [*chain[:-1], parts[0]]:
            self._put(block)
        for _ in chain:
            self.waiting.popleft()
        self.waiting.appendleft(parts[1])
        self.turn()
        return True

    def _place(self, chain: list[Block]) -> None:
        for block in chain:
            self._put(block)
            self.waiting.popleft()

    def _put(self, block: Block) -> None:
        page = self.pages[-1]
        after_figure = bool(page) and page[-1].block.floats
        gap = max(block.gap, _BELOW_FIGURE) if after_figure else block.gap
        down = self.used + (gap if page else 0.0)
        page.append(Placed(block, down))
        self.used = down + block.height(self.width)
