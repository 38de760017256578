"""How surely practices of the codebook are found again."""

from servicestory.detect.pipeline import detect
from servicestory.models.codebook import CodebookEntry
from tests.detect.conftest import TOLD, story


def test_plain_tellings_are_found_again_more_surely_than_faint_ones(codebook: list[CodebookEntry]) -> None:
    told = [story(f"{i}", TOLD[k]) for i, k in enumerate(("bags", "boxes", "cases"))]
    told.append(story("cab", "Got us a cab."))
    sure = {p.definition: p.stability for p in detect(told, [], codebook).practices}
    assert 0.8 <= (sure["luggage"] or 0) <= 1
    assert 0 <= (sure["transport"] or 0) < 0.8
    assert {p.definition: p.stability for p in detect(told[::-1], [], codebook).practices} == sure
