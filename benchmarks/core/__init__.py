"""The numeric core beside other ways to do the same."""
