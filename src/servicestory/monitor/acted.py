"""What somebody a story is about did, as it is said to them and of them: "you dried the dog"."""

import re
from collections.abc import Callable, Iterator, Sequence

from servicestory.models.practice import Evidence
from servicestory.models.story import Story
from servicestory.monitor.told import ERROR, OTHERS, by_whom, named_in, run_on, theirs, without_fault
from servicestory.wording.articles import with_article
from servicestory.wording.retell import Acted

Likeness = Callable[[Sequence[str], Sequence[str]], list[float]]


def anything(
    story: Story, places: Sequence[Evidence], word: str = "", like: Likeness | None = None, name: str = ""
) -> Acted | None:
    """As :func:`predicate`, of a place that may well belong elsewhere, else of any sentence of the story.

    What somebody did is theirs, whatever practice it shows. Of several deeds it is the one most like the
    practice, not the first.

    Args:
        like: how like texts are in the deed they tell of.
        name: the practice's.
    """
    sure = [p.model_copy(update={"pinned": True}) for p in places if p.story == story.id]
    if found := predicate(story, sure, word):
        return found
    whole = Evidence(story=story.id, start=0, end=len(story.narrative))
    every = list(_predicates(story, [whole], word))
    shown = [said for said in (p.text_in(story) for p in sure) if said]
    if not (like and len(every) > 1 and (name or shown)):
        return every[0] if every else None
    near = like([one.did for one in every], [one for one in (name, *shown) if one])
    return every[max(range(len(every)), key=lambda n: (near[n], -n))]


def predicate(story: Story, places: Sequence[Evidence], word: str = "") -> Acted | None:
    """What one of the story's people did, as the surest place tells it.

    It follows on "a colleague" or "you". None where no sure place says it, or only as whoever tells it sees
    it ("our bags"); whose something is, where somebody else was spoken of before, is said to be theirs.

    Args:
        word: what the house calls its customers, where "my room" is to be said as "a guest's room".
    """
    return next(_predicates(story, places, word), None)


def _predicates(story: Story, places: Sequence[Evidence], customer: str) -> Iterator[Acted]:
    from servicestory.wording.morphology import past_lemma, simple_past, third_lemma
    from servicestory.wording.somebody import of_somebody
    from servicestory.wording.speaker import told_by

    sure = [p for p in places if p.story == story.id and p.field == "narrative" and not p.doubtful]
    text = run_on(story.narrative)
    told = list(theirs(text, named_in(story))) if sure else []
    for place in sorted(sure, key=lambda p: (-p.pinned, -(p.score or 0), p.start)):
        for (start, end), doing in told:
            if start >= place.end or end <= place.start or not doing:
                continue
            at = next((verb for _, _, verb in doing if place.start <= verb < place.end), None)
            if at is None:
                continue
            said = _ASIDE.split(without_fault(text[at:end].strip().rstrip(".!,;")))[0]
            said = _TELLERS_END.sub("", said)
            if _FIRST.search(said) and customer and told_by(story) == "here":
                said = of_somebody(said, customer)
            said = with_antecedents(said, text[:at])
            if not said or _FIRST.search(said) or len(said) > _LONGEST or ERROR.match(said):
                continue
            verb, _, rest = said.partition(" ")
            if (lemma := third_lemma(verb.casefold())) and not past_lemma(verb.casefold()):
                verb = simple_past(lemma)
            if OTHERS & set(re.findall(r"[^\W\d_]+", text[start:at].casefold())):
                rest = _WHOSE.sub(_of_others, rest, count=1)
            rest = _BECAUSE.sub(_said_why, rest)
            if _STOPS_SHORT.search(rest):
                continue
            by = by_whom(story, " ".join(text[at:end].split()))
            yield Acted(f"{verb} {rest}".strip(), _SOMEBODY.search(rest) is not None, by)


