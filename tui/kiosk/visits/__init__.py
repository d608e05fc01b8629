"""Visits: on a screen, by a command, and through OpenSSH."""
