"""The kind `regression`."""
