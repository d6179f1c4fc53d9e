"""Manim films. One scene kind a file; `stage` alone touches Manim's global configuration."""
