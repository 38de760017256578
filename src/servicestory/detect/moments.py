"""When, how and what for a deed is done, where most passages tell it: "early", "unasked", "to ask".

A name is one of the instructions that the passages give, and that one seldom says what all the others say
beside the deed. What most of them share belongs in the name: a room made ready *early* is the practice.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

MOST, FEWEST = 0.6, 3
"""Share of the passages, and how many at least, that must tell it."""
LONGEST = 14
"""Words in a name with it."""


class Way(NamedTuple):
    """What a name says at its end, how passages tell it, and what a name has that says it already."""

    said: str
    told: re.Pattern[str]
    there: re.Pattern[str]


def _way(said: str, told: str, there: str = "") -> Way:
    words = (rf"(?:\b|(?=,))(?:{part})" for part in (told, there or told))
    return Way(said, *(re.compile(part, re.IGNORECASE) for part in words))


_PART = "(?:evening|night|afternoon|morning|day|eve)"
_NOBODY = r"(?:nobody|no one|no-one|none of us|never)"
# "we had an early train", "he has to leave early": that is when the customer does something
_EARLY = (
    r"(?<!leave )(?<!left )(?<!leaving )(?<!start )(?<!started )(?<!up )(?<!off )(?<!out )(?<!too )(?<!an )"
    r"(?:early|earlier|ahead of (?:time|schedule))"
    r"(?=$|[.,;:!?)]| (?:and|so|for|in|to|as|because|than|at|on)\b)"
    r"|(?:minutes|hours?|an hour) (?:early|earlier|ahead|before (?:the|check|time|it|we|they))"
    r"|before (?:the )?(?:check-?in|usual time|official time)"
)
# The first that fits is said; one of each.
WHEN = (
    _way("the evening before", r"(?:evening|night) before\b|the eve\b", rf"{_PART} before|\beve\b"),
    _way("the day before", rf"{_PART} before\b|the eve\b", rf"{_PART} before|\beve\b"),
    _way(
        "the day after",
        r"(?:next|following) (?:day|morning|evening|afternoon)\b|(?:day|morning|evening) after\b",
        r"(?:next|following) \w+|after\b",
    ),
    _way("early", _EARLY, r"early|earlier|ahead|before\b"),
    _way(
        "at once",
        r"(?:at once|immediately|straight ?away|right away|on the spot|within (?:the|a few) minutes)\b",
        r"(?:at once|immediately|straight|right away|delay|on the spot)",
    ),
)
HOW = (
    _way(
        "unasked",
        r"unasked\b|unprompted\b|without (?:us |me |him |her |them |my |our |having to |even )*"
        r"(?:being asked|asking|ask\b|be asked|a word from)|not asked for\b"
        rf"|{_NOBODY} (?:had |even |ever )*(?:asked|told|to ask)"
        r"|before (?:I|we|he|she|they|any ?one|any of us|the \w+) "
        r"(?:had |could |even |ever )*(?:asked?|said)\b",
        r"unasked|unprompted|asked|without",
    ),
    _way(
        "without charge",
        r"(?:free of charge|for free|for nothing|on the house|(?:no|without|any) (?:extra )?charge"
        r"|at no (?:extra )?cost|(?:\w+n't|not) (?:charge|take (?:a penny|any ?thing|money)))\b",
        r"free|charge|on the house|nothing",
    ),
    _way("by hand", r"(?:by hand|hand-?written|(?:own|his|her|their) hand-?writing)\b", r"hand"),
    _way(
        "in writing",
        r"(?:in writing|wrote|writes|written|jotted|jots|noted)\b",
        r"(?:in writing|writ(?:e|t)|wrote|note|jot|letter|list|card|slip|book|sheet|pencil|label|name|sign)",
    ),
)

# "asked how the ride home was", "wanted to know whether it held", "did it pull evenly?"
_ASKED = (
    r"(?:ask(?:s|ed|ing)?|(?:want(?:s|ed|ing)? |just |only )*to (?:know|hear|find out)|heard) "
    r"(?:(?:me|us|him|her|them|after|just|only|the \w+|my \w+) )*(?:how|whether|if|was|were|had|did|is|are)\b"
    r"|to (?:see|check|make sure|be sure) (?:up )?(?:that|whether|if|how|all|it|everything)\b"
    r"|, (?:and )?(?:how|was|were|had|did|is|are|all well)\b[^.!]*\?"
)
WHY = (_way("to ask whether all is well", _ASKED, r"ask|hear|see|check|whether|tell|explain|say"),)
"""Only after what is done to ask: a call, or coming back."""
_TO_ASK = re.compile(
    r"(?i)(?:(?:ring|call|phone|telephone)\b|give \w+ \w+ an? (?:ring|call)\b"
    r"|pick up the (?:phone|receiver)\b|(?:come|go|stop|look|drop|stand|knock|drive|visit|return)\b.* "
    r"(?:again|back|by|in|later|once more)\b)"
)


def with_its_way(name: str, texts: Sequence[str]) -> str:
    """The name with when, how and what for most of the passages tell it was done, where it does not say so.

    >>> with_its_way("Make the bed", ["made it early, at ten", "It was made early.", "an hour early"])
    'Make the bed early'
    """
    for ways in (HOW, WHEN, WHY if _TO_ASK.match(name) else ()):
        for way in ways:
            said = sum(way.told.search(text) is not None for text in texts)
            if said >= max(FEWEST, MOST * len(texts)):
                if not way.there.search(name) and len(f"{name} {way.said}".split()) <= LONGEST:
                    name = f"{name} {way.said}"
                break
    return name
