"""How a thing was done, in what situation and to what effect: fixed readings of what stories say."""

import re
from functools import lru_cache
from typing import NamedTuple

from servicestory.wording import lexicon as lex
from servicestory.wording.occasions import with_its_moment, without_when


class Manner(NamedTuple):
    """A way of doing it: the pattern in the story, the key point for staff, and why it matters in general."""

    pattern: re.Pattern[str]
    point: str
    reason: str
    acts: frozenset[str] = frozenset()  # the acts it is a way of; empty: of any

    def fits(self, step: str) -> bool:
        """Whether it can be a way of doing this step."""
        return not self.acts or step.partition(" ")[0] in self.acts


# What makes a noise is listened to, and whatever lies low knelt down to: nobody is spoken with.
TO_A_THING = r" (?:\w+ly )?(?:to|at|for) (?:[\w'’]+ ){1,3}(?:bearings?|breath\w*|brakes?|chest|engine|gears?|heart|lungs?|motor|noise|pipes?|pulse|pump|sound)\b"
_AT_WORK = r"[^.!?]{0,30}? to (?:check|clean|examine|feel|find|fix|look at (?!me|us|him|her|them)|mark|measure|mend|pick|reach|repair|screw|see|tie)\b"


def _m(pattern: str, point: str, reason: str, acts: str = "") -> Manner:
    return Manner(re.compile(pattern, re.IGNORECASE), point, reason, frozenset(acts.split()))


