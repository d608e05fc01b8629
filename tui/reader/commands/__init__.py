"""The functions of commands: a module each group, whose functions take the screen. `tui/session/commands.py` names them."""
