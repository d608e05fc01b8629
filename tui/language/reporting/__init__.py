"""Who says what in a text: clauses, their speakers and their hedges."""
