"""The loader: every problem of a file, each with its place, its key and its remedy."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unprivileged import bound_by_permissions
from tui.briefing import loader
from tui.briefing.characters import FORBIDDEN
from tui.briefing.loader import load_bytes, load_file

CLAIM = '[[claim]]\nid = "a"\nby = "x"\ntext = "t"\n'

Tiny = Callable[..., str]


def found(text: str | bytes) -> list[str]:
    """Load a text and give its problems as they are printed."""
    data = text if isinstance(text, bytes) else text.encode()
    loaded = load_bytes(data, "b.toml")
    assert (loaded.briefing is None) == bool(loaded.problems)
    return [str(problem) for problem in loaded.problems]


class TestSound:
    def test_a_minimal_briefing_loads(self, tiny: Tiny) -> None:
        """Format and header are enough."""
        loaded = load_bytes(tiny().encode(), "b.toml")

        assert loaded.problems == ()
        assert loaded.briefing is not None
        assert loaded.briefing.briefing.id == "tiny"

    def test_the_digest_is_that_of_the_bytes(self, tiny: Tiny) -> None:
        """The digest tells revisions apart."""
        data = tiny().encode()

        assert load_bytes(data, "b.toml").digest == hashlib.sha256(data).hexdigest()

    def test_carriage_returns_before_line_breaks_are_welcome(self, tiny: Tiny) -> None:
        """A file that was written on Windows loads."""
        assert found(tiny(CLAIM).replace("\n", "\r\n")) == []

    def test_escaped_line_breaks_and_quotes_are_welcome(self, tiny: Tiny) -> None:
        """What the escapes of TOML are there for stays allowed."""
        assert found(tiny(CLAIM.replace('"t"', '"a\\nb \\"c\\" \\u00e9"'))) == []

    def test_what_stands_in_comments_is_nobodys_business(self, tiny: Tiny) -> None:
        """A tab or an escape in a comment is no problem."""
        assert found(tiny("# \t \\u001b [[nowhere]]\n")) == []

    def test_arrays_may_be_inline(self, tiny: Tiny) -> None:
        """`claim = [{ … }]` is the same as `[[claim]]`."""
        assert found('claim = [{ id = "a", by = "x", text = "t" }]\n' + tiny()) == []


class TestSyntax:
    def test_an_error_has_its_place(self, tiny: Tiny) -> None:
        """Line and column are where the parser stopped."""
        text = tiny('[[claim]]\nid = "a"\nby = = 3\n')

        assert found(text) == ["b.toml:10:6: invalid value; fix the TOML syntax here"]

    def test_errors_of_several_sections_are_reported_at_once(self, tiny: Tiny) -> None:
        """Each broken section has its error, and the sound ones get their checks."""
        text = tiny(
            '[[claim]]\nid = "a\n[[claim]]\nid = "b"\ntext =\n[[claim]]\nid = "c"\nby = "x"\ntext = "d"\ntxt = 1\n'
        )

        assert found(text) == [
            "b.toml:9:8: the string does not end on its line; close it with its quote",
            "b.toml:12:7: invalid value; fix the TOML syntax here",
            "b.toml:17:1: claim[3].txt: unknown key 'txt'; did you mean 'text'?",
        ]

    def test_a_string_left_open_is_told_where_it_begins(self, tiny: Tiny) -> None:
        """Not at the end of the file, where the parser notices."""
        text = tiny(f'[[claim]]\nid = "b"\ntext = """c\n{CLAIM}')

        assert found(text) == [
            'b.toml:10:8: the string that begins here does not end; close it with """',
        ]

    def test_a_string_left_open_does_not_hide_what_comes_after(self, tiny: Tiny) -> None:
        """The next section's strings are not taken for its end."""
        text = tiny(f'[[claim]]\ntext = """c\n[[claim]]\nid = "b"\nby = "x"\ntext = """t"""\nbyy = 1\n{CLAIM}')

        assert found(text) == [
            'b.toml:9:8: the string that begins here does not end; close it with """',
            "b.toml:14:1: claim[2].byy: unknown key 'byy'; did you mean 'by'?",
        ]

    def test_an_array_left_open(self, tiny: Tiny) -> None:
        """The error stands in the section that has it."""
        assert found(tiny(f'[[claim]]\nid = "b"\nabout = ["a",\n{CLAIM}')) == [
            "b.toml:10:9: the array that begins here does not end; close it with ]",
        ]

    def test_a_line_that_begins_with_a_link_is_no_table(self, tiny: Tiny) -> None:
        """Prose may begin a line with a link; the section around it is set aside as a whole."""
        text = tiny(f'{CLAIM}[[claim]]\nid = "b"\ntext = """\n[[a]] says\n"""\nby = = 1\n')

        assert found(text) == ["b.toml:17:6: invalid value; fix the TOML syntax here"]

    def test_an_error_before_the_first_table(self, tiny: Tiny) -> None:
        """Nothing is said to be missing that was only not to be read."""
        assert found("#:schema x\n" + tiny().replace("format = 1", "format = 1x")) == [
            "b.toml:2:11: expected newline or end of document after a statement; fix the TOML syntax here",
        ]

    def test_an_error_in_the_header(self, tiny: Tiny) -> None:
        """Neither its keys nor its scale are missed."""
        text = tiny(f'{CLAIM}assess = {{ likelihood = "remote chance" }}\n').replace('"A tiny', "A tiny")

        assert found(text) == ["b.toml:4:9: invalid value; fix the TOML syntax here"]

    def test_a_table_that_is_declared_twice(self, tiny: Tiny) -> None:
        """Two sound sections may still not fit together."""
        assert found(tiny('[briefing]\nid = "x"\n')) == [
            "b.toml:8:1: [briefing] stands here a second time; put the two together",
        ]

    def test_a_table_and_an_array_of_one_name(self, tiny: Tiny) -> None:
        """The single bracket is the slip, whichever of the two comes first."""
        single, double = CLAIM.replace("[[claim]]", "[claim]"), CLAIM.replace('"a"', '"b"')

        assert found(tiny(single + double)) == ["b.toml:8:1: [claim] here is a single table; write [[claim]]"]
        assert found(tiny(double + single)) == ["b.toml:12:1: [claim] here is a single table; write [[claim]]"]

    def test_references_into_a_broken_section_do_not_dangle(self, tiny: Tiny) -> None:
        """An id that stands in a section with an error is taken to exist."""
        text = tiny('[[claim]]\nid = "b"\ntext = \n' + CLAIM + 'about = ["b"]\nsupports = ["b"]\n')

        assert found(text) == ["b.toml:10:8: invalid value; fix the TOML syntax here"]

    def test_a_header_that_is_broken_itself(self, tiny: Tiny) -> None:
        """A bracket too few costs that section alone."""
        problems = found(tiny(CLAIM.replace("[[claim]]", "[[claim]") + CLAIM.replace('"a"', '"b"')))

        assert len(problems) == 1
        assert problems[0].startswith("b.toml:8:")

    def test_quarrels_without_end_are_given_up(self, tiny: Tiny) -> None:
        """Fifty of them are enough to mend first."""
        problems = found(tiny('[briefing]\nid = "x"\n' * 80))

        assert len(problems) == 50

    def test_nothing_at_all(self) -> None:
        """An empty file lacks both tables."""
        assert found(b"") == [
            "b.toml:1:1: format: the key 'format' is missing; add format = 2",
            "b.toml:1:1: briefing: the key 'briefing' is missing; add a table [briefing]",
        ]

    @pytest.mark.parametrize(
        "deep",
        [
            "x = " + "[" * 10_000 + "]" * 10_000,
            "x = " + "{a=" * 10_000 + "1" + "}" * 10_000,
            "x = " + "[{a=" * 10_000 + "1" + "}]" * 10_000,
            "a." * 10_000 + "a = 1",
            "[" + "a." * 10_000 + "a]",
            "[[" + "a." * 10_000 + "a]]",
        ],
        ids=["arrays", "inline-tables", "both", "dotted-key", "header", "array-header"],
    )
    def test_ten_thousand_levels(self, tiny: Tiny, deep: str) -> None:
        """Depth is refused with the place of its section, and the rest is checked."""
        text = tiny(CLAIM + "byy = 1\n") + "[[view]]\n" + deep + "\n"

        assert found(text) == [
            "b.toml:12:1: claim[1].byy: unknown key 'byy'; did you mean 'by'?",
            "b.toml:14:1: tables or arrays are nested too deeply; write them flat",
        ]

    def test_a_hundred_levels_of_what_is_allowed(self, tiny: Tiny) -> None:
        """Depth within the parser's bound is an unknown key like another, its key path cut short."""
        deep = "x = " + "[" * 60 + '"\\u001b"' + "]" * 60
        path = "claim[1].x" + "[1]" * 9 + "…"

        assert found(tiny(CLAIM + deep)) == [
            "b.toml:12:1: claim[1].x: unknown key 'x'; known here: id, about, draft, by, hedge, date, cite, supports, attacks, "
            "undercuts, conflicts, rests_on, text, kind, quantity, credibility, assess, ignore, ignore_why, was",
            "b.toml:12:66: " + path + ": holds the forbidden character U+001B; "
            "delete it: it could act on a terminal or deceive its reader",
        ]

    def test_more_digits_than_python_reads(self, tiny: Tiny) -> None:
        """A number of 5,000 digits is a problem, not an exception."""
        assert found(tiny(CLAIM + "credibility = " + "1" * 5000)) == [
            "b.toml:12:15: the number has too many digits; fix the TOML syntax here",
        ]

    def test_more_digits_than_python_prints(self, tiny: Tiny) -> None:
        """A hexadecimal number may be read and yet not be written."""
        assert found(tiny(CLAIM + "credibility = 0x" + "f" * 5000)) == [
            "b.toml:12:15: claim[1].credibility: is out of range; write a number up to 6",
        ]


