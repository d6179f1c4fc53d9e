"""A lecture on paper: a PDF with figures from the same stories as the films, tables and verdicts.

Matplotlib's PDF backend draws it. Every `figure_…` function takes an `Axes`, so it works in a notebook too.
"""
