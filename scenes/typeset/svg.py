"""Typst's SVG as outlines.

Typst writes a small, regular subset of SVG: groups with a transform, glyphs as symbols that are used
at an offset, and straight strokes (fraction bars, roots). Strokes become filled bars here, so that
their thickness scales with the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree

import numpy as np
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.svgLib.path import parse_path
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray

from .outline import CLOSE, CURVE, LINE, MOVE

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
Affine = tuple[float, float, float, float, float, float]
Codes = NDArray[np.uint8]
Stroke = tuple[str, Codes, FloatArray]  # colour, codes (n,), points (n, 2)

_BAR = np.array([MOVE, LINE, LINE, LINE, CLOSE], dtype=np.uint8)


def _transform(text: str | None) -> Affine:
    if not text:
        return 1, 0, 0, 1, 0, 0
    numbers = [float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", text)]
    if text.startswith("translate"):
        return 1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0
    if text.startswith("scale"):
        return numbers[0], 0, 0, numbers[-1], 0, 0
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _compose(outer: Affine, inner: Affine) -> Affine:
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f


class _Glyphs:
    """The outlines of a document's symbols, by identifier."""

    def __init__(self, root: ElementTree.Element) -> None:
        self._paths = {
            symbol.get("id"): path.get("d", "")
            for symbol in root.iter(f"{_SVG}symbol")
            for path in symbol.iter(f"{_SVG}path")
        }

    def path(self, href: str) -> str:
        return self._paths.get(href.removeprefix("#"), "")


def _trace(path: str, at: Affine) -> tuple[Codes, FloatArray]:
    codes, (x, y) = _outline(path)
    a, b, c, d, e, f = at
    return codes, np.column_stack((a * x + c * y + e, b * x + d * y + f))


@lru_cache(maxsize=1024)  # the letters of a film are few and come again and again
def _outline(path: str) -> tuple[Codes, FloatArray]:
    """Codes (n,) and points (2, n) of a path, as it is written."""
    recorder = DecomposingRecordingPen({})
    parse_path(path, recorder)
    codes: list[int] = []
    points: list[tuple[float, float]] = []
    for verb, arguments in recorder.value:
        if verb == "moveTo":
            codes.append(MOVE)
            points.append(arguments[0])
        elif verb == "lineTo":
            codes.append(LINE)
            points.append(arguments[0])
        elif verb == "curveTo":
            codes.extend([CURVE] * 3)
            points.extend(arguments)
        elif verb == "qCurveTo":
            (x0, y0), (x1, y1), (x2, y2) = points[-1], arguments[0], arguments[-1]
            codes.extend([CURVE] * 3)
            points.append((x0 + 2 / 3 * (x1 - x0), y0 + 2 / 3 * (y1 - y0)))
            points.append((x2 + 2 / 3 * (x1 - x2), y2 + 2 / 3 * (y1 - y2)))
            points.append((x2, y2))
        elif verb == "closePath":
            codes.append(CLOSE)
            points.append(points[-1])
    return np.array(codes, dtype=np.uint8), np.array(points, dtype=np.float64).reshape(-1, 2).T.copy()


def _bar(path: str, at: Affine, thickness: float) -> tuple[Codes, FloatArray]:
    """A straight stroke as the rectangle it covers."""
    _, points = _trace(path, at)
    (x0, y0), (x1, y1) = points[0].tolist(), points[-1].tolist()
    length = float(np.hypot(x1 - x0, y1 - y0)) or 1.0
    nx, ny = -(y1 - y0) / length * thickness / 2, (x1 - x0) / length * thickness / 2
    corners = [(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)]
    return _BAR, np.array([*corners, corners[0]])


def strokes(document: str) -> list[Stroke]:
    """Every filled shape of a Typst SVG in document order, in the document's points, y downwards."""
    root = ElementTree.fromstring(document)
    glyphs = _Glyphs(root)
    found: list[Stroke] = []

    def walk(element: ElementTree.Element, at: Affine) -> None:
        for child in element:
            here = _compose(at, _transform(child.get("transform")))
            if child.tag == f"{_SVG}g":
                walk(child, here)
            elif child.tag == f"{_SVG}use" and child.get("fill"):  # a picture has none
                offset = (1.0, 0.0, 0.0, 1.0, float(child.get("x", 0)), float(child.get("y", 0)))
                codes, points = _trace(glyphs.path(child.get(_HREF, "")), _compose(here, offset))
                found.append((child.get("fill", ""), codes, points))
            elif child.tag == f"{_SVG}path":
                outline = child.get("d", "")
                if child.get("stroke") not in (None, "none"):
                    width = float(child.get("stroke-width", 1))
                    found.append((child.get("stroke", ""), *_bar(outline, here, width)))
                else:
                    found.append((child.get("fill", ""), *_trace(outline, here)))

    walk(root, (1, 0, 0, 1, 0, 0))
    return found