class TestKeys:
    def test_an_unknown_key_with_a_near_one(self, tiny: Tiny) -> None:
        """The nearest known key of that table is suggested, and the place is the key's."""
        assert found(tiny(CLAIM + '  hegde = "reportedly"\n')) == [
            "b.toml:12:3: claim[1].hegde: unknown key 'hegde'; did you mean 'hedge'?",
        ]

    def test_an_unknown_key_with_no_near_one(self, tiny: Tiny) -> None:
        """All keys of the table are named."""
        assert found(tiny('[[question]]\nid = "q"\ntext = "?"\nzzz = 1\n'))[0].startswith(
            "b.toml:11:1: question[1].zzz: unknown key 'zzz'; known here: id, about, draft, "
        )

    def test_an_unknown_table(self, tiny: Tiny) -> None:
        """A misspelt table is an unknown key of the whole."""
        assert found(tiny(CLAIM.replace("claim", "clam"))) == [
            "b.toml:8:1: [[clam]] is no table of the format; write [[claim]]"
        ]

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            (
                'cite = [{ source = "s", qoute = "x" }]',
                "12:25: claim[1].cite[1].qoute: unknown key 'qoute'; did you mean 'quote'?",
            ),
            ('assess = { wyh = "x" }', "12:12: claim[1].assess.wyh: unknown key 'wyh'; did you mean 'why'?"),
            (
                'conflicts = [{ to = "b", wyh = "x" }]',
                "12:26: claim[1].conflicts[1].wyh: unknown key 'wyh'; did you mean 'why'?",
            ),
            (
                'quantity = { of = "x", mni = 1 }',
                "12:24: claim[1].quantity.mni: unknown key 'mni'; did you mean 'min'?",
            ),
        ],
        ids=["cite", "assess", "relation", "quantity"],
    )
    def test_an_unknown_key_of_an_inner_table(self, tiny: Tiny, line: str, problem: str) -> None:
        """The suggestion comes from the keys of the inner table."""
        text = tiny(f'{CLAIM}{line}\n[[claim]]\nid = "b"\nby = "x"\ntext = "t"\n[[source]]\nid = "s"\ntype = "book"\n')

        assert found(text) == [f"b.toml:{problem}"]

    def test_a_missing_key(self, tiny: Tiny) -> None:
        """The place is that of the table."""
        assert found(tiny('[[claim]]\nid = "a"\nby = "x"\n')) == [
            "b.toml:8:1: claim[1].text: the key 'text' is missing; add text = …",
        ]

    def test_rules_that_are_ignored_need_a_reason(self, tiny: Tiny) -> None:
        claim = CLAIM.rstrip("\n")
        assert found(tiny(f'{claim}\nignore = ["C009"]\nignore_why = "It quotes a speech."\n')) == []
        (missing,) = found(tiny(f'{claim}\nignore = ["C009"]\n'))
        assert missing.endswith('ignore: rules are ignored without a reason; add: ignore_why = "…"')
        (unknown,) = found(tiny(f'{claim}\nignore = ["all"]\nignore_why = "So."\n'))
        assert "'all' names no rule; write ids of rules such as C009" in unknown

    def test_a_claim_of_nobody(self, tiny: Tiny) -> None:
        """A claim has a footnote, or somebody who makes it."""
        assert found(tiny('[[claim]]\nid = "a"\ntext = "t"\n')) == [
            'b.toml:8:1: claim[1]: the claim is nobody’s; add cite = [{ source = "…" }], or by = "…"',
        ]

    def test_a_very_long_key_is_cut(self, tiny: Tiny) -> None:
        """A hostile key does not flood the screen."""
        (problem,) = found(tiny("k" * 5000 + " = 1\n").replace("[briefing]", "[briefing]\n"))

        assert len(problem) < 400


