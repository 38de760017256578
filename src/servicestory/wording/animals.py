"""The animal in what is told: "she listened to Bella's heart" is done to the dog, and not to whoever brought it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from servicestory.honorifics import TITLE
from servicestory.wording import lexicon as lex
from servicestory.wording.given import is_given
from servicestory.wording.morphology import ing_lemma, names_something, past_lemma, says_how, third_lemma
from servicestory.wording.tokens import LONGEST, Word, words

_DOGS = (
    r"dog|puppy|pup|hound|greyhound|lurcher|whippet|labrador|retriever|spaniel|terrier|collie|poodle|beagle|dachshund"
    r"|mastiff|bulldog|sheepdog|shepherd dog|rottweiler|alsatian|chihuahua|pug|corgi|labradoodle|cockapoo|mongrel|great dane"
)
_CATS = r"cat|kitten|tabby|tomcat|moggy"
_OTHERS = (
    r"horse|mare|pony|foal|stallion|gelding|donkey|hamster|guinea pig|gerbil|ferret|parrot|budgie|cockatiel|canary"
    r"|tortoise|hedgehog"
)
# These are food as well: they tell what somebody called so is, and are sought nowhere else.
_TOLD_APART = r"rabbit|bunny|goat|lamb|ewe|goose|duck|swan|owl|pet|rescue"
_NO_FOOD = rf"{_DOGS}|{_CATS}|{_OTHERS}"
_KIND = rf"(?P<kind>{_NO_FOOD}|{_TOLD_APART})"
# "Her dog walker", "a pet sitter": people, and what is for animals.
_OF_PEOPLE = (
    r"(?!['’]|-| (?:walkers?|trainers?|sitters?|groomers?|handlers?|lovers?|people|persons?|owners?|man|woman|lady"
    r"|friendly|food|hair|flap|park|show|beds?|bowls?|leads?|treats?|biscuits?|riding|nap)\b)"
)
_COMPOUND = frozenset(
    "hot corn clothes rocking hobby vaulting pommel trojan toy stuffed plush soft cuddly wooden".split()
)
"""Before the word for an animal: then it is none."""
_LIKE_ONE = frozenset(("lamb", "duck", "goose", "swan", "owl", "pet", "bunny", "guinea pig"))
"""What people are called as well: "she is a real pet", "I was the guinea pig"."""
_MIXED = frozenset(("mix", "cross", "crossbreed"))
_NAME = r"(?P<name>(?-i:[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2,}))(?![\w-])"
# "Her dog Rex", "the cat, Mimi,", "a tabby called Oscar".
_NAMED = re.compile(
    rf"\b(?:(?P<whose>my|our|his|her|their|your|\w+['’]s)|an?|the|this|that)(?:\s+[\w-]+){{0,3}}?\s+{_KIND}"
    rf"(?:\s+(?P<called>(?:named|called|by\s+the\s+name\s+of)\s+)?{_NAME}|,\s+{_NAME.replace('<name>', '<apart>')},)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    # "Rex the spaniel", "Rex, our old collie", "Bruno is a rescue", "Rex (a big lurcher)"
    r"(?:,?\s+(?P<beside>the|our|my|his|her|their|an?)|,?\s+(?:is|was|being)\s+(?:the|our|my|his|her|their|an?)|\s+\((?:the|our|my|an?)?)"
    rf"(?:\s+[\w-]+){{0,2}}?\s+{_KIND}\b{_OF_PEOPLE}"
    # "Minka, tabby, 14 years"
    rf"|,\s+(?P<noted>{_NO_FOOD})(?=[,.;)]|$)"
    r"|\s+(?:was|is|had\s+been|has\s+been|got)\s+(?:spayed|neutered|castrated|microchipped|wormed|house-?trained)\b"
    r"|\s+(?:wagged|purred|miaowed|meowed|whinnied|neighed)\b"
    r"|['’]s?\s+(?:[a-z]+\s+)?(?:paws?|tail|claws?|whiskers|muzzle|fur|mane|hoof|hooves|beak)\b(?!-|\s+lights?)"
    r"|\s+(?:(?:was|is)\s+)?(?:asleep|curled|lying|lay|sat|sitting|sleeping)\s+(?:up\s+|down\s+)?in\s+(?:his|her|its)\s+"
    r"(?:basket|cage|carrier|crate|hutch|kennel|stable)\b",
    re.IGNORECASE,
)
"""What stands behind the name of an animal."""
_BREED = re.compile(r"\b(?:Great\s+Danes?|St\.?\s+Bernards?)\b")
"""Breeds of which the words are names as well."""

_NEXT = re.compile(r"\s+([^\W\d_]+)")
_ONE = re.compile(r"\w+|[^\w\s]")
_NAMES = re.compile(_NAME)
_MENTION = re.compile(rf"\b(?:{_NO_FOOD})\b", re.IGNORECASE)
_PARTS = frozenset(
    """head heart belly ear ears tooth teeth gums eye eyes leg legs paw paws claw claws nail nails tail fur mane hoof hooves
    muzzle nose neck chin wound bandage dressing plaster stitches temperature chest lungs hip hips skin weight blood collar
    cage carrier basket bowl crate kennel stable box mouth throat tummy""".split()
)
_OF_A_BEAST = frozenset(
    "bark barked bites bit chewed growled howled licked miaowed peed purred snored wagged whined whinnied".split()
)
_OWN_DEEDS = frozenset("shook shake shakes nodded nod turned raised scratched scratch rolled".split())
_WHOM = {"him": "m", "her": "f", "his": "m"}
_HE_SHE = {"he": "m", "she": "f"}
_EITHER = {**_WHOM, **_HE_SHE}
_PEOPLE = (
    lex.SERVED
    | lex.VAGUE_PEOPLE
    | {w for w, kind in lex.FAMILY.items() if kind not in ("dog", "cat", "group", "colleague")}
    | {"girls", "farmer", "farmers"}
)
_WOMEN = frozenset(
    "mrs ms miss lady woman girl mother mum mom wife daughter sister grandmother grandma widow".split()
)
_MEN = frozenset("mr gentleman man boy father dad husband son brother grandfather grandpa widower".split())
_BEASTS_ALONE = frozenset("paw paws claw claws tail fur mane hoof hooves muzzle crate kennel stable".split())
_TO_PEOPLE = frozenset(
    """give hand offer show tell lend send ask bring pay promise thank greet invite book find explain call ring text
    write advise inform assure""".split()
)
"""What is done to people rather than to animals, where either may be meant."""
_INSIDE = frozenset("till until when while that where as before after if because how".split())
_NO_THING = (
    lex.PREPOSITIONS
    | lex.DETERMINERS
    | lex.CLAUSE_OPENERS
    | frozenset(
        "and , . ; : there here home back again then too alone first twice asleep down up over out".split()
    )
)


def kind_of(noun: str) -> str:
    """ "dog", "cat", or "animal" for every other."""
    low = noun.casefold()
    return "dog" if re.fullmatch(_DOGS, low) else "cat" if re.fullmatch(_CATS, low) else "animal"


def named_animals(text: str) -> dict[str, str]:
    """Names, folded, that a text says are animals' -> "dog", "cat" or "animal"."""
    return _named(text)[0]


