"""What is said to whoever did it: of all their deeds the practice's, of a "she" only where it is theirs."""

import pytest

from servicestory.models.practice import Evidence
from servicestory.models.story import Reporter
from servicestory.monitor import acted
from servicestory.wording.pronouns import nobody_else
from servicestory.wording.somebody import of_somebody
from tests.monitor.build import story

PUMP = (
    "The bilge pump failed on Friday and Berit fixed it in an hour. What I want to tell is Sunday. "
    "She came by again without being called, to see whether it held."
)
LOST = (
    "A skipper had rowed for an hour in the fog. He was cross, and rightly. Berit listened until he was done. "
    "Then she drew the channel for him on a bag."
)


def place(text: str, said: str, score: float = 0.9) -> Evidence:
    return Evidence(story="s1", start=text.index(said), end=text.index(said) + len(said), score=score)


@pytest.mark.parametrize(
    ("text", "said", "did"),
    [
        (PUMP, "She came by again", "came by again without being called, to see whether it held"),
        (LOST, "she drew the channel", "drew the channel for him on a bag"),
    ],
)
def test_she_who_can_be_nobody_else_is_whoever_was_named(text: str, said: str, did: str) -> None:
    found = acted.predicate(story(1, None, narrative=text, people=["Berit"]), [place(text, said)])
    assert found and found.did == did


@pytest.mark.parametrize(
    "text",
    [
        "A lady was lost. He was with her. Berit listened. Some time went by. She drew the channel.",  # the lady?
        "Berit listened. The skipper wept. She drew the channel.",  # the skipper?
        "Berit and Hedda listened. It rained. She drew the channel.",  # which of them?
        "A skipper was lost. Berit listened. It rained. She drew the channel.",  # the skipper?
        "She was cross. Berit listened. It rained. She drew the channel.",
    ],
)
def test_she_who_may_be_somebody_else_is_nobody(text: str) -> None:
    names = {"berit", "hedda"}
    assert not nobody_else(text, text.index("She drew"), names, "she")


def test_of_several_deeds_the_one_most_like_the_practice_is_thanked_for() -> None:
    text = "Berit lent him her coat. It was late. Berit drew the way on a bag."
    one = story(1, None, narrative=text, people=["Berit"])

    def like(texts: list[str], others: list[str]) -> list[float]:
        return [float("drew" in said) for said in texts]

    found = acted.anything(one, (), like=like, name="Draw a map")  # type: ignore[arg-type]
    assert found and found.did == "drew the way on a bag"
    first = acted.anything(one, ())
    assert first and first.did.startswith("lent")


@pytest.mark.parametrize(
    ("said", "word", "plain"),
    [
        ("rang me at home and read it to me", "tenant", "rang a tenant at home and read it to them"),
        ("called my room to hear if I was well", "guest", "called a guest's room to hear if they were well"),
        ("wrote down what I had said", "owner", "wrote down what an owner had said"),
        ("let me film myself with my own phone", "guest", "let a guest film themselves with their own phone"),
        ("brought me my coat", "guest", "brought a guest their coat"),
        ("told all three of us", "guest", ""),  # how many they were
        ("asked what I need", "guest", ""),  # "what a guest need"
        ("dried the dog", "guest", "dried the dog"),
    ],
)
def test_what_was_done_for_the_teller_is_said_of_somebody(said: str, word: str, plain: str) -> None:
    assert of_somebody(said, word) == plain


def test_the_tellers_own_words_are_turned_only_where_the_teller_was_served() -> None:
    text = "Berit brought me the book of tides, and I looked them up."
    one = story(1, None, narrative=text, people=["Berit"])
    served = one.model_copy(update={"reporter": Reporter(role="skipper")})
    here = [place(text, text)]
    assert acted.predicate(served, here) is None
    staff = one.model_copy(update={"reporter": Reporter(role="shift lead")})
    assert acted.predicate(staff, here, "skipper") is None
    found = acted.predicate(one.model_copy(update={"reporter": Reporter(role="guest")}), here, "skipper")
    assert found and found.did == "brought a skipper the book of tides"


@pytest.mark.parametrize(
    ("text", "did"),
    [
        (
            "The old man could not chew, so Berit sliced it for her thin and wrapped it.",
            "sliced it for them thin and wrapped it",
        ),
        ("The old man was cold, so Berit warmed her coat at the stove.", "warmed their coat at the stove"),
        ("Berit swapped the lamp because one off.", "swapped the lamp"),
        ("Berit swapped the lamp because one flickered.", "swapped the lamp because one flickered"),
        ("Berit carried the tray up to their.", None),
    ],
)
def test_a_deed_is_whole_or_left_out(text: str, did: str | None) -> None:
    found = acted.anything(story(1, None, narrative=text, people=["Berit"]), (), "skipper")
    assert (found and found.did) == did
