"""A small briefing in which every kind of tie between claims and sources occurs."""

from collections.abc import Callable

import pytest

from tui.library.volume import Volume

PORT = """
[[source]]
id = "gazette"
type = "article-newspaper"
issued = "2024-03-01"
origin = ["harbour-office"]
reliability = "B"

[[source]]
id = "post"
type = "article-newspaper"
issued = "2024-05"
origin = ["harbour-office"]
reliability = "D"

[[source]]
id = "letter"
type = "personal_communication"
cited_in = "post"
reliability = "F"

[[source]]
id = "ledger"
type = "document"
seen = "full"
issued = "2024?"
reliability = "A"

[[source]]
id = "idle"
type = "report"

[[claim]]
id = "landed"
text = "Hundreds of casks were landed."
by = "the gazette"
kind = "report"
date = "2024-02-10"
cite = [{ source = "gazette", quote = "hundreds" }, { source = "post" }]
quantity = { of = "casks", min = 200, note = "“hundreds”" }
credibility = 2
conflicts = [{ to = "thousand", why = "Hundreds against thousands." }]

[[claim]]
id = "thousand"
text = "Thousands of casks were landed."
by = "a letter"
kind = "statement"
date = "2024-03"
cite = [{ source = "letter", direct = true }, { source = "gazette" }]
quantity = { of = "casks", min = 2000, note = "“thousands”" }
credibility = 6

[[claim]]
id = "counted"
text = "The casks were counted twice."
by = "the ledger"
cite = [{ source = "ledger" }]
supports = ["landed"]
undercuts = [{ to = "thousand", why = "Then it is half of it." }]

[[claim]]
id = "alone"
text = "Nobody speaks of this."
by = "nobody"
rests_on = ["counted"]

[[view]]
id = "pilot"
who = "The pilot"
affiliation = "the harbour"
text = "It was fewer."
stance = "doubtful"
via = "post"
cite = [{ source = "post" }]
attacks = ["thousand"]

[[view]]
id = "carter"
who = "The carter"
text = "It was many."
stance = "Doubtful"
date = "2024-06"

[[recommendation]]
id = "count"
action = "Count again."
actor = "the office"
rests_on = ["alone"]

[[recommendation]]
id = "wait"
action = "Wait."
actor = "the office"

[[question]]
id = "which"
text = "Which casks?"
about = ["counted"]
cite = [{ source = "idle" }]
"""


@pytest.fixture(scope="session")
def port(made: Callable[[str], Volume]) -> Volume:
    """Open the briefing."""
    return made(PORT)
