"""The rule for docstrings, and a command that lists offenders: ``python -m tests.docstrings [ROOM…]``.

A room is a folder of ``tui`` or a path in it, as ``kiosk`` or ``kiosk/visits``; without any, all are read.
The rule, for the first line of a docstring and of the text under a constant or an attribute:

- A function begins with one of `VERBS`. A property is an attribute, and a fixture, a class or a module a thing: they may
  begin with a noun phrase.
- Each sentence has at most 12 words, or 20 under a constant or an attribute, and the line ends with a period.
- No free relative clause is a subject or an object: "the result of a search", not "what a search found".
- No pronoun follows the first word, since its noun is not there: "Close the cache.", not "Close it."
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

TUI: Final = Path(__file__).parent.parent / "tui"

_VERBS: Final = """
Abandon Abort Accept Acknowledge Acquire Activate Adapt Add Adjust Adopt Advance Align Allocate Allow Announce Answer
Append Apply Approve Arrange Ask Assemble Assign Attach Await Begin Bind Blank Block Bookmark Bound Break Bring Broadcast
Build Bypass Cache Calculate Call Cancel Capture Center Centre Change Check Choose Cite Claim Classify Clean Clear Click
Clip Close Coalesce Collapse Collect Colour Combine Compact Compare Compile Complete Compose Compress Compute Configure
Confirm Connect Consume Continue Convert Copy Correct Count Cover Create Cut Cycle Decide Declare Decode Decompress
Defer Delay Delegate Delete Deliver Derive Describe Detach Detect Determine Diff Disable Discard Disconnect Dispatch
Display Divide Download Drain Draft Draw Drive Drop Dump Edit Emit Empty Enable Encode End Enforce Enlarge Ensure Enter
Enumerate Erase Escape Estimate Evaluate Evict Examine Exchange Exclude Execute Exit Expand Explain Export Expose Extend
Extract Fail Feed Fetch Fill Filter Find Finish Fit Fix Flag Flush Focus Fold Follow Format Forward Free Freeze Gather
Generate Get Go Grant Group Grow Guard Guess Halt Handle Hash Hide Highlight Hold Identify Ignore Import Include
Increase Indent Index Inherit Initialise Initialize Insert Inspect Install Interpret Interrupt Invalidate Invert Invoke
Iterate Join Jump Keep Kill Lay Launch Leave Limit Link List Listen Load Locate Lock Log Lower Make Map Mark Match
Measure Memoize Merge Migrate Mix Modify Monitor Mount Move Narrow Navigate Normalise Normalize Notify Number Observe
Offer Omit Open Order Output Override Pack Pad Page Paint Parse Pass Paste Patch Pause Peek Perform Permit Pick Place
Point Poll Pop Populate Position Post Prefer Prepare Prepend Preserve Press Prevent Print Process Produce Prompt
Propagate Propose Protect Provide Prune Publish Push Put Query Queue Quit Quote Raise Rank Rate Reach Read Rearrange
Rebuild Receive Recompile Reconnect Record Redirect Redraw Reduce Refresh Refuse Register Reject Release Reload Remember
Remove Rename Render Reopen Reorder Repaint Repeat Replace Replay Reply Report Request Require Reserve Reset Resize
Resolve Respond Restart Restore Restrict Resume Retain Retrieve Retry Return Reveal Reverse Revert Rotate Round Route
Run Sample Save Scan Schedule Score Scroll Search Seek Select Send Separate Serialise Serialize Serve Set Share Shield
Shift Shorten Show Shrink Shut Sign Simulate Skip Slice Sort Spell Split Spread Stamp Start Step Stop Store Stream Strip
Style Submit Subscribe Subtract Sum Summarise Summarize Supervise Supply Suspend Swap Switch Synchronise Synchronize
Take Terminate Test Throttle Toggle Trace Track Transfer Transform Translate Traverse Treat Trigger Trim Truncate Try
Turn Type Undo Unescape Unload Unlock Unmount Unregister Unwrap Update Upgrade Use Validate Verify Visit Wait Wake Walk
Warn Watch Weigh Whether Widen Withdraw Wrap Write Yield
"""
VERBS: Final = frozenset(_VERBS.split())
"""The words that may begin a function's docstring: a verb, or "Whether" for a function that answers yes or no.

