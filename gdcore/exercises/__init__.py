"""What one may be asked about a descent, and what the usual mistakes lead to."""
