"""Of which kind a text is by itself."""

from servicestory.detect.kinds import Kinds

BAGS, SMALL_TALK = "He carried our suitcases up to the cabin.", "He asked how I was doing."


def test_a_text_is_of_the_kind_it_tells() -> None:
    of_kind = Kinds()
    carried, asked = of_kind([BAGS, SMALL_TALK], "luggage")
    assert carried > 0.9 and asked < 0.1
    assert of_kind([SMALL_TALK, BAGS], "luggage") == [asked, carried]  # however it is asked


def test_of_a_kind_nobody_learned_every_text_may_be() -> None:
    assert Kinds()([BAGS, SMALL_TALK], "of_this_house") == [1.0, 1.0]
