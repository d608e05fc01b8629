"""Briefings of both formats drawn by hypothesis, and their TOML."""

from collections.abc import Container
from typing import Any, get_args

from hypothesis import strategies as st

from tui.briefing.entry import RELATIONS
from tui.briefing.fields import ConflictKind
from tui.briefing.scales import likelihood_words
from tui.briefing.toml_text import basic_string
from tui.checks.rules import BY_ID

WORDS = st.text(st.sampled_from("abc ABC.,;:“”’[]*`()0123456789%éß天—\n"), min_size=1, max_size=40).filter(
    str.strip
) | st.sampled_from(
    ["Reports say that it may be so.", "Experts agree: 200 missiles.", "the likely [[e1]]", "remain vigilant"]
)
LINES = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
IDS = [f"e{number}" for number in range(6)]
DATES = st.sampled_from(["2025", "2025-04", "2024?", "2024/..", "../2026-23", "199X", "2026-11-22"])
RULE_IDS = st.sampled_from(sorted(BY_ID))


def table(
    required: dict[str, st.SearchStrategy[object]], optional: dict[str, st.SearchStrategy[object]]
) -> st.SearchStrategy[dict[str, object]]:
    """Draw a table with some of its optional keys."""
    ignoring = {"ignore": st.lists(RULE_IDS, max_size=2), "ignore_why": LINES}
    return st.fixed_dictionaries(required, optional=optional | ignoring).map(_reasoned)


def _reasoned(values: dict[str, object]) -> dict[str, object]:
    return values | ({"ignore_why": "So it is."} if values.get("ignore") else {})


SOURCES = table(
    {"type": st.sampled_from(["report", "interview", "webpage"])},
    {
        "title": LINES, "author": LINES, "publisher": LINES, "issued": DATES, "url": st.just("https://example.org/"),
        "unknown": st.lists(st.sampled_from(["author", "url"]), max_size=2), "sha256": st.just("0" * 64),
        "origin": st.lists(st.sampled_from(["s0", "s1", "mill"]), max_size=2), "machine": st.booleans(),
    },
)  # fmt: skip
CITATIONS = table(
    {"source": st.sampled_from(["s0", "s1", "s2"])},
    {"quote": WORDS, "prefix": WORDS, "suffix": WORDS, "direct": st.booleans()},
).map(lambda values: {key: value for key, value in values.items() if not key.startswith("ignore")})
NUMBERS = st.integers(0, 5000) | st.floats(0, 1, allow_nan=False)
COMMON: dict[str, st.SearchStrategy[object]] = {
    "by": st.sampled_from(["x0", "unnamed officials", "the mill"]), "hedge": LINES, "date": DATES,
    "cite": st.lists(CITATIONS, max_size=3), "about": st.lists(st.sampled_from(["x0", "x1"]), max_size=2),
    "draft": st.booleans(),
}  # fmt: skip
KIND = st.sampled_from(["report", "statement", "prediction", "judgment"])
ASSESS = st.fixed_dictionaries(
    {}, optional={"likelihood": st.sampled_from(likelihood_words("icd203")), "confidence": st.just("low"), "why": WORDS}
)
QUANTITY = st.fixed_dictionaries(
    {"of": st.sampled_from(["swans", "Swans"])}, optional={"min": NUMBERS, "max": NUMBERS, "note": LINES}
)
OWN: dict[str, tuple[dict[str, st.SearchStrategy[object]], dict[str, st.SearchStrategy[object]]]] = {
    "background": ({"text": WORDS}, {"title": LINES, "kind": KIND}),
    "claim": (
        {"text": WORDS, "by": LINES},
        {"kind": KIND, "quantity": QUANTITY, "credibility": st.integers(1, 6), "assess": ASSESS},
    ),
    "view": (
        {"text": WORDS, "who": st.sampled_from(["x0", "Experts", "Ann"])},
        {
            "role": LINES,
            "affiliation": LINES,
            "stance": LINES,
            "kind": KIND,
            "assess": ASSESS,
            "credibility": st.integers(1, 6),
        },
    ),
    "recommendation": (
        {"action": WORDS},
        {"actor": LINES, "actor_implied": st.booleans(), "modal": LINES, "text": WORDS},
    ),
    "assumption": ({"text": WORDS}, {"assess": ASSESS}),
    "question": ({"text": WORDS}, {}),
}


