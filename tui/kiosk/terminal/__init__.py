"""A visitor's terminal: cells, what changed in them, and the driver."""
