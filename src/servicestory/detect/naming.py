"""Names for discovered practices: a plain imperative from the evidence, told from the side of the staff."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from servicestory.detect.terms import WHO
from servicestory.detect.words import STOP, bases, content, root, word_set
from servicestory.models.practice import UNNAMED
from servicestory.wording.lexicon import FUNCTION, NUMBER_WORDS, PLACING, PREPOSITIONS

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*(?:(?<=s)'(?=\s))?|[^\w\s]|\d+")
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
WIDEST = 12
"""Words in such a name: a deed and its moment, where a few words of it could be any deed."""
_VAGUE = word_set("help make do allow let try keep get be have go come work assist ensure look continue")
_DANGLING = word_set(
    """be to the a an and or of for with at by on in from that which their them as so all throughout into
    about than then it its his her not was were is are other another some any this these those every each
    what who whom whose which how whether where when while until"""
)
_OPENS = word_set(
    """to at in on with for from by into onto after before during without within towards across behind via
    until through over under next so while as that which who because"""
)
_PICTURES = word_set("photo photograph picture snap snapshot video clip film drawing sketch recording")
"""Whatever they show: "send a picture" is a whole deed, where "bring a cup" is not."""
_MOVES = PLACING | word_set("take walk carry bring escort guide drive")
_EMPTY = word_set("put till round nothing something anything everything everybody somebody nobody")
_TOOLS = word_set("phone telephone ring")
_NO_MARK = WHO | word_set(
    "first last next once again time day week hour minute half way thing one two little whole"
)
"""Words that many tell whatever they tell of: that passages share them backs no name."""
_AGED = "old|young|poor|little|dear|elderly|new"
_NUMBER = rf"(?:\d+|{'|'.join(sorted(NUMBER_WORDS - {'one', 'a', 'an'}))})"
_NO_THING = re.compile(r" (?:in|of|by|for|from|without) [a-z]+ing(?: (?:down|up|out|in|off|on))?$")
"""An end that leaves open what is done with: "write in passing", "make a point of writing down"."""
_SPAN = re.compile(rf"\b{_NUMBER} (?=(?:minutes|hours|days|weeks|months|years)\b)", re.IGNORECASE)
_SPAN_TOLD = re.compile(
    r"\b(?:some|few|the|a|one|same|next|last) "
    r"(?:minute|hour|day|morning|afternoon|evening|night|week|month|year)s?$",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<=\w )(?<!half )(?<!past ){_NUMBER} (?!(?:minutes|hours|days|weeks|months|years|o'clock)\b)"
    r"(?=(?:[a-z]+ )?[a-z]{2,}s\b)"
)


def propose(
    texts: Sequence[str],
    telling: Sequence[str],
    customer: str,
    names: Collection[str],
    taken: Collection[str],
    near: Nearness | None = None,
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
    """
    if near:
        # (it is backed, and its worth, length, text)
        those = (one[1:] for one in _options(texts, customer, names, taken, near) if one[0])
        return min(those, default=(0.0, 0, ""))[2]
    from servicestory.wording.instructions import instructions

    weight = {root(w): 1 / (rank + 2) for rank, w in reversed(list(enumerate(telling)))}
    said, marks = [set(bases(text)) for text in texts[:READ]], set(list(weight)[-3:])
    best: tuple[float, int, str] | None = None
    for at, text in enumerate(texts[:READ]):
        for step, _, _ in instructions(text, customer, names, brief=True):
            words = step.lower().split()
            if not 2 <= len(words) <= LONGEST or words[-1] in _DANGLING or step.lower() in taken:
                continue
            told = set(bases(step)) - {root(customer)}
            backed = sum(len(told & here) >= min(2, len(told)) or bool(told & here & marks) for here in said)
            if not told or backed < min(len(said), max(2, LEAST_BACKED * len(said))):
                continue
            worth = sum(weight.get(w, -0.04) for w in sorted(told)) - 0.15 * (words[0] in _VAGUE) - at / 400
            option = (-round(worth + BACKED * backed / len(said), 6), len(step), step)
            best = min(best, option) if best else option
    return best[2] if best else _verb_and_thing(texts, telling, customer, names, taken)


