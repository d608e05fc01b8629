"""A reader's search without a screen: queries, completion, facets and the pages of answers."""
