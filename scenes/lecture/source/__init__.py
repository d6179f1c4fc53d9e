"""A lecture file as it was typed: YAML with places, the schema, faults with their mends."""
