"""Widgets of pictures in space."""
