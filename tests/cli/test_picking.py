"""Who owns a practice, as its documents say it: a role or a team, never what stands for a name."""

import pytest

from servicestory.cli.picking import owner
from servicestory.masking import Mask
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ["Rosa", "Ilka Prahl", "Zdenka Ostrava"])
def test_an_owner_by_name_stands_where_it_is_on_record(name: str, language: str) -> None:
    mask = Mask(Organisation(language=language), ["Rosa", "Ilka Prahl"])
    practice = Practice(id="P-0007", name="Walk the guest there", owner=name)
    assert owner(practice, mask) == "the colleague named in P-0007"


def test_a_role_or_a_team_is_printed_and_nobody_is_nobody() -> None:
    mask = Mask(Organisation(), ["Rosa"])
    practice = Practice(id="P-0007", name="Walk the guest there", owner="Front desk")
    assert owner(practice, mask) == "Front desk"
    assert owner(practice.model_copy(update={"owner": None}), mask) is None
