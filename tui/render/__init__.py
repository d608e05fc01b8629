"""An entry, a page or a briefing as text, without a terminal: typeset pages, plain text, Markdown, JSON, citations."""
