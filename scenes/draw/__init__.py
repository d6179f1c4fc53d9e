"""Pens: strokes, areas, text and meshes on pixels, or only noted. No story and no Manim in here."""
