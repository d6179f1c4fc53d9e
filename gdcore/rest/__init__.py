"""Where a run came to: does it rest, on what kind of place, and is that the deepest one?"""
