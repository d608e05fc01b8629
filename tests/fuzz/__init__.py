"""Fuzzing what comes from terminals: seeded sequences at the input and in a real terminal, and bursts of keys at the app.

`python -m tests.fuzz input` and `python -m tests.fuzz overlays` run them for as long as one likes; the gate runs a few. A
failure names the seed and the number of what it was found by.
"""
