"""Forms of English verbs, from lemminflect's tables (MIT), loaded on first use only."""

import re
from functools import cache

# The tables know rare readings before the common one; these are what service stories mean.
_PREFERRED = {"fitted": "fit", "found": "find", "left": "leave", "lay": "lay", "saw": "see", "felt": "feel", "ground": "grind",
              "bound": "bind", "wound": "wind", "fell": "fall", "lent": "lend", "wore": "wear", "rung": "ring",
              "rang": "ring", "sought": "seek", "wrote": "write", "thought": "think", "spoke": "speak",
              "bore": "bear", "lit": "light", "shot": "shoot", "stuck": "stick", "sent": "send", "bent": "bend",
              "rebooked": "rebook", "emailed": "email", "e-mailed": "e-mail", "texted": "text",
              "double-checked": "double-check", "signposted": "signpost", "comped": "comp",
              "upgraded": "upgrade", "photocopied": "photocopy", "messaged": "message",
              "fulfilled": "fulfil", "enrolled": "enrol"}  # fmt: skip


@cache
def past_lemma(word: str) -> str | None:
    """The base form when ``word`` (lower case) is a simple past ("brought" -> "bring"); else None."""
    if word in _PREFERRED:
        return _PREFERRED[word]
    from servicestory.wording.inflect import getAllLemmas, getInflection

    for lemma in getAllLemmas(word, upos="VERB").get("VERB", ()):  # the usual spelling comes first
        if word in getInflection(lemma, tag="VBD") and (word != lemma or word in _SAME):
            return str(lemma) if word not in _NO_PAST else None
    return _made_of_a_verb(word)


_NO_PAST = frozenset(("feed", "weed"))  # verbs that the tables also know as the past of "fee" and "wee"
_SAME = frozenset(
    "put let set cut split read spread shut reset shed rid knit slit cast".split()
)  # past like the base form


@cache
def participle_lemma(word: str) -> str | None:
    """The base form when ``word`` is a past participle ("given" -> "give"); else None."""
    if word in _PREFERRED:
        return _PREFERRED[word]
    from servicestory.wording.inflect import getAllLemmas, getInflection

    for lemma in getAllLemmas(word, upos="VERB").get("VERB", ()):  # the usual spelling comes first
        if word in getInflection(lemma, tag="VBN"):
            return str(lemma) if word not in _NO_PAST else None
    return _made_of_a_verb(word)


_NEWER = frozenset(("text",))  # verbs the tables do not know yet
_PREFIX = re.compile(r"(?:re|un|de|dis|pre|x)-?(?=[a-z]{3})")


@cache
def _made_of_a_verb(word: str) -> str | None:
    """The base form of a past in no table, of a verb with something put before it: "recalculated", "x-rayed"."""
    from servicestory.wording.inflect import getAllLemmas, getAllLemmasOOV

    if not word.endswith("ed") or not _PREFIX.match(word) or getAllLemmas(word):
        return None
    lemma = str(getAllLemmasOOV(word, "VERB")["VERB"][0])
    return lemma if is_verb(lemma) else None


@cache
def ing_lemma(word: str) -> str | None:
    """The base form when ``word`` is an -ing form ("bringing" -> "bring"); else None."""
    if not word.endswith("ing"):
        return None
    from servicestory.wording.inflect import getAllLemmas, getInflection

    for lemma in getAllLemmas(word, upos="VERB").get("VERB", ()):  # the usual spelling comes first
        if word in getInflection(lemma, tag="VBG"):
            return str(lemma)
    return None


@cache
def third_lemma(word: str) -> str | None:
    """The base form when ``word`` is a third person present ("brings" -> "bring"); else None."""
    if not word.endswith("s"):
        return None
    if word[:-1] in _NEWER:
        return word[:-1]
    from servicestory.wording.inflect import getAllLemmas, getInflection

    for lemma in getAllLemmas(word, upos="VERB").get("VERB", ()):  # the usual spelling comes first
        if word in getInflection(lemma, tag="VBZ"):
            return str(lemma)
    prefix = _PREFIX.match(word)
    if prefix and not getAllLemmas(word) and (base := third_lemma(word[prefix.end() :])):
        return word[: prefix.end()] + base  # "repacks"
    return None


@cache
def is_verb(word: str) -> bool:
    """Whether ``word`` is the base form of a verb."""
    from servicestory.wording.inflect import getAllLemmas

    prefix = _PREFIX.match(word)
    if prefix and not getAllLemmas(word):
        word = word[prefix.end() :]
    return word in _NEWER or word in getAllLemmas(word, upos="VERB").get("VERB", ())


@cache
def is_common(word: str) -> bool:
    """Whether the dictionary knows ``word`` (lower case) as anything but a name."""
    from servicestory.wording.inflect import getAllLemmas

    return any(kind != "PROPN" for kind in getAllLemmas(word))


@cache
def third_person(lemma: str) -> str:
    """The third person present of a base form ("bring" -> "brings"); the form itself when it is not known."""
    from servicestory.wording.inflect import getInflection

    forms = [str(f) for f in getInflection(lemma, tag="VBZ")]
    return forms[0] if forms else lemma


@cache
def simple_past(lemma: str) -> str:
    """The simple past of a base form ("bring" -> "brought"); the form itself when it is not known."""
    from servicestory.wording.inflect import getInflection

    forms = [str(f) for f in getInflection(lemma, tag="VBD")]
    return _OWN_PAST.get(lemma) or (forms[0] if forms else lemma)


_OWN_PAST = {"wake": "woke", "hang": "hung", "light": "lit", "shine": "shone"}


@cache
def may_describe(word: str) -> bool:
    """Whether ``word`` can be an adjective."""
    from servicestory.wording.inflect import getAllLemmas

    return "ADJ" in getAllLemmas(word)


@cache
def names_something(word: str) -> bool:
    """Whether ``word`` can be a noun or a verb; what cannot ("stressful", "quickly") only describes."""
    from servicestory.wording.inflect import getAllLemmas

    kinds = getAllLemmas(word)
    return not kinds or bool({"NOUN", "PROPN", "VERB"} & set(kinds))


def says_how(word: str) -> bool:
    """Whether ``word`` only says how: "slowly" of "read it to her slowly", and no "family"."""
    return word.endswith("ly") and not names_something(word)


@cache
def of_several(word: str) -> bool:
    """Whether a thing's name is that of several: "lamps" and "scissors", no "glass", "bus" or "lens"."""
    if not word.endswith("s") or word.endswith(("ss", "bus")):  # no list has every "minibus"
        return False
    if word in _ALWAYS_SEVERAL:
        return True
    from servicestory.wording.inflect import getAllLemmas

    named = getAllLemmas(word, upos="NOUN").get("NOUN", ())
    return not named or any(lemma != word for lemma in named)


_ALWAYS_SEVERAL = frozenset(
    """scissors tweezers pliers forceps shears trousers pyjamas clothes binoculars headphones goods thanks stairs
    series""".split()
)


def to_present(word: str, singular: bool) -> str | None:
    """A past verb told about the customer in the present: "needed" -> "needs" / "need".

    None when ``word`` is no past form that can be turned round for certain.
    """
    if word in ("was", "were"):
        return "is" if singular else "are"
    if word in ("could", "can"):
        return "can"
    if word in ("would", "will"):
        return "will"
    if word == "had":
        return "has" if singular else "have"
    lemma = past_lemma(word)
    if lemma is None:
        return None
    if not singular:
        return lemma
    from servicestory.wording.inflect import getInflection

    return str(getInflection(lemma, tag="VBZ")[0])