class TestTypes:
    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("hedge = 3", "12:9: claim[1].hedge: is a number; write text in quotes"),
            ("hedge = 3.5", "12:9: claim[1].hedge: is a number; write text in quotes"),
            ("hedge = true", "12:9: claim[1].hedge: is true or false; write text in quotes"),
            ("hedge = []", "12:9: claim[1].hedge: is an array; write text in quotes"),
            ("hedge = {}", "12:9: claim[1].hedge: is a table; write text in quotes"),
            ('hedge = ""', "12:9: claim[1].hedge: is empty; write something or leave the key out"),
            ('hedge = " \\n"', "12:9: claim[1].hedge: is empty; write something or leave the key out"),
            ('about = "a"', "12:9: claim[1].about: is text; write an array, [ … ]"),
            ('assess = "a"', "12:10: claim[1].assess: is text; write a table, { … }"),
            ("cite = [1]", "12:9: claim[1].cite[1]: is a number; write a table, { … }"),
            ('credibility = "2"', "12:15: claim[1].credibility: is text; write a whole number without quotes"),
            ("credibility = 2.0", "12:15: claim[1].credibility: is a number; write a whole number without quotes"),
            ("credibility = true", "12:15: claim[1].credibility: is true or false; write a whole number without quotes"),
            ("credibility = 7", "12:15: claim[1].credibility: is out of range; write a number up to 6"),
            ("credibility = 0", "12:15: claim[1].credibility: is out of range; write a number from 1"),
            ('kind = "rumor"', "12:8: claim[1].kind: 'rumor' is no word for this key; write one of: report, statement, inference, prediction, assumption, judgment"),
            ('kind = "reprot"', "12:8: claim[1].kind: 'reprot' is no word for this key; did you mean 'report'?"),
            ("kind = 1", "12:8: claim[1].kind: a number is no word for this key; write one of: report, statement, inference, prediction, assumption, judgment"),
            ('quantity = { of = "x", min = "2" }', "12:30: claim[1].quantity.min: is text; write a number without quotes"),
            ('quantity = { of = "x", min = nan }', "12:30: claim[1].quantity.min: is no number that can be counted; write a finite number below 10^15"),
            ('quantity = { of = "x", max = -inf }', "12:30: claim[1].quantity.max: is no number that can be counted; write a finite number below 10^15"),
            ('quantity = { of = "x", max = 1e300 }', "12:30: claim[1].quantity.max: is no number that can be counted; write a finite number below 10^15"),
            ("date = 2024-04-10", '12:8: claim[1].date: is a TOML date; write it in quotes: "2024-04-10"'),
            ("date = 12:30:00", '12:8: claim[1].date: is a TOML date; write it in quotes: "12:30:00"'),
            ("date = 2024-04-10T12:30:00", '12:8: claim[1].date: is a TOML date; write it in quotes: "2024-04-10T12:30:00"'),
        ],
    )  # fmt: skip
    def test_a_wrong_value(self, tiny: Tiny, line: str, problem: str) -> None:
        """Each says what is there and what belongs there."""
        assert found(tiny(f"{CLAIM}{line}\n")) == [f"b.toml:{problem}"]

    @pytest.mark.parametrize("value", ["true", "1.0", '"1"', "[]", "0x" + "f" * 3000])
    def test_a_format_that_is_no_number(self, tiny: Tiny, value: str) -> None:
        """Neither 1.0 nor true passes for the format 1."""
        assert found(tiny().replace("format = 1", f"format = {value}")) == [
            "b.toml:1:10: format: is no version of this format; write format = 2",
        ]

    def test_another_format(self, tiny: Tiny) -> None:
        """A file of a later program says so."""
        assert found(tiny().replace("format = 1", "format = 3")) == [
            "b.toml:1:10: format: this is another format than this program reads; "
            "write format = 2, or take a newer program",
        ]

    def test_an_array_where_a_table_belongs(self, tiny: Tiny) -> None:
        """[[briefing]] is one bracket too many."""
        assert found(tiny().replace("[briefing]", "[[briefing]]")) == [
            "b.toml:2:1: [[briefing]] here is one of several tables; write [briefing]",
        ]

    def test_a_table_where_an_array_belongs(self, tiny: Tiny) -> None:
        """[claim] is one bracket too few."""
        assert found(tiny(CLAIM.replace("[[claim]]", "[claim]"))) == [
            "b.toml:8:1: [claim] here is a single table; write [[claim]]"
        ]

    @pytest.mark.parametrize("table", ["source", "entity", "claim", "view"])
    def test_a_number_where_an_array_belongs(self, tiny: Tiny, table: str) -> None:
        """The checks across tables do not stumble over it."""
        assert found(f"{table} = 3\n" + tiny()) == [
            f"b.toml:1:{len(table) + 4}: {table}: is a number; write an array, [ … ]",
        ]

    @pytest.mark.parametrize("value", ["A", "a b", "-a", "", "a" * 65, "ä"])
    def test_a_bad_id(self, tiny: Tiny, value: str) -> None:
        """Ids are small letters, digits and hyphens."""
        (problem,) = found(tiny(CLAIM.replace('"a"', f'"{value}"')))

        assert problem.startswith("b.toml:9:6: claim[1].id: ")
        assert problem.endswith("does not fit; write an id of small letters, digits and hyphens, at most 64")

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ('url = "ftp://x"', "11:7: source[1].url: 'ftp://x' does not fit; write a whole address that begins with http:// or https://"),
            ('sha256 = "ABC"', "11:10: source[1].sha256: 'ABC' does not fit; write the 64 small hexadecimal digits that sha256sum prints"),
            ('short = "' + "x" * 41 + '"', "11:9: source[1].short: is too long; write at most 40 characters"),
            ('short = ""', "11:9: source[1].short: is empty; write something"),
            ('reliability = "G"', "11:15: source[1].reliability: 'G' is no word for this key; write one of: A, B, C, D, E, F"),
            ("author = 3", "11:10: source[1].author: is a number; write an array, [ … ]"),
            ('author = ["x", 3]', "11:16: source[1].author[2]: is a number; write text in quotes"),
            ('lang = "!!"', "11:8: source[1].lang: is no language tag; write a BCP 47 tag such as en, de or pt-BR"),
            ('unknown = ["titel"]', "11:12: source[1].unknown[1]: 'titel' is no word for this key; did you mean 'title'?"),
        ],
        ids=lambda value: value[:12],
    )  # fmt: skip
    def test_a_wrong_value_of_a_source(self, tiny: Tiny, line: str, problem: str) -> None:
        """Addresses, hashes, labels and letters are checked."""
        assert found(tiny(f'[[source]]\nid = "s"\ntype = "book"\n{line}\n')) == [f"b.toml:{problem}"]

    def test_a_type_of_source_that_is_none(self, tiny: Tiny) -> None:
        """A long list of words is not written out, and where it stands is said."""
        (problem,) = found(tiny('[[source]]\nid = "s"\ntype = "zzz"\n'))

        assert problem.startswith("b.toml:10:8: source[1].type: 'zzz' is no word for this key; write one of: article, ")
        assert problem.endswith(", …; all of them: briefing schema")

    def test_a_direct_that_is_a_word(self, tiny: Tiny) -> None:
        """True and false stand without quotes."""
        text = tiny(f'{CLAIM}cite = [{{ source = "s", direct = "yes" }}]\n[[source]]\nid = "s"\ntype = "book"\n')

        assert found(text) == ["b.toml:12:34: claim[1].cite[1].direct: is text; write true or false, without quotes"]


