"""The detectors on sentences: what they find, and what only looks like it."""

import pytest

from tui.language.anonymity import anonymous_label, unnamed
from tui.language.attribution import is_attributed, names
from tui.language.comparison import Wording, cut, dropped
from tui.language.hedges import hedges
from tui.language.lexicon import Lexicon, lexicon
from tui.language.persons import persons
from tui.language.predictions import obligations, predictions
from tui.language.quotations import quotations
from tui.language.sentences import sentences
from tui.language.tone import loaded, relative_dates


@pytest.fixture(scope="module")
def en() -> Lexicon:
    lists = lexicon("en")
    assert lists is not None
    return lists


@pytest.fixture(scope="module")
def de() -> Lexicon:
    lists = lexicon("de-AT")
    assert lists is not None
    return lists


class TestLists:
    def test_a_region_reads_the_lists_of_its_language(self) -> None:
        assert lexicon("en-GB") is not None

    @pytest.mark.parametrize("lang", ["mi", "../../en", "", "e", "en/../en", "english"])
    def test_what_has_no_lists_has_none(self, lang: str) -> None:
        """A tag never becomes a path."""
        assert lexicon(lang) is None

    @pytest.mark.parametrize("lang", ["en", "de"])
    def test_each_phrase_is_one(self, lang: str) -> None:
        """A list with its words between one pair of quotation marks finds none of them."""
        lists = lexicon(lang)
        assert lists is not None
        assert [phrase for phrase in lists.groups if len(phrase.split()) > 6] == []

    def test_a_longer_phrase_is_also_what_it_begins_with(self, en: Lexicon) -> None:
        assert en.group("likely to", "prediction") == "will"
        assert en.group("likely to", "hedge") == "likely"

    def test_a_language_may_have_some_lists_only(self, de: Lexicon) -> None:
        kinds = {kind for groups in de.groups.values() for kind in groups}

        assert "hedge" in kinds
        assert "loaded" not in kinds


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("One stands here. Two stands there.", 2),
            ("Dr. Lind met Adm. Paparo. She left.", 2),
            ("The U.S. Indo-Pacific Command moved.", 1),
            ("It came from the U.S. The ship sailed.", 2),
            ("It rose by 3.5 per cent. Then it fell.", 2),
            ("“We left.” He did not.", 2),
            ("“We left.”[2][3] He did not.¹² They did.", 3),
            ("It has 5 m² of floor, and [2] is a note.", 1),
            ("He asked: “Why?” and left.", 1),
            ("No. 4 was sunk on 3 Jan. 2024.", 1),
            ("One line\n\nanother line", 2),
            ("- first\n- second", 2),
            ("J. R. Smith wrote it.", 1),
            ("", 0),
        ],
    )
    def test_they_are_told_apart(self, en: Lexicon, text: str, count: int) -> None:
        found = sentences(text, en)

        assert count == len(found)
        assert all(span.of(text).strip() == span.of(text) for span in found)


class TestQuotations:
    @pytest.mark.parametrize(
        ("text", "inside"),
        [
            ("He said “no” twice.", ["no"]),
            ('He said "no" twice.', ["no"]),
            ("Er sagte „nein“ dazu.", ["nein"]),
            ("Il dit « non » deux fois.", [" non "]),
            ("The officers’ mess is John’s.", []),
            ("She wrote ‘don’t go’ and left.", ["don’t go"]),
            ("“One paragraph.\n\n“Another one,” she said.", ["One paragraph.", "Another one,"]),
            ('A 12" gun.', []),
            ("“Never closed", ["Never closed"]),
        ],
    )
    def test_they_are_found(self, text: str, inside: list[str]) -> None:
        assert inside == [span.of(text) for span in quotations(text)]


