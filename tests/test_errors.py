"""A problem reads as sentences, whatever its parts."""

import pickle

import pytest

from servicestory.errors import Problem, Usage, nearest


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


def test_a_problem_goes_from_one_process_to_another_whole() -> None:
    problem = Usage("there is no such file", "a.csv:3", "Look at the name")
    again = pickle.loads(pickle.dumps(problem))
    assert type(again) is Usage
    assert (again.what, again.where, again.next_step) == (problem.what, problem.where, problem.next_step)
    assert str(again) == str(problem)


def test_what_is_not_said_is_no_question() -> None:
    assert str(Problem("Which practice is not said", "", "Name it")) == "Which practice is not said. Name it."
    assert str(Problem("Which practice was watched", "", "Name it")) == "Which practice was watched? Name it."