class TestDates:
    @pytest.mark.parametrize(
        ("date", "said"),
        [
            ("10 April 2025", "'10 April 2025' is no EDTF date; write \"2025\", "),
            ("2025-13", "'2025-13' has no month 13; months go from 01 to 12, seasons from 21 to 24"),
            ("2025-02-29", "'2025-02-29' is no day of the calendar: February has 28 days"),
            ("2025/2024", "'2025/2024' ends before it starts; swap its ends"),
            ("../..", "'../..' is open at both ends; write \"2025\", "),
        ],
    )
    def test_a_bad_date(self, tiny: Tiny, date: str, said: str) -> None:
        """It is said what is wrong with it, and how dates are written."""
        (problem,) = found(tiny(f'{CLAIM}date = "{date}"\n'))

        assert problem.startswith(f"b.toml:12:8: claim[1].date: {said}")

    def test_a_bad_day_of_the_briefing(self, tiny: Tiny) -> None:
        """The header's date is checked as well."""
        assert found(tiny(as_of="2025-00"))[0].startswith("b.toml:7:9: briefing.as_of: '2025-00' has no month 00")


class TestScale:
    def test_a_word_of_the_other_scale(self, tiny: Tiny) -> None:
        """A briefing has one scale and no word of the other."""
        assert found(tiny(CLAIM + 'assess = { likelihood = "realistic possibility" }\n'))[0].startswith(
            "b.toml:12:25: claim[1].assess.likelihood: 'realistic possibility' is no likelihood word of the scale "
            "icd203; write one of: almost no chance, remote, very unlikely, "
        )

    def test_a_misspelt_word(self, tiny: Tiny) -> None:
        """The nearest word of the briefing's own scale is suggested."""
        assert found(tiny(CLAIM + 'assess = { likelihood = "highly likly" }\n', scale="phia")) == [
            "b.toml:13:25: claim[1].assess.likelihood: 'highly likly' is no likelihood word of the scale phia; "
            "did you mean 'highly likely'?",
        ]

    def test_a_scale_that_is_none(self, tiny: Tiny) -> None:
        """Only the scale itself is wrong then."""
        assert found(tiny(CLAIM + 'assess = { likelihood = "likely" }\n', scale="icd204")) == [
            "b.toml:8:9: briefing.scale: 'icd204' is no word for this key; did you mean 'icd203'?",
        ]

    def test_a_confidence_that_is_none(self, tiny: Tiny) -> None:
        """Confidence is low, moderate or high."""
        assert found(tiny(CLAIM + 'assess = { confidence = "medium" }\n')) == [
            "b.toml:12:25: claim[1].assess.confidence: 'medium' is no word for this key; "
            "write one of: low, moderate, high",
        ]