_ALONG = "Accompany Bring Come Escort Go Guide Lead Show Take Walk"  # what is done with somebody on their way
# {c} is the organisation's word for its customers. The reasons are general knowledge of the trade and are
# marked as such in the documents, unless a story gives one of its own.
MANNERS = (
    _m(r"without (?:us|me|him|her|them|my|our|being|having to|even)?\s?(?:even )?(?:being asked|asking|to ask|having to ask|be asked|ask\b)"
       r"|\bunasked\b|\bunprompted\b|before (?:we|i) (?:even )?(?:asked|had to ask|could ask)|didn't (?:even )?have to ask",
       "Do it before the {c} has to ask", "Having to ask turns a gift into a favour"),
    _m(r"\bby (?:my|our|his|her|their)?\s?(?:first |last )?names?\b", "Use the {c}'s name",
       "A name tells the {c} that they are known here"),
    _m(r"\b(?:immediately|straight ?away|right away|at once|instantly|promptly|(?:with)?in (?:less than )?(?:\d+ |a few |two |five |ten )?(?:minutes|no time)|without delay)\b",
       "Do it at once", "A need that waits becomes a complaint"),
    _m(r"\b(?:patiently|(?:was|were|is|so|very) patient(?! [a-z]+ed)|took (?:the|their|his|her|all the) time|didn't rush|not rushed|never rushed|without rushing|unhurried)\b",
       "Take your time; do not rush the {c}", "Somebody who is rushed stops asking and stops listening"),
    _m(r"\b(?:personally|in person)\b", "Do it yourself, in person", "A message or a form does not show that somebody cares"),
    _m(r"\b(?:free of charge|at no (?:extra |additional )?(?:charge|cost)|for free|on the house|no extra charge)\b",
       "Say before you begin that there is no charge", "Otherwise the {c} wonders what it will cost"),
    _m(r"\b(?:smil(?:e|es|ed|ing|ey)|warmly|warm welcome)\b", "Look at the {c} and smile",
       "The first look decides how the rest is taken"),
    _m(r"\bfor the (?:(?:whole|entire|rest of the) )?(?:stay|visit|week|weekend|time)\b|\bas long as (?:i|we|he|she|they) (?:stay|lik|want|need)\w*",
       "Let them keep it as long as they need it", "What has to be handed back soon is hardly used", "Lend Let"),
    _m(r"\b(?:quietly|discreetly|softly|gently|without a word)\b", "Do it quietly, without drawing attention",
       "Nobody likes to be made a case of in front of others"),
    _m(r"\b(?:clearly|step by step|in plain (?:words|english)|in detail|thoroughly|simple terms|easy to understand)\b",
       "Explain it in plain words, one thing after the other", "What is not understood is not done"),
    _m(rf"\b(?:listened|listens|listening)\b(?!{TO_A_THING})", "Let the {c} finish before you answer", "The first thing said is seldom the whole of it"),
    _m(r"\b(?:remembered|remembers)\b(?! that (?:no one|nobody|nothing)\b)", "Look up or recall what you know of the {c} first",
       "It saves the {c} telling it twice"),
    _m(r"\b(?:apologi[sz]ed?|apologi[sz]ing|an apology|said sorry)\b", "Say sorry first, plainly and once",
       "Nothing else is heard before that"),
    _m(r"\b(?:in advance|ahead of time|beforehand|before (?:we|i|they) arrived|before our arrival)\b", "Get it ready beforehand",
       "What is ready costs the {c} no waiting"),
    _m(r"\b(?:handwritten|hand-written|by hand)\b", "Do it by hand, and keep it short",
       "What is made by hand shows that a person thought of them"),
    _m(r"\b(?:twice a day|every (?:day|morning|evening|hour|(?:few|\d+|ten|twenty) minutes)|frequent(?:ly)?|regular(?:ly)? (?:check|updat|interval)\w*|constantly|kept (?:on )?(?:checking|asking|updating))\b",
       "Do it again at regular times, not once", "One look says little; the second finds what has changed",
       "Ask Call Check Clean Come Copy Go Inform Look Phone Print Refill Return Ring Say Tell Tidy Update Visit Write"),
    _m(r"\bwhile (?:we|i|they|he|she) (?:was |were )?(?:still )?wait(?:ed|ing)\b", "Do it while the {c} waits", "A wait in which something happens is short"),
    _m(r"\bbefore (?:we|i|they|he|she) (?:left|checked out|set off|went home)\b", "Do it before the {c} leaves", "Once they have left it is too late for it"),
    _m(r"\b(?:without hesitation|no questions asked|(?:didn't|did not|never) hesitate|without (?:any )?(?:fuss|ado))\b", "Do it without asking for reasons",
       "Whoever has to explain a wish would rather not have had it"),
    _m(rf"\b(?:knelt|crouched|squatted|eye[- ]level|bent down to)\b(?!{_AT_WORK})", "Speak to the {c} at eye level", "Nobody likes to be talked down to"),
    _m(r"\bin (?:my|our|his|her|their) (?:own )?(?:language|mother tongue)\b", "Say it in the {c}'s own language where somebody can",
       "What is not understood is not done"),
    _m(r"\b(?:showed (?:me|us|him|her|them) how|demonstrated)\b", "Show it as well as say it", "What was seen and tried is kept",
       "Explain Tell Talk Take Teach Give Help"),
    _m(r"\b(?:wrote (?:it|them|that|everything|all of it) (?:all )?down|in writing|on (?:a (?:piece|sheet|slip) of )?paper)\b", "Give it in writing as well",
       "What was only said is soon forgotten", "Explain Tell Talk Take Teach Give Recommend Suggest Answer Call Ring Make"),
    _m(r"\bintroduc(?:ed|ing|es) (?:him|her|them)sel(?:f|ves)\b", "Say your name first", "Whoever has a name can be asked for"),
    _m(r"\b(?:according to|as per|based on) (?:my|our|ur|your|their) (?:own )?(?:tastes?|mood|preferences?|liking|likes|wish(?:es)?|requirements?)\b",
       "Go by what this {c} likes", "What suits one {c} is wrong for the next"),
    _m(r"\b(?:on (?:a|the) (?:handover )?card|handover|wrote (?:it )?up|noted)\b"
       r"|\bwrote (?:it |this |that )?on (?:a|the|her|his|my|our) (?:\w+ )?(?:board|list|chart|file|record|sheet|calendar|plan|door)\b", "Write it where the next shift will see it",
       "What only one of us knows is lost at the change of shift",
       "Ask Note Write Record Tell Pass Hand Learn Remember Inform Report Listen Find Leave"),
    _m(r"\b(?:put|set|laid) (?:down (?:his|her|their|the|an?) [\w-]+|(?:his|her|their|the) [\w-]+ down)\b"
       r"|\bleft (?:his|her|their|the) (?:[\w-]+ )?[\w-]+ (?:where|standing|lying|on|as|behind|at)\b"
       r"|\bcame (?:out |round )?(?:from )?(?:behind|round) (?:the|his|her|their) (?:bar|counter|desk|till)\b"
       r"|\b(?:dropped|stopped|interrupted|left|put aside) (?:what|everything) (?:he|she|they)\b|\b(?:closed|locked|shut) (?:the|his|her|their) (?:desk|drawer|till|office|desk drawer)\b",
       "Leave what you are doing", "Help given on the side looks like no help", _ALONG),
    _m(r"\b(?:didn't|did not|never|not|without|instead of)(?: (?:once|just|merely|only|even))? (?:point(?:ed|ing)?|explain(?:ed|ing)? the way)\b"
       r"|\bcould have (?:just |simply )?(?:pointed|waved|told (?:me|us|him|her|them) the way)\b",
       "Do not point out the way", "A way that was only pointed out is lost at the next corner", _ALONG),
    _m(r"\bat (?:my|our|his|her|their|the \w+'s) (?:own )?(?:pace|speed)\b|\bslowly\b", "Keep to the {c}'s pace",
       "Whoever has to hurry stops looking and asking", _ALONG),
)  # fmt: skip


