"""A short question to the team about a step of which no story says what makes or breaks it, by its kind of act."""

import re

from servicestory.offices import ANY_OFFICE
from servicestory.wording.acts import act
from servicestory.wording.costs import needs_a_limit
from servicestory.wording.lexicon import SERVED
from servicestory.wording.manner import TO_A_THING
from servicestory.wording.morphology import is_verb

# Kinds of act, see `acts.act`. Each question asks what a newcomer would get wrong. {c} is the house's word.
_QUESTIONS = {
    "call": "What do you say first, and what do you do when nobody answers?",
    "ask": "What do you do with the answer?",
    "ask-how": "What do you say when the answer is only “fine”?",
    "ask-somebody": "Whom do you ask when they cannot be reached, and who hears the answer?",
    "ask to do": "What do you say when they would rather not?",
    "ask-what": "What do you do with the answer?",
    "check": "What do you look at, and how often?",
    "return": "When do you come back, and what do you look at first?",
    "come": "When do you come back, and what do you look at first?",
    "note": "Where is it kept, and who reads it when?",
    "hand over": "What must the next one know, and how do you see that it has arrived?",
    "write": "Who checks that it is right, and how do you see that they can read it?",
    "read": "What do you do when something in it is unclear?",
    "tell": "How do you see that it was understood?",
    "explain": "How do you see that it was understood?",
    "answer": "What do you say when you do not know?",
    "greet": "What do you do when you are busy with somebody else?",
    "look": "What do you do when you are busy with somebody else?",
    "look after": "What is needed for it, and who provides it?",
    "look for": "Where do you look first, and when do you ask somebody?",
    "notice": "By what do you notice it?",
    "stay": "How long do you stay, and who takes your place meanwhile?",
    "calm": "What exactly do you say and do, so that somebody could see it?",
    "comfort": "What exactly do you say and do, so that somebody could see it?",
    "encourage": "What exactly do you say and do, so that somebody could see it?",
    "reassure": "What exactly do you say and do, so that somebody could see it?",
    "give nothing to hold": "What exactly do you say and do, so that somebody could see it?",
    "address": "How do you find out the name, and how to say it?",
    "bring": "Where do you get it, and who may say yes?",
    "bring somebody": "Who is asked to come, by whom, and how long before?",
    "give": "Where do you get it, and who may say yes?",
    "add": "Where do you get it, and who may say yes?",
    "lend": "Where is it kept, and how does it come back?",
    "keep": "Who is told that it is there, and until when?",
    "warm": "Who is told that it is there, and until when?",
    "pack": "By when must it be ready, and what must be in it?",
    "arrange": "How do you hear of it in time, and who gets it ready?",
    "mark": "How do you hear of it in time, and who gets it ready?",
    "mark a thing": "What does the mark look like, and who must be able to read it?",
    "surprise": "How do you hear of it in time, and who gets it ready?",
    "recommend": "What do you ask before you recommend anything?",
    "customise": "What do you ask first, and who tells the kitchen or the workshop?",
    "film": "What do you ask before you begin, and what must not be seen?",
    "photograph": "What do you ask before you begin, and what must not be seen?",
    "draw": "What must be on it so that nobody gets lost?",
    "walk": "How far do you go, and who takes your place meanwhile?",
    "carry": "How far do you go, and who takes your place meanwhile?",
    "repair": "Whom do you call, and how soon must it work again?",
    "replace": "Who may say yes, and how soon must the new one be there?",
    "apologise": "Which words do you use, and which do you leave out?",
    "refund": "Who may say yes, and up to what amount?",
    "upgrade": "Who may say yes, and when is it not offered?",
    "clean": "What is looked at last, before you say it is done?",
    "see": "Who does it when you cannot, and how do you know it was done?",
    "have": "Whom do you tell, and how do you know it was done?",
    "send": "Whom do you tell, and how do you know it was done?",
    "find": "Where do you look first, and when do you ask somebody?",
    "listen": "How do you show that you have understood?",
    "thank": "For what exactly, and in which words?",
}

_COSTS = "Who may say yes, and up to what amount?"


def question(step: str) -> str:
    """What to settle with the team about a step; empty for a kind of act of which anybody would ask the same.

    "What goes wrong when it is done in a hurry?" fits every step and tells a trainer nothing.
    """
    kind = kind_of(step)
    if kind in ("give", "bring", "add") and needs_a_limit(step).startswith("it costs"):
        return _COSTS
    return _QUESTIONS.get(kind, "")


