"""Names for discovered practices: a plain imperative from the evidence, told from the side of the staff."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from servicestory.detect.broader import WHERE, anywhere, broader
from servicestory.detect.cut_out import (
    BREAKS,
    DANGLING,
    MOVES,
    NO_DEED,
    THINGS,
    WORD,
    cut_out,
    turned,
    used_to,
)
from servicestory.detect.one_deed import ONE_SERVED
from servicestory.detect.retold import whole_deeds
from servicestory.detect.terms import NO_MARK
from servicestory.detect.whole_name import may_be
from servicestory.detect.words import STOP, bases, content, root, word_set
from servicestory.models.practice import UNNAMED
from servicestory.wording.lexicon import NUMBER_WORDS, PREPOSITIONS

Nearness = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""How near each of some instructions is to each of some passages, about 0 to 1."""
LONGEST, READ = 8, 60
"""Words in a name; evidence passages looked at."""
LEAST_BACKED = 0.25
"""Least share of the passages that tell the deed a practice is named after: two of its words in each, or one
of the three that set the practice apart most."""
BACKED = 2.0
"""How much it counts that other passages tell the same deed, against telling words."""
NEAR, READ_NEAR = 0.3, 20
"""How near to the other passages a name by what they tell must be on average; passages it is taken from."""
BACKED_BY, SHARED = 0.5, 0.5
"""Least share of the other passages that must have a word of such a name as well: a name is true of most; how
much it counts that they have its words."""
SAME_DEED, BORNE_OUT = 0.45, 0.6
"""How near a passage is to a name of which it tells the deed in other words; share of the other passages that
must be so where too few have a word of it."""
NEAR_TO_ALL = 0.44
"""How near to the other passages on average a name is true of most whatever words they use."""
FEW = 3
"""Passages of which no one can say what most of them tell."""
SOME, TO_ALL = 0.2, 0.1
"""Least share of the other passages that must have a word for it to stand where a name says no more than most
tell; how much it counts that a name says of no place in particular where people are taken."""
PECULIAR, SELDOM = 0.05, 0.3
"""How much each thing in a name that no other passage has speaks against it; one that this share of them have
does not."""
LEAST = 0.2
"""Least worth of a name with all that speaks against it: what one story alone tells has less."""
TELLS, MARKS = 0.03, 5
"""How much each of the words that set the practice apart the most counts for a name; how many these are."""
WHOLE = 0.03
"""How much each word that another passage has as well counts for a name, up to the fourth."""
_VAGUE = word_set("help make do allow let try keep get be have go come work assist ensure look continue")
_OPENS = word_set(
    """to at in on with for from by into onto after before during without within towards across behind via
    until through over under next so while as that which who because"""
)
_PICTURES = word_set("photo photograph picture snap snapshot video clip film drawing sketch recording")
"""Whatever they show: "send a picture" is a whole deed, where "bring a cup" is not."""
_TOOLS = word_set("phone telephone ring")
_SERVED = re.compile(r"\bthe (?:customer|client|guest|patient|visitor)\b")
"""Words of any house for whoever is served: a name says its own."""
_AGED = "old|young|poor|little|dear|elderly|new"
_NUMBER = rf"(?:\d+|{'|'.join(sorted(NUMBER_WORDS - {'one', 'a', 'an'}))})"
_AT_NOTHING = word_set("at about along into by near behind across all")
_PLAINER = {"Snap": "Photograph", "pic": "picture", "pics": "pictures", "mobile": "phone"}
"""The plain word for one that only some say."""
_UNITS = "(?:minute|hour|day|week|month|year)"
_SPAN = re.compile(
    rf"\b(?:(?:a|the|some) )?{_NUMBER} (?=(?:minutes|hours|days|weeks|months|years)\b)", re.IGNORECASE
)
_SPAN_TOLD = re.compile(
    r"\b(?:some|few|the|a|one|same|next|last) "
    r"(?:minute|hour|day|morning|afternoon|evening|night|week|month|year)s?$",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<=\w )(?<!half )(?<!past ){_NUMBER} "
    r"(?!(?:minutes|hours|days|weeks|months|years|times|o'clock|miles|feet|inches|yards|\w*met(?:re|er)s)\b)"
    r"(?=(?:[a-z]+ )?[a-z]{2,}s\b)"
)