def way_of(point: str, step: str) -> bool:
    """Whether a key point, read in one place, can be a way of doing another step."""
    return all(m.fits(step) for m in MANNERS if m.point == point)


class Situation(NamedTuple):
    """What the moment was: the pattern in the story and how the situation is put to a trainee.

    What is said holds for whatever the pattern finds: a scene tells nothing that nobody told.
    """

    pattern: re.Pattern[str]
    said: str


def _s(pattern: str, said: str) -> Situation:
    return Situation(re.compile(pattern, re.IGNORECASE), said)


_UNWELL = "A {c} is unwell or finds it hard to move about."
SITUATIONS = (
    _s(r"\broom (?:was|is|wasn't|were)?\s?n[o']t (?:yet )?ready|before check[- ]?in|arrived (?:very |too )?early|early check[- ]?in"
       r"|check[- ]?in (?:(?:is|was|starts|begins|opens) )?(?:only )?(?:at|from|not before) (?:two|three|four|[234]\b)|(?:come|came|be) back at (?:two|three|four)"
       r"|\broom (?:\w+ )?(?:at|from|not (?:before|until|till)) (?:two|three|four)\b|\bhours (?:too )?(?:early|ahead of (?:time|check))"
       r"|\b(?:arriv\w+|came|come|brought|sent|landed|reached)\b[^.!?]{0,40}\b(?:five|six|seven|eight|nine|[5-9](?:[.:]\d\d)?) ?(?:in the morning|a\.?m)\b",
       "A {c} arrives early, or before the room is ready."),
    _s(r"\barriv\w+ (?:very |quite |so )?late|late arrival|late flight|(?:\barriv\w+|\bc[ao]me|\bgot (?:in|here|there)|\bland(?:ed|ing)|\bturned up"
       r"|\bcheck\w+[- ]in|\breach\w+)\b[^.!?]{0,40}\b(?:late at night|after midnight|in the middle of the night)",
       "A {c} arrives late in the evening or at night."),
    _s(r"\blate check[- ]?out|leave late|later flight", "A {c} has to leave later than planned."),
    _s(r"\bbirthday\b", "A {c} is here on their birthday."),
    _s(r"\b(?:anniversary|honeymoon)\b", "A {c} is here for an anniversary."),
    _s(r"\b(?:lost|left behind|forgot|misplaced)\b.{0,40}\b(?:phone|bag|wallet|passport|keys?|glasses|jacket|coat|ring|ipad|laptop|luggage|it|them|my)\b",
       "A {c} has lost something or left it behind."),
    _s(r"\b(?:with|and|our|my|his|her|their|bring\w*|brought|carr(?:y|ied|ying)|h[eo]ld(?:ing)?|push(?:ed|ing)) (?:(?:an?|the|our|my|his|her|their|two|three|four|\w{1,6}ing|small|little|young|tired|sick|hungry|new|newborn) ){0,3}(?:baby|babies|toddlers?|child|little (?:ones?|boys?|girls?)|kids|children|pram|pushchair)\b(?! seat)", "A {c} comes with a small child."),
    _s(r"\b(?:allerg\w+|gluten|vegan|vegetarian|celiac|coeliac|dietary)\b", "A {c} cannot eat everything."),
    _s(r"(?<!no longer )(?<!nothing to be )(?<!\bi'm )(?<!\bi am )(?<!we're )(?<!we are )(?<!\bnot )(?<!\bnever )\b(?:nervous|anxious|scared|frightened|worried|afraid|panic\w*|terrified)\b", "A {c} is anxious."),
    _s(r"\b(?:in (?:a lot of |great )?pain|injur\w+|sick|unwell|ill\b|crutches|wheelchair|disab\w+|surgery|operation)\b",
       _UNWELL),
    _s(r"\b(?:first time|first visit|never been|don't know the|new to (?:the|this))\b", "A {c} is here for the first time."),
    _s(r"(?<!without )(?<!no )\b(?:delay\w*|cancel\w*|missed (?:our|my|the) (?:[\w-]+ )?(?:train|flight|plane|bus|coach|boat|ferry|connection|appointment)|stranded)\b", "The {c}'s plans are upset by a delay, a cancellation or a missed connection."),
    _s(r"\b(?:broken|leak\w*|didn't work|not working|wasn't working|out of order|faulty|stopped working|smok\w+ (?:detector|dryer))\b",
       "Something does not work."),
    _s(r"\b(?:wrong (?:order|room|dish|size)|mistake|mix[- ]?up|error|overcharged|double[- ]booked)\b",
       "Something went wrong."),
    _s(r"\b(?:stor(?:e|ed|ing)|h[eo]ld(?:ing)?|kept|keep(?:ing)?|lea?(?:ve|ft)|drop(?:ped)?|watch(?:ed)?)\b(?: \w+){0,3} (?:bags|luggage|suitcases?)\b",
       "A {c} has bags to leave for a while."),
    _s(r"\bheavy\b.{0,20}\b(?:bags|luggage|suitcases?)|\b(?:carr(?:y|ied|ying)|help(?:ed|ing)?|lift(?:ed)?|brought|took|up)\b(?: \w+){0,3} (?:bags|luggage|suitcases?)\b", "A {c} has luggage to carry."),
    _s(r"\b(?:find (?:the|our|my|their) way|directions?|where to (?:eat|go)|lost in the)\b", "A {c} asks for the way."),
    _s(r"\b(?:noisy|noise|couldn't sleep|could not sleep|kept awake)\b", "It is noisy, or a {c} has slept badly."),
    _s(r"\b(?:(?:i|we|he|she|they|room|cabin|night) (?:was|were|felt|is|lay) (?:\w+ )?(?:cold|freezing)|shiver\w*|(?:another|extra|second|softer|harder|flatter) (?:blanket|pillow)|heating (?:\w+ )?(?:was|had|did|stopped|failed|broke)\w*)\b", "A {c} is cold or lies uncomfortably."),
    _s(r"\b(?:hungry|nothing to eat|missed (?:dinner|breakfast|supper))\b", "A {c} is hungry or has missed a meal."),
    _s(r"\bkitchen (?:was |had |is )?(?:already |long )?closed\b", "The kitchen is closed."),
    _s(r"\b(?:payslip|invoice|deadline|spreadsheet|password|laptop|printer)\b",
       "Somebody needs help with papers or a device."),
)  # fmt: skip

