"""The screen of the search over everything: the box, the answer as a page, facets, completion and help."""
