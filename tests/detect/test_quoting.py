"""Titles that quote a story: no names, no numbers, a deed before how something was."""

from collections.abc import Sequence

from servicestory.detect.quoting import lines, quotes


def test_the_quote_is_the_part_nearest_to_all_passages() -> None:
    said = ["Ada slid over behind the wheel.", "Bo peeled an orange."]

    def near(parts: Sequence[str]) -> list[list[float]]:
        return [[0.9 if "wheel" in part else 0.2] * 2 for part in parts]

    assert quotes(said, ["wheel"], ["Ada", "Bo"], near=near) == [
        "slid over behind the wheel",
        "peeled an orange",
    ]


def test_no_name_and_no_number_is_quoted() -> None:
    said = ["On Monday Ada gave up the keys to room 12, and ada waved to her from the door of Torvild."]
    found = quotes(said, ["keys"], ["Ada Brisk"])
    assert found
    for part in found:
        assert not any(name in part.lower() for name in ("ada", "penn", "torvild", "monday", "12"))


def test_where_a_part_was_cut_off_it_says_so() -> None:
    assert quotes(["He looked up the ferry for Torvild."], ["ferry"], []) == ["looked up the ferry …"]
    long = "She asked what they would need till breakfast and loaded that crate when all the rest was in the lorry."
    assert quotes([long], ["crate"], [])[0].endswith("…")


def test_who_did_something_comes_before_how_something_was() -> None:
    said = ["The service was fast and prompt service.", "They refilled our cups."]
    assert quotes(said, ["service", "prompt"], [], near=lambda parts: [[0.5]] * len(parts)) == [
        "they refilled our cups",
        "the service was fast and prompt service",
    ]


def test_where_deeds_are_not_compared_the_words_of_most_are_quoted() -> None:
    said = [
        "Service was slow but he sang.",
        "Our service was prompt.",
        "prompt service",
        "Torvild was prompt.",
    ]
    assert quotes(said, ["prompt"], [])[0] == "our service was prompt"
    assert quotes(["very fast delivery", "Fast delivery"], ["delivery"], []) == []
    assert (
        quotes(["very fast delivery", "Fast delivery"], ["delivery"], [], kind="Answer")[0]
        == "very fast delivery"
    )


def test_where_no_thing_is_told_of_nothing_is_quoted_unless_the_kind_is_known() -> None:
    said = ["She quickly answered us."]
    assert quotes(said, ["said", "nothing"], []) == []
    assert quotes(said, ["said", "nothing"], [], kind="Answer without delay") == ["she quickly answered us"]


def test_a_line_in_another_language_is_quoted_whole_and_without_names() -> None:
    told = [
        "Den Koffer ins Zimmer getragen",
        "Mit Jörg am nächsten Morgen den Koffer geholt",
        "Gepäck geholt",
    ]
    found = lines(told, ["de"] * 3, [])
    assert found == [
        "am nächsten Morgen den Koffer geholt",
        "Den Koffer ins Zimmer getragen",
        "Gepäck geholt",
    ]
    assert lines(["Frau Schröder ans Telefon geholt"], ["de"], []) == ["ans Telefon geholt"]
    assert lines(["Elle a appelé Marie le matin"], ["fr"], []) == ["le matin", "a appelé …"]
    assert lines(["hat silke am Bahnhof abgeholt"], ["de"], ["Silke Berg"]) == ["am Bahnhof abgeholt"]
    assert not quotes(["A suite with a balcony.", "The suite upstairs."], ["suite"], [])
