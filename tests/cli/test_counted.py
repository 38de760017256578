"""The figures people ask a detection for."""

from servicestory.cli.counted import new_practices


def test_what_is_new_is_told_span_by_span() -> None:
    assert new_practices([24]) == ""
    assert new_practices([24, 5, 2]) == "New practices in each 100 stories, oldest first: 24, 5, 2."
    many = new_practices([24, *[1] * 20, *[0] * 24])
    assert many.startswith("New practices in each 500 stories, oldest first: 28, 5, 5, 5, 1, 0, 0, 0, 0.")
    assert "mostly covered" in many