"Give", "Tell", "Say", "Have", "Let", "Do", "Be", "Hear", "Hand", "Stand", "Name" and "Note" are left out on purpose: write
Return, Report, Describe, Request, Allow, Run, Handle, Pass and Record.
"""
RELATIVES: Final = frozenset({"what", "whatever", "who", "whom", "whoever", "whose", "how", "why", "where", "which"})
"""The words with which a free relative clause may begin."""
PRONOUNS: Final = frozenset(
    {"it", "its", "them", "they", "their", "him", "his", "he", "her", "she", "this", "these", "those", "one", "so"}
)
ATTRIBUTES: Final = frozenset({"property", "cached_property", "fixture"})
"""The decorators that make a thing of a function."""
MOST_WORDS: Final = 12
MOST_WORDS_OF_ATTRIBUTE: Final = 20
"""A constant has no paragraph below the line, and more to explain than a name."""

_BEFORE_RELATIVE: Final = frozenset(verb.lower() for verb in VERBS) | {
    "after",
    "and",
    "as",
    "at",
    "before",
    "beside",
    "between",
    "but",
    "by",
    "except",
    "for",
    "from",
    "in",
    "into",
    "is",
    "not",
    "of",
    "on",
    "or",
    "than",
    "that",
    "through",
    "to",
    "under",
    "until",
    "with",
    "without",
}
"""The words after which "who", "whom" or "whose" has no noun of its own."""
_QUOTED: Final = re.compile(r"``[^`]*``|`[^`]*`|“[^”]*”|\"[^\"]*\"|«[^»]*»")


class Docstring(NamedTuple):
    """A docstring of the program, or the text under a constant or an attribute."""

    file: Path
    number: int
    text: str
    is_function: bool
    is_attribute: bool

    @property
    def first_line(self) -> str:
        """The line that the rule is about."""
        return self.text.strip().partition("\n")[0].strip()


def docstrings(rooms: Iterable[str] = ()) -> Iterator[Docstring]:
    """Yield the docstrings of rooms, or of the whole program where no room is named.

    Raises:
        FileNotFoundError: a room is neither a folder nor a module.
    """
    for room in rooms or ("",):
        top = TUI / room
        if not top.exists():
            raise FileNotFoundError(f"tui has no {room}")
        for file in sorted(top.rglob("*.py")) if top.is_dir() else [top]:
            yield from _docstrings_in(file)


def faults(docstring: Docstring) -> list[str]:
    """Return the ways in which a docstring breaks the rule."""
    line = docstring.first_line
    plain = _QUOTED.sub("X", line)
    words = plain.split()
    bare = [word.strip(".,;:!?()—–…'’").lower() for word in words]
    found = []
    if not bare:
        return ["is empty"]
    first = words[0].rstrip(".,;:")
    if docstring.is_function and first not in VERBS:
        found.append(f"begins with “{first}”, which is no verb of the list")
    if not docstring.is_function and bare[0] in RELATIVES | {"give", "tell", "gives", "tells"}:
        found.append(f"begins with “{first}”")
    if len(bare) > 1 and bare[1] in PRONOUNS and words[0].isalpha() and first in VERBS:
        found.append(f"has the pronoun “{bare[1]}” without its noun")
    longest = max(len(sentence.split()) for sentence in re.split(r"(?<=[.!?]) ", plain))
    if longest > (MOST_WORDS_OF_ATTRIBUTE if docstring.is_attribute else MOST_WORDS):
        found.append(f"has {longest} words in a sentence")
    if not line.endswith((".", "…")):
        found.append("ends without a period")
    found.extend(_relatives(words, bare))
    return found


def _relatives(words: list[str], bare: list[str]) -> Iterator[str]:
    """Yield the free relative clauses after the first word."""
    for index, word in enumerate(bare[1:], 1):
        before = bare[index - 1]
        follows = words[index - 1][-1] not in ",;:"
        free = word in {"what", "whatever", "whoever"}
        free = free or (word in {"who", "whom", "whose"} and before in _BEFORE_RELATIVE and follows)
        free = free or (index == 1 and word in RELATIVES and words[0] in VERBS)
        if free:
            yield f"has the free relative “{word} …”"
    if re.search(r"\b(one|who) (does|did|asks)\b", " ".join(bare)):
        yield "has a verb that stands for another"


def _docstrings_in(file: Path) -> Iterator[Docstring]:
    """Yield the docstrings of a file in the order of its syntax tree."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_attribute(node)
            if (text := ast.get_docstring(node)) is not None:
                yield Docstring(file, node.body[0].lineno, text, is_function, is_attribute=False)
        if isinstance(node, ast.Module | ast.ClassDef):
            for above, below in zip(node.body, node.body[1:], strict=False):
                if not isinstance(above, ast.Assign | ast.AnnAssign):
                    continue
                match below:
                    case ast.Expr(value=ast.Constant(value=str(text))):
                        yield Docstring(file, below.lineno, text, is_function=False, is_attribute=True)


def _is_attribute(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is used as an attribute."""
    names = {ast.unparse(decorator).partition("(")[0].rpartition(".")[2] for decorator in node.decorator_list}
    return bool(names & ATTRIBUTES)


def main(rooms: list[str]) -> int:
    """Print the offenders in some rooms and their number; return 1 where there are any."""
    if missing := [room for room in rooms if not (TUI / room).exists()]:
        sys.exit(f"tui has no {', '.join(missing)}")
    count = 0
    for docstring in docstrings(rooms):
        for fault in faults(docstring):
            count += 1
            print(f"{docstring.file.relative_to(TUI.parent)}:{docstring.number}: {fault}: {docstring.first_line}")  # noqa: T201 -- the listing
    print(f"{count} faults")  # noqa: T201 -- the sum under the listing
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
