"""A dispute on a page: answers, judgments, evidence, and a way out."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from string import ascii_lowercase
from typing import Final

from tui.briefing import prose
from tui.briefing.scales import likelihood_range
from tui.evidence.disputes import Dispute, Row, Stand
from tui.library.entry_links import Conflict
from tui.library.judgment_records import Position
from tui.library.records import Entry, Name
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.links import brief_span, number_link, numbers
from tui.render.page import INDENT, Block, Columns, Para, Role, Span, apart, heading_block, line, shares

_SHOWN: Final = 3
"""The holders of an answer that are named; of further ones the number is shown."""
_BESIDE: Final = 104
"""The fewest cells of a page on which the answers stand side by side."""
_NARROWEST: Final = 18
"""The fewest cells of an answer beside others."""
_CELL: Final = 3
"""The cells of an answer in the table of evidence."""
_PRO: Final[tuple[str, Role]] = (signs.SUPPORTS.symbol, "link")
_CON: Final[tuple[str, Role]] = (signs.CONTRADICTS.symbol, "conflict")
_NEITHER: Final[tuple[str, Role]] = (signs.SILENT.symbol, "muted")

PairBlock = Callable[[Conflict], Block]


def dispute_blocks(volume: Volume, dispute: Dispute, pair_block: PairBlock) -> Iterator[Block]:
    """Set a dispute, block by block."""
    yield _question(dispute)
    yield _stands(volume, dispute)
    if dispute.judgments:
        yield heading_block("we-judge", "We judge")
        for relation in dispute.judgments:
            yield _judgment(volume, dispute, relation.other, relation.position)
    if dispute.rows:
        yield _evidence_head(dispute)
        for row in dispute.rows:
            yield _row(dispute, row)
    if settled := _asked(dispute.question):
        yield Block("settled", (line("What would settle it", "heading"), line(settled, indent=INDENT)))
    if dispute.pairs:
        yield heading_block("pairs", f"{words.count(len(dispute.pairs), 'pair')} inside it")
        yield from map(pair_block, dispute.pairs)


def block_of(dispute: Dispute, entry: Entry) -> str:
    """Return the block that shows an entry; empty where none does."""
    if entry.id == dispute.question.id:
        return "question"
    judged = (f"judgment:{entry.id}" for one in dispute.judgments if one.other.id == entry.id)
    rows = (f"row:{row.entries[0].id}" for row in dispute.rows if entry in row.entries)
    return next(chain(judged, rows), "")


def summary_block(dispute: Dispute) -> Block:
    """Set a dispute in brief, for the list of disputes."""
    question = dispute.question
    below = [Span(f"{_least(dispute)} ", "meta"), *_likelihoods(dispute)]
    paras = (
        Para((brief_span(question, 160, "strong"),), Span(question.number, "number"), INDENT, INDENT),
        line(_answers(dispute), indent=INDENT),
        Para(tuple(below), indent=INDENT),
    )
    return Block(f"dispute:{question.id}", paras, f"page:evidence:conflicts:{question.id}")


def _answers(dispute: Dispute) -> str:
    return "; ".join(words.kept_together(stand.position.text) for stand in dispute.stands)


def _least(dispute: Dispute) -> str:
    """Write the answers with the least against them. None is called proved."""
    least = dispute.least
    if not dispute.rows or len(least) == len(dispute.stands):
        return "No answer has less against it than the others."
    pieces = f"{least[0].against} of {words.count(len(dispute.rows), 'piece')} of evidence"
    return f"Least speaks against {_joined(_named(stand.position) for stand in least)}: {pieces}, which is no proof."


def _question(dispute: Dispute) -> Block:
    question = dispute.question
    paras = (
        Para((Span(prose.plain(question.text), "strong"),), Span(question.number, "number"), INDENT, INDENT),
        line(f"{words.count(len(dispute.stands), 'answer')}: {_answers(dispute)}", indent=INDENT),
        Para((Span(f"{_least(dispute)} "), *_likelihoods(dispute)), indent=INDENT),
    )
    return Block("question", paras, f"#{question.id}")


def _likelihoods(dispute: Dispute) -> Iterator[Span]:
    """Yield the likelihoods of the judgments that answer a question."""
    yield Span("Our judgments: " if dispute.judgments else "We judge none of the answers", "meta")
    for index, relation in enumerate(dispute.judgments):
        judgment = relation.other
        yield Span("; " if index else "", "meta")
        yield number_link(judgment)
        likelihood = judgment.assess.likelihood if judgment.assess else ""
        yield Span(f"\u00a0{words.kept_together(likelihood)}", "emphasis")
    yield Span(".", "meta")
    sure = [(one.other, one.other.assess.confidence) for one in dispute.judgments if one.other.assess]
    if told := [f"{judgment.number}\u00a0{confidence}" for judgment, confidence in sure if confidence]:
        yield Span(f" Our confidence: {'; '.join(told)}.", "meta")


def _stands(volume: Volume, dispute: Dispute) -> Block:
    paras: list[Para] = []
    starts = []
    for letter, stand in zip(_letters(dispute), dispute.stands, strict=True):
        starts.append(len(paras))
        first, *rest = _stand(volume, letter, stand, dispute.rows)
        paras += [first._replace(space=1), *rest]
    columns = Columns(tuple(starts), len(paras), partial(_widths, len(starts))) if starts else None
    return Block("answers", tuple(paras), space=0, counts=False, columns=columns)


def _widths(number: int, whole: int) -> tuple[int, ...]:
    found = shares(whole, number, _BESIDE)
    return found if found and found[0] >= _NARROWEST else ()


def _stand(volume: Volume, letter: str, stand: Stand, rows: tuple[Row, ...]) -> Iterator[Para]:
    """Set an answer with its holders, its best source and its origins."""
    position = stand.position
    yield Para((Span(position.text, "heading"),), Span(letter, "number"), 3, 3)
    pro, name = words.count(stand.speaking_for, "piece"), position.id
    neither = sum(name not in row.speaks_for | row.against for row in rows)
    yield Para(
        (
            Span(_PRO[0], _PRO[1], whole=""),
            Span(f"\u00a0{stand.speaking_for}\u00a0for  ", "meta", whole=f"{pro} of evidence for, "),
            Span(_CON[0], _CON[1], whole=""),
            Span(f"\u00a0{stand.against}\u00a0against  ", "meta", whole=f"{stand.against} against, "),
            Span(*_NEITHER, whole=""),
            Span(f"\u00a0{neither}\u00a0neither", "meta", whole=f"{neither} neither for nor against"),
        ),
        indent=3,
    )
    for entry in stand.entries[:_SHOWN]:
        yield Para((number_link(entry), brief_span(entry, 100, before=" ")), indent=3)
    if rest := stand.entries[_SHOWN:]:
        yield Para((Span("and ", "meta"), *numbers(rest)), indent=3)
    if more := sum(name in row.speaks_for and not {*row.entries} & {*stand.entries} for row in rows):
        yield line(f"and {more} more for it in the evidence below", "meta", indent=3)
    if stand.best:
        source = volume.sources[stand.best.source]
        spans = (Span("best source: ", "meta"), Span(source.label, "link", f"#{source.id}"))
        yield Para((*spans, Span(f"\u00a0· {source.reliability}", "rating")), indent=3)
    if stand.voices:
        voices = words.count(len(stand.voices), "voice")
        said = "; ".join(_voice(volume, voice) for voice in stand.voices)
        yield line(f"{voices}: {said}", "meta", indent=3)
    if position.note:
        yield line(prose.plain(position.note), "muted", indent=3)


def _voice(volume: Volume, voice: Name) -> str:
    party = volume.entities[voice.entity].party if voice.entity else ""
    return f"{voice.text}, {words.PARTY_WORDS.get(party, party)}" if party else voice.text


def _judgment(volume: Volume, dispute: Dispute, judgment: Entry, position: str) -> Block:
    spans: list[Span] = []
    if assess := judgment.assess:
        ends = likelihood_range(volume.edition.scale, assess.likelihood) if assess.likelihood else None
        percent = f", {ends[0]}–{ends[1]}%" if ends else ""
        spans.append(Span(f"{assess.likelihood}{percent}: ", "emphasis"))
    spans.append(Span(prose.plain(judgment.text)))
    confidence = judgment.assess.confidence if judgment.assess else ""
    said = [f"Our confidence is {confidence}."] if confidence else []
    said += [f"It answers {_named(stand.position)}." for stand in dispute.stands if stand.position.id == position]
    paras = [Para(tuple(spans), Span(judgment.number, "number"), INDENT, INDENT)]
    if said:
        paras.append(line(" ".join(said), "meta", indent=INDENT))
    return Block(f"judgment:{judgment.id}", tuple(paras), f"#{judgment.id}", space=0)


def _evidence_head(dispute: Dispute) -> Block:
    """Set the heads of the table of evidence, with its legend."""
    count = words.count(len(dispute.rows), "piece")
    heading = Para((Span("Evidence", "heading"), apart(f"{count}; what tells most answers apart comes first")))
    told = (Span(*_PRO), Span(" for ", "meta"), Span(*_CON), Span(" against ", "meta"), Span(*_NEITHER))
    legend = [*(span._replace(whole="") for span in told), Span(" neither; ", "meta", whole="")]
    said = Span("one voice is one piece", "meta", whole="One voice is one piece.")
    answers = [
        f"{letter}\u00a0{stand.position.text}" for letter, stand in zip(_letters(dispute), dispute.stands, strict=True)
    ]
    letters = "".join(f"{letter:<{_CELL}}" for letter in _letters(dispute))
    heads = (
        Para((Span("; ".join(map(words.kept_together, answers)), "meta", whole=""),)),
        Para((Span("", whole=""),), plot=lambda _whole: (Span(letters, "number"),)),
    )
    return Block("evidence", (heading, Para((*legend, said)), *heads), counts=False)


def _row(dispute: Dispute, row: Row) -> Block:
    first, *rest = row.entries
    cells = tuple(_cells(dispute, row))
    spans = [number_link(first), brief_span(first, 160, before=" ")]
    if rest:
        shared = "voice" if row.is_spoken else "origin"
        spans += [Span(", with ", "meta"), *numbers(rest), Span(f" of the same {shared}", "meta")]
    why = " ".join(map(prose.plain, row.whys))
    spans.append(Span(f": {why}" if why else "", "meta", whole=f". {_row_words(dispute, row)} {why}".rstrip()))
    hang = _CELL * len(dispute.stands)
    para = Para(tuple(spans), plot=lambda _whole: cells, further=hang)
    return Block(f"row:{first.id}", (para,), f"#{first.id}", space=0)


def _cells(dispute: Dispute, row: Row) -> Iterator[Span]:
    for stand in dispute.stands:
        name = stand.position.id
        said = [_PRO] * (name in row.speaks_for) + [_CON] * (name in row.against) or [_NEITHER]
        yield from (Span(sign, role, whole="") for sign, role in said)
        yield Span(" " * (_CELL - len(said)), whole="")


def _row_words(dispute: Dispute, row: Row) -> str:
    """Write the word of a row on the answers."""
    said = []
    for name, chosen in (("For", row.speaks_for), ("Against", row.against)):
        named = [_named(stand.position) for stand in dispute.stands if stand.position.id in chosen]
        if named:
            said.append(f"{name} {_joined(named)}.")
    return " ".join(said) or "It tells no answers apart."


def row_data(row: Row) -> dict[str, object]:
    """Return a row of evidence."""
    return {
        "entries": [entry.id for entry in row.entries],
        "origins": [voice.text for voice in row.voices],
        "for": sorted(row.speaks_for),
        "against": sorted(row.against),
        "why": list(row.whys),
    }


def dispute_data(volume: Volume, dispute: Dispute) -> dict[str, object]:
    """Return a dispute with its positions, evidence and judgments."""
    return {
        "question": dispute.question.id,
        "positions": [_stand_data(volume, stand) for stand in dispute.stands],
        "least_against": [stand.position.id for stand in dispute.least],
        "evidence": [row_data(row) for row in dispute.rows],
        "judgments": [{"judgment": one.other.id, "position": one.position} for one in dispute.judgments],
        "settled_by": _asked(dispute.question),
        "pairs": [[pair.one.id, pair.other.id] for pair in dispute.pairs],
    }


def _stand_data(volume: Volume, stand: Stand) -> dict[str, object]:
    return {
        "id": stand.position.id,
        "text": stand.position.text,
        "entries": [entry.id for entry in stand.entries],
        "best_source": stand.best.source if stand.best else "",
        "origins": [
            {"name": voice.text, "party": volume.entities[voice.entity].party if voice.entity else ""}
            for voice in stand.voices
        ],
        "rows_for": stand.speaking_for,
        "rows_against": stand.against,
    }


def _asked(question: Entry) -> str:
    return prose.plain(question.question.settled_by) if question.question else ""


def _letters(dispute: Dispute) -> str:
    return ascii_lowercase[: len(dispute.stands)].ljust(len(dispute.stands), "z")


def _named(position: Position) -> str:
    return f"“{position.text}”"


def _joined(parts: Iterable[str]) -> str:
    *before, last = parts
    return f"{', '.join(before)} and {last}" if before else last