class TestHedges:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("It may be so.", ["may"]),
            ("In May it was so.", []),
            ("It could not be so.", []),
            ("It is likely to be so.", ["likely to"]),
            ("About 40 ships left.", ["About"]),
            ("It is about ships.", []),
            ("A song about a hundred swans.", []),
            ("He asked if it was so.", []),
            ("If so, it is late.", ["If"]),
            ("Hundreds, if not thousands.", []),
            ("Its military might is great.", []),
            # Conditions: turned round, in participles, behind commas; a measure and a speaker's own condition are none.
            ("Should the well run dry, the inn closes.", ["Should"]),
            ("Should the inn close?", []),
            ("Guests should knock.", []),
            ("Were the inn to close, the village would suffer.", ["Were"]),
            ("Had the roof held, nobody would have moved.", ["Had"]),
            ("It would stand, had anyone mended it.", ["had"]),
            ("He had the roof mended.", []),
            ("The inn, provided the roof holds, opens in May.", ["provided"]),
            ("The inn provided the soup.", []),
            ("Failing a buyer, the inn closes.", ["Failing"]),
            ("It is failing, the cook says.", []),
            ("The rope is as long as the street.", []),
            ("It holds as long as the rope does.", ["as long as"]),
            ("He spoke on condition that he not be identified.", []),
            ("He sells on condition that he may stay.", ["on condition that", "may"]),
            ("He opens even if it rains.", []),
            ("Ask him if it rained.", []),
            # Leave and prohibition hold nothing back.
            ("Guests may not smoke.", []),
            ("No guest may smoke.", []),
            ("The room may be used only with a key.", []),
            ("It may not be so.", ["may"]),
            # Conjecture, whoever makes it; nouns and plain saying are none.
            ("The cook suspects a leak.", ["suspects"]),
            ("The suspect fled.", []),
            ("The inn claimed that nobody came.", ["claimed"]),
            ("The claim was paid.", []),
            ("Guests reckon the stairs are safe.", ["reckon"]),
            ("The damage was estimated at two thousand.", ["estimated at"]),
            ("The estimate was late.", []),
            ("The cook hinted at a sale.", ["hinted"]),
            ("It is seen as a failure.", ["seen as"]),
            ("It is believed, though nobody looked, to be empty.", ["believed"]),
            ("She believed the box to be empty.", []),
            ("It was considered very unlikely.", ["very unlikely"]),
            # Words that narrow.
            ("It is largely empty.", ["largely"]),
            ("It was almost new.", ["almost"]),
            ("Almost 300 came.", ["Almost"]),
        ],
    )
    def test_they_are_found(self, en: Lexicon, text: str, found: list[str]) -> None:
        assert found == [text[hedge.start : hedge.end] for hedge in hedges(text, en)]

    def test_a_condition_is_one_of_them(self, en: Lexicon) -> None:
        assert ["if"] == [hedge.kind for hedge in hedges("It comes if it rains.", en)]

    def test_german_ones_have_lists_of_their_own(self, de: Lexicon) -> None:
        text = "Etwa 100 Raketen wurden angeblich geliefert."

        assert ["rough", "hearsay"] == [hedge.kind for hedge in hedges(text, de)]


class TestPersons:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Engineers shrug, says Ann Holt.", ["Ann Holt"]),
            ("“It holds,” Ann Holt said.", ["Ann Holt"]),
            ("The engineer Ann Holt shrugs.", ["Ann Holt"]),
            ("Engineers, led by Ann Holt, shrug.", ["Ann Holt"]),
            ("All shrug but Ann Holt. For Colonel Ben Ray it holds.", ["Ann Holt", "Colonel Ben Ray"]),
            ("Engineers at Holt Brothers shrug.", []),
            ("Engineers from Holt Ray and Marsh Cole shrug.", []),
            ("Holt University and the Ann Holt shrug.", []),
            ("Readers of Ann Holt shrug, and they read Ben Ray.", []),
            ("Ann Holt’s bridge holds.", []),
            ("Engineers shrug; the mayor, Ann Holt, denies it.", []),
        ],
    )
    def test_they_are_found(self, en: Lexicon, text: str, found: list[str]) -> None:
        assert found == [span.of(text) for span in persons(text, en)]


class TestLoaded:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("The regime fell.", ["regime"]),
            ("The Holt regime fell.", ["regime"]),
            ("A new diet regime helps.", []),
            ("It will almost certainly fall.", []),
            ("It will certainly fall.", ["certainly"]),
            ("A staggering sum.", ["staggering"]),
            ("He was staggering along the wall.", []),
        ],
    )
    def test_loaded_words_are_found(self, en: Lexicon, text: str, found: list[str]) -> None:
        assert found == [text[one.start : one.end] for one in loaded(text, en)]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("It fell last spring.", ["last spring"]),
            ("It was the last spring of the firm.", []),
            ("They meet next Tuesday.", ["next Tuesday"]),
        ],
    )
    def test_dates_that_depend_on_the_day_are_found(self, en: Lexicon, text: str, found: list[str]) -> None:
        assert found == [span.of(text) for span in relative_dates(text, en)]