def one_tells(texts: Sequence[str], customer: str, names: Collection[str], near: Nearness) -> str:
    """What one of the passages tells nearest to the others, though too few of them back it; or empty."""
    options = (option[1:] for option in _options(texts, customer, names, (), near))
    return min(options, default=(0.0, 0, ""))[2]


def _options(
    texts: Sequence[str],
    customer: str,
    names: Collection[str],
    taken: Collection[str],
    near: Nearness,
) -> Iterator[tuple[bool, float, int, str]]:
    """The instructions from the passages that are near to what the others tell.

    Each with whether it is backed, and what it is worth, the best lowest. Others back it by a word of it, or
    by the deed they tell in other words ("came with her pliers" and "bent the sides"). Each may end before a
    preposition as well: what one story adds ("at their office") is left out where no other tells it.
    """
    hidden = {part.lower() for name in names for part in name.split()}
    said = [_deeds(text) for text in texts]
    found: dict[str, tuple[int, float]] = {}  # the passage it is from, and what speaks against it
    for at, text in enumerate(texts[:READ_NEAR]):
        for step, less in _told(text, customer, hidden):
            for line in _shorter(step):
                if line not in found or less < found[line][1]:
                    found[line] = at, less
    lines = [line for line in found if _may_be(line, taken)]
    for step, likeness in zip(lines, near(lines) if lines else (), strict=True):
        at, less = found[step]
        told = _deed(step, customer)
        others = [deeds for n, deeds in enumerate(said) if n != at]
        deed = [one for n, one in enumerate(likeness) if n != at] or list(likeness)
        mean = sum(deed) / len(deed)
        agree = sum(not told.isdisjoint(other) for other in others)
        borne_out = sum(one >= SAME_DEED for one in deed) >= BORNE_OUT * len(deed)
        # a word that no other passage has ("their table") says what was peculiar to one telling
        shared = sum(word in other for word in told for other in others) / max(len(others), 1)
        worth = mean + SHARED * shared / (len(told) + 0.5) - less
        worth -= 0.1 * (step.split()[0].lower() in _VAGUE)
        if told and min(mean, worth) >= NEAR:
            backed = agree >= BACKED_BY * len(others) or borne_out
            yield backed, -round(worth, 4), len(step), step


def _may_be(step: str, taken: Collection[str]) -> bool:
    """Whether an instruction can be a name: whole, of a fair length, well spelt, and no other's."""
    words = step.lower().split()
    whole = 3 <= len(words) <= WIDEST and words[-1] not in _DANGLING and not _NO_THING.search(step)
    return whole and step.lower() not in taken and _well_spelt(words)


def _well_spelt(words: Sequence[str]) -> bool:
    from servicestory.wording.sound import known
    from servicestory.wording.tokens import Word

    return all(known(Word(word, word, 0, 0)) for word in (w.rstrip("'") for w in words))


def _deeds(text: str) -> set[str]:
    """The words of ``text`` that tell a deed, and for each what stands for its act: "call" for "rang"."""
    from servicestory.wording.acts import one_act

    said = bases(text)
    return {*said, *map(one_act, said)} - _NO_MARK


def _deed(step: str, customer: str) -> set[str]:
    """The words of an instruction that may mark it: the act its verb stands for, and the things."""
    from servicestory.wording.acts import one_act

    verb, *rest = bases(re.sub(rf"\b{re.escape(customer)}(?:'s)?\b", "", step)) or [""]
    # "on your phone" is no call
    return {one_act(verb), *(word if word in _TOOLS else one_act(word) for word in rest)} - _NO_MARK