class TestReferences:
    SOURCE = '[[source]]\nid = "src"\ntype = "book"\n'

    def test_a_doubled_id(self, tiny: Tiny) -> None:
        """Ids are one space for all tables; the later one is at fault."""
        assert found(tiny(self.SOURCE + CLAIM.replace('"a"', '"src"'))) == [
            "b.toml:12:6: claim[1].id: the id 'src' is taken by a [[source]]; give each table its own id",
        ]

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ('cite = [{ source = "srcc" }]', "15:20: claim[1].cite[1].source: 'srcc' is not there; did you mean 'src'?"),
            ('cite = [{ source = "zzz" }]', "15:20: claim[1].cite[1].source: 'zzz' is not there; name the id of a source of this file"),
            ('cite = [{ source = "a" }]', "15:20: claim[1].cite[1].source: 'a' is of kind claim; name the id of a source"),
            ('supports = ["zzz"]', "15:13: claim[1].supports[1]: 'zzz' is not there; name the id of an entry of this file"),
            ('attacks = [{ to = "zzz" }]', "15:19: claim[1].attacks[1].to: 'zzz' is not there; name the id of an entry of this file"),
            ('undercuts = ["src"]', "15:14: claim[1].undercuts[1]: 'src' is of kind source; name the id of an entry"),
            ('conflicts = ["a"]', "15:14: claim[1].conflicts[1]: 'a' points at itself; name another entry"),
            ('rests_on = [{ to = "a" }]', "15:20: claim[1].rests_on[1].to: 'a' points at itself; name another entry"),
            ('about = ["zzz"]', "15:10: claim[1].about[1]: 'zzz' is not there; name the id of an entry or entity of this file"),
            ('about = ["src"]', "15:10: claim[1].about[1]: 'src' is of kind source; name the id of an entry or entity"),
            ('hedge = "[[zzz]]"', ""),
            ('assess = { why = "[[aa]]" }', "15:18: claim[1].assess.why: the link [[aa]] leads nowhere; did you mean [[a]]?"),
            ('cite = [{ source = "src", note = "[[zzz|that]]" }]', "15:34: claim[1].cite[1].note: the link [[zzz]] leads nowhere; link to an id of this file"),
        ],
    )  # fmt: skip
    def test_a_dangling_reference(self, tiny: Tiny, line: str, problem: str) -> None:
        """Each kind of reference is followed."""
        expected = [f"b.toml:{problem}"] if problem else []

        assert found(tiny(f"{self.SOURCE}{CLAIM}{line}\n")) == expected

    def test_a_dangling_link_in_prose(self, tiny: Tiny) -> None:
        """Also where the link runs over the end of a line."""
        assert found(tiny(CLAIM.replace('"t"', '"""\nSee [[zzz|two\nwords]]."""'))) == [
            "b.toml:11:8: claim[1].text: the link [[zzz]] leads nowhere; link to an id of this file",
        ]

    def test_a_dangling_link_in_the_bottom_line(self, tiny: Tiny) -> None:
        """The header's prose is prose as well."""
        assert found(tiny(bluf="See [[zzz]].")) == [
            "b.toml:7:8: briefing.bluf: the link [[zzz]] leads nowhere; link to an id of this file",
        ]

    def test_a_link_in_code_is_no_link(self, tiny: Tiny) -> None:
        """`[[claim]]` as code is how one writes about the format."""
        assert found(tiny(CLAIM.replace('"t"', '"Write `[[claim]]` for a claim."'))) == []

    @pytest.mark.parametrize(("key", "line"), [("cited_in", 11), ("via", 13)])
    def test_a_source_that_is_not_there(self, tiny: Tiny, key: str, line: int) -> None:
        """`cited_in` and `via` name sources."""
        view = '[[view]]\nid = "v"\nwho = "x"\ntext = "t"\n'
        tables = f'{self.SOURCE}cited_in = "zzz"\n{view}' if key == "cited_in" else f'{view}\nvia = "zzz"\n'

        assert found(tiny(tables))[0] == (
            f"b.toml:{line}:{len(key) + 4}: {'source' if key == 'cited_in' else 'view'}[1].{key}: 'zzz' is not there; "
            "name the id of a source of this file"
        )

    def test_sources_that_are_known_through_each_other(self, tiny: Tiny) -> None:
        """A circle is told once."""
        tables = "".join(
            f'[[source]]\nid = "{here}"\ntype = "book"\ncited_in = "{there}"\n'
            for here, there in ("ab", "bc", "ca", "da")
        )

        assert found(tiny(tables)) == [
            "b.toml:11:12: source[1].cited_in: 'a' is known only through itself; name the source that was read",
        ]

    def test_a_thousand_misspelt_references_take_no_minutes(self, tiny: Tiny) -> None:
        """Suggestions are bounded."""
        claims = "".join(f'[[claim]]\nid = "a{n}"\nby = "x"\ntext = "t"\nsupports = ["b{n}"]\n' for n in range(500))

        assert len(found(tiny(claims))) == 500


