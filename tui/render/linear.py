"""Blocks for who reads from the first word to the last, and does not look at a screen."""

from tui.render.page import Block, Para


def linear(block: Block) -> Block:
    """Return a block uncut, without columns, bars and plots."""
    return block._replace(paras=tuple(filter(None, map(_linear, block.paras))), columns=None)


def _linear(para: Para) -> Para | None:
    spans = (span if span.whole is None else span._replace(text=span.whole) for span in para.spans)
    found = para._replace(spans=tuple(span for span in spans if span.text), keep=False, plot=None)
    return None if para.plot and not found.text else found
