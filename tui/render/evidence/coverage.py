"""Coverage in full: the shares by kind of entry, and which entries lack what."""

from typing import Final

from tui.briefing.kinds import KINDS
from tui.evidence.coverage import MEASURES, STATING, Measure
from tui.evidence.evidence import Evidence
from tui.library.volume import Volume
from tui.render import words
from tui.render.entries import number_ranges
from tui.render.evidence.choice import Choice
from tui.render.evidence.front import MEASURE_WORDS, share_para
from tui.render.page import Block, Page, Para, fixed, line

_MEANT: Final[dict[Measure, str]] = {
    "quote": "The quote stands in the held text, or stood there when that was last held.",
    "origins": "Its sources go back to at least two origins that do not rest on one another.",
    "rating": "A claim or a view has its Admiralty figure.",
}


def coverage_page(volume: Volume, _choice: Choice) -> Page:
    """Set the shares of each measure by kind of entry, with the entries that lack it."""
    coverage = Evidence.of(volume).coverage
    blocks = []
    for measure in MEASURES:
        title = MEASURE_WORDS[measure]
        paras = [line(title[:1].upper() + title[1:], "heading", indent=2), line(_MEANT[measure], "meta", indent=2)]
        paras.append(share_para("of all that can have it", coverage.whole[measure])._replace(space=1))
        for table in STATING:
            share = coverage.by_table.get(table, {}).get(measure)
            if share and share.whole:
                paras.append(share_para(KINDS[table].plural, share))
        lacking = coverage.lacking[measure]
        if lacking:
            said = line(f"{words.count(len(lacking), 'entry', 'entries')} without:", "meta", indent=2, space=1)
            paras += [said, Para(tuple(number_ranges(lacking)), indent=4)]
        blocks.append(Block(measure, tuple(paras), counts=False))
    return fixed("Coverage", blocks)
