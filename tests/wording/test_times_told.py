"""How soon somebody got in touch again, where stories differ."""

import pytest

from servicestory.wording.steps import Cite, Step
from servicestory.wording.times_told import with_times


def step(text: str, count: int) -> Step:
    return Step(text, cites=tuple(Cite(f"s{n}", "narrative", 0, 200) for n in range(count)))


def told(*texts: str) -> list[tuple[Cite, str]]:
    return [(Cite(f"s{n}", "narrative", 0, len(text)), text) for n, text in enumerate(texts)]


def points(text: str, *texts: str, said: tuple[str, ...] = ()) -> list[str]:
    return [p.text for p in with_times([step(text, len(texts))], told(*texts), said)[0].key_points]


def test_times_that_differ_are_examples() -> None:
    assert points(
        "Call the patient",
        "That evening she rang to hear how I was.",
        "He phoned the day after.",
        "Ten minutes later the phone went.",
        "The next day Ilse called us.",
    ) == ["For example the next day, ten minutes later or the same evening"]


@pytest.mark.parametrize(
    ("text", "texts", "said"),
    [
        ("Call the patient", ["The next day she rang.", "The following day he rang."], ()),  # all say it
        ("Call the patient", ["The next day she rang.", "He rang and asked."], ()),  # only one
        (
            "Lend an umbrella",
            ["The next day she lent it.", "That evening he did."],
            (),
        ),  # no getting in touch
        ("Call the patient the next day", ["The next day she rang.", "He rang that evening."], ()),
        ("Call the patient", ["A week later she rang.", "He rang that evening."], ("the next morning",)),
    ],
)
def test_no_example_where_the_time_is_one_or_is_said(
    text: str, texts: list[str], said: tuple[str, ...]
) -> None:
    assert points(text, *texts, said=said) == []


def test_of_one_story_the_first_time_counts_and_each_is_cited() -> None:
    texts = ["A week later she rang, and two days later again.", "The next day he rang."]
    point = with_times([step("Call the patient", 2)], told(*texts), ())[0].key_points[0]
    assert point.text == "For example a week later or the next day"
    assert [c.story for c in point.cites] == ["s0", "s1"]
