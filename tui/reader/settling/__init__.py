"""Settling drafts: what was proposed, in the words that it rests on, and a key for each answer."""
