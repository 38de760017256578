"""Names in one long text: what stands far from a name is not read for it again and again."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from servicestory.detect import in_lists
from servicestory.detect.around import house_elsewhere
from servicestory.detect.people import suggested_in


def test_a_list_is_looked_for_around_the_name_only(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    class Counting:
        def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
            for found in pattern.finditer(text, *span):
                read.append(found.start())
                yield found

    pattern: Any = in_lists._WORDS
    monkeypatch.setattr(in_lists, "_WORDS", Counting())
    filler = "The kettle was hot and the tray stood ready. " * 3000
    text = f"{filler}Thanks to Milo, Zuzka and Tarik for the lift. {filler}"
    start = text.index("Milo")
    found = list(in_lists.beside(text, start, start + 4, frozenset(), frozenset()))
    assert [text[a:b] for a, b in found] == ["Zuzka", "Tarik"]
    assert len(read) < 2000


def test_where_names_stand_does_not_matter_in_a_long_text() -> None:
    line = "Our waiter Milo and Zuzka brought the soup. "
    filler = "The kettle was hot and the tray stood ready. " * 200
    alone = [one.name for one in suggested_in(line, None, {})]
    assert alone == ["Milo", "Zuzka"]
    assert [one.name for one in suggested_in(filler + line + filler, None, {})] == alone


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("Lacey helped us. We were in the Lacey store.", True),
        ("Lacey helped us. Thank you Lacey.", False),
        ("Lacey helped us. The Laceyville store was shut.", False),
        ("Lacey helped us. At McLacey store.", False),
    ],
)
def test_a_name_that_is_a_house_elsewhere(text: str, house: bool) -> None:
    assert house_elsewhere(text, 0, 5) is house
