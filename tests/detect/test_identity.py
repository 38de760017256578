"""What became of practices between two detections."""

from servicestory.detect.identity import Place, lineage, refit, undecided
from servicestory.models.practice import Practice


def places(*numbers: int) -> set[Place]:
    return {(f"s-{n}", "narrative", 0, 9) for n in numbers}


def kinds(
    old: dict[str, set[Place]], new: dict[str, set[Place]]
) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(x.kind, x.old, x.new) for x in lineage(old, new)]


def test_survived_and_new() -> None:
    assert kinds({"P-0001": places(1, 2)}, {"P-0001": places(1, 2, 3), "P-0002": places(7)}) == [
        ("survived", ("P-0001",), ("P-0001",)),
        ("new", (), ("P-0002",)),
    ]


def test_gone() -> None:
    assert kinds({"P-0001": places(1, 2)}, {"P-0002": places(7)}) == [
        ("gone", ("P-0001",), ()),
        ("new", (), ("P-0002",)),
    ]


def test_split_into_two() -> None:
    new = {"P-0002": places(1, 2, 3), "P-0003": places(4, 5, 6)}
    assert kinds({"P-0001": places(1, 2, 3, 4, 5, 6)}, new) == [("split", ("P-0001",), ("P-0002", "P-0003"))]


def test_two_merged_into_one() -> None:
    old = {"P-0001": places(1, 2), "P-0002": places(3, 4)}
    assert kinds(old, {"P-0003": places(1, 2, 3, 4)}) == [
        ("merged", ("P-0001",), ("P-0003",)),
        ("merged", ("P-0002",), ("P-0003",)),
    ]


def test_a_part_that_splits_off_leaves_the_rest_its_id() -> None:
    new = {"P-0001": places(1, 2, 3, 4), "P-0009": places(5, 6)}
    assert kinds({"P-0001": places(1, 2, 3, 4, 5, 6)}, new) == [("split", ("P-0001",), ("P-0001", "P-0009"))]


def test_one_that_stood_takes_over_another() -> None:
    old = {"P-0001": places(1, 2), "P-0002": places(3, 4)}
    assert kinds(old, {"P-0001": places(1, 2, 3, 4)}) == [
        ("survived", ("P-0001",), ("P-0001",)),
        ("merged", ("P-0002",), ("P-0001",)),
    ]


def candidate(number: int, rows: range, **more: object) -> Practice:
    evidence = [{"story": f"s-{n}", "start": 0, "end": 9} for n in rows]
    return Practice.model_validate({"id": f"P-{number:04}", "name": "x", "evidence": evidence, **more})


ROWS = {(f"s-{n}", "narrative", 0, 9): n for n in range(20)}


def test_candidates_are_found_again_by_what_they_share() -> None:
    old = [candidate(1, range(6)), candidate(2, range(6, 10)), candidate(3, range(10, 14))]
    found = refit(old, [[*range(10)], [10, 11, 12, 17], [14, 15, 16]], [[], [], []], ROWS)
    assert found.heir == {0: "P-0001", 1: "P-0003"}
    assert found.merged == {"P-0002": "P-0001"}
    assert (found.kept, found.gone) == ({}, [])


def test_one_that_also_belongs_to_a_larger_group_stays_itself() -> None:
    old = [candidate(1, range(8)), candidate(2, range(5, 8))]
    found = refit(old, [[*range(8)], [5, 6, 7]], [[], []], ROWS)
    assert found.heir == {0: "P-0001", 1: "P-0002"}
    assert found.merged == {}


def test_the_larger_part_of_one_that_falls_apart_goes_on() -> None:
    found = refit([candidate(4, range(10))], [[0, 1, 2, 3], [4, 5, 6, 7, 8, 9]], [[], []], ROWS)
    assert found.heir == {1: "P-0004"}


def test_one_that_is_hardly_found_again_stands_as_it_was() -> None:
    found = refit([candidate(5, range(8))], [[0, 12, 13], [14, 15]], [[], []], ROWS)
    assert found.heir == {}
    assert found.kept == {"P-0005": [1, 2, 3, 4, 5, 6, 7]}


def test_one_whose_places_a_decided_practice_took_in_is_not_proposed_beside_it() -> None:
    within = [2, 3, 4, 5, 6]
    found = refit([candidate(5, range(3, 6))], [[8, 9]], [[]], ROWS, [[0, 1], within])
    assert (found.kept, found.gone) == ({}, ["P-0005"])
    in_part = refit([candidate(5, range(3, 9))], [[12, 13]], [[]], ROWS, [within])
    assert list(in_part.kept) == ["P-0005"]


def test_a_text_that_was_corrected_is_still_the_place() -> None:
    moved = {(s, f, start + 3, end + 3): n for (s, f, start, end), n in ROWS.items()}
    assert refit([candidate(1, range(4))], [[0, 1, 2, 3]], [[]], moved).heir == {0: "P-0001"}


def test_stories_under_other_ids_are_known_by_their_words() -> None:
    old = [
        candidate(7, range(50, 54), words=["cake", "candle", "birthday"]),
        candidate(8, range(60, 64), words=["map"]),
    ]
    found = refit(old, [[1, 2], [3, 4]], [["card"], ["candle", "cake", "birthday", "song"]], ROWS)
    assert found.heir == {1: "P-0007"}
    assert found.gone == ["P-0008"]


def test_what_a_person_touched_is_never_cut_anew() -> None:
    fields: list[dict[str, object]] = [
        {"status": "accepted"},
        {"definition": "luggage"},
        {"core": ["Carry it"]},
        {"owner": "Mara"},
        {"decisions": [{"on": "2026-01", "by": "Mara", "action": "renamed", "reason": "plainer"}]},
        {"evidence": [{"story": "s-1", "start": 0, "end": 9, "pinned": True}]},
        {"not_evidence": [{"story": "s-1", "start": 0, "end": 9}]},
    ]
    assert undecided([candidate(1, range(3), **more) for more in fields]) == []
    assert undecided([candidate(1, range(3), absorbed=["P-0002"])])


def test_a_new_practice_that_shares_places_with_one_that_keeps_them_is_no_part_of_it() -> None:
    new = {"P-0001": places(1, 2, 3), "P-0009": places(1, 7, 8)}
    assert kinds({"P-0001": places(1, 2, 3)}, new) == [
        ("survived", ("P-0001",), ("P-0001",)),
        ("new", (), ("P-0009",)),
    ]


def test_a_practice_a_person_wrote_takes_places_and_is_no_part_of_a_split() -> None:
    old, new = {"P-0001": places(1, 2, 3, 4)}, {"P-0001": places(1, 2), "P-0009": places(3, 4)}
    assert lineage(old, new)[0].kind == "split"
    assert [x.kind for x in lineage(old, new, {"P-0009"})] == ["survived", "survived"]
