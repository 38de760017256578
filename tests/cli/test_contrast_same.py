"""Ordinary encounters that are stories over again are left out, and short texts alike are not taken for one."""

from servicestory.cli.judging import apart
from servicestory.models.encounter import Encounter
from servicestory.models.story import Source, Story


def _met(number: int, text: str, record: str | None = None) -> Encounter:
    return Encounter(
        id=f"e{number}",
        text=text,
        record=record,
        sha256=f"{number:064x}",
        added_on="2025-01-01",
        added_by="Ada",
    )


def test_a_short_text_is_the_same_only_with_its_record() -> None:
    stories = [
        Story(id="a", narrative="Lovely"),
        Story(id="b", narrative="Fine stay", source=Source(record="17")),
        Story(id="c", narrative="The clerk ran after us with the forgotten umbrella."),
    ]
    met = [
        _met(1, "lovely"),
        _met(2, "Lovely", "4"),
        _met(3, "fine  stay", "17"),
        _met(4, "Fine stay", "18"),
        _met(5, "the clerk ran after us with the forgotten\numbrella."),
    ]
    assert [one.id for one in apart(met, stories)] == ["e1", "e2", "e4"]