_FEELINGS = {
    "safe": "safe", "welcome": "welcome", "welcomed": "welcome", "special": "special", "valued": "valued", "comfortable": "comfortable",
    "calm": "calm", "calmer": "calmer", "heard": "heard", "understood": "understood", "important": "important", "confident": "confident",
    "relaxed": "relaxed", "cared": "cared for", "reassured": "reassured", "better": "better", "supported": "supported",
    "appreciated": "appreciated", "listened": "listened to", "respected": "respected", "relieved": "relieved", "ease": "at ease",
    "home": "at home", "seen": "seen", "looked": "looked after", "less": "",
}  # fmt: skip
_FELT = re.compile(
    r"\b(?:ma(?:de|king|kes?) (?:me|us|him|her|them|my \w+|our \w+) feel|(?:was|were) made to feel|(?<!it )(?<!that )(?<!room )(?<!place )felt)\s+"
    r"(?:(?:so|very|really|truly|much|more|extremely|completely|like we were|that i was|at|immediately|instantly|right|quite|well)\s+)*"
    r"(" + "|".join(_FEELINGS) + r")\b"
    r"|\bput (?:me|us|him|her|them|my \w+)(?: \w+)? at (ease)\b"
    r"|\b(?:made (?:me|us|him|her|them|my \w+|our \w+)|(?:was|were) made) (?:(?:so|very|really|truly|most) )*(welcome)\b",
    re.IGNORECASE,
)  # fmt: skip
# What may follow a feeling; before any other word it only describes that word ("a welcome drink").
_MAY_FOLLOW = lex.PREPOSITIONS | lex.FUNCTION | frozenset(
    "a an i we it he as so if again here always immediately right straight instantly throughout too enough even like just".split()
)  # fmt: skip
_NEXT_WORD = re.compile(r"\s+([a-z']+)", re.IGNORECASE)


