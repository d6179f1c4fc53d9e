"""Formulae lowered to a list of elementary operations, and what runs it on floats, arrays and blocks."""
