"""The evidence of a briefing, computed from a volume. A module holds one computation and knows nothing of a screen.

`volume.derived(spread_of)` computes a result once for a volume; so do the classes that take a volume alone.
"""