def _without(
    values: dict[str, st.SearchStrategy[object]], keys: Container[str]
) -> dict[str, st.SearchStrategy[object]]:
    return {key: value for key, value in values.items() if key not in keys}


@st.composite
def briefings(draw: st.DrawFn) -> dict[str, object]:
    """Draw a briefing of format 1 that loads, or nearly: links in its prose may dangle."""
    tables = [draw(st.sampled_from(tuple(OWN))) for _ in IDS]
    data: dict[str, object] = {
        "format": 1,
        "briefing": draw(table({"title": LINES, "bluf": WORDS, "as_of": DATES}, {"note": WORDS}))
        | {"id": "b", "lang": draw(st.sampled_from(["en", "de", "xx"]))},
        "source": [draw(SOURCES) | {"id": f"s{number}"} for number in range(3)],
        "entity": [
            {"id": f"x{number}", "name": draw(LINES), "type": draw(st.sampled_from(["person", "organisation"]))}
            for number in range(2)
        ],
    }
    for name, (required, optional) in OWN.items():
        rows = []
        for entry, wanted in zip(IDS, tables, strict=True):
            if wanted == name:
                row = draw(table(required, {**_without(COMMON, required), **optional})) | {"id": entry}
                for relation in draw(st.lists(st.sampled_from(RELATIONS), max_size=2)):
                    row[relation] = [{"to": draw(st.sampled_from([one for one in IDS if one != entry])), "why": "So."}]
                rows.append(row)
        if rows:
            data[name] = rows
    return data


_LIKELIHOOD = st.sampled_from(likelihood_words("icd203"))
_CONFIDENCE = st.sampled_from(["low", "moderate", "high"])
_WORDED = st.fixed_dictionaries(
    {"of": st.sampled_from(["swans", "Swans"])},
    optional={"min": NUMBERS, "max": NUMBERS, "words": LINES | st.sampled_from(["hundreds", "dozens"])},
)
_STATED: dict[str, st.SearchStrategy[object]] = {"why": WORDS, "stated": st.booleans()}
_CONFLICT_KINDS = st.sampled_from(get_args(ConflictKind))
_POSITIONS = ["p0", "p1", "p2"]


@st.composite
def briefings_of_format_2(draw: st.DrawFn) -> dict[str, object]:
    """Draw a briefing of format 2 that loads, or nearly: links in its prose may dangle."""
    data: dict[str, Any] = draw(briefings())
    tables: list[tuple[str, dict[str, Any]]] = [(name, row) for name in OWN for row in data.get(name, ())]
    for kind, row in tables:
        row.pop("assess", None)
        if kind == "view":
            row.pop("credibility", None)
        if "quantity" in row:
            row["quantity"] = draw(_WORDED)
        row.update(draw(st.fixed_dictionaries({}, optional={"short": LINES, "note": WORDS})))
        for relation in filter(row.__contains__, RELATIONS):
            more = {"kind": _CONFLICT_KINDS} if relation == "conflicts" else {}
            row[relation] = [one | draw(st.fixed_dictionaries({}, optional=_STATED | more)) for one in row[relation]]
    entries = {row["id"]: name for name in OWN for row in data.get(name, ())}
    judgments = [f"j{number}" for number in range(draw(st.integers(0, 3)))]
    questions = [row for row in data.get("question", ()) if draw(st.booleans())]
    for row in questions:
        row.update(draw(_disputes(sorted(entries.keys() - {row["id"]}))))
    answers = [row["id"] for row in data.get("question", ())] + [
        f"{row['id']}#{p}" for row in questions for p in _POSITIONS
    ]
    grounds = sorted(name for name in entries)
    rests = sorted(name for name, kind in entries.items() if kind == "assumption")
    data["judgment"] = [{"id": one} | draw(_judgments(grounds, rests, answers)) for one in judgments]
    data["indicator"] = draw(st.lists(_indicators(judgments), max_size=2))
    for number, row in enumerate(data["indicator"]):
        row["id"] = f"i{number}"
    data["origin"] = [{"id": "mill", "name": draw(LINES), "by": draw(st.sampled_from(["x0", "the mill"]))}]
    data["entity"][0] |= draw(st.fixed_dictionaries({"party": LINES}, optional={"reliability": st.just("C")}))
    data["briefing"] |= draw(
        st.fixed_dictionaries({}, optional={"information_cutoff": DATES, "status": st.just("draft")})
    )
    data["revision"] = draw(st.lists(st.fixed_dictionaries({"on": DATES, "text": WORDS}), max_size=2))
    return {key: value for key, value in data.items() if value != []} | {"format": 2}


