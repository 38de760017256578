"""What is done first is one line."""

from servicestory.models.practice import Practice
from servicestory.wording.firsts import with_one_first
from servicestory.wording.material import Material
from servicestory.wording.steps import CAUTION, Cite, KeyPoint, Step


def joined(*points: KeyPoint) -> tuple[KeyPoint, ...]:
    step = Step("Bake the guest bread", "stories", (), points)
    made = Material(Practice(id="P-0001", name="Bake"), "guest", (step,), (), (), ())
    return with_one_first(made).steps[0].key_points


def test_two_things_to_do_first_are_one_line_with_the_places_of_both() -> None:
    ask, read = Cite("a", "narrative", 0, 5), Cite("b", "narrative", 3, 9)
    early = KeyPoint("At dawn", "", False, ())
    first = KeyPoint("First ask which flour they can eat", "", False, (ask,), CAUTION)
    second = KeyPoint("First read the card", "", False, (read,), CAUTION)
    one = KeyPoint("First ask which flour they can eat and read the card", "", False, (ask, read), CAUTION)
    assert joined(first, early, second) == (one, early)
    assert joined(first, early) == (first, early)
    plain = KeyPoint("First read the card", "", False, (read,))  # no caution: how it is done
    assert joined(first, plain) == (first, plain)
