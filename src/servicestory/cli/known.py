"""What all stories together tell, of names and of heroics, kept for the next command until one changes.

It depends on every story, so one that is new or changed makes it worked out anew; what each text tells by
itself is kept apart (:mod:`servicestory.detect.mentions`).
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Any

from servicestory.detect.heroics import SORTS, Heroic
from servicestory.detect.people import Suggestion
from servicestory.detect.told_names import ToldNames
from servicestory.text import folded

if TYPE_CHECKING:
    from servicestory.detect.suggesting import Suggested
    from servicestory.models.names import NameDecision
    from servicestory.models.organisation import Organisation
    from servicestory.models.story import Story

FILE = "house.json"
"""It holds names: who is forgotten is taken out of it by taking it away."""
FORMAT = 1
"""Another number wherever the file is written in another way."""
_LISTS = ("sure", "barred", "never", "placed", "worded")


@dataclass(frozen=True)
class Known:
    """Names of colleagues the texts suggest, what is told of names at all, and signs of heroics."""

    suggested: "Suggested"
    told: ToldNames
    signs: list[Heroic]


def mark(
    stories: "Sequence[Story]", organisation: "Organisation", decisions: "Iterable[NameDecision]"
) -> str:
    """Differs wherever any of it might: by the stories, the staff list, decisions on names, the program."""
    from servicestory.detect.shelf import edition

    said = "\n".join([str(FORMAT), *(one.model_dump_json() for one in (organisation, *decisions))])
    found = blake2b(edition(said).encode(), digest_size=32)
    for story in stories:
        found.update(story.model_dump_json(exclude_defaults=True).encode("utf-8", "surrogatepass") + b"\n")
    return found.hexdigest()


def dump(known: Known, of: str) -> bytes:
    """The bytes to keep; ``of`` is its :func:`mark`."""
    told = known.told
    body = json.dumps(
        {
            "suggested": {
                ref: [[s.name, s.start, s.end, s.why] for s in here] for ref, here in known.suggested.items()
            },
            "here": {ref: sorted(names) for ref, names in told.here.items()},
            "near": {site: sorted(words) for site, words in told.near.items()},
            "refused": sorted(map(list, told.refused)),
            **{name: sorted(getattr(told, name)) for name in _LISTS},
            "signs": [[h.story, h.sort, h.field, h.start, h.end] for h in known.signs],
        },
        ensure_ascii=False,
    ).encode("utf-8", "surrogatepass")
    return f"{of} {sha256(body).hexdigest()}\n".encode() + body


def load(data: bytes | None, of: str, stories: "Sequence[Story]") -> Known | None:
    """What :func:`dump` made of these stories; None when that is nothing, damaged, or of others."""
    head, _, body = (data or b"").partition(b"\n")
    if head != f"{of} {sha256(body).hexdigest()}".encode():
        return None
    try:
        return _made(json.loads(body), stories)
    except (ValueError, TypeError, KeyError, AttributeError):  # of another shape, whoever wrote it
        return None


def _made(kept: dict[str, Any], stories: "Sequence[Story]") -> Known:
    """What is kept, as it was; raises a ``TypeError`` and the like where it is of another shape."""
    told = ToldNames(
        {str(ref): [_text(name) for name in names] for ref, names in kept["here"].items()},
        {story.id: folded(story.site or "") for story in stories},
        {site: frozenset(map(_text, words)) for site, words in kept["near"].items()},
        refused=frozenset((_text(name), _text(site)) for name, site in kept["refused"]),
        texts={story.id: story.narrative for story in stories},
        imported=frozenset(story.id for story in stories if story.prompted == "import"),
        **{name: frozenset(map(_text, kept[name])) for name in _LISTS},
    )
    suggested = {
        ref: [Suggestion(_text(name), int(start), int(end), _text(why)) for name, start, end, why in here]
        for ref, here in kept["suggested"].items()
    }
    signs = [
        Heroic(_text(story), SORTS[SORTS.index(sort)], _text(field), int(start), int(end))
        for story, sort, field, start, end in kept["signs"]
    ]
    return Known(suggested, told, signs)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def kept(
    derived: Callable[[str], bytes | None],
    keep: Callable[[str, bytes], None],
    of: str,
    stories: "Sequence[Story]",
    find: Callable[[], Known],
) -> Known:
    """What is kept of these stories, or what ``find`` finds, kept from now on."""
    known = load(derived(FILE), of, stories)
    if known is None:
        known = find()
        keep(FILE, dump(known, of))
    return known