# What is given and nobody can fetch.
_NO_THING = re.compile(
    r"^(?:give|bring|add|offer)s? (?:(?:them|the \w+|an?|some|more|your) ){0,2}"
    r"(?:attention|comfort|confidence|courage|encouragement|help|hope|patience|reassurance|support|time|trust|warmth)\b",
    re.IGNORECASE,
)
_CLOSE = (
    "family|relatives?|partner|spouse|husband|wife|parents?|mother|father|daughter|son|sons|daughters|sister|brother|friends?"
    "|carers?|colleagues?|interpreter|expert|specialist|supervisor|manager"
)
# Who is brought along is no thing that lies somewhere.
_BRINGS_SOMEBODY = re.compile(
    r"^(?:bring|get|fetch|invite|have)(?: in)? (?:(?:the|an?|their|somebody from the|one of the) )?(?:[a-z]+'s )?"
    rf"(?:{_CLOSE})"
    r"(?=$|,| (?:along|in|into|with|at|when|before|so|and)\b)",
    re.IGNORECASE,
)
_LOOK = re.compile(r"^look (after|for)\b", re.IGNORECASE)
_QUESTION = r"(?:if|whether|how|what|when|where|which|who|why|about|after|for)"
_ASKS_TO = re.compile(rf"^ask (?:(?!{_QUESTION}\b)[\w']+ )+to\b|^ask to\b", re.IGNORECASE)
_ASKS_WHAT = re.compile(
    rf"^ask (?:(?!{_QUESTION}\b)[\w']+ )*(?:what|when|where|which|who|why)\b", re.IGNORECASE
)
# Only whoever is asked how they are can say "fine".
_WAS = r"(?:is|are|was|were)(?: now| today| there)?(?=$|[,.;]| and\b)"
_GOES = r"(?:went|goes|feels?|felt|slept|ran|runs|works?|worked|holds?|fits?|(?:has|have) (?:been|slept|gone)|(?:is|are|was|were) (?:doing|feeling|getting|going|running|managing|coping)\b)"
HOW_ALL_IS = re.compile(
    r"\b(?:whether|if|that) (?:all|everything|anything)\b|\bask after\b"
    rf"|\b(?:whether|if) (?:it|they|the \w+) (?:still |now )?{_GOES}"
    rf"|\bhow (?:it|all|things|they|(?:the|their) (?:[\w']+ ){{0,2}}[\w']+) (?:{_WAS}|{_GOES})",
    re.IGNORECASE,
)
_ASKS_SOMEBODY = re.compile(
    rf"^ask (?:the|an?|your|somebody in the|somebody from the) (?:{ANY_OFFICE}|doctors?|physicians?|nurses?|pharmacists?|{_CLOSE})(?=$|,| (?:and|before|first|for|about)\b)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:birthday|anniversary|wedding|honeymoon|graduation|farewell|holiday|day|occasion|celebrat\w+)s?\b",
    re.IGNORECASE,
)


# Whom the house serves is had to try something; a plumber is had to come.
_HAS_THEM_DO = re.compile(rf"Have (?:them|the (?:{'|'.join(sorted(SERVED))})) (?P<do>[a-z]+) \w")
_LISTENS_TO_A_THING = re.compile(f"Listen{TO_A_THING}")
_COMES_BACK = re.compile(r"\b(?:again|back|by|in|once more|over|round|up)\b|\bto (?:ask|check|hear|see)\b")
# "Hand over something written" gives it; "Hand over to the next shift" and "Hand over what is open" do not.
_HANDS_A_THING = re.compile(r"Hand over (?:something|an?|some) ")


def kind_of(step: str) -> str:
    """The kind of act a step is for whoever asks about it: to have something done is a kind of its own."""
    if " fixed" in step:
        return "repair"
    if _NO_THING.search(step):
        return "give nothing to hold"
    if _BRINGS_SOMEBODY.search(step):
        return "bring somebody"
    if found := _LOOK.search(step):
        return f"look {found[1].casefold()}"
    if (has := _HAS_THEM_DO.match(step)) and is_verb(has["do"]):
        return "ask to do"
    if step.startswith("Have "):
        return "have"
    if _HANDS_A_THING.match(step):
        return "write" if "written" in step else "give"
    if step.startswith(("Hand over", "Pass on")):
        return "hand over"
    kind = act(step)[0]
    if kind == "listen" and _LISTENS_TO_A_THING.match(step):
        return ""
    if kind == "come" and not _COMES_BACK.search(step):
        return ""  # who comes out to the car does not come back
    if kind == "ask" and _ASKS_TO.search(step):
        return "ask to do"
    if kind == "ask" and HOW_ALL_IS.search(step):
        return "ask-how"
    if kind == "ask" and _ASKS_SOMEBODY.search(step):
        return "ask-somebody"
    if kind == "ask" and _ASKS_WHAT.search(step):
        return "ask-what"
    return "mark a thing" if kind == "mark" and not _DAY.search(step) else kind
