"""The Evidence pane: each view of it as a page."""