@lru_cache(maxsize=8192)
def feeling(text: str) -> str | None:
    """The feeling a passage says the customer had ("made us feel so welcome" -> "welcome"), or None.

    Only what somebody felt, was made to feel or was made counts: "a welcome drink" tells of a drink.
    """
    for found in _FELT.finditer(text):
        word = _FEELINGS.get((found.group(1) or found.group(2) or found.group(3)).lower())
        follows = _NEXT_WORD.match(text, found.end())
        if (
            follows
            and follows[1].casefold() not in _MAY_FOLLOW
            and word not in ("cared for", "listened to", "looked after")
        ):
            continue
        if word and not re.search(
            r"\b(?:not|never|didn't|n't)\b", text[max(0, found.start() - 15) : found.start()]
        ):
            return word
    return None


@lru_cache(maxsize=8192)
def situations(text: str, animals: bool = False) -> tuple[str, ...]:
    """The moments a passage tells of, as they are put to a trainee, with ``{c}`` for the customer.

    Args:
        animals: its story speaks of animals, whose operation is none of the customer's.
    """
    text = _OF_OTHERS.sub("", text)
    return tuple(s.said for s in SITUATIONS if s.pattern.search(text) and not (animals and s.said == _UNWELL))


# "Our daughter, who had just had the baby": that is her, and nobody who came.
_OF_OTHERS = re.compile(
    r",? who(?:se)? (?:had|has|have|was|were|is|are|lives?|lived)\b[^,.;!?]*", re.IGNORECASE
)


# What something is done "on" without lying there.
_NO_PLACE = (
    "suggestions?|requests?|advice|recommendations?|behalf|wish(?:es)?|demand|orders?|birthday|anniversary|arrival|departure"
    "|return|way|account|bill|visit|stay|day|terms|part|mind|face"
)

_LETTERS = r"(?:in (?:[a-z0-9-]+ ){0,3}(?:letters|capitals|print)(?: as \w+ as an? \w+)?|extra large)"

