"""The loop that descends, and what a run is: rows, outcome, events, stop rules, reasons."""
