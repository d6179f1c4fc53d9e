"""Expressions as text and as mathematics."""
