"""Which places of a practice are learned from."""

from servicestory.models.practice import DOUBTFUL, Decision, Evidence, Practice, Verdict


def practice(*scores: float | None, pinned: bool = False) -> Practice:
    places = [
        Evidence(story=f"s{n}", start=0, end=9, score=score, pinned=pinned) for n, score in enumerate(scores)
    ]
    return Practice(id="P-0001", name="Lend what is missing", evidence=places)


def test_doubtful_places_are_not_learned_from_where_others_are_left() -> None:
    assert [e.story for e in practice(0.9, DOUBTFUL - 0.1, DOUBTFUL).surest()] == ["s0", "s2"]


def test_a_place_a_person_gave_or_confirmed_is_not_doubtful() -> None:
    assert not practice(None).evidence[0].doubtful
    assert not practice(0.1, pinned=True).evidence[0].doubtful


def test_where_hardly_anything_is_left_every_place_counts() -> None:
    assert len(practice(0.9, 0.1, 0.1).surest()) == 3


def test_how_many_people_and_how_many_of_them_are_not_confirmed() -> None:
    several = Verdict(label="random act", figures={"people": 3, "people_suggested": 3, "shared": 1})
    assert several.people_said == "up to 3 people (all only read in texts, not confirmed)"
    said = [
        Verdict(label="random act", figures={"people": people, "people_suggested": read}).people_said
        for people, read in ((1, 0), (1, 1), (2, 2), (3, 1))
    ]
    assert said == [
        "1 person",
        "1 person (only read in a text, not confirmed)",
        "2 people (all only read in texts, not confirmed)",
        "3 people (1 only read in texts, not confirmed)",
    ]


def test_a_decision_no_command_makes_is_known_for_none() -> None:
    def known(action: str) -> bool:
        return Decision(on="2026-01-02", by="Mara", action=action, reason="why").known

    assert all(map(known, ("accepted", "merged", "1 place taken out", "1,200 places confirmed")))
    assert not any(map(known, ("acepted", "places taken out", "2 places eaten")))
