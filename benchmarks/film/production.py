"""A lecture through the production's own path with another encoder preset, which no command offers.

python -m benchmarks.film.production houses OUTPUT --quality h --jobs 2 --preset medium
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.production.executors.local import LocalExecutor
from scenes.production.options import options_for
from scenes.production.outputs.film import FilmJob
from scenes.production.produce import produce


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lecture")
    parser.add_argument("output", type=Path)
    parser.add_argument("--quality", default="h")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--preset", required=True)
    options = parser.parse_args()
    lecture = read_lecture(shipped()[options.lecture])
    jobs = FilmJob.plan(lecture, options_for(options.quality, output=options.output))
    with_preset = [replace(job, preset=options.preset) for job in jobs]
    made = produce(with_preset, LocalExecutor(options.jobs))
    for product in made:
        print(product.job.output, product.reason or "", product.detail)
    return 0 if all(product.done for product in made) else 1


if __name__ == "__main__":
    sys.exit(main())