def _told(text: str, customer: str, hidden: Collection[str]) -> Iterator[tuple[str, float]]:
    """What a passage tells as instructions, and what speaks against each: who did it may be a customer."""
    from servicestory.wording.instructions import instructions
    from servicestory.wording.plainly import deeds_told

    by_name, by_pronoun = _cut(text, customer, hidden)
    open_yet = {step.split()[0] for step in by_pronoun} - {step.split()[0] for step in by_name}
    read = [step for step, _, _ in instructions(text, customer, hidden, brief=True)]
    read += [step for step, _, _ in deeds_told(text, hidden, customer)]
    told = [(step, 0.1 * (step.split()[0] in open_yet)) for step in read]
    told += [(step, 0.05) for step in by_name] + [(step, 0.1) for step in by_pronoun]
    for step, less in told:
        yield _plain(_ended(step), customer), less


def _plain(step: str, customer: str) -> str:
    """A step without what was so that one time: "nine days later", "old the guest", "each of the guest"."""
    step = _SPAN.sub("some ", _COUNT.sub("", step))
    before = rf"(?:{_AGED}|(?:each|both|all|one|some) of)"
    step = re.sub(rf"\b{before} the {re.escape(customer)}\b", f"the {customer}", step)
    return step[0].upper() + step[1:] if step else step


def _shorter(step: str) -> Iterator[str]:
    """A step, and what is left of it when it ends before one of its prepositions."""
    words = step.split()
    yield step
    for at in range(len(words) - 1, 2, -1):
        whole = words[0].lower() not in _MOVES or _OPENS & {*map(str.lower, words[2:at])}
        # "some days before pay day" is one moment
        within = _SPAN_TOLD.search(" ".join(words[:at]))
        opens = words[at].lower() in _OPENS
        opens |= words[at].lower() == "of" and words[at - 1].lower() in _PICTURES
        if opens and words[at - 1].lower() not in _DANGLING and whole and not within:
            yield " ".join(words[:at]).rstrip(",")


def about(kind: str, telling: Sequence[str], taken: Collection[str], step: str = "") -> str:
    """A name for what no passage says as a deed: the kind of deed it is; unique among ``taken``.

    Empty where neither the kind nor a word that says something is known: what nobody can name nobody can
    decide on.

    Args:
        kind: what the passages are read as in the first place, as an instruction; empty when nothing in
            particular.
        telling: the words that set the practice apart, the strongest first.
        step: what one passage tells, of :func:`one_tells`; it says more than words.
    """
    words = step[:1].lower() + step[1:] if step else " and ".join(_things(telling, kind))
    if not (kind or words):
        return ""
    names = [kind, *([f"{kind}: {words}"] if words else [])] if kind else []
    names = names or [f"{UNNAMED}: {words}"]
    names += [f"{names[-1]} ({number})" for number in range(2, len(taken) + 3)]
    return next(n for n in names if n.lower() not in taken)


def _things(telling: Sequence[str], kind: str) -> list[str]:
    """Up to two of the words that set a practice apart, things if there are any; none that its kind says."""
    from servicestory.wording.morphology import names_something, past_lemma

    said = {*map(root, kind.lower().split())} | _NO_MARK | FUNCTION | PREPOSITIONS | _EMPTY
    fresh = [word for word in telling if word.isalpha() and said.isdisjoint((word, root(word)))]
    words = {root(word): word for word in reversed(fresh)}
    plain = [word for word in telling if words.get(root(word)) == word]
    plain = [w for w in plain if (past_lemma(w) or w) not in _NO_DEED and w not in _SOMEBODY]
    things = [w for w in plain if names_something(w) and past_lemma(w) in (None, w)]
    return (things or plain)[:2]


