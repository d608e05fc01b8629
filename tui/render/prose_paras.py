"""The prose of a briefing as paragraphs."""

from tui.briefing import prose
from tui.library.volume import Volume
from tui.render import signs
from tui.render.links import link_span
from tui.render.page import Para, Role, Span


def prose_paras(volume: Volume, text: str, indent: int = 0, role: Role = "text") -> list[Para]:
    """Set the prose of a briefing, paragraph by paragraph."""
    styles: dict[str, Role] = {
        "plain": role,
        "emphasis": "emphasis",
        "strong": "strong",
        "code": "code",
        "link": "link",
    }
    paras: list[Para] = []
    for index, passage in enumerate(prose.parse(text)):
        spans = tuple(
            Span(run.text, styles[run.style], f"#{run.target}" if run.target else "")
            if run.text or not run.target
            else link_span(volume, run.target, styles[run.style])
            for run in passage.runs
        )
        # A link that was shortened ends its sentence itself.
        spans = tuple(
            span._replace(text=span.text.removeprefix("."), whole=span.text) if before.text.endswith("…") else span
            for before, span in zip((Span(""), *spans), spans, strict=False)
        )
        hanging = len(passage.marker) + 1 if passage.marker else 0
        marker = Span(_item_sign(passage.marker), "muted") if passage.marker else None
        apart = int(bool(index) and not passage.marker)
        paras.append(Para(spans, marker, indent + hanging, space=apart))
    return paras or [Para((), indent=indent)]


def _item_sign(marker: str) -> str:
    return signs.BULLET.symbol if marker == prose.BULLET else marker


def remark_paras(volume: Volume, text: str, indent: int) -> list[Para]:
    """Set a remark of the author, apart from the words of sources."""
    first, *others = prose_paras(volume, text, indent, "remark")
    lead, *behind = first.spans
    said = (
        (Span(f"Our note: {lead.text}", "remark"),) if lead.role == "remark" else (Span("Our note: ", "remark"), lead)
    )
    return [first._replace(spans=(*said, *behind)), *others]