def _disputes(entries: list[str]) -> st.SearchStrategy[dict[str, object]]:
    some = st.lists(st.sampled_from(entries), max_size=2) if entries else st.just([])
    names = st.lists(st.sampled_from(_POSITIONS), max_size=2)
    bearing = st.fixed_dictionaries({"entry": st.sampled_from(entries)}, optional={"for": names, "against": names})
    more: dict[str, st.SearchStrategy[object]] = {"entries": some, "note": WORDS}
    positions = st.tuples(
        *(st.fixed_dictionaries({"id": st.just(name), "text": LINES}, optional=more) for name in _POSITIONS)
    ).map(list)
    evidence = st.lists(bearing, max_size=2) if entries else st.just([])
    return st.fixed_dictionaries({"positions": positions}, optional={"evidence": evidence, "settled_by": WORDS})


def _judgments(grounds: list[str], rests: list[str], answers: list[str]) -> st.SearchStrategy[dict[str, object]]:
    to = st.fixed_dictionaries({"to": st.sampled_from(grounds)}, optional={"why": WORDS, "weak": st.booleans()})
    reasons = st.lists(to, max_size=3)
    earlier = st.fixed_dictionaries({"on": DATES}, optional={"likelihood": _LIKELIHOOD, "text": WORDS, "why": WORDS})
    optional: dict[str, st.SearchStrategy[object]] = {
        "confidence": _CONFIDENCE,
        "quantity": _WORDED,
        "alternatives": st.lists(st.fixed_dictionaries({"text": WORDS}), max_size=2),
        "so_what": WORDS,
        "previous": st.lists(earlier, max_size=2),
        "outcome": st.fixed_dictionaries({"on": DATES, "came_true": st.booleans()}),
    }
    if rests:
        optional["rests_on"] = st.lists(st.fixed_dictionaries({"to": st.sampled_from(rests)}), max_size=2)
    if answers:
        optional["answers"] = st.sampled_from(answers)
    required: dict[str, st.SearchStrategy[object]] = {
        "text": WORDS,
        "date": DATES,
        "likelihood": _LIKELIHOOD,
        "why": WORDS,
        "for": reasons,
        "against": reasons,
    }
    whole, draft = table(required, optional), table({"draft": st.just(value=True)}, {**required, **optional})
    return whole | draft


def _indicators(judgments: list[str]) -> st.SearchStrategy[dict[str, object]]:
    move = st.fixed_dictionaries({"to": st.sampled_from(judgments or ["j0"]), "way": st.sampled_from(["up", "down"])})
    sign = st.fixed_dictionaries({"text": WORDS}, optional={"moves": st.lists(move, max_size=2)} if judgments else {})
    seen = st.fixed_dictionaries({"on": DATES}, optional={"cite": st.lists(CITATIONS, max_size=2)})
    return table({"text": WORDS}, {"outcomes": st.lists(sign, max_size=2), "until": DATES, "observed": seen})


def inline(value: object) -> str:
    """Write a value as TOML, on one line."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {inline(inner)}' for key, inner in value.items())} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(inline, value))}]"
    return basic_string(value) if isinstance(value, str) else str(value).lower()


def written(data: dict[str, object]) -> str:
    """Write the tables of a briefing as TOML."""
    parts: list[str] = []
    for name, value in data.items():
        if not isinstance(value, dict | list):
            parts.insert(0, f"{name} = {inline(value)}\n")
            continue
        header = f"[{name}]\n" if isinstance(value, dict) else f"[[{name}]]\n"
        rows = [value] if isinstance(value, dict) else value
        parts += [header + "".join(f"{key} = {inline(one)}\n" for key, one in row.items()) for row in rows]
    return "\n".join(parts)
