"""The kind `overshoot`."""
