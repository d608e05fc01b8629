"""Weighing the evidence of a briefing: computations over a volume that know nothing of how they are shown."""
