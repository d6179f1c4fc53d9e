"""Widgets of flat pictures."""
