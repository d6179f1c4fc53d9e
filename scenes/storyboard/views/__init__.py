"""What is to be seen of a problem, prepared once for film and page: curve, terrain, zoom, fit, regimes."""
