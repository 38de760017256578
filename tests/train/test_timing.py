"""How long a session takes."""

from servicestory.train.timing import minutes


def test_the_parts_add_up_and_follow_what_there_is_to_do() -> None:
    short, long = minutes(1, 2, 0, "", 0, 5), minutes(5, 4, 3, "word " * 600, 2, 6)
    for told in (short, long):
        assert told["all"] == sum(told[part] for part in ("prepare", "present", "try", "follow"))
        assert all(told[part] % 5 == 0 and told[part] for part in ("prepare", "present", "try", "follow"))
    assert all(short[part] < long[part] for part in ("prepare", "present", "try", "more"))


def test_without_a_step_the_learners_find_them() -> None:
    assert minutes(0, 2, 0, "", 0, 5)["present"] == 10
