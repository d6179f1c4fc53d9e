"""What people type that is no formula, and what they mean by it: every mend is one that works when it is followed."""
