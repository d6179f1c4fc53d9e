"""Run the benchmarks of the core: print the tables and write them to benchmarks/RESULTS.md.

    make bench                       everything
    make bench ARGS="--rounds 2"     sooner, with less certainty

What is compared needs `pip install -e '.[bench]'`; what is not installed is left out, and the result says so. Nothing
here uses the network.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.machine import load, machine  # noqa: E402 - the path comes first
from benchmarks.results import RESULTS, write_section  # noqa: E402

SECTION = "The core"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure the core beside other ways to do the same.")
    parser.add_argument("--rounds", type=int, default=7, help="how often each way takes its turn (7)")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where to write (benchmarks/RESULTS.md)")
    options = parser.parse_args(arguments)
    if options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    text = report(options.rounds)
    write_section(options.output, SECTION, text)
    print(text)
    print(f"Written to {options.output}")
    return 0


def report(rounds: int) -> str:
    """Measure everything; the text of the section."""
    from benchmarks.core import grid, growth, single
    from benchmarks.core.measure import HEADER, compare, table

    skipped: set[str] = set()
    before = load()
    lines = compare([*single.comparisons(), *grid.comparisons(skipped)], rounds)
    parts = [
        "Written by `make bench`. All ways took turns in one process, each once a round and in another order every time; ratios are those of single "
        f"rounds, the median of {rounds} and the spread. A ratio above 1 says that ours is faster.",
        machine(("numpy", "jax", "jaxlib", "torch"), before),
        table(HEADER, [line.cells() for line in lines]),
        "JAX is shown three ways. `jax.jit(vmap(grad(f)))` gives the gradient, and the update follows in Python: the "
        "goal is to be as fast. Beyond it, the step may be compiled as a whole, and all 100 steps into one "
        "program, the most that a compiler can do. "
        "NumPy takes sines from the C library, one by one; ours of a multiple of pi are arithmetic on blocks "
        "(gdcore/formula/tape/turns.py), and the whole step may take less than such sines alone.",
        "### Growth",
        table(growth.HEADER, growth.rows(rounds)),
    ]
    if skipped:
        names = ", ".join(sorted(skipped))
        parts.append(f"Skipped, because not installed: {names}. `pip install -e '.[bench]'` installs them.")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.exit(main())
