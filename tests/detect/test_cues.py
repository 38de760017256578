"""A cue is tried only where it can begin, and is found wherever its pattern is."""

import re

import pytest

from servicestory.detect.cues import CUES
from servicestory.detect.people import _matches

HEADED = [cue for cue in CUES if cue.heads]
_WORDS = re.compile(r"[a-z]{2,}")


@pytest.mark.parametrize(
    "text",
    [
        "Our chefMilo cooked for two, and our waiter Bo ran.",
        "5 stars to Milo, and 4star to Odette!",
        "Dear HOST Odette, thanks to Milo. Thanks to Ilka & Tove, and kudos to Bo.",
        "Straße: thanks to Milo, our waiter Bo and the staff (Ilka).",
        "The team leader Ilka and the social workers Bo and Tove.",
        "I can't forget to mention Odette. We cannot forget Milo, never forget Ilka.",
        "The service was given by Odette; we were helped by Milo.",
        "Thankyou Milo. Thanx to Odette, shout-out to Ilka, hats off to Bo, well done Tove, grateful to Karim.",
        "Special mention to Milo. Credit goes to Odette. Cheers to Ilka. Compliments to Bo.",
        "Served so well by Milo, looked after by Odette, care by Ilka, support provided by Bo.",
        "Ask for Milo. Everyone, especially Odette, was kind; the crew such as Ilka; hospitality from Bo.",
        "The front desk (Milo) and the bar staff, above all Odette, were quick; the team with Ilka.",
        "Employees like Milo are rare; please recognize your night porter Odette; her name is Ilka.",
        "We were met by people like Milo. An employee Odette and a lady called Ilka stayed.",
        "Thank u so much Milo. Thanku Odette, thx Ilka, tysm Bo!",
        "Maitre d' Milo, delivery boy Odette, staff members Ilka and Bo, ground staff Tove.",
    ],
)
def test_as_if_it_were_tried_everywhere(text: str) -> None:
    small = text.casefold()
    said = set(_WORDS.findall(small))
    found = [(cue.pattern.pattern, m.span()) for cue, m in _matches(text, small, said, [0]) if cue in HEADED]
    tried = [cue for cue in HEADED if not cue.words.isdisjoint(said)]
    wanted = [(cue.pattern.pattern, m.span()) for cue in tried for m in cue.pattern.finditer(text)]
    assert wanted
    assert found == wanted
