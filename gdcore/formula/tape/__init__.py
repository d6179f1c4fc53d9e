"""A formula lowered to a tape of elementary operations, and what runs it: floats, arrays and blocks, with bounds."""
