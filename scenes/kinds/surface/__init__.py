"""The kind `surface`."""
