"""From the file of a source to its plain text."""
