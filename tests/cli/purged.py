"""A briefing with an entry and a held text to purge, each with a word of its own."""

import hashlib
from typing import Final

GONE: Final = "zygomorphic"
"""A word of the entry that is purged."""
OTHER: Final = "quokkasong"
"""A word of an entry that stays."""
SPOKEN: Final = "xylocarpous"
"""A word of the held text that is purged."""
TEXT: Final = f"A {SPOKEN} tree stands here.\n\nAnother one does not.\n"
SHA: Final = hashlib.sha256(TEXT.encode()).hexdigest()
ENTRY: Final = f'[[claim]]\nid = "goes"\ntext = "A {GONE} flower."\nby = "somebody"\n'
TABLES: Final = f"""
[[source]]
id = "notes"
type = "report"
title = "Notes"
sha256 = "{SHA}"

[[claim]]
id = "stays"
text = "The {OTHER} is heard."
by = "somebody"
cite = [{{ source = "notes" }}]

{ENTRY}"""
