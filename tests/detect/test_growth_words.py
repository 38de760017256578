"""None, one and few in the sentences of growth; what is seen at no site told of both times is no growth."""

import pytest

from servicestory.detect.criteria import Number
from servicestory.detect.growth_words import grown, seen_before, seen_since


def figures(counted: str, after: int | None, before: int | None) -> dict[str, Number]:
    return {"counted": counted, "since": "2025-Q3", "after": after, "before": before}


@pytest.mark.parametrize(
    ("counted", "after", "said"),
    [
        ("people", 0, "no people since 2025-Q3"),
        ("people", 1, "1 person since 2025-Q3"),
        ("people", None, "a few people since 2025-Q3"),
        ("sites", 1, "1 site since 2025-Q3"),
        ("sites", 2, "2 sites since 2025-Q3"),
    ],
)
def test_how_many_since(counted: str, after: int | None, said: str) -> None:
    assert seen_since(figures(counted, after, 0)) == said


def test_how_many_before() -> None:
    assert [seen_before(figures("sites", 3, n)) for n in (None, 0, 1)] == ["a few", "none", "1"]


def test_stories_of_no_site_told_of_both_times_tell_nothing_of_growth() -> None:
    none = {**figures("people", 0, 0), "stories_after": 0, "stories_before": 0}
    assert grown(none) == "none of its stories is of a site told of both since 2025-Q3 and before."
