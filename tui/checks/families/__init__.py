"""The rules of `briefing check`, a module a subject. Each rule is a function with the decorator `rule`."""
