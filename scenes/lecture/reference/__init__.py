"""The lecture file explained key by key, from its schema."""

from .entries import KeyEntry, explain, key_entries, keys_below

__all__ = ["KeyEntry", "explain", "key_entries", "keys_below"]
