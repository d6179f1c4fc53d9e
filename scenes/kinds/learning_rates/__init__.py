"""The kind `learning-rates`."""
