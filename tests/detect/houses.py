"""Houses of our own writing, each with five habits that several people tell in words of their own.

``python -m tests.detect.houses`` prints what detection finds in them, house by house, and the names it gives.
Levels were chosen on :data:`DEV`, lately :data:`TEST` as well, and the example; :data:`LATER` and :data:`FRESH`,
houses with few stories besides, and :data:`HARD`, in which nobody tells a habit in another's words, were only
measured on. Nothing was ever learned from any of them.
"""

from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from servicestory.detect.pipeline import Config, detect
from servicestory.models.codebook import CodebookEntry
from servicestory.models.story import Source, Story

FOLDER = Path(__file__).with_name("houses")
DEV, TEST = ("bicycles", "library", "removals", "bakery"), ("animals", "driving", "repairs", "theatre")
LATER = ("optician", "baths", "campsite", "taxes")
FRESH = ("pharmacy", "ferry", "helpdesk", "carehome")
HARD = ("trams", "garden", "marina", "hair")
SHARE, PURE = 0.5, 0.6
"""A habit is found when one practice holds this share of its places and is to that share made of them."""


class Result(NamedTuple):
    """Habits found and planted; practices of the house's own that are one habit, and all of them; the names of
    these, each with its habit."""

    found: int
    habits: int
    right: int
    own: int
    names: tuple[str, ...]


def load(name: str) -> dict[str, Any]:
    """A house as it is written."""
    given: dict[str, Any] = YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return given


def stories(house: dict[str, Any]) -> list[Story]:
    """Its stories, told by hand."""
    fields = ("id", "site", "team", "people", "title", "narrative")
    return [
        Story.model_validate({k: s[k] for k in fields} | {"date": str(s["date"])}) for s in house["stories"]
    ]


def measure(name: str, codebook: list[CodebookEntry], imported: bool = False) -> Result:
    """What detection finds of the habits of one house, its stories told by hand or all ``imported``."""
    house = load(name)
    staff = tuple(sorted({person for s in house["stories"] for person in s["people"]}))
    source = Source(system="csv", record="1") if imported else None
    every = [s.model_copy(update={"source": source}) for s in stories(house)]
    found = detect(every, [], codebook, Config(1, house["customer_word"], staff))
    planted = {
        s["id"]: [(deed["text"], deed["habit"]) for deed in s["deeds"] if deed["habit"] != "-"]
        for s in house["stories"]
    }
    size = Counter(habit for deeds in planted.values() for _, habit in deeds)
    right = own = 0
    seen: set[str] = set()
    names = []
    for practice in found.practices:
        places = found.evidence_of(practice)
        told = Counter(h for b in places for text, h in planted[b.story] if _same(text, b.text))
        habit, held = told.most_common(1)[0] if told else ("", 0)
        pure = held >= PURE * len(places)
        if not practice.definition:
            own, right = own + 1, right + pure
            names.append(f"{practice.name}  [{habit if pure else '-'}]")
        if pure and held >= SHARE * size[habit]:
            seen.add(habit)
    return Result(len(seen), len(size), right, own, tuple(names))


def _same(one: str, other: str) -> bool:
    """Whether two parts of a text overlap by half of the shorter."""
    a, b = " ".join(one.split()), " ".join(other.split())
    long = SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
    return 2 * long >= min(len(a), len(b))


if __name__ == "__main__":
    from tests.bench.bench_detect import codebook

    for house in (*DEV, *TEST, *LATER, *FRESH, *HARD):
        by_hand, imported = measure(house, codebook()), measure(house, codebook(), True)
        print(f"{house:10}", *by_hand[:-1], "imported:", *imported[:-1])
        print(*(f"    {name}" for name in by_hand.names), sep="\n")