class TestCharacters:
    @pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\r", "\x0c"])
    def test_a_raw_control_character(self, tiny: Tiny, character: str) -> None:
        """What TOML forbids has its own place, and the rest of the file is read."""
        assert found(tiny(CLAIM.replace('"t"', f'"ab{character}c"') + "byy = 1\n")) == [
            f"b.toml:11:11: control character U+{ord(character):04X}; "
            + ("write a space instead" if character.isspace() else "delete it"),
            "b.toml:12:1: claim[1].byy: unknown key 'byy'; did you mean 'by'?",
        ]

    @pytest.mark.parametrize(
        "written", ["\\u0007", "\\u001b", "\\b", "\\t", "\\r", "\\u009b", "\\u202e", "\\U000E0041"]
    )
    def test_an_escaped_control_character(self, tiny: Tiny, written: str) -> None:
        """An escape does not smuggle it in."""
        (problem,) = found(tiny(CLAIM.replace('"t"', f'"ab{written}c"')))

        assert problem.startswith("b.toml:11:11: claim[1].text: holds the forbidden character U+")
        remedy = "write a space instead" if written in {"\\t", "\\r"} else "delete it"
        assert problem.endswith(f"; {remedy}: it could act on a terminal or deceive its reader")

    @pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200b", "\u2028", "\ufeff", "\x9b", "\x85", "\t"])
    def test_a_raw_character_that_deceives(self, tiny: Tiny, character: str) -> None:
        """Bidirectional overrides and the like are refused with their place."""
        remedy = "write a space instead" if character in {"\u2028", "\x85", "\t"} else "delete it"
        assert found(tiny(CLAIM.replace('"t"', f'"ab{character}c"'))) == [
            f"b.toml:11:11: claim[1].text: holds the forbidden character U+{ord(character):04X}; "
            f"{remedy}: it could act on a terminal or deceive its reader",
        ]

    def test_every_one_is_told_at_its_own_place(self, tiny: Tiny) -> None:
        """On several lines of a string, written as escapes, and twice the same."""
        text = tiny('[[claim]]\nid = "a"\nby = "x\u202ey\u202e"\ntext = """\none \u200b two\nth\\u0007ree\u200b"""\n')
        assert [problem.partition(";")[0] for problem in found(text)] == [
            "b.toml:10:8: claim[1].by: holds the forbidden character U+202E",
            "b.toml:10:10: claim[1].by: holds the forbidden character U+202E",
            "b.toml:12:5: claim[1].text: holds the forbidden character U+200B",
            "b.toml:13:3: claim[1].text: holds the forbidden character U+0007",
            "b.toml:13:12: claim[1].text: holds the forbidden character U+200B",
        ]

    def test_a_file_full_of_them_is_told_soon(self, tiny: Tiny) -> None:
        text = "a\u200b" * 300_000
        assert len(found(tiny(CLAIM.replace('"t"', f'"{text}"')))) == 200

    def test_joiners_stay(self, tiny: Tiny) -> None:
        """Persian and Indic scripts need them."""
        assert found(tiny(CLAIM.replace('"t"', '"می\u200cخواهم क्\u200dष"'))) == []

    def test_control_characters_without_end(self, tiny: Tiny) -> None:
        """A binary file does not flood the screen."""
        assert found(tiny() + "\x01" * 1000) == ["b.toml:9:1: control character U+0001, 1,000 times; delete them"]

    def test_hostile_keys_are_shown_as_escapes(self, tiny: Tiny) -> None:
        """Neither the key path nor the message carries what it warns of."""
        loaded = load_bytes(tiny('"a\\u001b\\u202e" = 1\n[briefing."\\u0007"]\nx = 1\n').encode(), "b\x1b.toml")

        assert [problem.key for problem in loaded.problems] == ["briefing.a\\u001b\\u202e", "briefing.\\u0007"]
        for problem in loaded.problems:
            assert FORBIDDEN.search(f"{problem}{problem.key}{problem.message}{problem.remedy}") is None

    def test_hostile_links_are_shown_as_escapes(self, tiny: Tiny) -> None:
        """A link's target is quoted in the message."""
        for problem in load_bytes(tiny(CLAIM.replace('"t"', '"[[\\u001b]]"')).encode(), "b.toml").problems:
            assert FORBIDDEN.search(problem.message) is None

    def test_a_long_message_is_cut(self, tiny: Tiny) -> None:
        """A quoted value does not flood the screen."""
        (problem,) = found(tiny(f'{CLAIM}about = ["{"x" * 100_000}"]\n'))[:1]

        assert len(problem) < 1000


class TestBytes:
    def test_a_byte_order_mark(self, tiny: Tiny) -> None:
        """It is named, and the rest is checked with its right columns."""
        assert found(b"\xef\xbb\xbf" + tiny().replace("format = 1", "format = 3").encode())[:2] == [
            "b.toml:1:1: begins with a byte order mark; save it as UTF-8 without one",
            "b.toml:1:10: format: this is another format than this program reads; "
            "write format = 2, or take a newer program",
        ]

    def test_not_utf_8(self, tiny: Tiny) -> None:
        """The first byte that is not has its place, in characters."""
        assert found(tiny(CLAIM.replace('"t"', '"ÄÖ%"')).encode().replace(b"%", b"\xfc")) == [
            "b.toml:11:11: the byte 0xFC is not UTF-8; save the file as UTF-8",
        ]

    def test_utf_16(self, tiny: Tiny) -> None:
        """A file in another encoding is named as such, and nothing else is."""
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            assert found(tiny().encode(encoding)) == ["b.toml:1:1: is UTF-16; save it as UTF-8"]
        assert found(tiny().encode("utf-32")) == ["b.toml:1:1: is UTF-32; save it as UTF-8"]

    def test_nul_bytes(self) -> None:
        """A file of NUL bytes is no text, and one among letters is a control character."""
        assert found(b"\x00\x00") == ["b.toml:1:1: is no text; write the TOML as UTF-8"]


