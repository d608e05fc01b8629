"""The rules of `briefing check`, by what they are about. Each rule is a function with the decorator `rule`."""