@lru_cache(maxsize=256)
def _named(text: str) -> tuple[dict[str, str], dict[int, str]]:
    """The names with their kinds; and by where it begins each word that says beside a kind who it is, with the name.

    Of "my spaniel Biscuit", "a tabby called Oscar" and "Rex, our old collie," the kind alone says enough.
    """
    found: dict[str, str] = {}
    beside: dict[int, str] = {}
    for match in _NAMED.finditer(text):
        low = (match["name"] or match["apart"]).casefold()
        if low not in lex.FUNCTION and not (match["name"] and _reads_on(match, text)):
            found.setdefault(low, kind_of(match["kind"]))
            beside |= {w.start(): low for w in _ONE.finditer(text, match.end("kind"), match.end())}
    for name in _NAMES.finditer(text):
        low = name["name"].casefold()
        after = None if name.start() in beside or low in lex.FUNCTION else told_after(text, name.end())
        if after and not TITLE.fullmatch(name["name"]):
            kind = after["kind"] or after["noted"]
            found.setdefault(low, kind_of(kind) if kind else "animal")
            if after["beside"] is not None:
                beside |= {w.start(): low for w in _ONE.finditer(text, name.start(), after.start("beside"))}
                if after[0].startswith(",") and text.startswith(",", after.end()):
                    beside[after.end()] = low
    return found, beside


def told_after(text: str, end: int = 0) -> re.Match[str] | None:
    """What says, behind a name that ends at ``end``, that an animal is called so."""
    after = _AFTER.match(text, end)
    return None if after and after["kind"] and _of_somebody(after, text) else after


