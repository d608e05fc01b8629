"""The terminal: what comes from it, whatever the bytes are, and the modes that it is in."""
