"""Names on record in small letters are taken out, and everyday words are left."""

import pytest

from servicestory.masking import Mask
from servicestory.models.organisation import Organisation, Person
from servicestory.wording.roles import without_names

STAFF = ["Tanvir Rahman", "Rose Hill", "Will Mark", "Dawn", "Karin Baker", "Ole Klein", "Anna Berg"]


def house(language: str = "en") -> Organisation:
    return Organisation(language=language, staff=[Person(name=name) for name in STAFF])


NAMED = [
    ("rahman helped me", "{} helped me"),
    ("mr rahman helped me", "{} helped me"),
    ("thanks to rose for it", "thanks to {} for it"),
    ("rose helped us, and mark carried it", "{} helped us, and {} carried it"),
    ("served by dawn and rahman", "served by {}s"),
    ("our waiter mark was kind", "our waiter was kind"),
    ("We thank will.", "We thank {}."),
    ("ANNA BERG came", "{} came"),
]
WORDS = [
    "We will help. He rose early, mark it.",
    "the porter rose from his chair",
    "we waited from dawn to dusk, up the hill",
    "the baker brought bread",
    "thanks will be given. The manager will come. mark my words",
    "prices rose sharply; a rose helped",
    "less was served and mark increased, but will put it right",
]


@pytest.mark.parametrize(("text", "left"), NAMED)
def test_a_name_on_record_in_small_letters_is_taken_out(text: str, left: str) -> None:
    for said, who in (
        (Mask(house(), [])(text), "a colleague"),
        (without_names(text, STAFF), "our colleague"),
    ):
        assert (
            said.casefold()
            == left.format(who, who).replace(f"{who}s", f"{who.removeprefix('a ')}s").casefold()
        )


@pytest.mark.parametrize("text", WORDS)
def test_a_word_that_is_also_a_name_stays_where_nobody_stands(text: str) -> None:
    assert Mask(house(), [])(text) == text
    assert without_names(text, STAFF) == text


def test_in_another_language_only_usual_names_are_known_to_be_no_words() -> None:
    assert Mask(house("de"), [])("rahman half, die klein waren") == "[Teammitglied] half, die klein waren"
