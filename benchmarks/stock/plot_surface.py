"""The same surface as a Matplotlib animation, frames encoded with PyAV: what a Python user without Manim does.

python benchmarks/stock/plot_surface.py film.mp4

STOCK_SECONDS=1 shortens it.
"""

from __future__ import annotations

import os
import sys

import av
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from gdcore.optimizers import GradientDescent
from gdcore.problems import LeastSquares
from gdcore.run.descent import descend

BEDROOMS = np.array([1.0, 2, 3, 3, 4, 4, 5])
PRICES = np.array([80.0, 170, 100, 220, 200, 270, 500])
FPS, SAMPLES = 60, 61
FRAMES = round(FPS * float(os.environ.get("STOCK_SECONDS", "4")))


def main(target: str) -> None:
    problem = LeastSquares({"bedrooms": BEDROOMS}, PRICES, "price", parameters=("m", "b"))
    run = descend(problem, GradientDescent(), np.zeros(2), 200, rate=0.0075)
    m, b = np.meshgrid(np.linspace(-20, 190, SAMPLES), np.linspace(-120, 30, SAMPLES), indexing="ij")
    loss = problem.value(np.stack([m, b], axis=-1))
    figure = Figure(figsize=(19.2, 10.8), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot(projection="3d")
    axes.plot_surface(m, b, loss, rcount=SAMPLES, ccount=SAMPLES, cmap="Blues_r")
    axes.contour(m, b, loss, levels=11, zdir="z", offset=0)
    (trail,) = axes.plot([], [], [], color="orange", lw=3)
    (point,) = axes.plot([], [], [], "o", color="orange")
    with av.open(target, "w") as film:
        stream = film.add_stream("libx264", rate=FPS, options={"preset": "medium", "crf": "23"})
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
        for i in range(FRAMES):
            row = round(i / (FRAMES - 1) * (len(run.loss) - 1)) + 1
            trail.set_data_3d(run.parameters[:row, 0], run.parameters[:row, 1], run.loss[:row])
            point.set_data_3d(*[[v] for v in (*run.parameters[row - 1], run.loss[row - 1])])
            axes.view_init(elev=27, azim=-70 + 56 * i / FRAMES)
            canvas.draw()
            frame = av.VideoFrame.from_ndarray(np.asarray(canvas.buffer_rgba()), format="rgba")
            for packet in stream.encode(frame):
                film.mux(packet)
        for packet in stream.encode():
            film.mux(packet)


if __name__ == "__main__":
    main(sys.argv[1])
