"""What the commands that record figures share."""

import pytest

from servicestory.cli.figures import known_site
from servicestory.models.organisation import Organisation, Site


@pytest.mark.parametrize("typed", ["North\nWing", "\x1b[31mNorth Wing\x1b[0m", " North \t Wing "])
def test_a_site_is_kept_on_one_line_without_what_a_terminal_obeys(typed: str) -> None:
    assert known_site(typed, Organisation()) == "North Wing"
    assert known_site(typed, Organisation(sites=[Site(name="North wing")])) == "North wing"
    assert known_site(" \n ", Organisation()) is None
