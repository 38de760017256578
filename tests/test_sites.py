"""Sites that differ in capitals and blanks alone are one, wherever they are counted."""

from servicestory.models.story import Story
from servicestory.sites import one_spelling


def _told(*sites: str | None) -> list[Story]:
    return [
        Story.model_validate({"id": f"s{n}", "narrative": "She waved.", "site": site})
        for n, site in enumerate(sites)
    ]


def test_every_story_has_the_spelling_that_most_have() -> None:
    told = _told("Lower  quay", "Lower Quay", None, "lower quay", "Lower Quay", "Moor")
    assert [s.site for s in one_spelling(told)] == [
        "Lower Quay",
        "Lower Quay",
        None,
        "Lower Quay",
        "Lower Quay",
        "Moor",
    ]
    assert told[0].site == "Lower  quay"  # as its file has it


def test_of_as_many_the_first_in_order_stands() -> None:
    assert {s.site for s in one_spelling(_told("moor", "Moor"))} == {"Moor"}
