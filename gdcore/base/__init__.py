"""What every room needs: arrays, checked input, errors with their mend, files written whole."""
