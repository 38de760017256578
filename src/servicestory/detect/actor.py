"""Whose doing a sentence tells, by its grammar: what customers, kin or animals do is no deed of staff."""

import re
from itertools import pairwise

from servicestory.detect.words import tokens, word_set
from servicestory.wording import lexicon as lex

ANIMALS = word_set(
    """dog dogs puppy puppies cat cats kitten kittens horse horses pony rabbit rabbits hamster bird birds
    parrot budgie hen hens chicken chickens duck ducks cow cows sheep goat goats pig pigs tortoise donkey"""
)
SERVED = word_set(
    """customer customers guest guests patient patients client clients visitor visitors passenger passengers
    tourist tourists shopper shoppers diner diners resident residents pupil pupils student students couple
    couples child children kid kids boy boys baby babies toddler toddlers teenager teenagers bride groom"""
)
KIN = frozenset(word for word, what in lex.FAMILY.items() if what not in ("colleague", "group")) - ANIMALS
_THEM = word_set("him them his their")
_THEY = word_set("they them their")
"""After "people can" the people, not staff."""
_WHOSE = word_set("my our his her their")
_ARTICLES = word_set("a an the every each one two three another")
_LEAD = word_set("and but so then later afterwards meanwhile")
_TO_THEM = word_set("be get receive have")
"""Verbs under which something is done to the subject: "my son was given a drink", "the dog got a bowl"."""
_GO_ON = word_set("and but so until because then or ; ,")
"""After these another may act: "my son dropped his ice and they gave him a new one"."""
_FAR = 2
"""Words that may stand between the article and the noun."""

_READER = re.compile(
    r"(?:(?:and|but|so|also|even|then|plus)\b,? )*"
    r"(?:(?:if|when|whenever|whether|unless) (?:you|one|anyone|anybody|people)\b"
    r"|(?:[^,;:.!?]*[,;:] )?(?:(?:and|but|so|also|even) )*"
    r"(?:you|one|(?P<they>people|anyone|anybody|everyone|everybody)) "
    r"(?:also |really |definitely |always |just )?"
    r"(?:can|could|may|might|must|should|need to|have to|will|would)\b)",
    re.IGNORECASE,
)
"""Who reads it is told what to do there: "if you have never been here, go", "one can sit outside"."""
_PRICES = word_set(
    """price prices priced cost costs bill budget rate rates fee fees discount discounts discounted offer
    offers deal deals coupon coupons promo promotion promotions cashback percent"""
)
"""What a thing costs: the house or an app set it, nobody acts in it."""
_HAS = word_set(
    """get have be do use apply come go avail book order pay buy find try visit see cost love like enjoy think
    feel recommend satisfy please delight impress surprise"""
)
"""What the teller does with a price and feels at it, and what a price does."""
_LONG = 30
"""Words; a longer sentence tells of more than a price."""
_WAITED = re.compile(
    r"(?:(?:and|but|so|then|also|still)\b,? )*(?:i|we) (?:(?:both|all|also|then|just|still|\w+ly) )*"
    r"(?:(?:have |had )?(?:waited|queued|stood)|(?:had|have) to (?:wait|queue|stand)"
    r"|(?:was|were|have been|had been) (?:(?:kept|left) )?(?:waiting|queuing|queueing|standing))\b",
    re.IGNORECASE,
)
"""Customers wait: nobody serves them meanwhile ("I stood in line for over 15 minutes")."""
_I_AM = re.compile(
    r"\b(?:i'm|we're|(?:i|we) (?:am|was|are|were|have been|had been)) (?:(?:also|just|both|myself|\w+ly) )*"
    r"an? (?:[\w-]+ ){0,3}?[\w-]+(?=$|[,;:.!?]| (?:so|and|but|who|because|since|as|too|myself|here)\b)",
    re.IGNORECASE,
)
"""The teller says what they are: "I am a teacher too, so I noticed"."""
_BE = (
    "i am ",
    "i'm ",
    "i was ",
    "we are ",
    "we're ",
    "we were ",
    "i have been ",
    "i had been ",
    "we have been ",
    "we had been ",
)
_ONLY_SAW = word_set(
    """be have come go stay live notice see hear know feel think want need love like expect mean understand
    appreciate remember"""
)
"""What the teller does beside, and serves nobody by."""
_SHORT = word_set(
    "only just hardly barely scarcely less under within not never long quick quickly fast prompt promptly"
)
"""With these a wait is praise of those who made it short."""
_ADDRESSED = word_set("you your thanks thank kudos")


