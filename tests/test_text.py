"""Text from strangers is inert wherever it is shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicestory import text


def test_terminal_text_has_no_escape_sequences() -> None:
    assert text.safe_terminal("a\x1b[31mred\x07\x9b1m \u202eb\u2066 \r\nc\td") == "ared b \nc\td"


@given(st.text())
def test_terminal_text_never_holds_a_control_character(value: str) -> None:
    shown = text.safe_terminal(value)
    assert not [c for c in shown if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160]
    shown.encode()


def test_markdown_is_inert() -> None:
    shown = text.safe_markdown(
        "# *hi* <script>alert(1)</script> [x](javascript:alert) `c` | https://a.example"
    )
    assert "<script" not in shown
    assert shown.startswith("\\#")
    assert "\\*hi\\*" in shown
    assert "\\[x\\]" in shown
    assert "javascript:" not in shown
    assert "https:" not in shown
    assert "|" not in shown


def test_markdown_is_inert_for_other_readers_too() -> None:
    shown = text.safe_markdown("export {a} ::: note ~~b~~ $c$")
    assert shown == r"&#101;xport \{a\} &#58;&#58;&#58; note &#126;&#126;b&#126;&#126; &#36;c&#36;"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Bed & Breakfast, Q&A", "Bed & Breakfast, Q&A"),
        ("R&D &", "R&D &"),
        ("&lt;b&gt; &copy 2026 &#60; &x;", "&amp;lt;b&amp;gt; &amp;copy 2026 &amp;#60; &amp;x;"),
    ],
)
def test_an_and_sign_stays_one_unless_it_would_begin_an_entity(typed: str, shown: str) -> None:
    assert text.safe_markdown(typed) == shown


@given(st.text())
def test_markdown_is_one_line_without_html_or_markers(value: str) -> None:
    shown = text.safe_markdown(value)
    assert "\n" not in shown
    assert "<" not in shown
    assert not re.match(r"[-+#=>]|\d+[.)]", shown)


def test_html_is_escaped_for_text_and_attributes() -> None:
    assert text.safe_html("<a href='x'>\"&\x00") == "&lt;a href=&#x27;x&#x27;&gt;&quot;&amp;"


def test_one_line_cuts_at_a_word() -> None:
    assert text.one_line("She walked us\n to our room", 15) == "She walked us…"
    assert text.one_line("short", 15) == "short"
    assert text.one_line("Donaudampfschifffahrtsgesellschaft", 10) == "Donaudamp…"


@given(st.text(), st.integers(min_value=8, max_value=80))
def test_a_slug_is_a_safe_file_name(value: str, limit: int) -> None:
    made = text.slug(value, limit)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= limit


def test_slugs_read_like_their_titles() -> None:
    assert text.slug("Café Straße: Ann's early check-in!") == "cafe-strasse-anns-early-check-in"
    assert text.slug("東京") == "untitled"
    assert text.slug("one two three", 9) == "one-two"


def test_counts_and_lists() -> None:
    assert text.plural(1, "story", "stories") == "1 story"
    assert text.plural(1200, "story", "stories") == "1,200 stories"
    assert text.plural(2, "site") == "2 sites"
    assert text.listing([]) == ""
    assert text.listing(["a"]) == "a"
    assert text.listing(["a", "b", "c"]) == "a, b and c"


def test_names_with_commas_are_set_apart_by_semicolons() -> None:
    assert text.listing(["Elm", "Oak"]) == "Elm and Oak"
    assert text.listing(["The Elm, Boston", "Oak", "Ash"]) == "The Elm, Boston; Oak; and Ash"
    assert text.row(["Elm 1 of 2", "Oak"]) == "Elm 1 of 2, Oak"
    assert text.row(["Elm, Boston 1 of 2", "Oak"]) == "Elm, Boston 1 of 2; Oak"


def test_a_message_is_cut_where_nobody_would_read_on() -> None:
    path = "/srv/" + "very-long-name/" * 10
    assert text.shortened(f"{path} is not there.\nLook at it.") == f"{path} is not there.\nLook at it."
    cut = text.shortened(f"'{'9' * 5000}' is not a number.")
    assert len(cut) < 160 and cut.startswith("'999") and cut.endswith("9' is not a number.") and "…" in cut
    assert len(text.shortened("so " * 5000)) < 1500


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("a \x1b[1;31mred\x1b[0m coat", "a red coat"),
        ("\x1b]8;;https://example.org\x07the page\x1b]8;;\x1b\\ said", "the page said"),
        ("\x9b2Jgone \x1b(Bhere", "gone here"),
        ("he typed [31m and \x1bno more", "he typed [31m and no more"),
        ("\x1b]0;no end of it and the story goes on", "]0;no end of it and the story goes on"),
    ],
)
def test_of_an_escape_sequence_nothing_is_left_and_of_a_text_all(told: str, left: str) -> None:
    assert text.one_line(told) == left


def test_so_many_of_so_many_are_told_as_people_say_it() -> None:
    said = [text.some_of(*pair) for pair in ((0, 2), (0, 3), (1, 2), (2, 2), (3, 3), (2, 3))]
    assert said == [
        "neither of the 2", "none of the 3", "1 of the 2", "both", "all 3", "2 of the 3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Gülsen", "gulsen", True),
        ("Jörg Weiß", "JOERG WEISS", True),
        ("Søren", "Soren", True),
        ("Mu\u0308ller", "Müller", True),
        ("Anna", "Anne", False),
        ("Joerg", "Jorg", False),
    ],
)
def test_a_name_is_spelled_with_and_without_accents(one: str, other: str, same: bool) -> None:
    assert (not text.spelled(one).isdisjoint(text.spelled(other))) == same


def test_an_excerpt_shows_what_the_colleague_did() -> None:
    rain = "It rained as it had rained all week and the bus was late and the tickets were wet"
    late = f"{rain}, my phone was dead, and a colleague ran after us with both umbrellas."
    assert (
        text.excerpt(late, 100)
        == "…and a colleague ran after us with both umbrellas."
        != text.one_line(late, 100)
    )
    first = f"A colleague ran after us with both umbrellas. {rain}"
    assert text.excerpt(first, 60) == text.one_line(first, 60)
    assert text.excerpt(f"{rain}.", 40) == text.one_line(rain, 40)
    assert text.excerpt(late, 500) == late
    no_comma = late.replace(",", "")
    shown = text.excerpt(no_comma, 60)
    assert (
        len(shown) <= 60 and shown.startswith("…") and "a colleague ran" in shown and shown[1:8] in no_comma
    )