# What stands at the end of a step and says how or when: in a job breakdown it is a key point of its own.
_TAILS = (
    (r"(?:on|with) (?:the \w+'s|their)(?: own)? (?:mobile|phone|telephone|tablet|camera)", "What is on their own device is there when they need it"),
    (_LETTERS, "What cannot be read is not used"),
    (r"(?:line by line|one at a time|one by one|figure by figure|from top to bottom)", "What is not understood is not done"),
    (r"(?:the (?:evening|night|day|week) before(?: \w+)?|before payday|ahead of pay ?day|some (?:days|weeks) (?:before|ahead)(?: \w+)?)", "There is still time to put right what is wrong"),
    (r"(?:the whole way|all the way)", "People get lost on the last stretch"),
    (r"the (?:evening|night|day|morning) before(?: \w+)?", "What is ready costs the {c} no waiting"),
    (r"on the (?:last|first) (?:day|evening|morning)", ""),
    (r"on the back of .+", ""),
    (r"(?:on )?the (?:next|following) (?:morning|day|evening|week)|the (?:morning|day) after (?:their |the )?arrival", "By then the {c} knows what is missing, and there is still time to put it right"),
    (r"by (?:first |last )?name", "A name tells the {c} that they are known here"),
    (r"by hand", "What is made by hand shows that a person thought of them"),
    (r"(?:at once|right away|straight ?away|immediately|promptly|within minutes|quickly)", "A need that waits becomes a complaint"),
    (r"(?:in advance|beforehand|ahead of time|before (?:the|their) \w+)", "What is ready costs the {c} no waiting"),
    (r"(?:in person|personally)", "A message or a form does not show that somebody cares"),
    (r"(?:on|upon) arrival", "The first minute decides how the rest is taken"),
    (r"with (?:a smile|smiles)", "The first look decides how the rest is taken"),
    (r"(?:with (?:patience|care|kindness)|patiently|carefully|gently|warmly)", "How it is done is felt as much as what is done"),
    (r"(?:quietly|discreetly)", "Nobody likes to be made a case of in front of others"),
    (r"(?:in detail|clearly|thoroughly|step by step|in plain words|in thick (?:\w+ )?letters)", "What is not understood is not done"),
    (r"(?:free of charge|for free|at no (?:extra )?c(?:harge|ost)|without (?:extra |additional )?charge)", "Otherwise the {c} wonders what it will cost"),
    (r"(?:without being asked|unasked)", "Having to ask turns a gift into a favour"),
    (r"(?:throughout (?:the|their) .+|regularly|every (?:day|morning|evening|hour))", "One look says little; the second finds what has changed"),
    (r"(?:to|into|up to) (?:the \w+'s|their) (?:room|table|seat|seats|door|car|destination)", "Whoever is taken there cannot get lost and has time to ask"),
    (rf"(?:on (?!the \w+'s (?:\w+ )?(?:{_NO_PLACE})$)|next to |beside |within reach of )the \w+'s (?:\w+ )?\w+", "What lies within reach is used; the rest has to be asked for"),
)  # fmt: skip
_TAIL = [
    (re.compile(rf"^(?P<head>\w[\w-]* .+?),? (?P<tail>{pattern})$", re.IGNORECASE), reason)
    for pattern, reason in _TAILS
]


# What says where or when something is, is no way of doing it: the sentence would end in "are", or in "from".
_UNFINISHED = re.compile(
    r"\bso that\b|\b(?:is|are|be|was|were|and|or|that|at|by|for|from|in|of|on|to|with)$", re.I
)
_BY_NAME = re.compile(
    r"(?:address|call) (?:the|every|each) \w+ by ", re.I
)  # that is the deed, and no manner of it
_TAKES = frozenset("Walk Take Bring Escort Accompany Lead Show Guide Drive Wheel".split())
# What is said before its day can still be put right; whatever else is done then is made ready.
_TELLS = frozenset(
    "Explain Tell Talk Take Read Go Call Ring Phone Telephone Inform Show Walk Ask Warn Remind Check Look Answer".split()
)
_SOMEBODY = re.compile(
    r"\w+ (?:with )?(?:(?:the|every|each) \w+|them|everybody|everyone)"
)  # and not their bags


@lru_cache(maxsize=8192)
def tail(step: str) -> tuple[str, str, str] | None:
    """(step without its end, that end as a key point, why it matters in general), or None.

    "Ring every arrival on the following morning" -> "Ring every arrival", "On the following morning".
    """
    bare = without_when(step)
    asking = _TO_ASK.search(bare)
    main, purpose = (bare[: asking.start()], asking.group()) if asking else (bare, "")
    for pattern, reason in _TAIL:
        found = pattern.match(main)
        if reason.startswith(_TAKEN_THERE) and not (
            found and step.split()[0] in _TAKES and _SOMEBODY.fullmatch(found["head"])
        ):
            continue
        if found and (
            _UNFINISHED.search(found["head"]) or _BY_NAME.fullmatch(main[: found.start("tail") + 3])
        ):
            continue
        if found and len(found["head"].split()) > 1:
            end = found["tail"]
            if _EVE.search(end) and step.split()[0] not in _TELLS:
                reason = "What is ready costs the {c} no waiting"
            return with_its_moment(found["head"] + purpose, step), end[0].upper() + end[1:], reason
    return None


def tails(step: str, most: int = 2) -> tuple[str, list[tuple[str, str]]]:
    """A step without its ends, and these as (key point, why in general, "" where it is open), the last one first.

    Where somebody is taken stays: "Walk the guest" alone is no step.
    """
    ends: list[tuple[str, str]] = []
    while len(ends) < most and (found := tail(step)) is not None and not found[2].startswith(_TAKEN_THERE):
        step = found[0]
        ends.append(found[1:])
    return step, ends


