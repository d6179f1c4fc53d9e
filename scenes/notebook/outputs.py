"""What a lecture makes, in memory: each shows itself in a notebook and can be saved. IPython is not needed."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gdcore.base.files import write_atomically

MOST_SHOWN = 30_000_000
"""Bytes of a film that a notebook still takes in: it keeps them as text."""


@dataclass(frozen=True)
class Still:
    """A scene at one moment: `png` holds the picture, `width` × `height` pixels large."""

    scene: str
    at: float
    width: int
    height: int
    png: bytes = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the PNG file. Raises GdError where it cannot be written."""
        return _saved(path, self.png)

    def _repr_png_(self) -> bytes:
        return self.png


@dataclass(frozen=True)
class Film:
    """A scene as a film: `mp4` holds it. `too_large` is what a notebook shows of one that it cannot take in."""

    scene: str
    seconds: float
    width: int
    height: int
    fps: int
    mp4: bytes = field(repr=False)
    too_large: str = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the MP4 file. Raises GdError where it cannot be written."""
        return _saved(path, self.mp4)

    def _repr_html_(self) -> str:
        if len(self.mp4) > MOST_SHOWN:
            return f"<p>{html.escape(self.too_large)}</p>"
        data = base64.b64encode(self.mp4).decode()
        look = f'width="{self.width}" style="max-width:100%"'
        return f'<video controls {look} src="data:video/mp4;base64,{data}"></video>'


@dataclass(frozen=True)
class Handout:
    """The report of a lecture: `pdf` holds it. A notebook shows its pages as pictures."""

    pages: int
    pdf: bytes = field(repr=False)
    pictures: Callable[[], Sequence[bytes]] = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the PDF file. Raises GdError where it cannot be written."""
        return _saved(path, self.pdf)

    def _repr_html_(self) -> str:
        data = (base64.b64encode(png).decode() for png in self.pictures())
        return "\n".join(f'<img src="data:image/png;base64,{page}" style="max-width:100%">' for page in data)


def _saved(path: str | Path, content: bytes) -> Path:
    write_atomically(Path(path), content)
    return Path(path)
