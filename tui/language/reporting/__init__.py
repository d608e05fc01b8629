"""Reported clauses of a text, with speakers and hedges."""
