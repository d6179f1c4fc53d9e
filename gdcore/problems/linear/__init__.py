"""Models that are linear in their parameters, and their data."""