def _reads_on(found: re.Match[str], text: str) -> bool:
    """Whether the words only stand side by side: "the Canary Islands", "the dog Anna carried was heavy"."""
    if found["called"] or found["whose"]:
        return False
    if found["kind"][0].isupper():
        return True
    name, follows = found["name"].casefold(), _NEXT.match(text, found.end())
    if follows is None or past_lemma(follows[1]) is None:
        return False
    return name in lex.FIRST_NAMES or is_given(name)


def _of_somebody(after: re.Match[str], text: str) -> bool:
    """Whether the word for an animal says what somebody does, or is like: "a rescue swimmer", "a real pet"."""
    kind, follows = after["kind"].casefold(), _NEXT.match(text, after.end())
    if kind in _LIKE_ONE and re.search(r"\b(?:is|was|being)\b", after[0]):
        return True
    low = follows[1] if follows else ""
    does = past_lemma(low) or third_lemma(low) or ing_lemma(low)
    if not low or does or low in lex.FUNCTION | _NO_THING | _MIXED or re.fullmatch(_KIND, low):
        return False
    return names_something(low)


@lru_cache(maxsize=256)
def no_names(text: str) -> frozenset[str]:
    """Words, folded, with a capital that name an animal, or say of which breed it is."""
    breeds = {word.casefold() for breed in _BREED.findall(text) for word in breed.split()}
    return frozenset(named_animals(text).keys() | breeds)


def with_animal_named(tokens: list[Word], text: str, start: int, names: Collection[str]) -> list[Word]:
    """The sentence with "the dog" where an animal's name, or "him" and "her" for an animal, stands.

    A pronoun is the animal's where nobody else was spoken of since, who is not of the house: "Bruno would not go up
    on the table. She lay down next to him." What is whose stays open where it may be the doer's own ("shook her head").

    Args:
        tokens: the sentence, which begins at ``start`` in ``text``.
        names: lower-case names of people who work here; no animal is called by one of them alone.
    """
    every, beside = _named(text)
    known = {low: kind for low, kind in every.items() if low not in names}
    if not known and not _MENTION.search(text, max(0, start - LONGEST), tokens[-1].end if tokens else start):
        return tokens
    stream = [*words(text, max(0, start - LONGEST), start), *tokens]
    first = len(stream) - len(tokens)
    of = _Spoken(known, names)
    made: list[Word] = []
    for k, word in enumerate(stream):
        said = of.read(stream, k)
        if k < first:
            continue
        if beside.get(word.start) in known:
            if made and _bare(word.low)[1]:  # "my spaniel Biscuit's ear"
                made[-1] = replace(made[-1], text=f"{made[-1].text}'s", low=f"{made[-1].low}'s")
        else:
            made += [Word(one, one, word.start, word.end) for one in said] if said else [word]
    return made


