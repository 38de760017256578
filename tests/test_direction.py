"""Hebrew and Arabic are shown from right to left; what has no such letter stays as it is."""

from servicestory.direction import directed, from_right, runs

HEBREW = "\u05d4\u05d9\u05d0 \u05dc\u05d9\u05d5\u05d5\u05ea\u05d4"
ARABIC = "\u0631\u0627\u0641\u0642\u062a\u0647"


def test_the_first_letter_with_a_direction_decides() -> None:
    assert from_right(f"1. \u201c{HEBREW}, said Anna")
    assert from_right(ARABIC)
    assert not from_right(f"Anna: {ARABIC}")
    assert not from_right("12 \u2013 !")


def test_runs_hold_words_of_one_direction_with_what_lies_between_them() -> None:
    assert list(runs(f"Anna: {HEBREW}.")) == [("Anna: ", False), (HEBREW, True), (".", False)]
    assert list(runs("plain")) == [("plain", False)]
    assert "".join(piece for piece, _ in runs(f"{ARABIC} 12 {HEBREW} x")) == f"{ARABIC} 12 {HEBREW} x"


def test_every_block_of_a_page_with_such_letters_takes_its_own_direction() -> None:
    page = f'<h1 id="a">X</h1><p>{HEBREW}</p><pre>p</pre><table><thead><tr><th class="n">1</th></tr></thead></table>'
    assert directed(page) == (
        f'<h1 dir="auto" id="a">X</h1><p dir="auto">{HEBREW}</p><pre>p</pre>'
        '<table><thead><tr><th dir="auto" class="n">1</th></tr></thead></table>'
    )
    assert directed(directed(page)) == directed(page)
    plain = "<p>Caf\u00e9</p>"
    assert directed(plain) is plain
