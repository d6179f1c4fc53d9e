"""Manim's session, scenes, camera and writer: the only room that imports Manim."""
