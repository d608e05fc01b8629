"""A briefing of format 2 with judgments and signs to watch for."""

HARBOUR = """
[[judgment]]
id = "kj-many"
short = "1,000 casks landed in May"
date = "2025-05"
text = "1,000 casks had been landed by the end of May 2025."
likelihood = "very unlikely"
confidence = "moderate"
why = "No count comes near it."
quantity = { of = "casks landed", min = 1000 }
for = [{ to = "rumour", why = "It is a name only.", weak = true }]
against = [{ to = "ledger", why = "It has the number." }, "clerk"]
rests_on = ["honest"]
alternatives = [{ text = "The casks were empty.", likelihood = "unlikely" }]
so_what = "Plan for hundreds."
previous = [{ on = "2025-01", likelihood = "unlikely", confidence = "low", text = "Many casks came.", why = "The ledger was read." }]
outcome = { on = "2025-07-01", came_true = false, why = "The cellar was counted." }

[[judgment]]
id = "kj-thin"
date = "2025-05"
text = "The harbour was open."
draft = true
why = "It was seen."
for = []
against = []

[[indicator]]
id = "auction"
short = "An auction of the casks"
text = "The casks are sold at an auction."
outcomes = [
  { text = "More than 900 are sold.", moves = [{ to = "kj-many", way = "up" }] },
  { text = "Fewer are sold.", moves = [{ to = "kj-many", way = "down" }, { to = "kj-thin", way = "up" }] },
]
where = "the gazette"
until = "2027-06"

[[indicator]]
id = "cellar"
text = "The cellar is counted."
until = "2026"

[[indicator]]
id = "census"
text = "A census of casks is held."
until = "2025"

[[indicator]]
id = "strike"
text = "The dockers strike."
observed = { on = "2025-06-03" }

[[indicator]]
id = "someday"
text = "A diary turns up."

[[claim]]
id = "rumour"
short = "A rumour of a thousand"
text = "The gazette has a rumour of a thousand casks."
by = "the gazette"
quantity = { of = "casks landed", min = 1000, max = 1999, words = "a thousand" }

[[claim]]
id = "ledger"
short = "148 in the ledger"
text = "The ledger has 148 casks."
by = "office"
quantity = { of = "casks landed", min = 148, max = 148 }

[[claim]]
id = "clerk"
short = "The clerk saw few"
text = "The clerk saw few casks."
by = "clerk-himself"
quantity = { of = "casks seen", max = 49 }

[[assumption]]
id = "honest"
short = "The ledger is honest"
text = "The ledger is not forged."

[[entity]]
id = "office"
name = "The harbour office"
type = "organisation"
party = "neutral"

[[entity]]
id = "clerk-himself"
name = "The clerk"
type = "person"
party = "interested"
"""
