"""The text of a new briefing: short, complete and commented, for learning."""

from datetime import date
from typing import Final, NamedTuple

from tui.briefing.toml_text import basic_string

_COMMENTS: Final = 22
"""The column of comments, counted from a value's first character."""

_TEMPLATE: Final = """\
#:schema ../briefing.schema.json
#
# A new briefing. Put your own words in the place of these, from top to bottom; the check tells which are left.
#   briefing handbook       explains every key by example
#   briefing check {called}     says what is missing or sloppy, and what to write instead
#   briefing {called}           reads it; a saved change shows at once

format = 2

[briefing]
id      = {id_string}
title   = {title}
bluf    = "Write the bottom line here, in two or three sentences, so that a hurried reader is not misled."
lang    = {lang}{lang_gap}# the language that you write in, as a BCP 47 tag
as_of   = "{as_of}"          # the day up to which all of it stands; EDTF: 2026-11, 2026?, 2025/2026
scale   = {scale}{scale_gap}# of likelihoods: icd203 or phia, one a briefing
# information_cutoff = "{as_of}"   # the day or month to which you looked for information
# authors = ["Your Name"]
# note    = "How it was made, and what its limits are."
# status  = "draft"             # public | unlisted | draft | withdrawn; `from` and `until` bound when it is shown


# ── Judgments: what you conclude yourself, from the entries below ──────────────────────────────────────────────────
# A judgment is a draft until it has all of these: text, date, likelihood, why, for and against.

[[judgment]]
id         = "first-judgment"
draft      = true
text       = "Write here what is true or false, without a hedge and without a speaker."
# short      = "the same in at most 46 characters"
# date       = "2026-12"          # the time of which it speaks
# likelihood = "likely"
# confidence = "low"
# why        = "Say why."
# for        = ["first-claim"]    # the entries that speak for it; a weak one: {{ to = "first-claim", weak = true }}
# against    = []                 # [] says that you looked and found none
# answers    = "first-question#yes"
# rests_on   = ["first-assumption"]
# so_what    = "Say what follows for the reader."
# alternatives = [{{ text = "What else it could be.", likelihood = "unlikely" }}]
# previous   = [{{ on = "2026", likelihood = "unlikely", why = "Say what changed." }}]
# outcome    = {{ on = "2027", came_true = true, why = "Say how that is known." }}


# ── Questions: what is disputed, and what is not known ─────────────────────────────────────────────────────────────
# With positions a question is a dispute; without them it is something that is not known.

[[question]]
id    = "first-question"
text  = "What would you need to know?"
# positions  = [
#   {{ id = "yes", text = "yes", entries = ["first-claim"] }},
#   {{ id = "no", text = "no", note = "Nobody says so." }},
# ]
# evidence   = [{{ entry = "setting", for = ["yes"], against = ["no"], why = "Say why." }}]
# settled_by = "the record that would settle it"
# key        = true             # its numbers are the chart of the first page; at most one question


# ── Indicators: signs to watch for, which would move a judgment ────────────────────────────────────────────────────

[[indicator]]
id    = "first-sign"
text  = "Write here what could be seen one day."
# outcomes = [{{ text = "It is seen.", moves = [{{ to = "first-judgment", way = "up" }}] }}]
# where    = "the place where it would be seen"
# until    = "2027-06"            # the time to which it is worth watching
# observed = {{ on = "2027-01", cite = [{{ source = "first-source" }}] }}


# ── Background: what a reader must know before the claims ──────────────────────────────────────────────────────────

[[background]]
id   = "setting"
text = "Write in a sentence or two what came before."
cite = [{{ source = "first-source" }}]


# ── Claims: what a source states, in your words, its hedge kept ────────────────────────────────────────────────────
# Only `id`, `text` and `cite` (or `by`) are required. What you make of it yourself is a judgment.

[[claim]]
id   = "first-claim"
text = {claim}
kind = "report"                 # report | statement | inference | prediction | assumption | judgment
cite = [{{ source = "first-source" }}]
# A footnote may carry the source's own words; `briefing quote {called} first-source` picks them from the held text:
# cite      = [{{ source = "first-source", quote = "a few words as they stand there" }}]
# hedge     = "reportedly"
# credibility = 3               # 1 (confirmed) to 6 (cannot be judged)
# quantity  = {{ of = "what is counted", min = 200, words = "hundreds" }}
# conflicts = [{{ to = "another-claim", kind = "contradiction", why = "Say why." }}]
# short     = "the same without the speaker"   # at most 46 characters
# note      = "a remark of your own"


# ── Expert views: who thinks what, in which office ─────────────────────────────────────────────────────────────────

[[view]]
id          = "first-view"
who         = "somebody"        # the id of an entity, or a name
role        = "the office held when it was said"
affiliation = "the body that the holder belonged to"
text        = "Write here what this person holds."
cite        = [{{ source = "second-source" }}]


# ── Recommendations: what somebody says should be done, by whom, and on what it rests ──────────────────────────────

[[recommendation]]
id       = "first-step"
actor    = "whoever is to act"
action   = "Write here what is to be done, so that one could see later whether it was."
by       = "somebody"
cite     = [{{ source = "second-source" }}]
rests_on = ["first-claim"]
# rests_on = [{{ to = "first-claim", stated = false }}]   # where the source does not say so itself


# ── Assumptions: what is taken for granted ─────────────────────────────────────────────────────────────────────────

[[assumption]]
id   = "first-assumption"
text = "Write here what you take for granted."


# ── Who and what is spoken of ──────────────────────────────────────────────────────────────────────────────────────

[[entity]]
id   = "somebody"
name = "The name of a person"
type = "person"                 # person | organisation | place | weapon | event
role = "the office held at the time"
# short       = "Name"          # its name in lists, such as a family name
# party       = "neutral"       # belligerent | interested | neutral | unknown, or free words
# reliability = "F"             # of the voice; a source's letter is for the relay


# ── Origins: whose word it is in the end ───────────────────────────────────────────────────────────────────────────

[[origin]]
id   = "first-origin"
name = "A statement, and its day"
by   = "somebody"               # the id of an entity, or words


# ── Sources ────────────────────────────────────────────────────────────────────────────────────────────────────────
# Say what you know, and list under `unknown` what you looked for in vain. A source is linked (`url`), held (`sha256`,
# which `briefing hold {called} first-source FILE` writes for you), or known only through another (`cited_in`).

[[source]]
id          = "first-source"
type        = "report"          # a CSL item type: article-newspaper, book, hearing, interview, webpage, …
title       = {source}
url         = {url}
unknown     = ["author", "publisher", "issued"]
seen        = "excerpt"         # full | excerpt | reported | not-found
reliability = "F"               # A to E by its record; F says that it cannot be judged, not that it is bad

[[source]]
id          = "second-source"
type        = "webpage"
title       = "Another title"
url         = "https://example.org/second"
unknown     = ["author", "publisher", "issued"]
reliability = "F"
# origin    = ["first-origin"]  # what it rests on itself: five sources with one origin count as one
# republish = true              # where its held text may be shown whole to everybody
# edition   = "2nd"             # or another variable of CSL, with _ for -: editor, volume, issue, page, DOI, ISBN, …


# ── Revisions: changes that readers should know of, the newest first ───────────────────────────────────────────────

# [[revision]]
# on   = "{as_of}"
# text = "Say what is new."
"""