class TestPositions:
    def test_all_problems_of_a_file_are_reported_in_its_order(self, tiny: Tiny) -> None:
        """Of every kind at once: bytes, syntax, models, references, characters."""
        text = tiny(
            '[[source]]\nid = "s"\ntype = "boook"\n'
            '[[claim]]\nid = "a"\nby = "x"\ntext = "t"\ndate = "soon"\n'
            '[[claim]]\nid = "b"\nby = \n'
            '[[claim]]\nid = "a"\nby = "x"\ntext = "\\u0007"\ncite = [{ source = "zz" }]\n'
            '[[view]]\nid = "v"\nwoh = "x"\ntext = "a\x01"\n'
        )

        assert [problem.partition(";")[0] for problem in found(text)] == [
            "b.toml:10:8: source[1].type: 'boook' is no word for this key",
            "b.toml:15:8: claim[1].date: 'soon' is no EDTF date",
            "b.toml:18:6: invalid value",
            "b.toml:20:6: claim[3].id: the id 'a' is taken by a [[claim]]",
            "b.toml:22:9: claim[3].text: holds the forbidden character U+0007",
            "b.toml:23:20: claim[3].cite[1].source: 'zz' is not there",
            "b.toml:26:1: view[1].woh: unknown key 'woh'",
            "b.toml:27:10: control character U+0001",
        ]

    def test_a_value_behind_a_multi_line_string(self, tiny: Tiny) -> None:
        """Lines within strings count."""
        text = tiny('[[claim]]\nid = "a"\nby = """\nx # "" \\""" = [\n"""\ntext = \'\'\'\n[[b]]\'\'\'\nkind = "x"\n')

        assert found(text)[-1].startswith("b.toml:15:8: claim[1].kind: 'x' is no word")

    def test_a_value_in_a_multi_line_array(self, tiny: Tiny) -> None:
        """Comments and line breaks between items count."""
        text = tiny(f'{CLAIM}about = [\n  "a", # one, [two\n\n  "zzz",\n]\n')

        assert found(text)[0].startswith("b.toml:15:3: claim[1].about[2]: 'zzz' is not there")

    def test_a_quoted_key(self, tiny: Tiny) -> None:
        """A key in quotes, with an escape even, is the same key."""
        first, second = found(tiny(CLAIM + '"k\\u0069nd" = "x"\n\'date\' = "x"\n'))

        assert first.startswith("b.toml:12:15: claim[1].kind: 'x' is no word")
        assert second.startswith("b.toml:13:10: claim[1].date: 'x' is no EDTF date")

    def test_a_dotted_key(self, tiny: Tiny) -> None:
        """`assess.why` is the same as a table."""
        assert found(tiny(CLAIM + "assess . why = 3\n")) == [
            "b.toml:12:16: claim[1].assess.why: is a number; write text in quotes",
        ]

    def test_a_sub_table_of_an_array(self, tiny: Tiny) -> None:
        """[claim.assess] belongs to the latest claim."""
        second = CLAIM.replace('"a"', '"b"')
        text = tiny(f"{CLAIM}{second}[claim.assess]\nwhy = 3\n[[claim.cite]]\nquote = 4\n")

        assert found(text) == [
            "b.toml:17:7: claim[2].assess.why: is a number; write text in quotes",
            "b.toml:18:1: claim[2].cite[1].source: the key 'source' is missing; add source = …",
            "b.toml:19:9: claim[2].cite[1].quote: is a number; write text in quotes",
        ]

    def test_carriage_returns_do_not_move_places(self, tiny: Tiny) -> None:
        """Lines and columns are those of an editor."""
        text = tiny(CLAIM + 'kind = "x"\n')

        assert found(text) == found(text.replace("\n", "\r\n"))

    def test_characters_beyond_the_first_plane_count_one(self, tiny: Tiny) -> None:
        """Columns count code points."""
        assert found(tiny('[[claim]]\nid="a"\nby="x"\ntext="t"\nassess={why="🦢🦢",confidence="x"}\n'))[0].startswith(
            "b.toml:12:29: claim[1].assess.confidence: "
        )


