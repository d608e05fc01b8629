"""What the Evidence pane has on a screen of its own: the matrix as a table to go through cell by cell."""