class Beginning(NamedTuple):
    """The first words of a briefing's author. The defaults are the skeleton's own."""

    id: str
    title: str = ""
    lang: str = "en"
    scale: str = "icd203"
    source: str = "The title as it stands there"
    """The title of the first source, or its address."""
    claim: str = "Write here what the source states, and keep its doubts."


def table_of(kind: str) -> str:
    """Return the skeleton's first table of a kind, with its comment."""
    whole = skeleton(Beginning("ID"), date.min)
    start = whole.index(f"[[{kind}]]")
    section = whole[whole.rfind("\n# ── ", 0, start) + 1 : start]
    comments = [line for line in section.splitlines() if line.startswith("# ") and not line.startswith("# ──")]
    explained = comments if section.count("[[") == 0 else []
    return "\n".join([*explained, whole[start : f"{whole}\n\n".index("\n\n", start)], ""])


def skeleton(beginning: Beginning, today: date, called: str = "") -> str:
    """Write a new briefing.

    Args:
        beginning: the first words of its author; any text is escaped for TOML.
        today: the day of the briefing, written as `as_of`.
        called: the name by which commands find the briefing; its id where left out.
    """
    lang, scale = basic_string(beginning.lang), basic_string(beginning.scale)
    is_address = beginning.source.startswith(("https://", "http://"))
    return _TEMPLATE.format(
        called=called if called.isprintable() and called else beginning.id,
        id_string=basic_string(beginning.id),
        title=basic_string(beginning.title),
        as_of=today.isoformat(),
        lang=lang,
        lang_gap=" " * max(1, _COMMENTS - len(lang)),
        scale=scale,
        scale_gap=" " * max(1, _COMMENTS - len(scale)),
        source=basic_string(Beginning("").source if is_address else beginning.source),
        url=basic_string(beginning.source if is_address else "https://example.org/first"),
        claim=basic_string(beginning.claim),
    )
