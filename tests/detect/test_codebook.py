"""The starter codebook: readable, unique, and known to the weights."""

from collections import Counter

from ruamel.yaml import YAML

from servicestory.detect.codebook import starter
from servicestory.detect.weights import OTHER, shipped
from servicestory.models.codebook import CodebookEntry


def entries() -> list[CodebookEntry]:
    return [CodebookEntry.model_validate(d) for d in YAML(typ="safe").load_all(starter())]


def test_every_entry_is_whole_and_none_stands_twice() -> None:
    found = entries()
    assert len(found) >= 40
    for field in ("key", "name", "definition"):
        assert max(Counter(getattr(e, field) for e in found).values()) == 1
    assert all(e.include and e.exclude and e.examples and len(e.cues) >= 3 for e in found)
    assert all(e.incident and e.icare and e.behaviour_statement for e in found)


def test_every_learned_practice_has_its_entry() -> None:
    assert set(shipped().practices) - {OTHER} <= {e.key for e in entries()}
