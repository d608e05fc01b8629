"""An author's tools: new briefings, imports, held texts, quotes, drafts and editors."""
