"""Detectors over word lists, for `briefing check` and `briefing import`.

Each detector takes a text and the `Lexicon` of its language and gives spans, as offsets in code points.
"""
