"""A practice's name holds nothing that a terminal would obey."""

from servicestory.detect.own_name import own_name


def test_a_name_is_kept_on_one_line_without_escapes() -> None:
    assert own_name("\x1b[31mWalk with\nthem\u202e", []) == "Walk with them"
