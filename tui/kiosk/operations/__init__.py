"""What an operator needs: settings, the command, the log, metrics and the unit."""
