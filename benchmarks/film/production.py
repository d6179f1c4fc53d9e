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
from scenes.production.options import options_for
from scenes.production.plan import plan
from scenes.production.produce import produce


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lecture")
    parser.add_argument("output", type=Path)
    parser.add_argument("--quality", default="h")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--preset", required=True)
    options = parser.parse_args()
    jobs = plan(
        read_lecture(shipped()[options.lecture]),
        options_for(options.quality, output=options.output),
        films=True,
    )
    made = produce([replace(job, preset=options.preset) for job in jobs], workers=options.jobs)
    for output in made:
        print(output.job.output, output.reason or "", output.detail)
    return 0 if all(output.done for output in made) else 1


if __name__ == "__main__":
    sys.exit(main())