class TestFiles:
    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        """The whole file is meant, so there is no line."""
        path = tmp_path / "briefing.toml"

        loaded = load_file(path)

        assert [str(problem) for problem in loaded.problems] == [f"{path}: there is no such file; check its name"]
        assert loaded.digest == ""

    def test_a_name_of_its_own(self, tmp_path: Path) -> None:
        """Messages call the file as they are told to."""
        assert str(load_file(tmp_path / "x", "short").problems[0]).startswith("short: ")

    def test_a_folder(self, tmp_path: Path) -> None:
        """A folder is no file."""
        assert [p.message for p in load_file(tmp_path).problems] == ["is a folder; put a regular file there"]

    def test_a_fifo_does_not_hold_us(self, tmp_path: Path) -> None:
        """Nobody writes to it, and still it is answered at once."""
        os.mkfifo(tmp_path / "briefing.toml")

        assert [p.message for p in load_file(tmp_path / "briefing.toml").problems] == [
            "is a FIFO; put a regular file there",
        ]

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero here")
    def test_a_device_does_not_flood_us(self) -> None:
        """/dev/zero has no end."""
        assert [p.message for p in load_file(Path("/dev/zero")).problems] == ["is a device; put a regular file there"]

    def test_a_path_with_a_nul(self) -> None:
        """A path that the system does not know is a problem, not an exception."""
        assert [p.message for p in load_file(Path("a\x00b")).problems] == ["cannot be read: its name holds a NUL"]

    def test_a_name_that_is_too_long(self, tmp_path: Path) -> None:
        """The system's reason is given."""
        assert [p.message for p in load_file(tmp_path / ("x" * 300)).problems] == ["cannot be read: file name too long"]

    def test_a_file_that_may_not_be_read(self, tmp_path: Path) -> None:
        """The system's reason is given."""
        path = tmp_path / "briefing.toml"
        path.touch(mode=0)

        with bound_by_permissions():
            problems = load_file(path).problems
        assert [p.message for p in problems] == ["cannot be read: permission denied"]

    def test_a_file_over_the_limit(self, tmp_path: Path, tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is not read further than the limit."""
        monkeypatch.setattr(loader, "MAX_BRIEFING_BYTES", 1_048_576)
        (tmp_path / "at").write_text(tiny() + "#" * (1_048_576 - len(tiny())))
        (tmp_path / "over").write_text(tiny() + "#" * (1_048_577 - len(tiny())))

        assert load_file(tmp_path / "at").problems == ()
        assert [p.message for p in load_file(tmp_path / "over").problems] == ["is larger than 1 MiB; split it"]


class TestHeldTexts:
    SOURCE = '[[source]]\nid = "s"\ntype = "book"\nheld = {held!r}\n'

    def load(self, folder: Path, tiny: Tiny, held: str, sha256: str = "0" * 64) -> list[str]:
        """Load a briefing that names a held text."""
        (folder / "held").mkdir(exist_ok=True)
        source = self.SOURCE.format(held=held) + (f'sha256 = "{sha256}"\n' if sha256 else "")
        (folder / "briefing.toml").write_text(tiny(source), encoding="utf-8")
        return [str(problem) for problem in load_file(folder / "briefing.toml", "b.toml").problems]

    def test_a_text_that_is_there(self, tmp_path: Path, tiny: Tiny) -> None:
        """Whether the hash fits is for the compiler to say."""
        (tmp_path / "held").mkdir()
        (tmp_path / "held" / "a.txt").write_text("text")

        assert self.load(tmp_path, tiny, "a.txt") == []

    def test_a_text_without_its_hash(self, tmp_path: Path, tiny: Tiny) -> None:
        """The hash to write is given."""
        (tmp_path / "held").mkdir()
        (tmp_path / "held" / "a.txt").write_text("text")
        digest = hashlib.sha256(b"text").hexdigest()

        assert self.load(tmp_path, tiny, "a.txt", "") == [
            f'b.toml:11:8: source[1].held: a held text needs its hash; add: sha256 = "{digest}"',
        ]

    def test_a_text_that_is_not_there(self, tmp_path: Path, tiny: Tiny) -> None:
        """A missing file is named."""
        assert self.load(tmp_path, tiny, "a.txt") == [
            "b.toml:11:8: source[1].held: the held text 'a.txt': there is no such file; check its name",
        ]

    @pytest.mark.parametrize("held", ["../briefing.toml", "/etc/passwd", "a/../../briefing.toml", ".."])
    def test_a_path_that_leaves_its_folder(self, tmp_path: Path, tiny: Tiny, held: str) -> None:
        """A path never leaves held/."""
        assert self.load(tmp_path, tiny, held) == [
            f"b.toml:11:8: source[1].held: the held text {held!r}: {held!r} leaves its folder held/; "
            "write a plain file name",
        ]

    def test_a_link_that_leaves_its_folder(self, tmp_path: Path, tiny: Tiny) -> None:
        """Nor does a link."""
        (tmp_path / "outside").write_text("secret")
        (tmp_path / "held").mkdir()
        (tmp_path / "held" / "a.txt").symlink_to(tmp_path / "outside")

        assert self.load(tmp_path, tiny, "a.txt")[0].endswith(
            "'a.txt' leaves its folder held/; write a plain file name"
        )

    def test_a_folder_that_is_a_link(self, tmp_path: Path, tiny: Tiny) -> None:
        """Nor does held/ itself."""
        (tmp_path / "outside").mkdir()
        (tmp_path / "outside" / "a.txt").write_text("secret")
        (tmp_path / "briefing").mkdir()
        (tmp_path / "briefing" / "held").symlink_to(tmp_path / "outside")

        assert self.load(tmp_path / "briefing", tiny, "a.txt")[0].endswith(
            "'a.txt' leaves its folder held/; write a plain file name"
        )

    def test_a_link_within_the_folder(self, tmp_path: Path, tiny: Tiny) -> None:
        """A link that stays inside is a file like another."""
        (tmp_path / "held").mkdir()
        (tmp_path / "held" / "b.txt").write_text("text")
        (tmp_path / "held" / "a.txt").symlink_to("b.txt")

        assert self.load(tmp_path, tiny, "a.txt") == []

    def test_a_text_that_is_no_text(self, tmp_path: Path, tiny: Tiny) -> None:
        """Held texts are UTF-8."""
        (tmp_path / "held").mkdir()
        (tmp_path / "held" / "a.txt").write_bytes(b"\xff")

        assert self.load(tmp_path, tiny, "a.txt") == [
            "b.toml:11:8: source[1].held: the held text 'a.txt' is not UTF-8; save it as UTF-8",
        ]

    def test_a_held_fifo(self, tmp_path: Path, tiny: Tiny) -> None:
        """A FIFO among the held texts does not hold us either."""
        (tmp_path / "held").mkdir()
        os.mkfifo(tmp_path / "held" / "a.txt")

        assert self.load(tmp_path, tiny, "a.txt")[0].endswith("'a.txt': is a FIFO; put a regular file there")

    def test_a_text_over_the_limit(self, tmp_path: Path, tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
        """Held texts have a limit of their own."""
        monkeypatch.setattr(loader, "MAX_HELD_BYTES", 3)
        (tmp_path / "held").mkdir()
        (tmp_path / "held" / "a.txt").write_text("four")

        assert "is larger than" in self.load(tmp_path, tiny, "a.txt")[0]

    @pytest.mark.parametrize("source", ["3", "{}", "[3, { held = 4 }]"])
    def test_sources_of_another_shape(self, tmp_path: Path, tiny: Tiny, source: str) -> None:
        """What is no source has no held text."""
        path = tmp_path / "briefing.toml"
        path.write_text(f"source = {source}\n{tiny()}")

        assert load_file(path).briefing is None