class _Spoken:
    """Reads a text word by word, and knows of which animal it speaks, and of nobody else as "him" or "her"."""

    def __init__(self, known: dict[str, str], names: Collection[str]) -> None:
        self.known, self.names = known, names
        self.kind = ""  # of the animal spoken of; empty where it may be somebody else
        self.gender = ""  # "m" or "f", once a pronoun told it
        self.named_at: int | None = None  # where it was last called what it is
        self.others: set[str] = set()  # of the people spoken of who are not of the house
        self.staff = False  # somebody of the house was spoken of
        self.somebody = False  # so was somebody else, of whom is open whether "he" or "she"

    def read(self, stream: Sequence[Word], k: int) -> list[str]:
        """What is said for the word at ``k`` instead; empty where it stays."""
        word = stream[k]
        low, owner = _bare(word.low)
        after = stream[k + 1].low if k + 1 < len(stream) else ""
        if low in self.known and word.text[:1].isupper():
            self._speaks_of(self.known[low])
            return ["the", f"{self.kind}'s" if owner else self.kind]
        two = f"{low} {_bare(after)[0]}"
        noun = next((said for said in (two, low) if _MENTION.fullmatch(said)), "")
        noun = "" if noun and self._is_none(stream, k) else noun
        if noun and (owner or re.match(_OF_PEOPLE, f" {after}")):
            if not self._comes_along(stream, k):
                self._speaks_of(kind_of(noun))
                self.named_at = k
            return []
        told = low in _HE_SHE and k and _MENTION.fullmatch(stream[k - 1].low)  # "a cat she once had"
        if low in _EITHER and not self.staff and (told or not self.kind):
            self.others.add(_EITHER[low])  # nobody of the house and no animal was spoken of yet
        if _WHOM.get(low) and _MENTION.search(" ".join(w.low for w in stream[k + 1 : k + 4])):
            self.others.add(_WHOM[low])  # "her first dog"
        self.staff = self.staff or low in lex.WORKERS or low in self.names
        if self._somebody(stream, k):
            gender = "f" if low in _WOMEN else "m" if low in _MEN else ""
            self.others |= {gender} - {""}
            self.somebody = self.somebody or not (gender or _bare(word.low)[1])
            self.kind = self.kind if gender else ""
            return []
        return self._pronoun(stream, k) if self.kind else []

    def _is_none(self, stream: Sequence[Word], k: int) -> bool:
        """Whether the word at ``k`` is part of another one: "hot dog", "Canary Islands", "CAT scan"."""
        word, follows = stream[k].text, stream[k + 1] if k + 1 < len(stream) else None
        if k and stream[k - 1].low in _COMPOUND:
            return True
        if follows is None or not (word[0].isupper() and follows.text[0].isalpha()):
            return False
        if word.isupper():
            return not follows.text.isupper()
        return (
            follows.text[0].isupper()
            and follows.low not in ("i", "dane")
            and _bare(follows.low)[0] not in self.known
        )

    def _comes_along(self, stream: Sequence[Word], k: int) -> bool:
        """Whether the animal at ``k`` is only with somebody: "a guest with a dog", of whom more is told."""
        near = [_bare(w.low)[0] for w in stream[max(0, k - 8) : k]]
        return "with" in near[-3:] and not _PEOPLE.isdisjoint(near)

    def _speaks_of(self, kind: str) -> None:
        self.kind = kind if self.kind in ("", kind) else "animal"

    def _somebody(self, stream: Sequence[Word], k: int) -> bool:
        """Whether the word speaks of somebody who is not of the house, so that "her" may be theirs."""
        low, _ = _bare(stream[k].low)
        if low in _PEOPLE or low in ("mr", "mrs", "ms", "miss"):
            return k + 1 >= len(stream) or _bare(stream[k + 1].low)[0] not in self.names
        if k and stream[k - 1].low in ("mr", "mrs", "ms", "miss", ".", "!", "?"):
            return False
        unknown = stream[k].text[:1].isupper() and low in lex.FIRST_NAMES
        return unknown and low not in self.names

    def _pronoun(self, stream: Sequence[Word], k: int) -> list[str]:
        low = stream[k].low
        after = stream[k + 1].low if k + 1 < len(stream) else ""
        if low in _HE_SHE:
            does = after in _OF_A_BEAST and self.gender in ("", _HE_SHE[low])
            return ["the", self.kind] if does else []
        if low not in _WHOM or self.gender not in ("", _WHOM[low]):
            return []
        thing = _bare(after)[0].isalpha() and after not in _NO_THING and not says_how(after)
        whose = low == "his" or (low == "her" and thing)
        if _WHOM[low] in self.others and not (whose and after in _BEASTS_ALONE):
            return []
        if self.somebody and not whose and _lemma(stream[k - 1].low) in _TO_PEOPLE:
            return []  # "the guest had a dog, and she gave him a room"
        doer, inside = _doer(stream, k, self.names)
        if inside and _HE_SHE.get(doer, _WHOM[low]) != _WHOM[low]:
            return []  # "waited till he came to her": the other of the two is the animal
        own = _HE_SHE.get(doer) == _WHOM[low] or stream[k - 1].low in _OWN_DEEDS
        if whose and (own or after not in _PARTS):
            return []
        self.gender = _WHOM[low]
        since = {word.low for word in stream[self.named_at : k]} if self.named_at is not None else {"."}
        if whose and since.isdisjoint((".", "!", "?", ",", ";")):
            return ["its"]  # "took a picture of the pony with its head over the door"
        return ["the", f"{self.kind}'s"] if whose else ["the", self.kind]


def _bare(low: str) -> tuple[str, bool]:
    """A word without the s that says whose, and whether it had one."""
    bare = re.sub(r"['’]s?$", "", low)
    return bare, bare != low


def _lemma(low: str) -> str:
    return past_lemma(low) or third_lemma(low) or low


def _doer(stream: Sequence[Word], k: int, names: Collection[str]) -> tuple[str, bool]:
    """Who does what the word at ``k`` stands behind ("she", a name, a noun), and whether in a clause inside."""
    for n in range(k - 1, max(-1, k - 25), -1):
        low = stream[n].low
        if low in (".", "!", "?"):
            break
        if low in _HE_SHE or low in lex.WORKERS or low in names or low in ("i", "we", "they"):
            return low, bool(n) and stream[n - 1].low in _INSIDE
    return "", False