def propose(
    texts: Sequence[str],
    telling: Sequence[str],
    customer: str,
    names: Collection[str],
    taken: Collection[str],
    near: Nearness | None = None,
    customers: bool = False,
    of_all: bool = True,
) -> str:
    """The name of a practice shown by ``texts``, clearest first; unique among ``taken`` (lower case).

    Empty when the passages give none: what cannot be said as a deed cannot be copied either.

    Of the instructions that the passages give, the one that most other passages back with words of their own,
    with most of the words that set the practice apart, a verb that says something, and few other words. One
    that nothing else backs is what a single story did, and names nothing.

    Args:
        telling: the words that set the practice apart, the strongest first.
        customer: the organisation's word for a customer, singular.
        names: names of staff, not to appear.
        near: how near some instructions are to what each of the passages tells; then that says how well the
            others back it, whatever their words are.
        customers: whether "I" and "we" in the texts are customers: what they did is no deed of the house.
        of_all: whether the name must be true of most; else it is what one tells nearest to the others.
    """
    if near:
        # (it may stand for all, and its worth, length, text)
        every = _options(texts, telling, customer, names, taken, near, customers)
        if not of_all:
            steps = sorted(one[-1] for one in every)
            return max(zip(map(sum, near(steps)), steps, strict=True), default=(0.0, ""))[1]
        those = (one[1:] for one in every if one[0])
        return min(those, default=(0.0, 0, ""))[2]
    from servicestory.wording.instructions import instructions

    weight = {root(w): 1 / (rank + 2) for rank, w in reversed(list(enumerate(telling)))}
    said, marks = [set(bases(text)) for text in texts[:READ]], set(list(weight)[-3:])
    best: tuple[float, int, str] | None = None
    for at, text in enumerate(texts[:READ]):
        for step, _, _ in instructions(text, customer, names, brief=True):
            words = step.lower().split()
            if len(words) > LONGEST or not may_be(step, taken, customer):
                continue
            told = set(bases(step)) - {root(customer)}
            backed = sum(len(told & here) >= min(2, len(told)) or bool(told & here & marks) for here in said)
            if not told or backed < min(len(said), max(2, LEAST_BACKED * len(said))):
                continue
            worth = sum(weight.get(w, -0.04) for w in sorted(told)) - 0.15 * (words[0] in _VAGUE) - at / 400
            option = (-round(worth + BACKED * backed / len(said), 6), len(step), step)
            best = min(best, option) if best else option
    return best[2] if best else _verb_and_thing(texts, telling, customer, names, taken)


