"""What a document leaves open is counted in one way, whichever document it is."""

import pytest

from servicestory.cli.sheets_state import still_open


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("| 1 | Ask | ▢ Whom? |\n| | | ▢ When? |\n", "2 questions marked ▢"),
        ("- ▢ Who is told?\nkept at " + "\\_" * 16 + ", by " + "_" * 16,
         "1 question marked ▢ and 2 blanks to fill in"),
        ("No reason is known yet: ask.\n- ▢ Why?", "1 question marked ▢ and steps without a reason"),
        ("▢ marks an open question: settle it.", ""),
    ],
)  # fmt: skip
def test_what_is_open_is_questions_blanks_and_reasons(text: str, said: str) -> None:
    assert still_open(text) == said
