"""Which ids hold somebody's name, and how few stories have to be read for that."""

from datetime import date
from pathlib import Path

import pytest

from servicestory.cli import nameless
from servicestory.collect.add import complete
from servicestory.collect.importing import Settings, take
from servicestory.collect.mapping import Mapping
from servicestory.collect.tables import Row, Table
from servicestory.masking import Mask
from servicestory.models.organisation import Organisation
from servicestory.models.story import Source, Story

HOUSE = Organisation()


def found(*stories: Story) -> list[str]:
    return list(nameless.named_ids(stories, Mask(HOUSE, ()), HOUSE))


def test_a_name_that_the_text_tells_is_found_in_its_id_but_for_what_the_source_called_it() -> None:
    text = "Zuzka helped us. Thanks to Zuzka for all of it."
    told = Story(id="2026-08-01-zuzkas-help", narrative=text)
    called = Story(
        id="2026-08-01-zuzkas-12", narrative=text, prompted="import", source=Source(record="Zuzkas 12")
    )
    accents = Story(id="2026-08-01-leppala-helped", narrative="Leppälä helped us, and thanks to Leppälä.")
    small = Story(id="2026-08-01-thanks-to-rosalind", narrative="thanks to rosalind for the soup")
    assert found(told, called, accents, small) == [told.id, accents.id, small.id]


def test_a_text_is_not_read_where_no_word_of_its_id_may_be_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nameless, "names_in", None)
    text = "Delicious soup, wonderful bread. Zuzka brought it."
    assert found(Story(id="2026-08-01-delicious-soup-wonderful-bread", narrative=text)) == []


def test_what_an_import_calls_a_story_is_nothing_that_check_complains_of() -> None:
    table = Table(
        "r.csv", ["text"], [Row(1, ["very good stay, and services especially by shri rosalind"])], "text"
    )
    settings = Settings("r", "r", date(2026, 8, 1), named=nameless.names_in(HOUSE, by_house=False))
    (story,) = take(table, Mapping({"text": ("text",)}, {}), settings).stories
    assert "rosalind" not in story.id and found(story) == []


def test_what_people_told_is_later_than_whatever_was_imported(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    for name in [f"reviews-{n:03}" for n in range(250)] + ["2026-08-01-by-hand"]:
        (tmp_path / "stories" / f"{name}.yaml").write_text("people: [Zuzka Holm]\n" if "hand" in name else "")
    assert nameless.names_told(tmp_path)["people"] == ["Zuzka Holm"]
    assert nameless.latest(tmp_path)[-1].name == "2026-08-01-by-hand.yaml"


def test_a_text_of_usual_words_needs_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(nameless, "_told", lambda text, *_: read.append(text))
    look = nameless.names_in(None)
    for text in (
        "Run\nHe ran",
        "Next morning somebody from reception called our room to ask",
        "rang at nine",
    ):
        assert look(text, None) is None
    assert not read
    named = (
        "Torvild ran",
        "torvild from reception called our room",
        "called torvild",
        "Rose ran",
        "thanks rose",
    )
    for text in named:
        look(text, None)
    assert read == list(named)


def test_no_number_is_somebody() -> None:
    told = {"title": "Seven boxes", "narrative": "Seven boxes later he had found the tablets."}
    whole = complete(told, date(2026, 8, 1), None, nameless.names_in(None))
    assert whole["id"] == "2026-08-01-seven-boxes"


def test_names_on_record_need_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nameless, "_told", None)
    told = {"narrative": "Zuzka trued the wheel, and he drank coffee.", "people": ["Zuzka Holm"]}
    whole = complete(told, date(2026, 8, 1), None, nameless.names_in(None))
    assert whole["id"] == "2026-08-01-a-colleague-trued-the-wheel-and-he-drank-coffee"
