"""Everything Textual: the app, its screen, its pages and its commands."""