class TestSpeakers:
    @pytest.mark.parametrize(
        "text", ["Policymakers should consider it.", "The recent report is long.", "He said nothing."]
    )
    def test_a_reporting_verb_is_no_noun_and_no_infinitive(self, en: Lexicon, text: str) -> None:
        assert is_attributed(text, en) is ("said" in text)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Officials in Seoul, who met on Monday, said so.", ["Officials"]),
            ("A senior US official said so.", ["A senior US official"]),
            ("Officials such as Ann Holt said so.", []),
            ("Officials, who asked not to be named, said so.", []),
            ("US intelligence says so.", []),
            ("Conflict Armament Research told the Council.", []),
            ("Ann Holt, an analyst, says so.", []),
            ("What a source said stands here.", []),
            ("“Officials said so,” he wrote.", []),
            ("It is believed that it sank.", ["It is believed that"]),
            # A subject of whom something is said is no source.
            ("Officials were said to be late.", []),
            ("Officials were reported missing, and the mayor said so.", []),
            ("Officials were saying that it is late.", ["Officials"]),
            ("The mayor, it is alleged, was late.", []),
            ("It is alleged that the mayor was late.", ["It is alleged"]),
            ("Both officials said so.", []),
            # Persons told by an ending, or by a verb that only persons are subjects of.
            ("Seismographers doubt it.", ["Seismographers"]),
            ("Most dog owners complained of the signs.", ["owners"]),
            ("Two beekeepers at the fair described it.", ["beekeepers"]),
            ("A tiler who was there said so.", ["A tiler"]),
            ("Sanders said so.", []),
            ("The head of the windmills said so.", []),
            ("They are missiles believed to be new.", []),
            ("The rules say so.", []),
            # A text with an owner, an author or a year can be looked up.
            ("A study has found it.", ["A study"]),
            ("A study by Odu and Lee found it.", []),
            ("The ministry’s own figures show that it fell.", []),
            ("Clerks in the office described the sale.", ["Clerks"]),
            ("It was widely assumed that it sank.", ["It was widely assumed"]),
            ("It was described by several parents as late.", ["parents"]),
            ("The plan, confirmed by other sources, is old.", []),
            ("A cook at the inn, Ruth Ode, said so.", []),
            ("It freed the officials and said nothing.", []),
            ("She says it tells buyers of arms nothing.", []),
        ],
    )
    def test_who_is_not_named(self, en: Lexicon, text: str, found: list[str]) -> None:
        assert found == [text[one.start : one.end] for one in unnamed(text, en)]

    @pytest.mark.parametrize(
        ("label", "nobody"),
        [
            ("US officials, as relayed", True),
            ("unnamed officials", False),
            ("a US State Department official", True),
            ("motorists", True),
            ("a tiler", True),
            ("the article", False),
            ("Ann Holt, official", False),
        ],
    )
    def test_a_label_may_name_nobody(self, en: Lexicon, label: str, nobody: bool) -> None:
        assert nobody == anonymous_label(label, en)

    def test_names_have_two_words(self) -> None:
        text = "The Kremlin heard Dr. Jennifer Lind and Kim Dong Yup."

        assert ["Jennifer Lind", "Kim Dong Yup"] == [span.of(text) for span in names(text)]


class TestForetelling:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("It will fall.", ["will"]),
            ("The will was read.", ["will"]),
            ("Will Carter came.", []),
            ("It could fall soon.", ["could"]),
            ("It could have fallen.", []),
            ("It is likely to have been sold.", []),
            ("It is likely to fall.", ["is likely to"]),
            ("Both could be copies.", []),
        ],
    )
    def test_what_foretells(self, en: Lexicon, text: str, found: list[str]) -> None:
        assert found == [span.of(text) for span in predictions(text, en)]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Any pilot will tell you that the bar is shallow.", []),
            ("The wreck is likely to be a barge.", []),
            ("The crates are unlikely to be from Bergen.", []),
            ("The crew is likely to be in the harbour by the end of May.", ["is likely to"]),
            ("He is likely to be the next mayor.", ["is likely to"]),
            ("The pier is likely to be closed.", ["is likely to"]),
            ("The mayor will tell you in May.", ["will"]),
            ("The mayor will tell the council.", ["will"]),
        ],
    )
    def test_habits_and_likely_states_are_of_today(self, en: Lexicon, text: str, found: list[str]) -> None:
        assert [span.of(text) for span in predictions(text, en)] == found

    def test_what_should_be_done(self, en: Lexicon) -> None:
        text = "They must act; talks may be necessary."

        assert ["must", "may be necessary"] == [span.of(text) for span in obligations(text, en)]

    def test_an_inverted_condition_demands_nothing(self, en: Lexicon) -> None:
        assert obligations("Should Mr. Hale refuse the money, the ferry will stop.", en) == ()
        assert [span.start for span in obligations("The council should decide.", en)] == [12]


