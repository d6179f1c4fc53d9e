"""The loop, fast: one point as floats, many points as arrays or block by block, all with the same bits."""
