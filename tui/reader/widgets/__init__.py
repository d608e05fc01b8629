"""Widgets: each paints state that comes down, and posts messages up. None knows a screen or an app."""