def _options(
    texts: Sequence[str],
    telling: Sequence[str],
    customer: str,
    names: Collection[str],
    taken: Collection[str],
    near: Nearness,
    customers: bool,
) -> Iterator[tuple[bool, float, int, str]]:
    """The instructions from the passages that are near to what the others tell.

    Each with whether it may stand for all, and what it is worth, the best lowest. Others back it by a word of
    it, or by the deed they tell in other words ("came with her pliers" and "bent the sides"). Each may end
    before a preposition as well: what one story adds ("at their office") is left out where no other tells it.
    """
    hidden = {part.lower() for name in names for part in name.split()}
    said = [_deeds(text) for text in texts]
    found: dict[str, tuple[int, float]] = {}  # the passage it is from, and what speaks against it
    for at, text in enumerate(texts[:READ_NEAR]):
        some, half = (_told_by(share, at, said) for share in (SOME, BACKED_BY))
        for step, less in _told(text, customer, hidden, names, customers):
            whole = (step, *_without_one(step))
            wide = [one for line in whole for one in broader(line, customer, some)]
            lines = [short for line in (*whole, *wide) for short in _shorter(line)]
            lines += [line for one in whole for line in anywhere(one, customer, half)]
            for line in dict.fromkeys(lines):
                if line not in found or less < found[line][1]:
                    found[line] = at, less
    lines = [line for line in found if may_be(line, taken, customer)]
    for step, likeness in zip(lines, near(lines) if lines else (), strict=True):
        at, less = found[step]
        told = _deed(step.removesuffix(WHERE), customer)
        others = [deeds for n, deeds in enumerate(said) if n != at]
        deed = [one for n, one in enumerate(likeness) if n != at] or list(likeness)
        mean = sum(deed) / len(deed)
        agree = sum(not told.isdisjoint(other) for other in others)
        borne_out = sum(one >= SAME_DEED for one in deed) >= BORNE_OUT * len(deed)
        # a word that no other passage has ("their table") says what was peculiar to one telling
        shared = sum(word in other for word in told for other in others) / max(len(others), 1)
        worth = mean + SHARED * shared / (len(told) + 1.5) - less
        worth += TO_ALL * step.endswith(WHERE) - 0.1 * _says_little(step, customer)
        worth -= 0.05 * (step.split()[1] in _AT_NOTHING and customer not in step)
        if told and min(mean, worth) >= NEAR:
            worth -= PECULIAR * _peculiar(step, customer, others)
            worth += TELLS * sum(root(word) in map(root, bases(step)) for word in telling[:MARKS])
            backed = agree >= BACKED_BY * len(others) or borne_out or mean >= NEAR_TO_ALL
            had = sum(any(word in other for other in others) for word in told)
            backed &= worth >= LEAST
            yield backed, -round(worth + WHOLE * min(had, 4), 4), len(step), step


def _told_by(share: float, at: int, said: Sequence[set[str]]) -> set[str]:
    """The words that this share of the passages but the one at ``at`` have; its own where these are few."""
    if len(said) < FEW:
        return said[at]
    told = Counter(word for n, words in enumerate(said) if n != at for word in words)
    return {word for word, n in told.items() if n >= max(share * (len(said) - 1), 1)}


def _says_little(step: str, customer: str) -> bool:
    """Whether the verb could be any deed's: "let the guest have it", not "let the guest cut the bread"."""
    lets = re.match(rf"(?:Let|Have) the {re.escape(customer)} (\w+) \w+ ", step)
    return step.split()[0].lower() in _VAGUE and not (lets and lets[1] not in NO_DEED)


def _peculiar(step: str, customer: str, others: Sequence[set[str]]) -> float:
    """How many of the things in an instruction few of the other passages have, each up to 1.

    What was done besides counts for it: "bring the glasses home and fit them at the kitchen table".
    """
    from servicestory.wording.morphology import is_verb

    words = step.removesuffix(WHERE).split()
    ends = (n for n in range(2, len(words) - 1) if words[n] == "and" and is_verb(words[n + 1]))
    things = _deed(" ".join(words[1 : next(ends, None)]), customer)
    shares = (sum(word in other for other in others) / max(len(others), 1) for word in sorted(things))
    return sum(max(1 - share / SELDOM, 0.0) for share in shares)


def _deeds(text: str) -> set[str]:
    """The words of ``text`` that tell a deed, and for each what stands for its act: "call" for "rang"."""
    from servicestory.wording.acts import one_act

    said = bases(text)
    return {*said, *map(one_act, said)} - NO_MARK


def _deed(step: str, customer: str) -> set[str]:
    """The words of an instruction that may mark it: the act its verb stands for, and the things."""
    from servicestory.wording.acts import one_act

    verb, *rest = bases(re.sub(rf"\b{re.escape(customer)}(?:'s)?\b", "", step)) or [""]
    # "on your phone" is no call
    return {one_act(verb), *(word if word in _TOOLS else one_act(word) for word in rest)} - NO_MARK


