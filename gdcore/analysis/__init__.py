"""What can be said of runs beside their numbers: curvature and limits, convergence, sweeps of the rate, basins."""
