"""A reader's state: locations, marks, bookmarks and what was read."""
