"""A small briefing of format 2 with a dispute."""

QUAY = """
[[question]]
id = "how-many"
short = "How many casks?"
text = "How many casks were landed?"
positions = [
  { id = "none", text = "none", entries = ["denial"] },
  { id = "few", text = "fewer than 200", entries = ["ledger-says"] },
  { id = "hundreds", text = "hundreds", entries = ["gazette-says"], note = "The paper calls it a guess." },
  { id = "thousands", text = "thousands", entries = ["post-says"] },
]
evidence = [
  { entry = "carts", for = ["few", "hundreds"], against = ["none"], why = "Carts were seen." },
  { entry = "cellar", against = ["none", "thousands"], why = "The cellar holds 900." },
  { entry = "weather", why = "It rained." },
]
settled_by = "The books of the customs."

[[question]]
id = "open"
text = "Who paid?"

[[judgment]]
id = "few-casks"
short = "Fewer than 200 were landed"
date = "2024-05"
text = "Fewer than 200 casks were landed."
likelihood = "likely"
confidence = "low"
why = "The ledger counts."
for = ["ledger-says"]
against = ["post-says"]
answers = "how-many#few"

[[claim]]
id = "denial"
text = "The captain says that none was landed."
by = "captain"
cite = [{ source = "gazette", origin = "captain-in-march" }]

[[claim]]
id = "ledger-says"
text = "The ledger has 120 casks."
cite = [{ source = "ledger" }]
quantity = { of = "casks", min = 120, max = 120 }

[[claim]]
id = "gazette-says"
text = "The gazette says hundreds."
cite = [{ source = "gazette" }, { source = "post", origin = "harbour" }]
quantity = { of = "casks", min = 200, max = 999 }
conflicts = [{ to = "post-says", kind = "other-count", why = "Both report one speech." }]

[[claim]]
id = "post-says"
text = "The post says thousands."
cite = [{ source = "post", origin = "harbour" }]
quantity = { of = "casks", min = 500 }

[[claim]]
id = "carts"
text = "Carts were seen."
cite = [{ source = "ledger" }]

[[claim]]
id = "cellar"
text = "The cellar holds 900 casks."
cite = [{ source = "plan" }]

[[claim]]
id = "weather"
text = "It rained."
cite = [{ source = "plan" }]
conflicts = [{ to = "sunny", kind = "contradiction" }]

[[claim]]
id = "sunny"
text = "The sun shone."
cite = [{ source = "post" }]

[[origin]]
id = "captain-in-march"
name = "The captain, in March"
by = "captain"

[[origin]]
id = "harbour"
name = "The harbour office, in April"
by = "the harbour office"

[[entity]]
id = "captain"
name = "The captain"
type = "person"
party = "interested"

[[source]]
id = "gazette"
type = "article-newspaper"
origin = ["harbour"]
reliability = "D"

[[source]]
id = "post"
type = "article-newspaper"
reliability = "C"

[[source]]
id = "ledger"
type = "document"
reliability = "A"

[[source]]
id = "plan"
type = "document"
"""
