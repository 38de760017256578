"""What a deed was done before or until, as told here; and what was typed in haste."""

import time

import pytest

from servicestory.wording.instructions import instructions

NAMES = ("mira", "runa", "tove", "lotte", "karim", "ben")


@pytest.mark.parametrize(
    ("told", "by", "wanted"),
    [
        ("Mira kept the soup warm before she came.", "staff", ["Keep the soup warm before the guest comes"]),
        ("Runa held our table until we came back from the beach.", "here",
         ["Hold the guest's table until they come back from the beach"]),
        ("She kept our bags until our train left.", "here", ["Keep the guest's bags until their train leaves"]),
        ("Tove reads the label out loud before she hands it over.", "staff",
         ["Read the label out loud before you hand it over"]),
        ("Ben opened the gate before we had to ask.", "here", ["Open the gate before the guest has to ask"]),
        ("Ben opened the gate before we had to ask.", "elsewhere", []),
        ("Tove held the umbrella over us till the minibus had its doors open.", "here",
         ["Hold the umbrella over the guest till the minibus has its doors open"]),
        ("tove always phones when a repeat script is due.", "staff", ["Phone the guest when a repeat script is due"]),
        ("Mira walks every new guest round before the meal is served.", "staff",
         ["Walk every new guest round before the meal is served"]),
        ("What I liked best: Mira told us what it would cost.", "here", ["Tell the guest what it will cost"]),
        ("What we loved: Mira carried our bags up.", "elsewhere", ["Carry the guest's bags up"]),
        ("karim takes pics w the tablet.", "staff", ["Take pictures with the tablet"]),
    ],
)  # fmt: skip
def test_told_and_wanted(told: str, by: str, wanted: list[str]) -> None:
    found = instructions(told, "guest", NAMES, told=by)  # type: ignore[arg-type]
    assert [line for line, _, _ in found] == wanted


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        # "it" is of the sentence before: neither a place nor whoever was called
        ("Lotte looked for it on the playground and found it in the sandpit.", []),
        ("Ben called the surgery and ordered it in time.", []),
        ("Ben saw that the brake cable was frayed and replaced it.", ["Replace the brake cable"]),
        # "they" beside one colleague are those it was done for
        ("Lotte put up the tarp and they built boats.", ["Put up the tarp"]),
        ("Runa showed my daughter the owls and gave her a little map.",
         ["Show the guest's child the owls", "Give the guest's child a little map"]),
        ("Ben brought us a spare one to the tent.", []),
        ("He lent me a wheel and fitted the right one the next day.", ["Lend the guest a wheel"]),
    ],
)  # fmt: skip
def test_who_and_what_is_meant(told: str, wanted: list[str]) -> None:
    assert [line for line, _, _ in instructions(told, "guest", NAMES, told="here")] == wanted


def test_the_time_it_takes_grows_with_the_text() -> None:
    """Ten times the text in about ten times the time: what looks at the whole once a sentence takes a hundred."""

    def seconds(times: int) -> float:
        text = "Lotte walked us to our pitch with a lamp. " * times
        before = time.process_time()
        instructions(text, "guest", NAMES, told="here")
        return time.process_time() - before

    seconds(2)
    assert seconds(2500) < 30 * seconds(250)
