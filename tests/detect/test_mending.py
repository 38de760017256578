"""Heroics are to be mended, failures behind recoveries to be prevented; kindness alone is neither."""

from servicestory.detect.heroics import heroics
from servicestory.detect.mending import in_words, mending
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story


def story(ref: str, text: str = "He carried the case.", **fields: object) -> Story:
    return Story.model_validate({"id": ref, "narrative": text, **fields})


def practice(ref: str, *stories: str, **fields: object) -> Practice:
    evidence = [Evidence(story=i, start=0, end=5) for i in stories]
    return Practice.model_validate({"id": ref, "name": f"Do {ref}", "evidence": evidence, **fields})


STORIES = [
    story("a", "She paid for the taxi out of her own pocket."),
    story("b", "He drove there on his day off."),
    story("c", rule_bent="left the desk"),
    story("d", recovery=True),
    story("e", recovery=True),
    story("f"),
    story("g"),
]
SIGNS = heroics(STORIES)


def items(*practices: Practice, **more: object) -> list[tuple[str, str | None, tuple[str, ...]]]:
    found = mending(practices, STORIES, SIGNS, {}, **more)  # type: ignore[arg-type]
    return [(one.what, one.practice, one.stories) for one in found if one.practice]


def test_a_practice_that_lives_on_heroics_is_to_be_mended() -> None:
    assert items(practice("P-0001", "a", "b", "f")) == [("fix the system", "P-0001", ("a", "b"))]
    assert items(practice("P-0001", "a", "f", "g")) == []
    assert items(practice("P-0001", "a")) == []  # one story is no practice of heroics
    assert items(practice("P-0001", "a", "b", status="rejected")) == []


def test_a_practice_that_puts_failures_right_opens_an_item() -> None:
    assert items(practice("P-0002", "d", "e", "f")) == [("prevent the failure", "P-0002", ("d", "e"))]
    assert items(practice("P-0002", "d", "f", "g")) == []
    mixed = practice("P-0004", "d", "f", definition="amends")
    (one,) = mending([mixed], STORIES, [], {"amends": "failure put right"})
    assert in_words(one).startswith(
        "P-0004 Do P-0004: it puts right what went wrong, as 1 of its 2 stories tells: "
    )


def test_one_place_that_tells_of_no_failure_opens_no_item() -> None:
    """Only the definition says that something went wrong."""
    means = {"amends": "failure put right"}
    assert mending([practice("P-0003", "f", definition="amends")], STORIES, [], means) == []
    assert mending([practice("P-0003", "d", definition="amends")], STORIES, [], means)
    assert mending([practice("P-0003", "f", "g", definition="amends")], STORIES, [], means) == []
    many = [story(f"s{n}", recovery=n == 0) for n in range(5)]
    assert mending([practice("P-0003", *(s.id for s in many), definition="amends")], many, [], means) == []


def test_what_a_story_says_in_words_bears_out_what_the_definition_says() -> None:
    means = {"amends": "failure put right"}
    told = [
        story("a", "The lamp was broken. He brought another one."),
        story("b", "She left her scarf on the bench. He ran after her with it."),
        story("c", "There was no problem at all. He held the door."),
    ]
    found = Practice(
        id="P-0006",
        name="Make amends",
        definition="amends",
        evidence=[
            Evidence(story=s.id, start=s.narrative.index("He "), end=len(s.narrative), score=0.9)
            for s in told
        ],
    )
    (one,) = mending([found], told, [], means)
    assert one.stories == ("a",) and "as 1 of its 3 stories tells" in one.why
    assert mending([found], told, [], {}) == []
    left = found.model_copy(update={"evidence": found.evidence[1:]})
    assert mending([left], told, [], means) == [], "that something was left behind is nobody's failure"


def test_doubtful_places_alone_open_no_item() -> None:
    means = {"amends": "failure put right"}
    sure = practice("P-0003", "d", "e", definition="amends")
    doubtful = [one.model_copy(update={"score": 0.1}) for one in sure.evidence]
    assert mending([sure.model_copy(update={"evidence": doubtful})], STORIES, [], means) == []
    assert mending([sure.model_copy(update={"evidence": doubtful[:1]})], STORIES, [], means) == []
    # that something went wrong is told by the doubtful one alone
    mixed = [*doubtful[:1], Evidence(story="f", start=0, end=5)]
    assert mending([sure.model_copy(update={"evidence": mixed})], STORIES, [], means) == []
    heroic = practice("P-0001", "a", "b")
    places = [one.model_copy(update={"score": 0.1}) for one in heroic.evidence]
    assert items(heroic.model_copy(update={"evidence": places})) == []


def test_an_action_of_a_review_takes_it_up() -> None:
    found = mending([practice("P-0002", "d", "e")], STORIES, [], {}, {"P-0002"})
    assert found[0].taken_up and in_words(found[0]).endswith("(a review has taken it up)")


def test_single_heroics_are_listed_by_sort_and_name_nobody() -> None:
    singles = [one for one in mending([], STORIES, SIGNS, {}) if one.practice is None]
    assert [(one.name, one.stories) for one in singles] == [
        ("own means", ("a",)),
        ("unpaid time", ("b",)),
        ("bent rule", ("c",)),
    ]
    assert in_words(singles[0]) == (
        "Own means: in 1 story somebody paid from their own pocket: thank them, and make it needless (a)"
    )


def test_a_practice_people_renamed_is_no_recovery_because_the_codebook_called_it_one() -> None:
    renamed = {"on": "2026-10-04", "by": "Mara", "action": "renamed", "reason": "our word"}
    ours = practice("P-0005", "f", "g", definition="amends", decisions=[renamed])
    assert mending([ours], STORIES, [], {"amends": "failure put right"}) == []
    told = practice("P-0005", "d", "e", definition="amends", decisions=[renamed])
    assert [m.what for m in mending([told], STORIES, [], {"amends": "failure put right"})] == [
        "prevent the failure"
    ]
