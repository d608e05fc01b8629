"""What the lines of the search tell: what was found, what completes the word, and which keys there are."""

from rich.cells import cell_len

from tui.render.hits import resembling_words, searched_words
from tui.search.answers import Answer
from tui.session.keymap import Keymap
from tui.session.search.box_keys import BOX_KEYS
from tui.session.search.completion import Completion
from tui.session.search.facet_row import Piece


def found_words(answer: Answer) -> str:
    """Say how much was found, exactly, and in what."""
    said = searched_words(answer.total, answer.searched)
    if answer.fuzzy:
        said += f" · {resembling_words(answer)}"
    return said


def completion_pieces(found: Completion, width: int) -> list[Piece]:
    """Set what may stand at the cursor, as much as fits from the candidate that stands there on."""
    pieces = [Piece(f" {BOX_KEYS.first('complete')} ", "note")]
    room = width - cell_len(pieces[0].text) - 2
    at = max(0, found.at)
    for number, candidate in enumerate((*found.candidates[at:], *found.candidates[:at])):
        said = f" {candidate} "
        room -= cell_len(said)
        if room < 0:
            return [*pieces, Piece(" …", "meta")]
        pieces.append(Piece(said, "strong" if number == 0 and found.at >= 0 else "meta"))
    return pieces


def search_hints(keymap: Keymap) -> tuple[tuple[str, str, str], ...]:
    """Give what the footer tells on the page of the search: keys, a word, and the command."""
    told = (
        (("next", "previous"), "move"),
        (("open",), "go there"),
        (("search",), "box"),
        (("pane-1", "pane-2"), "… filter"),
        (("next-pane",), "other filters"),
        (("bookmark",), "save query"),
        (("help",), "what one can write"),
    )
    return tuple(
        (" ".join(map(keymap.first, names)), words, names[0])
        for names, words in told
        if all(keymap.keys[name] for name in names)
    )
