"""Few places are a practice only when they are one deed."""

import numpy as np
import pytest

from servicestory.detect import alike, drafts, placing, weights
from servicestory.detect.goals import Target
from servicestory.detect.pipeline import detect
from servicestory.detect.reading import Passage, Reading
from servicestory.detect.weights import shipped
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.models.story import Story

HEAP = [
    "She showed a student how to mend a puncture herself instead of selling her the repair.",
    "He stayed after closing and mended the tube on the pavement.",
    "He told me that my bike was not worth the repair and which parts could be sold.",
]
DEED = [
    "He drew the route on a map and marked the steep places.",
    "She drew a little map of the harbour for us.",
    "They drew my wife a map, steep bits and all.",
]


ALIKE = [
    "He took our picture in front of the fountain.",
    "The waiter snapped a photo of all of us.",
    "She offered to photograph my parents together.",
]
OTHER = shipped().practices.index(weights.OTHER)


def reading(texts: list[str], kinds: list[int]) -> Reading:
    passages = [Passage(n, "narrative", 0, len(t), t, listed=False) for n, t in enumerate(texts)]
    classes = np.zeros((len(kinds), len(shipped().practices)))
    classes[range(len(kinds)), kinds] = 0.6
    unread = np.zeros((len(texts), 4 * alike.WIDE), np.int8)
    return Reading(passages, classes.sum(axis=1), classes, [], unread)


@pytest.mark.parametrize(
    ("texts", "kinds", "one"),
    [
        (HEAP, [0, 1, 2], False),
        (HEAP, [1, 1, 1], True),
        (DEED, [0, 1, 2], True),
        (HEAP[:2], [0, 1], False),
        (HEAP, [OTHER] * 3, False),  # "none of the kinds" is no kind
        (ALIKE, [OTHER] * 3, True),
    ],
)
def test_places_are_one_thing_by_their_kind_their_words_or_of_no_kind_by_their_deeds(
    texts: list[str], kinds: list[int], one: bool
) -> None:
    assert placing._is_one_thing(range(len(texts)), reading(texts, kinds), shipped(), ()) is one


def test_a_group_of_no_known_kind_is_named_by_the_deed_most_tell_though_imported() -> None:
    told = [*ALIKE, "She took a photo of us with the cake."]
    read, stories = reading(told, [OTHER] * 4), [Story(id=f"s{n}", narrative=t) for n, t in enumerate(told)]
    found = drafts.draft([], [], [], [[0, 1, 2, 3]], [0.5], read, np.eye(4), stories, shipped().practices)
    assert not found[0].whole
    named = drafts.name(found, told, "guest", [], deed=read.deed, elsewhere=range(4))
    assert [d.name for d in named] == ["Take a photo of the guest with the cake"]


def test_a_heap_of_one_common_word_is_left_unassigned(codebook: list[CodebookEntry]) -> None:
    told = [Story(id=f"s{n}", narrative=text) for n, text in enumerate(HEAP)]
    found = detect(told, [], codebook)
    assert all(p.definition for p in found.practices)


def test_what_is_ours_where_staff_tell_is_no_customers_in_a_name() -> None:
    texts = ["Pia lent our pump to a student."] * 3

    def name(staff_told: list[int]) -> str:
        draft = drafts.Draft(None, [0, 1, 2], words=("pump", "lent"))
        return drafts.name([draft], texts, "customer", ["Pia"], staff_told=staff_told)[0].name

    assert name([]).startswith("Lend the customer's pump")
    assert name([0, 1, 2]).startswith("Lend the pump")


def test_what_no_deed_tells_apart_from_another_of_its_kind_is_one_with_it() -> None:
    texts = [
        "Check in was swift.",
        "The service was quick.",
        "Everything fast.",
        "All was prompt at the desk.",
    ]

    def named(of_one_kind: bool) -> list[tuple[str, list[int]]]:
        two = [
            drafts.Draft(None, rows, words=("swift",), kind="quick_response", of_one_kind=of_one_kind)
            for rows in ([0, 1], [1, 2, 3])
        ]
        return [(d.name, d.rows) for d in drafts.name(two, texts, "guest", [])]

    assert named(True) == [("Answer and serve without delay", [0, 1, 2, 3])]
    (one, _), (other, rows) = named(False)
    assert one == "Answer and serve without delay" and other.startswith(f"{one}: “") and rows == [1, 2, 3]


def test_what_met_in_words_and_is_of_no_kind_is_left_out() -> None:
    texts = ["The kettle felt warm.", "A kettle stood there.", "Their kettle looked old."]

    def named(kind: str) -> list[str]:
        draft = drafts.Draft(None, [0, 1, 2], words=("kettle",), kind=kind)
        return [d.name for d in drafts.name([draft], texts, "guest", [])]

    assert named("") == []
    assert named("check_back") == ["Come back to ask whether all is well"]


def test_what_was_one_with_a_candidate_is_so_in_the_next_run() -> None:
    texts = ["Check in was swift.", "The service was quick.", "All was prompt at the desk."]
    stands = Target(Practice(id="P-0001", name="Answer and serve without delay"), None)
    two = [
        drafts.Draft(goal, rows, words=("swift",), kind="quick_response", of_one_kind=True)
        for goal, rows in ((None, [2]), (stands, [0, 1]))
    ]
    assert [(d.name, d.rows) for d in drafts.name(two, texts, "guest", [])] == [
        ("Answer and serve without delay", [0, 1, 2])
    ]


def test_a_way_of_the_house_no_passage_says_for_most_has_a_quiet_title() -> None:
    texts = ["Pia peeled an orange.", "Bo mended a lamp.", "Cy was late, kettle on."]

    def name(kind: str, words: tuple[str, ...], sure: float = 0.9) -> list[str]:
        deed = (np.eye(3, 4 * alike.WIDE) * 99).astype(np.int8)  # like nothing
        draft = drafts.Draft(None, [0, 1, 2], sure=sure, words=words, whole=False, kind=kind)
        return [d.name for d in drafts.name([draft], texts, "guest", ["Pia", "Bo", "Cy"], deed=deed)]

    assert name("", ("kettle",)) == ["Do as these stories tell: “peeled an orange”"]
    assert name("check_back", ("kettle",)) == ["Come back to ask whether all is well"]
    assert name("", ()) == []
    assert name("", ("kettle",), 0.3) == ["Do as these stories tell: “peeled an orange”"]
    assert name("check_back", ("kettle",), 0.3) == ["Come back to ask whether all is well"]
