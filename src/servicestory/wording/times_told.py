"""How soon somebody got in touch again, where the stories of a step differ: "the same evening or the next day"."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from servicestory.text import listing
from servicestory.wording.acts import act
from servicestory.wording.steps import Cite, KeyPoint, Step

_TOUCH = frozenset(("call", "return", "come"))
"""Acts that are done some time after what they are about: how soon is what a newcomer would get wrong."""
_LEAST, _MOST = 2, 3  # stories that say when; times that are named
_PART = r"(?P<{}>day|morning|afternoon|evening|night)"
_COUNT = r"(?:an?|a few|a couple of|half an|one|two|three|four|five|six|seven|eight|ten|twelve|fifteen|twenty|thirty)"
_WHEN = re.compile(
    rf"\b(?:(?:that|the) (?:very )?same {_PART.format('same')}|that {_PART.format('that')}"
    rf"|(?:the )?(?:very )?(?:next|following) {_PART.format('next')}|the {_PART.format('after')} after"
    rf"|(?P<span>{_COUNT} (?:minute|hour|day|week|month)s?) (?:later|on|after(?:wards)?)\b)",
    re.IGNORECASE,
)


def with_times(
    steps: Sequence[Step], passages: Iterable[tuple[Cite, str]], said: Iterable[str]
) -> list[Step]:
    """The steps of getting in touch again with how soon their stories did, as examples, where these differ.

    What one story tells is no rule for all; what several tell is how soon it may be.

    Args:
        passages: the places of evidence and their words.
        said: what the practice says itself of when it is due; where that names a time, it is that.
    """
    if any(_WHEN.search(text) for text in said):
        return list(steps)
    made, told = [], list(passages)
    for step in steps:
        times: dict[str, tuple[str, Cite]] = {}
        if act(step.text)[0] in _TOUCH and not _WHEN.search(step.text):
            for place, text in told:
                found = _WHEN.search(text) if any(place.touches(c) for c in step.cites) else None
                if found:
                    times.setdefault(place.story, (_as_said(found), place))
        counted = Counter(time for time, _ in times.values())
        if len(counted) >= _LEAST:
            some = sorted(counted, key=lambda time: (-counted[time], time))[:_MOST]
            cites = sorted(place for time, place in times.values() if time in some)
            point = KeyPoint(f"For example {listing(some, 'or')}", "", False, tuple(cites))
            step = replace(step, key_points=(*step.key_points, point))
        made.append(step)
    return made


def _as_said(found: re.Match[str]) -> str:
    """ "That evening" is the same one to whoever was not there, "the day after" the next."""
    if part := found["same"] or found["that"]:
        return f"the same {part.lower()}"
    if part := found["next"] or found["after"]:
        return f"the next {part.lower()}"
    return f"{found['span'].lower()} later"
