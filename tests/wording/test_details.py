"""What story after story tells a deed was done with."""

import pytest

from servicestory.wording.details import detail
from servicestory.wording.steps import Cite


def said(
    *texts: str, known: str = "Hang out the guest's lamp", names: tuple[str, ...] = ()
) -> tuple[str, int] | None:
    passages = [(Cite(f"s{n}", "narrative", 0, len(text)), text) for n, text in enumerate(texts)]
    found = detail(passages, known, "guest", names)
    return (found.text, found.stories) if found else None


def test_what_three_stories_have_with_it_is_a_key_point_with_its_count() -> None:
    told = [
        "He hung out a lamp with our crest on it.",
        "She hung out a lamp with a crest on.",
        "A lamp with their crest at the pier.",
        "She hung out a lamp with our cabin number on it.",
        "There hung a lamp with his cabin number on it.",
    ]
    assert said(*told) == ("With the guest's crest or cabin number on it", 5)
    assert said(*told[:2]) is None and said(told[0], told[0] + told[0]) is None
    assert said(*["It hung there with a red tin roof and oil."] * 3) == ("With a red tin roof", 3)


@pytest.mark.parametrize(
    ("text", "known", "names"),
    [
        ("She came with a colleague.", "", ()),  # somebody is no detail
        ("She came with the mira of old.", "", ("mira",)),
        ("He did it with his ladder.", "", ()),  # whose it is nobody can tell
        ("She did it with a smile.", "", ()),  # a manner has a key point of its own
        ("He did it with the rope.", "Throw the rope", ()),  # said already
    ],
)
def test_what_is_no_detail(text: str, known: str, names: tuple[str, ...]) -> None:
    assert said(*[text] * 3, known=known, names=names) is None
