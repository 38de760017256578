"""The list of practices: what waits for what, and the order by impact."""

from typing import Any

import pytest

from servicestory.cli import practices as listed
from servicestory.models.practice import MOSTLY_DOUBTFUL, Practice


def practice(number: int, label: str, detail: str | None = None, **figures: Any) -> Practice:
    return Practice.model_validate(
        {
            "id": f"P-{number:04d}",
            "name": f"Wave {number}",
            "evidence_level": "emerging",
            "verdict": {"label": label, "detail": detail, "figures": figures},
        }
    )


def test_a_random_act_is_none_of_those_of_which_too_little_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listed._tell_waiting(
        [
            practice(1, "not enough evidence", "too few stories"),
            practice(2, "random act"),
            practice(3, "random act"),
            practice(4, "team habit", "of some sites"),
        ]
    )
    said = capsys.readouterr().err
    assert "1 candidate waits for a decision" in said
    assert "Of 1 candidate too little is told for a verdict" in said
    assert "2 candidates are a random act so far" in said


def test_what_is_mostly_doubtful_comes_last_where_chance_explains_the_gain() -> None:
    rated = {"of": 100, "of_sites": 10, "sites": 2, "rating": 0.1, "rating_low": -0.1, "rating_high": 0.3}
    doubtful = practice(1, "not enough evidence", MOSTLY_DOUBTFUL, stories=40, **rated)
    rare = practice(2, "not enough evidence", "too few stories", stories=5, **rated)
    moves = practice(3, "not enough evidence", "too few stories", stories=3, **{**rated, "rating_low": 0.02})
    assert sorted([doubtful, rare, moves], key=listed._by_impact, reverse=True) == [moves, rare, doubtful]


@pytest.mark.parametrize(
    ("seen", "of", "said"),
    [
        (1, 1, "seen at the only site"),
        (2, 2, "seen at every site"),
        (0, 1, "not seen at the only site"),
        (1, 2, "not seen at 1 of 2 sites"),
    ],
)
def test_at_how_many_sites_it_is_not_seen(seen: int, of: int, said: str) -> None:
    assert listed._room(seen, of) == said