def share_telling(texts: Sequence[str], customer: str, names: Collection[str], customers: bool) -> float:
    """The share of the passages of which somebody's deed can be told as an instruction at all."""
    hidden = {part.lower() for name in names for part in name.split()}
    some = texts[:READ]
    return sum(any(True for _ in _told(text, customer, hidden, names, customers)) for text in some) / len(
        some
    )


def _told(
    text: str, customer: str, hidden: Collection[str], names: Collection[str], customers: bool = False
) -> Iterator[tuple[str, float]]:
    """What a passage tells as instructions, and what speaks against each: who did it may be a customer."""
    from servicestory.wording.instructions import instructions
    from servicestory.wording.plainly import deeds_told

    by_name, by_pronoun = cut_out(text, customer, hidden, customers)
    open_yet = {step.split()[0] for step in by_pronoun} - {step.split()[0] for step in by_name}
    read = [step for step, _, _ in instructions(text, customer, hidden, brief=True)]
    read += [step for step, _, _ in deeds_told(text, hidden, customer)]
    told = [(step, 0.1 * (step.split()[0] in open_yet)) for step in read]
    told += [(step, 0.05) for step in by_name] + [(step, 0.1) for step in by_pronoun]
    told += whole_deeds(text, customer, names, customers)
    for step, less in told:
        yield _plain(_ended(step), customer), less


def _plain(step: str, customer: str) -> str:
    """A step without what was so that one time: "nine days later", "old the guest", "each of the guest"."""
    step = _SPAN.sub("a few ", _COUNT.sub("", step))
    step = re.sub(r"^Pass by\b", "Come by", re.sub(rf"\bsome (?={_UNITS}s\b)", "a few ", step))
    step = " ".join(_PLAINER.get(word, word) for word in step.split(" "))
    if step.startswith("Shoot ") and not _PICTURES & {*step.split()[1:5]}:
        step = step.replace("Shoot", "Film", 1)
    if customer != "colleague":  # who is served there has a colleague's help, not the customer
        step = _SERVED.sub(f"the {customer}", step)
        called = [one for one in ONE_SERVED.finditer(step) if one[0].startswith("the ")]
        if len(called) == 1 and f"the {customer}" not in step:
            step = f"{step[: called[0].start()]}the {customer}{step[called[0].end() :]}"
    # who served "came with me" for the customer, and goes with the customer for us
    step = re.sub(rf"^Come(?=(?: (?!by\b|and\b)\w+)* with the {re.escape(customer)}\b(?!'))", "Go", step)
    before = rf"(?:{_AGED}|(?:each|both|all|one|some) of)"
    step = re.sub(rf"\b{before} the {re.escape(customer)}\b", f"the {customer}", step)
    return step[0].upper() + step[1:] if step else step


def _shorter(step: str) -> Iterator[str]:
    """A step, and what is left of it when it ends before one of its prepositions."""
    words = step.split()
    yield step
    for at in range(len(words) - 1, 2, -1):
        whole = words[0].lower() not in MOVES or _OPENS & {*map(str.lower, words[2:at])}
        # "some days before pay day" is one moment
        within = _SPAN_TOLD.search(" ".join(words[:at]))
        opens = words[at].lower() in _OPENS
        opens |= words[at].lower() == "of" and words[at - 1].lower() in _PICTURES
        # "round that same leg", "letters as tall as a thumb": no part of its own begins there
        opens &= not (words[at].lower() == "that" and words[at - 1].lower() in PREPOSITIONS | {"round"})
        opens &= not (words[at].lower() == "as" and (at + 2 == len(words) or "as" in words[at + 2 : at + 4]))
        if opens and words[at - 1].lower() not in DANGLING and whole and not within:
            yield " ".join(words[:at]).rstrip(",")


