"""Rules on the sources and dates that a text names."""

from collections.abc import Iterator

from tui.checks.author_prose import ASKING, TOLD, prose_with, texts, worded
from tui.checks.rule import Finding, Subject, found_at, rule
from tui.language.anonymity import anonymous_label, said_openly, unnamed
from tui.language.lexicon import Lexicon
from tui.language.tone import relative_dates


@rule(
    "S004",
    "warning",
    title="the source or speaker is unnamed",
    why=(
        "Who cannot be named cannot be judged: the SPJ code of ethics asks that sources be identified clearly, the IFCN"
        " code that readers can check them, ICD 206 for descriptors of what a source is."
    ),
    remedy="name them; where the source does not, say so: “an unnamed official”",
    example=TOLD.replace("TEXT", "Officials said that the pier is safe."),
    near_miss=TOLD.replace("TEXT", "Unnamed officials said that the pier is safe."),
)
@worded
def nameless(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find unnamed speakers and sources that the text does not call unnamed."""
    entities = {entity.id for entity in subject.briefing.entity}
    for place, stretches in texts(subject):
        values = vars(place.entry)  # an attribute that a model lacks is slow to ask for
        labels = [(key, label) for key in ("by", "who") if (label := values.get(key))]
        for key, label in labels:
            if label not in entities and anonymous_label(label, lists):
                yield Finding((*place.path, key), f"“{label}” names nobody")
        if place.table in ASKING or any(said_openly(label, lists) for _, label in labels):
            continue  # a question asks what nobody is said to know, and an indicator what somebody may yet do
        for path, text, _ in stretches:
            for found in unnamed(text, lists):
                yield found_at(path, text, found, "“{}” names nobody")


@rule(
    "S007",
    "warning",
    title="the date is relative",
    why=(
        "“Recently” means another day to each reader; ISO 8601-2 (EDTF) has a form for every date that is known in part,"
        " and a briefing is read long after it was written."
    ),
    remedy="write the date as far as it is known (2024-05, 2024?), in the text or as the entry’s `date`",
    example=TOLD.replace("TEXT", "The keeper says that the pier was closed last week."),
    near_miss=TOLD.replace("TEXT", "The keeper says that the pier was closed in the last week of May 2024."),
)
@worded
def undated(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find relative dates in entries without a date."""
    dated = {place.path for place in subject.entries if getattr(place.entry, "date", None)}
    for path, text, _ in prose_with(subject, "relative"):
        if path[:2] in dated:
            continue
        for span in relative_dates(text, lists):
            yield found_at(path, text, span, "“{}” means another day to each reader")
