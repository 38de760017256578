"""A problem reads as sentences, whatever its parts."""

import pytest

from servicestory.errors import Problem, nearest


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem("the rating is too high"), "The rating is too high."),
        (Problem("the rating is too high", "a.yaml:3"), "a.yaml:3: the rating is too high."),
        (Problem("a.csv is empty.", "", "Export it again."), "a.csv is empty. Export it again."),
        (Problem("There is no file a", "", "Did you mean a.csv"), "There is no file a. Did you mean a.csv?"),
        (
            Problem("No such field", "", "Did you mean x? Y is one"),
            "No such field. Did you mean x? Y is one.",
        ),
        (Problem("Which practice was watched", "", "Name it"), "Which practice was watched? Name it."),
    ],
)
def test_sentences(problem: Problem, said: str) -> None:
    assert str(problem) == said


def test_the_nearest_word() -> None:
    assert nearest("datum", ["date", "title"]) == "date"
    assert nearest("zzz", ["date", "title"]) is None
