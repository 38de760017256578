"""Stories and ordinary encounters are read alike: no evidence, no correction by hand, no copy counts less."""

import pytest

from servicestory.detect.blind import code, contrasts
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story

ENTRY = CodebookEntry(
    key="umbrella",
    name="Lend the guest an umbrella when it rains",
    definition="Staff lend the guest an umbrella when it rains.",
)
KNOWN = Practice(id="P-0001", name=ENTRY.name, definition="umbrella")
LENT = "The porter lent the guest an umbrella when it rained."
OTHER = "The cook wrote the recipe down for my mother."


@pytest.fixture(scope="module")
def coded() -> list[set[str]]:
    pinned = KNOWN.model_copy(
        update={"evidence": [Evidence(story="t00000001", start=0, end=30, pinned=True)]}
    )
    return code([LENT, OTHER, LENT, "", LENT], [pinned], [ENTRY])


def test_every_copy_is_coded_and_what_was_pinned_is_not(coded: list[set[str]]) -> None:
    assert coded == [{"P-0001"}, set(), {"P-0001"}, set(), {"P-0001"}]


def test_both_sets_are_counted_over_all_their_texts() -> None:
    stories = [Story(id=f"s{i}", narrative=LENT if i < 3 else OTHER) for i in range(4)]
    listed = [Story(id="s9", behaviours=[LENT])]
    found = contrasts([*stories, *listed], [OTHER, LENT], [KNOWN], [ENTRY])["P-0001"]
    assert (found.stories, found.ordinary) == ((4, 5), (1, 2))
    assert found.own == 0 and found.few  # as nothing is known of it but its description
    assert contrasts(stories, [], [KNOWN], [ENTRY]) == {}
    assert contrasts(stories[3:], [OTHER], [KNOWN], [ENTRY]) == {}
