"""A small briefing of format 2 that has every key of the format, in several layouts."""

from typing import Final

WHOLE: Final = """\
#:schema ../briefing.schema.json
format = 2

[briefing]
id = "whole"
title = "Casks on a quay"
bluf = "Fewer than 200 casks are likely; see [[few-casks]]."
lang = "en"
as_of = "2026-11-22"
information_cutoff = "2026-10"
scale = "icd203"
authors = ["A. Author"]
note = "Made up from end to end."
status = "public"
from = 2026-11-22T09:00:00+01:00
until = 2027-11-22T09:00:00+01:00
was = ["entire"]
ignore = ["B004"]
ignore_why = "It is made up."

# The author's own voice.
[[judgment]]
id = "few-casks"
short = "Fewer than 200 were landed"
date = "2024-05"
text = "Fewer than 200 casks were landed."
likelihood = "likely"
confidence = "low"
why = "The ledger counts; see [[ledger-says]]."
for = ["ledger-says", { to = "carts", why = "Carts hold few.", weak = true }] # what was counted
against = [
  { to = "post-says", why = "It has more." }, # a paper
  "gazette-says", # another
]
rests_on = [{ to = "book-whole", why = "Else the count is no count.", stated = false }]
answers = "how-many#few"
quantity = { of = "casks", max = 199, unit = "cask" }
alternatives = [{ text = "They were never counted.", likelihood = "unlikely" }]
so_what = "The quay is long enough."
about = ["captain"]
note = "It moved once."
was = ["fewer-casks"]

  [[judgment.previous]] # how it moved
  on = "2024-03"
  likelihood = "unlikely"
  confidence = "low"
  text = "Fewer than 100 casks were landed."
  why = "The ledger was found."

[judgment.outcome]
on = "2026-01"
came_true = true
why = "The customs said so."

[[judgment]]
id = "no-rain"
draft = true
rests_on = ["few-casks"]

[[question]]
id = "how-many"
short = "How many casks?"
text = "How many casks were landed?"
key = true
about = ["carts"]
settled_by = "The books of the customs."
evidence = [
  # seen by many
  { entry = "carts", for = ["few", "hundreds"], against = ["none"], why = "Carts were seen." },
  { entry = "cellar", against = ["none"] },
]

  [[question.positions]]
  id = "none"
  text = "none"
  entries = ["denial"]

  [[question.positions]]
  id = "few"
  text = "fewer than 200"
  entries = ["ledger-says"]
  note = "The ledger alone."

  [[question.positions]]
  id = "hundreds"
  text = "hundreds"
  entries = ["gazette-says", "post-says"]

[[question]]
id = "who-paid"
text = "Who paid?"

[[indicator]]
id = "books-out"
short = "The customs publish their books"
text = "The customs publish their books."
where = "the customs house"
until = "2027-06"
about = ["captain"]
outcomes = [
  { text = "They have fewer than 200.", moves = [{ to = "few-casks", way = "up" }] }, # as we judge
  { text = "They have more.", moves = [{ to = "few-casks", way = "down" }] },
]
observed = { on = "2026-10", cite = [{ source = "ledger", quote = "120 casks" }] }

[[background]]
id = "quay"
title = "The quay"
text = "A quay; see [[how-many]]."
kind = "report"
cite = [{ source = "plan" }]

[[claim]]
id = "denial"
short = "None was landed"
text = "The captain says that none was landed."
kind = "statement"
by = "captain"
hedge = "as far as he knows"
date = "2024-05-03"
cite = [{ source = "gazette", quote = "not one cask", prefix = "said: ", suffix = ".", direct = true, page = "2", note = "His words.", origin = "captain-in-march" }]
conflicts = [{ to = "ledger-says", kind = "denial", why = "He denies the count." }]
credibility = 3
about = ["captain", "few-casks"]
was = ["the-denial"]

[[claim]]
id = "ledger-says"
short = "120 casks were landed"
text = "The ledger has 120 casks."
cite = [{ source = "ledger", origin = ["harbour", "ledger"] }]
quantity = { of = "casks", min = 120, max = 120, unit = "cask" }
supports = [{ to = "carts", why = "It counts what they held.", stated = false }]

[[claim]]
id = "gazette-says"
text = "The gazette says hundreds."
cite = [{ source = "gazette" }]
quantity = { of = "casks", words = "hundreds" }
note = "It calls them “many”."
conflicts = [{ to = "post-says", kind = "other-count" }]

[[claim]]
id = "post-says"
text = "The post says thousands."
cite = [{ source = "post" }]
  [claim.quantity]
  of = "casks"
  words = "thousands"

[[claim]]
id = "carts"
text = "Carts were seen."
cite = [{ source = "ledger" }]
attacks = [{ to = "denial", why = "They hold casks." }]

[[claim]]
id = "cellar"
text = "The cellar holds 900 casks."
cite = [{ source = "plan" }]
undercuts = [{ to = "post-says", why = "Thousands do not fit." }]

[[view]]
id = "too-many"
short = "The casks are too many"
who = "captain"
text = "The casks are too many."
role = "captain of a ship"
affiliation = "the harbour"
kind = "judgment"
stance = "worried"
via = "gazette"
by = "the gazette"
rests_on = ["denial"]

[[recommendation]]
id = "count-again"
short = "Count the casks again"
action = "Count the casks again."
actor = "captain"
actor_implied = true
modal = "ought to"
text = "Two counts are better than one."
cite = [{ source = "post" }]
rests_on = [{ to = "few-casks", stated = false }]

[[assumption]]
id = "book-whole"
short = "The ledger is whole"
text = "No page of the ledger is missing."
rests_on = ["ledger-says"]

[[entity]]
id = "captain"
name = "The captain"
short = "Captain"
type = "person"
role = "captain"
affiliation = "the harbour"
aka = ["Old Tom"]
party = "interested"
reliability = "C"
text = "He commands the ship."
cite = [{ source = "gazette" }]

[[origin]]
id = "captain-in-march"
name = "The captain, in March"
by = "captain"
note = "He spoke once."

[[origin]]
id = "harbour"
name = "The harbour office, in April"
by = "the harbour office"

[[source]]
id = "gazette"
type = "article-newspaper"
title = "Of casks"
author = ["Ann One"]
container = "The gazette"
issued = "2024-05-02"
accessed = "2026-10-01"
url = "https://example.org/gazette"
lang = "en"
origin = ["harbour"]
seen = "full"
reliability = "D"
machine = false
republish = true
editor = ["Ed Two"]
translator = "Tom Three"
edition = "2nd"
volume = "7"
issue = "3"
number = "12"
page = "1–4"
chapter_number = "5"
publisher_place = "Quillby"
event_title = "The hearing"
archive = "The town archive"
archive_location = "Box 3"
DOI = "10.1000/1"
ISBN = "978-3-16-148410-0"
ISSN = "1234-5678"
genre = "Letter"
medium = "paper"

[[source]]
id = "post"
type = "article-newspaper"
short = "The post"
publisher = "Post Press"
unknown = ["title", "url"]
cited_in = "gazette"
descriptor = "A paper of the town; see [[captain]]."

[[source]]
id = "ledger"
type = "document"
title = "The ledger"
reliability = "A"

[[source]]
id = "plan"
type = "document"
title = "The plan"

[[revision]]
on = "2026-11-22"
text = "[[few-casks]] is new."
"""