class TestTone:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("The regime fell.", ["regime"]),
            ("The sanctions regime was renewed.", []),
            ("He spoke of a “regime”.", []),
            ("It was the worst decision.", ["worst"]),
            ("It was not the worst decision.", []),
            ("It was the worst drought since 1976.", []),
            ("It was the second largest city.", []),
            ("The Evil Eye Company was sold.", []),
            ("Its world-beating battery is sold.", ["world-beating"]),
            ("The puppet theatre reopened.", []),
            ("The explosive device was found.", []),
            ("It was the most useless law.", ["most"]),
            ("The lowest tender won.", []),
            ("It is the lowest tender.", ["lowest"]),
            ("Of the four, the last is the largest.", []),
        ],
    )
    def test_what_is_loaded(self, en: Lexicon, text: str, found: list[str]) -> None:
        assert found == [text[one.start : one.end] for one in loaded(text, en)]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("It was closed last week.", ["last week"]),
            ("It was closed recently, in 2024.", []),
            ("The “recent” talk.", []),
        ],
    )
    def test_what_is_relative(self, en: Lexicon, text: str, found: list[str]) -> None:
        assert found == [span.of(text) for span in relative_dates(text, en)]


class TestSignsBesideHedges:
    """Full stops of abbreviations, signs and numbers hide no hedge."""

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("It moved approx. 40 boats.", ["approx."]),
            ("It moved ca. 40 boats, an est. 30 of them in May.", ["ca.", "an est."]),
            ("It was built c. 1890 and c.1900.", ["c.", "c."]),
            ("It moved ~40 boats and ≈ £3m.", ["~", "≈"]),
            ("It moved 40-odd boats.", ["-odd"]),
            ("It cost about US$2m, some EUR 2bn and nearly Rs. 400.", ["about", "some", "nearly"]),
            ("It moved about “40 boats” and about ½ of a load.", ["about", "about"]),
            ("It was _allegedly_ sunk, perhaps¹ in May.", ["allegedly", "perhaps"]),
            ("Should Mr. Lee return, the price would rise.", ["Should"]),
            ("Were the U.S. to leave, prices could rise by 2.5 pct. in all.", ["Were", "could"]),
            ("The office suspects Mr. Lee.", ["suspects"]),
            ("The ship is believed, Dr. Lee said, to be lost.", ["believed"]),
            ("It is near Washington, D.C. 20500, in CA 90210.", []),
            ("He asked about. Forty boats came.", []),
            ("It fell from vitamin c 40 mg.", []),
            ("The office takes claims. It pays.", []),
        ],
    )
    def test_they_are_found(self, en: Lexicon, text: str, found: list[str]) -> None:
        assert [text[hedge.start : hedge.end] for hedge in hedges(text, en)] == found

    @pytest.mark.parametrize(
        ("quote", "text", "lost"),
        [
            ("The damage was estimated at 2 mln.", "The damage was 2 mln.", ["estimated at"]),
            ("The loss was estimated at 4 pct.", "It lost 4 per cent.", ["estimated at"]),
            ("about 40,000 boats", "It has 40 000 boats.", ["about"]),
            ("roughly two-thirds", "It is two-thirds.", ["roughly"]),
            ("It lost 40 boats or so in 1990.", "It lost 40 boats.", ["or so"]),
            ("The boats sank, reportedly.", "The boats sank.", ["reportedly"]),
            ("It may go.", "It is to go.", ["may"]),
            ("It may go.", "He sat.", []),
            ("The damage was estimated at 2 mln.", "The damage was 3 mln.", []),
            ("about 40 boats", "It has 140 boats.", []),
        ],
    )
    def test_what_our_text_drops_is_told(self, en: Lexicon, quote: str, text: str, lost: list[str]) -> None:
        found = dropped(Wording(quote, en), Wording(text, en))
        assert [quote[hedge.start : hedge.end] for hedge in found] == lost

    def test_a_hedge_in_brackets_behind_a_quote_is_cut(self, en: Lexicon) -> None:
        text = "The boats sank (reportedly)."
        assert [text[hedge.start : hedge.end] for hedge in cut(text, 0, 14, en)] == ["reportedly"]

    def test_german_ones(self, de: Lexicon) -> None:
        text = "Es waren ca. 40 Boote, evtl. auch mehr."
        assert [text[hedge.start : hedge.end] for hedge in hedges(text, de)] == ["ca.", "evtl."]


class TestComparing:
    def test_another_language_is_compared_by_what_its_hedges_are_about(self, en: Lexicon, de: Lexicon) -> None:
        quote = Wording("etwa 100 Raketen geliefert", de)

        assert () == dropped(quote, Wording("About 100 missiles were delivered.", en))
        assert ["rough"] == [hedge.kind for hedge in dropped(quote, Wording("100 missiles were delivered.", en))]

    def test_offsets_are_those_of_the_whole_text(self, en: Lexicon) -> None:
        text = "It rained. The dam may have burst."
        start = text.index("burst")
        (hedge,) = cut(text, start, start + 5, en)

        assert text[hedge.start : hedge.end] == "may"

    def test_a_quote_over_two_sentences_is_not_judged(self, en: Lexicon) -> None:
        text = "It may rain. The dam bursts."

        assert () == cut(text, 3, len(text), en)
