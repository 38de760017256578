"""The map: like words and shared stories are near, boxes never overlap, nothing hangs on an order."""

from collections import Counter

import pytest

from servicestory.models.practice import Evidence
from servicestory.report import charts
from servicestory.report.near import HIGH, WIDE, apart, likeness, plane
from servicestory.report.review import Review
from tests.report.build import practice, review, story

TEXTS = {
    "kettle": "She carried the kettle of hot water up to the room.",
    "bottle": "He filled a bottle with hot water from the kettle for the room.",
    "dog": "They walked the dog along the beach for a lame guest.",
    "bus": "They read out the bus times and walked along to the stop.",
}


def made() -> Review:
    stories, practices = [], []
    for number, (kind, text) in enumerate(TEXTS.items(), 1):
        told = [story(f"{kind}{i}", narrative=text, people=[]) for i in range(2)]
        places = [Evidence(story=s.id, start=0, end=len(text)) for s in told]
        practices.append(
            practice(number, [], name=f"About the {kind}").model_copy(update={"evidence": places})
        )
        stories += told
    return review(stories, practices)


def test_what_is_told_in_like_words_is_nearest() -> None:
    spots = {s.card.name: s for s in made().map}
    assert spots["About the kettle"].nearest[0][0].name == "About the bottle"
    assert spots["About the dog"].nearest[0][0].name == "About the bus"
    one, other, far = (spots[f"About the {n}"] for n in ("kettle", "bottle", "dog"))
    assert abs(one.x - other.x) + abs(one.y - other.y) < abs(one.x - far.x) + abs(one.y - far.y)


def test_likeness_by_words_and_by_shared_stories() -> None:
    words = [Counter("abcd"), Counter("abef"), Counter("gh"), Counter("gh")]
    alike = likeness(words, [{"1"}, {"2"}, {"3"}, {"3", "4"}])
    assert alike[0][1] == pytest.approx(1.0)  # a and b are all they share with anybody
    assert alike[0][2] == 0.0 and alike[2][3] == 1.0 and all(alike[i][i] == 1 for i in range(4))
    # Words that everybody uses, or nobody else, make nothing alike.
    assert likeness([Counter("a"), Counter("a"), Counter("ab")], [set(), set(), set()])[0][1] == 0.0
    assert likeness([Counter("a"), Counter("b")], [{"1", "2"}, {"2", "3"}])[0][1] == 0.5


def test_boxes_never_overlap_and_stay_on_the_map() -> None:
    places = apart([(0.5, 0.5)] * 30)
    for i, (x, y) in enumerate(places):
        assert WIDE / 2 <= x <= 1 - WIDE / 2 and HIGH / 2 <= y <= 1 - HIGH / 2
        for a, b in places[:i]:
            assert abs(x - a) > WIDE - 1e-3 or abs(y - b) > HIGH - 1e-3
    assert apart([(0.2, 0.2), (0.8, 0.8)]) == [(0.2, 0.2), (0.8, 0.8)]


def test_the_plane_keeps_the_order_of_distances_on_a_line() -> None:
    alike = [[1 - (0.3 * abs(i - j)) ** 2 for j in range(4)] for i in range(4)]
    line = [x for x, _ in plane(alike)]
    assert line in (sorted(line), sorted(line, reverse=True))


def test_the_map_is_drawn_with_every_name_and_the_same_bytes() -> None:
    spots = made().map
    drawn = charts.practice_map(spots, 7)
    assert drawn == charts.practice_map(made().map, 7)
    assert all(f"About the {kind}" in drawn for kind in TEXTS)
    assert "http" not in drawn and "var(--card)" in drawn and 'id="c7-' in drawn


def test_two_practices_need_no_map() -> None:
    stories = [story("a")]
    assert review(stories, [practice(1, stories), practice(2, stories)]).map == []