@lru_cache(maxsize=1024)
def told_as(point: str, customer: str) -> re.Pattern[str] | None:
    """How stories say what a key point says ("On their phone": "with my phone"); None where no rule knows it."""
    if _EVE.search(point):
        return _IN_THE_EVENING
    for pattern, reason in _TAILS:
        if re.fullmatch(pattern, point, re.IGNORECASE):
            own = ".+" in pattern or reason.startswith((_TAKEN_THERE, "What lies within reach"))
            said = re.sub(_OF_THEIRS, lambda _: _WHOSE, point if own else pattern)
            return re.compile(rf"\b{said}\b", re.IGNORECASE)
    return next((m.pattern for m in MANNERS if m.point.replace("{c}", customer) == point), None)


_TAKEN_THERE = "Whoever is taken there"
_WHOSE = r"(?:the \w+'s|my|our|his|her|their|your)"
_OF_THEIRS = re.compile(r"\(\?:the \\w\+'s\|their\)|the \\w\+'s|\bthe [\w-]+'s|\btheir\b")
_EVE = re.compile(r"^the (?:evening|night|day) before\b", re.IGNORECASE)
_IN_THE_EVENING = re.compile(
    r"\bthe (?:evening|night|day) before\b|\bin the evening\b|\b\w+day (?:evening|night)\b|\b(?:last|every) (?:evening|night)\b"
    r"|\b(?:each|overnight|the previous) (?:evening|night)\b",
    re.IGNORECASE,
)


def in_common(point: str) -> str:
    """How a key point is said of all who did it in the same manner: letters "as tall as a thumb" are large ones."""
    return "In large letters" if re.fullmatch(_LETTERS, point, re.IGNORECASE) else point


def says_where_to(point: str) -> bool:
    """Whether a key point says where somebody is taken."""
    return any(re.fullmatch(p, point, re.IGNORECASE) for p, why in _TAILS if why.startswith(_TAKEN_THERE))


def is_eve(point: str) -> bool:
    """Whether a key point says that it is done the evening before."""
    return _EVE.search(point) is not None


def without_manner(step: str) -> str:
    """A step without what its end says of how and when; where somebody is taken belongs to the deed."""
    while (found := tail(step)) is not None and not found[2].startswith(_TAKEN_THERE):
        step = found[0]
    return step


@lru_cache(maxsize=8192)
def core(step: str) -> str:
    """A step without its how, its when and its question: what makes two steps the same act."""
    bare = _TO_ASK.sub("", without_when(step))
    while (shorter := tail(bare)) is not None:
        bare = shorter[0]
    return bare


def without_question(step: str) -> str:
    """A step without what was asked: "Ring the guest the next day to ask how they slept" -> "Ring the guest the next day"."""
    return with_its_moment(_TO_ASK.sub("", without_when(step)), step)


_TO_ASK = re.compile(r" (?:to (?:ask|check|see|find out)|and ask) (?:if|whether|how|what)\b.*$")


_BEFORE = re.compile(
    r"\b(?:in advance|beforehand|ahead|before (?:arrival|you (?:go|come) on (?:shift|duty)|they arrive|the \w+ arrives|the visit|your shift)|prepare|the day before)\b",
    re.I,
)
_FIRST = re.compile(
    r"^(?:greet|welcome|meet|introduce|apologise|thank)\b|\b(?:on|upon) arrival\b|\bat the (?:front )?door\b",
    re.I,
)
_AFTER = re.compile(
    r"\b(?:afterwards|later|the (?:next|following) (?:day|morning|week)|next (?:day|morning)|follow(?:ing)? up|goodbye|on (?:the last day|departure)"
    r"|handover|next shift|check (?:back|on|in on)|after (?:the|their) \w+)\b", re.I,
)  # fmt: skip


def phase(step: str) -> int:
    """Where a step belongs: 0 before the customer comes, 1 at the first moment, 2 during, 3 afterwards."""
    if _BEFORE.search(step):
        return 0
    if _FIRST.search(step):
        return 1
    return 3 if _AFTER.search(step) else 2