def is_nobodys(text: str) -> bool:
    """Whether nobody of the house does anything in a sentence of a review: terms, advice to readers.

    False wherever staff, a pronoun for them or, of prices, any other verb or somebody addressed stands in it.
    """
    from servicestory.wording.morphology import past_lemma, third_lemma

    low = [word.lower() for word in tokens(text)]
    words = set(low)
    reader = _READER.match(text.strip().replace("’", "'"))
    named = words & (lex.STAFF_NOUNS | lex.STAFF_PRONOUNS | _THEM)
    if named - (_THEY if reader and reader["they"] else frozenset()):
        return False
    if reader:
        return True
    if len(low) > _LONG or words & _ADDRESSED or not (words & _PRICES or "%" in text):
        return False
    if any(word == "to" and after.isalpha() for word, after in pairwise(low)):
        return False  # "we were able to check in early at no extra cost": somebody let them
    verbs = ((word, past_lemma(word) or third_lemma(word)) for word in low)
    return all(lemma is None or lemma in _HAS or word in _PRICES for word, lemma in verbs)


_RIDES = word_set(
    """shuttle shuttles bus buses busses minibus minibuses van vans tram trams ferry ferries monorail boat
    boats taxi taxis cab cabs"""
)
_RUNS = _HAS | word_set("run leave stop appreciate need use")
"""What a ride that is there does, and what the teller does with it."""


def only_runs(text: str) -> bool:
    """Whether a sentence about a ride says only that there is one, and how it was: "the shuttle was great".

    False wherever staff, a pronoun for them or whoever was driven stands in it, any other verb, or a word for
    quick service: "fast check-in and a free shuttle".
    """
    from servicestory.wording.morphology import past_lemma, third_lemma

    low = [word.lower() for word in tokens(text)]
    words = set(low)
    served = lex.STAFF_NOUNS | lex.STAFF_PRONOUNS | _THEM | _ADDRESSED | _SHORT | {"me", "us", "efficient"}
    if not words & _RIDES or words & served:
        return False
    return all(
        (past_lemma(word) or third_lemma(word)) in (None, *_RUNS) for word in low if word not in _RIDES
    )


def is_anothers(text: str) -> bool:
    """Whether only somebody who does not work here, or an animal, does something in the sentence, or waits.

    False wherever that is not plain: staff, a name, "me" or "us" stand in it, or a pronoun acts later on.
    """
    from servicestory.wording.morphology import past_lemma, third_lemma

    words = tokens(text)
    low = [word.lower() for word in words]
    if _WAITED.match(text.strip()):
        doing = _SHORT | lex.STAFF_NOUNS | lex.STAFF_PRONOUNS | _THEM | {"me", "us"}
        named = any(word[0].isupper() and not word.startswith("I") for word in words[1:])
        return not (named or doing.intersection(low) or "n't" in text.replace("’", "'"))
    at = 1 if low[:1] and low[0] in _LEAD else 0
    if len(low) < at + 3 or low[at] not in _WHOSE | _ARTICLES:
        return False
    nouns = ANIMALS | SERVED | (KIN if low[at] in _WHOSE else frozenset())
    noun = next((n for n in range(at + 1, at + 2 + _FAR) if n < len(low) and low[n] in nouns), 0)
    verb = noun + 1
    while verb < len(low) and (low[verb] in lex.FILLERS or low[verb].endswith("ly")):
        verb += 1
    if not noun or verb >= len(low):
        return False
    lemma = past_lemma(low[verb]) or third_lemma(low[verb])
    if lemma is None or lemma in _TO_THEM:
        return False
    rest = range(verb + 1, len(low))
    return not any(
        low[n] in ("me", "us")
        or low[n] in lex.STAFF_NOUNS
        or (words[n][0].isupper() and low[n] not in ("i", "i'm", "i'd", "i've"))
        or (low[n] in lex.STAFF_PRONOUNS | {"it"} and low[n - 1] in _GO_ON | lex.TIMES_OF_DAY | {"later"})
        for n in rest
    )


def says_who_they_are(text: str) -> bool:
    """Whether the teller says what they are, and nobody does anything but see it, or feel it, beside."""
    from servicestory.wording.morphology import past_lemma

    low = text.lower().replace("’", "'")
    if not any(verb in low for verb in _BE):
        return False  # most sentences: to look for the pattern takes ten times as long
    rest, said = _I_AM.subn(" ", text.replace("’", "'"))
    if not said:
        return False
    words = tokens(rest)
    said_of = [word.lower() for word in words]
    if lex.STAFF_NOUNS.union(lex.STAFF_PRONOUNS, _THEM, _ADDRESSED, {"me", "us"}).intersection(said_of):
        return False
    if any(word[0].isupper() and not word.startswith("I") for word in words[1:]):
        return False
    # "hours" and "shifts" are things here: nobody stands in it who could be doing so
    return all(past_lemma(word) in (None, *_ONLY_SAW) for word in said_of)
