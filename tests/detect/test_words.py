"""Words, masks and roots."""

from servicestory.detect.words import NAME, NUMBER, content, masked, number, root, tokens


def test_numbers_and_unknown_capitalised_words_are_masked() -> None:
    ordinary = {"the", "porter"}
    assert [masked(t, ordinary) for t in tokens("The porter Wendelin's 3 bags 12:30")] == [
        "the",
        "porter",
        NAME,
        NUMBER,
        "bags",
        NUMBER,
    ]


def test_numbering_is_the_same_for_the_same_sentences() -> None:
    words = number(["we waved", "", "We waved again!"], {"we"})
    assert len(words) == 3
    assert words.table == ["we", "waved", "again", "!"]
    assert words.ids.tolist() == [0, 1, 0, 1, 2, 3]
    assert words.ptr.tolist() == [0, 2, 2, 6]
    assert words.rows.tolist() == [0, 0, 2, 2, 2, 2]


def test_roots_bring_forms_together_and_leave_short_words() -> None:
    assert root("towels") == root("towel") == "towel"
    assert root("queries") == "query"
    assert root("is") == "is"
    assert root("pass") == "pass"


def test_content_drops_small_words_and_marks() -> None:
    assert content("They brought us the extra towels!") == ["brought", "extra", "towel"]


def test_curly_apostrophes_are_apostrophes() -> None:
    assert tokens("didn’t") == ["didn't"]
