"""The functions of commands, a module for each group.

Each function takes the screen. `tui/session/commands.py` has the table of commands.
"""
