"""The kind `tangent`."""
