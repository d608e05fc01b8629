"""A reader's state: locations, marks, visits, readings, settings and queries."""
