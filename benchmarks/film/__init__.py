"""Films beside other ways to make them: `python -m benchmarks.film`, or `make bench-film`."""
