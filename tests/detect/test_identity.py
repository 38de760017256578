"""What became of practices between two detections."""

from servicestory.detect.identity import Place, lineage


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