def with_antecedents(said: str, before: str) -> str:
    """A deed told by itself, with whom it was done for where only the story says who "him" is.

    A clause about an "it" that only the story tells of is left out.

    >>> with_antecedents("rang him when it was found", "A guest had lost a hat. Tom ")
    'rang a guest'
    """
    clause = _OF_IT.search(said)
    if clause and not _THING.search(said[: clause.start()]):
        said = said[: clause.start()] + said[clause.end() :]
    if (found := _WHOM.search(said)) and not _PERSON.search(said[: found.start()]):
        said = f"{said[: found.start()]}{_served(before)}{said[found.end() :]}"
    return said


def _served(before: str) -> str:
    """Whom what was told before says they served; somebody, where it tells of others too."""
    from servicestory.wording import lexicon as lex

    told = re.findall(r"[^\W\d_]+", before.casefold())
    served = [word for word in told if word in lex.SERVED & OTHERS]
    plainly = served and not served[-1].endswith("s") and not set(told) & set(lex.FAMILY)
    return with_article(served[-1]) if plainly else "somebody"


_WHOM = re.compile(
    r"\b(?:him|her(?=\s*(?:$|[.,;]|(?:when|while|after|before|until|and|but|to|in|on|at|with|for|from|by|about|"
    r"that|if|the|an?|some|two|up|down|back|home|out|over|again|later|twice|there)\b)))\b"
)
_PERSON = re.compile(rf"(?i)\b(?:{'|'.join(sorted(OTHERS - {'him', 'her', 'them'}))})\b|(?<=\s)[A-Z][a-z]+")
_OF_IT = re.compile(
    r",?\s+(?:when|once|until|after|before|because|while|as soon as)\s+(?:it|this|that)\b"
    r"[^,;]*?(?=\s+and\s|[,;]|$)"
)
_THING = re.compile(r"\b(?:the|an?|my|our|their|his|her|some|every|each|two|three)\s+[a-z]")
_WHOSE = re.compile(r"\b(?:his|her|their)\b(?=\s+([a-z]+)(?:\s+([a-z]+))?)")
# A reason that hurried tellers leave half said ("because one off") is left out.
_BECAUSE = re.compile(r",?\s+because\s+(?!of\b)([^,;.]*)")
_STOPS_SHORT = re.compile(r"\b(?:the|an?|my|our|your|his|their|its|of|and|or|because|than)$", re.IGNORECASE)


def _of_others(found: re.Match[str]) -> str:
    """Whose something is; of "for her thin and" nothing is hers, so it is for them."""
    from servicestory.wording.lexicon import FUNCTION
    from servicestory.wording.morphology import may_describe

    last = found[2] is None or found[2] in FUNCTION
    loose = found[0] == "her" and last and may_describe(found[1])
    return "them" if loose or (found[0] == "her" and found[1] in FUNCTION) else "their"


def _said_why(found: re.Match[str]) -> str:
    from servicestory.wording.morphology import past_lemma, third_lemma

    words = re.findall(r"[a-z’']+", found[1].casefold())
    finite = (
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "have",
        "do",
        "are",
        "am",
        "need",
        "want",
    )
    told = any(word in finite or "'" in word or past_lemma(word) or third_lemma(word) for word in words[1:])
    return found[0] if told else ""


# What the teller thinks of it, behind a comma: "mended it within the hour, fine, that is the job".
_ASIDE = re.compile(
    r"(?:,\s+(?:fine|ok(?:ay)?|sure|well|yes))*,\s+(?:that|this|it)(?:['’]s|\s+(?:is|was))\s", re.IGNORECASE
)
# What the teller did then: ", and we put it on the mirror".
_TELLERS_END = re.compile(r",? (?:and|but|so|then|whom?|which) (?:I|we)\b.*$")
_FIRST = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours|myself|ourselves)\b", re.IGNORECASE)
_SOMEBODY = re.compile(r"\b(?:he|she|his|her|hers|himself|herself)\b", re.IGNORECASE)
_LONGEST = 200  # characters of a deed that can be read behind "you"
