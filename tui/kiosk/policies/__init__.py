"""What a visitor may take of the server: each policy a small module that knows no socket and no screen.

Each has its limits from the settings and its time from a clock that it is given, and says what it refuses or ends in the
words of `reasons`.
"""
