"""Complaints are told from praise of a bad day."""

import pytest

from servicestory.wording.complaint import complains


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Terrible service and rude staff.", True),
        ("We will never come back.", True),
        ("We were disappointed by the whole evening.", True),
        ("A terrible day, but Berit stayed with us.", False),
        ("Nobody was rude and nothing was too much.", False),
        ("The worst storm in years; she apologised and drove us home.", False),
        ("People either shout or whisper.", False),
    ],
)
def test_a_passage_that_only_complains_is_a_complaint(text: str, only: bool) -> None:
    assert complains(text) is only