def _without_one(step: str) -> Iterator[str]:
    """A step without one of the parts in its middle that begin with a preposition: "by the arm"."""
    from servicestory.wording.morphology import is_verb

    words = step.split()
    openers = PREPOSITIONS - {"of", "to", "next"} | word_set("until till while before after when once and so")
    opens = [n for n, word in enumerate(words) if word in openers]
    for begin, end in pairwise(opens):
        through = words[begin - 1] in PREPOSITIONS or words[begin - 1] == words[begin + 1]  # "side by side"
        joined = words[end] == "and" and not is_verb(words[end + 1])  # "for kitchen and evening shift"
        if (
            begin > 2
            and end - begin > 1
            and words[begin] in PREPOSITIONS - {"next"}
            and not (through or joined)
        ):
            before = words[:begin]
            yield " ".join([*(before[:-1] if before[-1] == "and" else before), *words[end:]])


def about(kind: str, quotes: Sequence[str], taken: Collection[str]) -> str:
    """A name for what no passage says as a deed: its kind, or the words of one; unique among ``taken``.

    Empty where neither is known: what nobody can name nobody can decide on.

    Args:
        kind: what the passages are read as in the first place, as an instruction; empty when nothing in
            particular.
        quotes: what one or another of the passages says, of :func:`~servicestory.detect.quoting.quotes`.
    """
    if not (kind or quotes):
        return ""
    names = [kind] if kind else []
    names += [f"{kind or UNNAMED}: “{quote}”" for quote in quotes]
    names += [f"{names[-1]} ({number})" for number in range(2, len(taken) + 3)]
    return next(n for n in names if n.lower() not in taken)


def _verb_and_thing(
    texts: Sequence[str],
    telling: Sequence[str],
    customer: str,
    names: Collection[str],
    taken: Collection[str],
) -> str:
    """A deed cut out of a passage: a past verb up to a telling word after it, turned to the staff's side.

    The one most passages share the verb and the word of; empty when no passage gives one.
    """
    from servicestory.wording.morphology import past_lemma

    hidden = {part.lower() for name in names for part in name.split()}
    weight = {root(w): 1 / (rank + 2) for rank, w in reversed(list(enumerate(telling)))}
    seen: Counter[tuple[str, str]] = Counter()
    options: list[tuple[tuple[str, str], float, str]] = []
    for text in texts[:READ]:
        words = WORD.findall(text.replace("’", "'"))
        pairs = set()
        for end, last in enumerate(words):
            if root(last.lower()) not in weight:
                continue
            if last.lower().endswith("'s"):
                continue
            for start in range(end - 1, max(-1, end - LONGEST), -1):
                if not words[start][0].isalpha() or words[start].lower() in BREAKS:
                    break
                lemma = past_lemma(words[start].lower())
                if lemma is None or lemma in NO_DEED or words[start].lower() in STOP | THINGS:
                    continue
                if used_to(words, start):
                    continue
                said = turned(lemma, words[start + 1 : end + 1], customer, hidden)
                if said and said.lower() not in taken:
                    pair = (lemma, root(last.lower()))
                    pairs.add(pair)
                    told = set(content(said)) - {root(customer)}
                    worth = sum(weight.get(w, -0.04) for w in sorted(told))
                    options.append((pair, round(worth, 6), said))
                break
        seen.update(pairs)
    least = min(len(texts), max(2, LEAST_BACKED * min(len(texts), READ)))
    options = [o for o in options if seen[o[0]] >= least]
    if not options:
        return ""
    return min(options, key=lambda o: (-seen[o[0]] * o[1], len(o[2]), o[2]))[2]


def _ended(step: str) -> str:
    """A step without the participle at its end: "an envelope marked" what the text goes on to say."""
    from servicestory.wording.morphology import past_lemma

    words = step.split()
    cut = len(words) > 3 and words[-1].endswith("ed") and past_lemma(words[-1])
    return " ".join(words[:-1]) if cut else step
