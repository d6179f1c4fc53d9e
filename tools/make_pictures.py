"""Make the pictures of the README from the shipped lectures.

    python tools/make_pictures.py            # writes docs/pictures/*.png
    python tools/make_pictures.py --check    # exit 1 where a picture shows something else than the program now does

The tests hold the stored pictures against the program; after a change that is meant to be seen, look at
the new pictures and commit them: that is how a picture is blessed.
"""

from __future__ import annotations

import argparse
import io
import logging
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scenes.film.still import render_still
from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.lecture.study import study
from scenes.storyboard import tell

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
WIDTH, HEIGHT = 960, 540
# picture: lecture, scene, beat at whose end it is taken
STILLS = {
    "tangent": ("intuition", "from-the-right", "step-1"),
    "overshoot": ("intuition", "overshoot", None),
    "surface": ("houses", "surface", "end"),
    "regression": ("houses", "regression", None),
    "learning-rates": ("houses", "learning-rates", None),
}
TOLERANCE = 4.0  # mean difference of two pictures, of 255, that nobody sees


def still(name: str) -> NDArray[np.uint8]:
    """One picture as the program draws it now, (height, width, 3)."""
    lecture_name, scene_name, beat = STILLS[name]
    worked_out = study(read_lecture(shipped()[lecture_name]))
    scene = next(scene for scene in worked_out.lecture.scenes if scene.name == scene_name)
    story = tell(worked_out, scene)
    seconds = story.beat(beat).end if beat else story.seconds
    return render_still(story, seconds - 1e-3, width=WIDTH, height=HEIGHT)[..., :3]


def stored(name: str) -> NDArray[np.uint8]:
    with Image.open(FOLDER / f"{name}.png") as image:
        return np.asarray(image.convert("RGB"))


def encoded(pixels: NDArray[np.uint8]) -> bytes:
    """A small PNG: 256 colours are enough for these pictures."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).quantize(256, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def report_page(number: int) -> bytes:
    """A page of the report of `houses` as PNG; needs pdftoppm from poppler-utils."""
    from scenes.report.document import write_report

    worked_out = study(read_lecture(shipped()["houses"]))
    stories = [tell(worked_out, scene) for scene in worked_out.lecture.scenes]
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "report.pdf"
        write_report(worked_out, stories, pdf, paper=worked_out.lecture.report.paper)
        subprocess.run(
            [
                "pdftoppm",
                "-r",
                "60",
                "-png",
                "-f",
                str(number),
                "-l",
                str(number),
                str(pdf),
                f"{folder}/page",
            ],
            check=True,
        )
        (page,) = Path(folder).glob("page*.png")
        with Image.open(page) as image:
            return encoded(np.asarray(image.convert("RGB")))


def differing() -> list[str]:
    """Pictures that no longer show what the program draws."""
    return [
        name
        for name in STILLS
        if np.abs(still(name).astype(float) - stored(name).astype(float)).mean() > TOLERANCE
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        changed = differing()
        print("\n".join(f"{name}.png shows something else" for name in changed) or "all pictures are current")
        return 1 if changed else 0
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # Manim lets every logger speak
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in STILLS:
        (FOLDER / f"{name}.png").write_bytes(encoded(still(name)))
    for number in (1, 2):
        (FOLDER / f"report-{number}.png").write_bytes(report_page(number))
    for path in sorted(FOLDER.glob("*.png")):
        print(f"{path.stat().st_size:>8} {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
