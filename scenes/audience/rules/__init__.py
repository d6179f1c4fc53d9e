"""One rule a file: what it measures, its limit, and what to do where a scene is beyond it."""
