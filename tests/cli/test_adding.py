"""`briefing add`: a commented entry that loads, behind the last one of its kind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tui.briefing.kinds import TABLES
from tui.briefing.loader import load_file

Run = Callable[..., Done]


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("sources", ["", '[[source]]\nid = "s"\ntype = "report"\ntitle = "S"\n# of s\n'])
def test_what_is_added_loads_and_nothing_else_moves(
    run: Run, shelf: Callable[..., Path], tiny: Callable[..., str], kind: str, sources: str
) -> None:
    before = tiny(f"# mine\n{sources}\n# the end", id="pond", format="2")
    root = shelf(pond=before)
    path = root / "pond" / "briefing.toml"
    done = run("add", kind, "pond", "--content", root)
    assert (0, "") == (done.code, done.err)
    loaded = load_file(path)
    assert () == loaded.problems
    after = path.read_text()
    at, line = done.out.splitlines()[0].rsplit(":", 1)
    assert (str(path), f"[[{kind}]]") == (at, after.splitlines()[int(line) - 1])
    # Without `--content` the id would lead nowhere.
    assert f"Edit it: briefing edit {path}#new-{kind}" == done.out.splitlines()[1]
    left = iter(after.splitlines())
    assert all(one in left for one in before.splitlines())


@pytest.mark.parametrize("kind", ["judgment", "indicator", "origin"])
def test_what_format_1_does_not_know_is_not_added_to_it(
    run: Run, shelf: Callable[..., Path], tiny: Callable[..., str], kind: str
) -> None:
    root = shelf(pond=tiny(id="pond"))
    done = run("add", kind, "pond", "--content", root)
    assert 2 == done.code
    assert f"[[{kind}]] needs format 2; briefing check --fix --to-format 2" in done.err


def test_it_goes_behind_the_last_of_its_kind_and_is_explained(
    run: Run, shelf: Callable[..., Path], tiny: Callable[..., str]
) -> None:
    root = shelf(
        pond=tiny('[[claim]]\nid = "new-claim"\ntext = "T."\nby = "x"\n\n[[question]]\nid = "q"\ntext = "?"', id="pond")
    )
    path = root / "pond" / "briefing.toml"
    run("add", "claim", "pond", "--content", root)
    loaded = load_file(path).briefing
    assert loaded is not None
    assert ["new-claim", "new-claim-2"] == [claim.id for claim in loaded.claim]
    text = path.read_text()
    assert text.index("new-claim-2") < text.index("[[question]]")
    assert "# Only `id`, `text` and `cite` (or `by`) are required." in text


@pytest.mark.parametrize(("name", "said"), [("c", "is taken"), ("No", "is no id")])
def test_an_id_that_cannot_be_is_refused(
    run: Run, shelf: Callable[..., Path], tiny: Callable[..., str], name: str, said: str
) -> None:
    root = shelf(pond=tiny('[[claim]]\nid = "c"\ntext = "T."\nby = "x"', id="pond"))
    before = (root / "pond" / "briefing.toml").read_bytes()
    done = run("add", "claim", "pond", name, "--content", root)
    assert 2 == done.code
    assert said in done.err
    assert before == (root / "pond" / "briefing.toml").read_bytes()


def test_a_file_with_a_fault_elsewhere_is_added_to(
    run: Run, shelf: Callable[..., Path], tiny: Callable[..., str]
) -> None:
    root = shelf(pond=tiny('[[claim]]\nid = "c"\ntext = "T."\n', id="pond"))
    assert 0 == run("add", "question", "pond", "--content", root).code
    assert "[[question]]" in (root / "pond" / "briefing.toml").read_text()


def test_what_is_bundled_is_not_added_to(run: Run) -> None:
    done = run("add", "claim", "handbook")
    assert 1 == done.code
    assert "copy its folder" in done.err


def test_kinds_and_then_briefings_are_completed(run: Run) -> None:
    assert sorted(TABLES) == run("completion", "words", "--", "add", "").out.split()
    assert "handbook" in run("completion", "words", "--", "add", "claim", "").out.split()
