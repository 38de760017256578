"""What all stories together tell is kept, and found anew where what is kept is of another shape."""

import json
from hashlib import sha256
from typing import Any

import pytest

from servicestory.cli.known import Known, dump, load
from servicestory.detect.heroics import Heroic
from servicestory.detect.people import Suggestion
from servicestory.detect.told_names import ToldNames
from servicestory.models.story import Story

STORIES = [Story(id="a", narrative="Rosa stayed on.")]
KNOWN = Known(
    {"a": [Suggestion("Rosa", 0, 4, "a first name")]},
    ToldNames({"a": ["Rosa"]}, {"a": ""}, {"": frozenset({"quay"})}, texts={"a": "Rosa stayed on."}),
    [Heroic("a", "unpaid time", "narrative", 5, 11)],
)


def test_what_is_kept_is_read_as_it_was() -> None:
    again = load(dump(KNOWN, "mark"), "mark", STORIES)
    assert again is not None
    assert (again.suggested, again.signs, again.told.here) == (KNOWN.suggested, KNOWN.signs, {"a": ["Rosa"]})
    assert load(dump(KNOWN, "mark"), "another", STORIES) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("here", ["Rosa"]),
        ("here", {"a": [1]}),
        ("suggested", {"a": [["Rosa", 0]]}),
        ("suggested", {"a": [["Rosa", None, 4, "why"]]}),
        ("near", None),
        ("refused", [["Rosa"]]),
        ("sure", 7),
        ("signs", [["a", "no such sort", "narrative", 5, 11]]),
        (None, []),
        (None, "text"),
    ],
)
def test_the_right_mark_on_another_shape_is_as_nothing(field: str | None, value: Any) -> None:
    kept = json.loads(dump(KNOWN, "mark").partition(b"\n")[2])
    body = json.dumps({**kept, field: value} if field else value).encode()
    assert load(f"mark {sha256(body).hexdigest()}\n".encode() + body, "mark", STORIES) is None
