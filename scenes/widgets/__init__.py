"""What pictures are put together from: the stage of every scene, readouts, axes, traces, reliefs."""
