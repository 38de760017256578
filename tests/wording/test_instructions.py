"""From what tellers wrote to what staff can do: kept when certain, left out when not."""

import pytest

from servicestory.wording.instructions import instructions


def steps(text: str, customer: str = "guest", listed: bool = False, names: tuple[str, ...] = ()) -> list[str]:
    return [line for line, _, _ in instructions(text, customer, names, listed)]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (
            "She walked us to our room and called next morning to see if all was well.",
            ["Walk the guest to their room", "Call the next morning to ask if all is well"],
        ),
        ("They let us check in early.", ["Let the guest check in early"]),
        ("We were offered tea while we waited.", ["Offer the guest tea"]),
        ("I was greeted by name by the doorman.", ["Greet the guest by name"]),
        ("The waiter took the time to explain the menu.", ["Explain the menu"]),
        ("He went out of his way to find us a quiet table.", ["Find the guest a quiet table"]),
        ("Tom, who carried my bags, drew me a map by hand.", ["Carry the guest's bags", "Draw the guest a map by hand"]),
        ("The nurse asked how my mother was doing.", ["Ask how the guest's relative is doing"]),
        ("The receptionist brought my son a colouring book.", ["Bring the guest's child a colouring book"]),
        ("She asked if we needed anything from the pharmacy.", ["Ask if the guest needs anything from the pharmacy"]),
        ("The man who mended my clock rang a week later.", ["Mend the guest's clock"]),
        ("The clerk asked me what I do all day.", ["Ask the guest what they do all day"]),
        ("He asked if they could hear the bell.", ["Ask if the guest can hear the bell"]),
        ("They asked if they could carry our bags.", ["Ask if you can carry the guest's bags"]),
        ("They asked if there was anything they could do for us.", ["Ask if there is anything you can do for the guest"]),
        ("He answered all my questions.", ["Answer all the guest's questions"]),
        ("She took my coat and hung it up.", ["Take the guest's coat and hang it up"]),
        ("The manager gave us a wonderful chocolate cake.", ["Give the guest a chocolate cake"]),
        ("They brought us two bottles of water.", ["Bring the guest bottles of water"]),
        ("The staff upgraded us to an amazing room.", ["Upgrade the guest to a better room"]),
        ("They gave us corporate discount.", ["Give the guest a corporate discount"]),
        ("The crew kept us informed.", ["Keep the guest informed"]),
        ("Reception was kind enough to store our luggage.", ["Store the guest's luggage"]),
        ("She stayed with me until my wife came.", ["Stay with the guest"]),
        ("They brought towels, soap and water.", ["Bring towels, soap and water"]),
        ("The driver walked us to the entrance at the Grand Meridian.", ["Walk the guest to the entrance"]),
        ("He made sure we had towels for the pool.", ["Make sure the guest has towels for the pool"]),
    ],
)  # fmt: skip
def test_what_staff_did_becomes_what_to_do(told: str, wanted: list[str]) -> None:
    assert steps(told) == wanted


@pytest.mark.parametrize(
    "told",
    [
        "",
        "The staff were lovely.",
        "They went above and beyond.",
        "We were treated like royalty.",
        "They made our stay unforgettable.",
        "She gave us great service.",
        "He did not answer our call.",
        "The man who had mended my clock rang a week later.",
        "The waiter never brought the bread.",
        "They gave us a smaller room.",
        "We walked to the beach and ordered a drink.",
        "I asked the waiter to bring towels.",
        "My son was tired and he dropped his glass.",
        "The room offered a view of the harbour.",
        "They charged us $40 for parking.",
        "He gave it to them.",
        "They could have offered us a drink.",
        "The hotel was built in 1902.",
        "She told us that she once lived in Lisbon.",
        "He gave us room 412.",
        "They tried to help.",
        "Booked a room for my mother.",
        "He taugh us how to win.",
        "The food was better than the staff promised.",
        "They let us know a suite was free.",
        "We loved how everything was where it should be.",
    ],
)
def test_what_is_no_step_is_left_out(told: str) -> None:
    assert steps(told) == []


def test_the_organisations_word_for_its_customers_is_used() -> None:
    assert steps("She explained the treatment to me.", "patient") == ["Explain the treatment to the patient"]


def test_a_line_of_the_behaviours_list_needs_no_subject() -> None:
    line = "wrote the allergy on the handover card"
    assert steps(line, listed=True) == ["Write the allergy on the handover card"]
    assert steps("laminated the map for the night porter", listed=True) == [
        "Laminate the map for the night porter"
    ]


def test_a_name_given_counts_as_staff_even_when_it_is_a_word() -> None:
    assert steps("Grace brought us a blanket.", names=("grace",)) == ["Bring the guest a blanket"]


def test_no_name_place_or_figure_ever_stands_in_a_step() -> None:
    told = (
        "Maria met us at Terminal 5 at 6 pm. Maria walked us to gate 12. Maria drove us to Boston on Monday."
    )
    for line in steps(told):
        assert not any(word in line for word in ("Maria", "Terminal", "5", "6", "12", "Boston", "Monday"))


def test_the_place_of_each_step_is_its_words_in_the_text() -> None:
    text = "Nice house. The porter carried our bags and showed us to our room. Thanks!"
    found = instructions(text, "guest")
    assert [text[a:b] for _, a, b in found] == ["porter carried our bags", "and showed us to our room"]


def test_the_same_text_gives_the_same_steps_whatever_stands_around_it() -> None:
    text = "They brought us tea."
    assert steps(f"It rained.\n{text}\nWe slept.") == steps(text) == ["Bring the guest tea"]


@pytest.mark.parametrize(
    "text", ["’" * 50, "a" * 5000, "the " * 800, "she , , and and", "\x00\x1b[31m", "…!?", "¡Olé! ¿Qué?"]
)
def test_odd_text_is_no_trouble(text: str) -> None:
    assert steps(text) == []
