"""One reader's search without a screen: the asked query, completion, facets and the pages of answers."""