_BREAKS = word_set("and or but so then who which that when while because if where until till though as")
_STATES = word_set("there was were is are had")
_WHOM = word_set("me us him them")
_NO_NOUN = word_set(
    """a an the this that these those some another to on in at by for with over under up down out off back
    round around along through into onto from aside away there here home"""
)
_BETWEEN = word_set("had has have also then just even always")
_ASKED = word_set("what how whether why whose whom")
_HIS_OR_HER = word_set("his her their")
_OWN_BODY = word_set(
    "head hand hands arm arms eye eyes face finger fingers knee knees shoulder shoulders foot feet lap mind"
)
"""Where "she" or "Ada" held "her hand", it is open whose it was."""
_SOMEBODY = word_set("i we he she they it you your yours himself herself themselves myself yourself")
_DOERS = word_set("i we she he they")
_WHOSE = word_set("my our his their")
_THINGS = word_set("crew ground saw bit rose wound dove")
_NO_DEED = word_set(
    """be have do say tell know think want get see look come go seem feel like love need let
    can may must shall will"""
)


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
        words = _WORD.findall(text.replace("’", "'"))
        pairs = set()
        for end, last in enumerate(words):
            if root(last.lower()) not in weight:
                continue
            if last.lower().endswith("'s"):
                continue
            for start in range(end - 1, max(-1, end - LONGEST), -1):
                if not words[start][0].isalpha() or words[start].lower() in _BREAKS:
                    break
                lemma = past_lemma(words[start].lower())
                if lemma is None or lemma in _NO_DEED or words[start].lower() in STOP | _THINGS:
                    continue
                if _used_to(words, start):
                    continue
                said = _turned(lemma, words[start + 1 : end + 1], customer, hidden)
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


def _cut(text: str, customer: str, hidden: Collection[str]) -> tuple[list[str], list[str]]:
    """What somebody did, cut out plainly: a verb after who did it, and what follows up to the next break.

    First what somebody named did, then what a "she" or "we" did.
    """
    from servicestory.wording.morphology import past_lemma, third_lemma

    words = _WORD.findall(text.replace("’", "'"))
    found: tuple[list[str], list[str]] = ([], [])
    for before, word in enumerate(words[:-1]):
        named = word.lower() in hidden and word[0].isupper()
        if not (named or word.lower() in _DOERS):
            continue
        at = before + 1
        while at < len(words) - 1 and (words[at].lower() in _BETWEEN or words[at].lower().endswith("ly")):
            at += 1
        verb = words[at].lower()
        lemma = past_lemma(verb) or (third_lemma(verb) if named else None)
        if lemma is None or lemma in _NO_DEED or verb in _THINGS or _used_to(words, at):
            continue
        rest = []
        for follows in words[at + 1 : at + WIDEST]:
            if not follows[0].isalpha() or follows.lower() in _BREAKS | _STATES | _ASKED:
                break
            rest.append(follows)
        while rest and rest[-1].lower() in _DANGLING:
            rest.pop()
        if not (set(map(str.lower, rest)) & _OWN_BODY and _HIS_OR_HER & set(map(str.lower, rest))):
            said = _turned(lemma, rest, customer, hidden)
            found[not named].extend([said] if said else [])
    return found


def _used_to(words: Sequence[str], at: int) -> bool:
    """Whether the verb at ``at`` says what was so once ("she used to come"): no deed."""
    return words[at].lower() == "used" and words[at + 1 : at + 2] == ["to"]


def _turned(lemma: str, rest: Sequence[str], customer: str, hidden: Collection[str]) -> str:
    """The verb and what follows as an imperative; empty where names or marks stand in between."""
    said = [lemma]
    named = False
    for at, word in enumerate(rest):
        low = word.lower()
        if not word[0].isalpha() or low in hidden or low in _BREAKS or (word[0].isupper() and len(word) > 1):
            return ""
        follows = rest[at + 1].lower() if at + 1 < len(rest) else ""
        whose = low in _WHOSE or (low == "her" and bool(follows) and follows not in _NO_NOUN | PREPOSITIONS)
        if whose and follows == "own":
            said.append("your")
        elif whose or low in _WHOM or low == "her":
            said.append("their" if whose and named else f"the {customer}'s" if whose else f"the {customer}")
            named = True
        elif low in _SOMEBODY:
            return ""
        else:
            said.append(low)
    line = " ".join(said)
    return (
        line[0].upper() + line[1:] if len(said) >= 3 or (len(said) == 2 and said[1] not in _DANGLING) else ""
    )
