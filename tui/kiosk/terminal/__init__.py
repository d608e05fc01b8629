"""A visitor's terminal, with its cells, its changes and its driver."""
