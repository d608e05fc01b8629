"""One reader's search without a screen: queries, completion, facets and pages."""
