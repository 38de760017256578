"""A step of several stories says what most of them tell: what only a few add is a way of doing it, and no part of it.

"Bring the guest's child all the way down to their table" was one story of nine; the others went to other doors. A
step is read as what all do, so whose, where to, with what and when stay in it only where about half of its stories
say so.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace

from servicestory.models.practice import LIVE, Practice
from servicestory.wording import lexicon as lex
from servicestory.wording.acts import EMPTY, SAME_THING, SLIGHT, act, made_in, things
from servicestory.wording.articles import articles
from servicestory.wording.asked_after import only_to_ask
from servicestory.wording.manner import (
    core,
    in_common,
    phase,
    says_where_to,
    tails,
    told_as,
    without_manner,
    without_question,
)
from servicestory.wording.many_things import each_another
from servicestory.wording.morphology import is_verb, may_describe, names_something, third_lemma
from servicestory.wording.occasions import (
    at_its_moment,
    for_anybody,
    needs_moment,
    occasion_of,
    says_when,
    tells_occasion,
    without_when,
)
from servicestory.wording.showing import alternatives, lemmas
from servicestory.wording.steps import MANY, MOST_WAYS, Cite, KeyPoint, Step
from servicestory.wording.story_only import only_the_story_knows
from servicestory.wording.whole import unsound

SHARE = 0.4  # of a step's stories: about half; of two stories it takes both
_LEAST_WORDS = 3
_BOTH = 2
_Passages = Sequence[tuple[Cite, str]]


def true_of_most(
    steps: Iterable[Step], passages: _Passages, around: Mapping[Cite, str], practice: Practice, word: str
) -> list[Step]:
    """The steps in words that about half of the stories they cite bear out, with key points counted in all of them.

    The step that is the practice's own deed has its name, where people gave it that. What people or the codebook
    wrote keeps its words.

    Args:
        passages: every place of evidence with its text.
        around: what a story tells around a place; the moment is looked for there.
    """
    made = []
    for step in steps:
        here = [p for p in passages if any(p[0].touches(cite) for cite in step.cites)]
        named = step.told == practice.name and practice.status in LIVE  # so people accepted it
        if step.source == "stories" and not named:
            step = _general(step, _by_story(here), _by_story(here, around), practice.name, word)
        made.append(_counted(step, here, word))
    own = _own_deed(made, practice)
    return [_by_its_name(step, practice.name, word) if step is own else step for step in made]


def _by_story(here: _Passages, around: Mapping[Cite, str] | None = None) -> dict[str, str]:
    told: dict[str, str] = {}
    for place, text in here:
        said = (around or {}).get(place, text)
        told[place.story] = f"{told.get(place.story, '')} {said}"
    return told


def _general(step: Step, told: Mapping[str, str], context: Mapping[str, str], name: str, word: str) -> Step:
    """The step as most of its stories can say it; the wording that said more stands among its ways."""
    bare = without_when(step.text)
    if len(told) < _BOTH:
        return step
    best = bare
    if few := _told_by_few(bare, told.values()):
        options = [bare, *(o for line in (bare, *step.ways) for o in _options(line, told.values(), word))]
        best = min(
            dict.fromkeys(options),
            key=lambda o: (len(_told_by_few(o, told.values())), -_done_in(o, told.values()), o != bare),
        )
        left = _told_by_few(best, told.values())
        if len(left) == len(few):
            best = bare
        best = (each_another(best, (bare, *step.ways), word) if left else None) or best
    best = _with_where_to(best, step.ways, word)
    when = occasion_of(step.text) if bare != step.text else ""
    if when and not (needs_moment(bare) or says_when(bare) or tells_occasion(when, name)):
        when = when if _mostly(tells_occasion(when, c) for c in context.values()) else ""
    text = at_its_moment(best, for_anybody(when, word, best)) if when else best
    # a moment that few tell stays in sight with the wording it was told in
    ways = dict.fromkeys(w for w in (bare if when else step.text, *step.ways) if w != best)
    return (
        step if text == step.text else replace(step, text=text, phase=phase(text), ways=(*ways,)[:MOST_WAYS])
    )


def as_told(line: str, said: str, word: str) -> str | None:
    """An instruction as far as one story's words bear it out, cut where they do not; None where no part is left.

    >>> as_told("Walk the guest to the pool in the garden", "She walked us down to the pool.", "guest")
    'Walk the guest to the pool'
    """
    if _ONE_OF.search(line):  # of several things the one of this story
        each = [one for one in alternatives(line) if not _told_by_few(one, [said])]
        return next(iter(each), f"{found[1]} what they need" if (found := _WHAT_FITS.match(line)) else None)
    fit = (o for o in _options(line, [said], word) if _told_by_few(o, [said]) <= made_in(o))
    return max(fit, key=lambda o: len(o.split()), default=None)


_WHAT_FITS = re.compile(r"(.+?) (?:what fits|something \w+), for example ")


def _mostly(tells: Iterable[bool]) -> bool:
    said = list(tells)
    return all(said) if len(said) == _BOTH else sum(said) >= SHARE * len(said)


def _told_by_few(line: str, told: Collection[str]) -> set[str]:
    """The telling words of an instruction, without its manner, that too few of its stories say in any form."""
    if _ONE_OF.search(line):
        return set()  # examples, of which each story tells one
    said = [_words(text) for text in told]
    return {
        own
        for own in _words(without_manner(_ALL_IS_WELL.sub("", line)).partition(" ")[2])
        if own not in _ANYWHERE and not _mostly(any(_same(own, w) for w in words) for words in said)
    }


# Asked in other words by each: whether all is well, everything all right, how it went.
_ALL_IS_WELL = re.compile(
    r" (?:to|and) (?:ask|check|find out|hear|see) (?:if|whether) (?:all|everything) is (?:well|fine|right|all right|in order)\b"
)
_ONE_OF = re.compile(r"\bfor example\b| or ")
_ANYWHERE = frozenset("where they going something somebody beside together what".split())


def _words(text: str) -> set[str]:
    said = (w.removesuffix("'s") for w in re.findall(r"[a-z'-]+", text.casefold()))
    return {SAME_THING.get(w, w) for w in said if w not in SLIGHT and len(w) > 2}


def _same(a: str, b: str) -> bool:
    """Whether two words are one thing: "plan" and "plans", "slip" and "payslip"."""
    if a == b or min(len(a), len(b)) < 4:
        return a == b
    return a[:6].startswith(b[:6]) or b[:6].startswith(a[:6]) or a.endswith(b) or b.endswith(a)


def _done_in(line: str, told: Iterable[str]) -> int:
    """How many stories have the very verb of an instruction."""
    verb = line.split()[0].casefold()
    return sum(any(verb in lemmas(w) for w in re.findall(r"[a-z'-]+", text.casefold())) for text in told)


def _options(line: str, told: Collection[str], word: str) -> Iterable[str]:
    """An instruction, and the same without what few tell: whose, what kind of, where to, what hangs on at its end."""
    few = _told_by_few(line, told)
    yield line
    if not few:
        return
    line = _without_few(re.sub(rf"\b(the {re.escape(word)})'s (?:{_KIN})\b", r"\1", line), few)
    going = _WHERE_TO.match(line) if act(line)[0] == "walk" else None
    if going and few & _words(going["where"]):
        yield f"{going['head']} to where they are going"
        return
    found = [line]
    # each may have asked something else
    for head in dict.fromkeys((without_manner(line), without_question(line), core(line))):
        found.append(head)
        while cut := _PHRASE.match(head):
            head = head_of(cut)
            found.append(head)
    for shorter in dict.fromkeys(found):
        whole = len(shorter.split()) >= _LEAST_WORDS and not unsound(shorter)
        half = only_the_story_knows(shorter, word, _words(shorter)) and not only_to_ask(shorter, told)
        if whole and not half:
            yield shorter


def head_of(cut: re.Match[str]) -> str:
    """What stands before an end that is cut off: of "the evening | after the operation" not the evening either."""
    of_a_day = cut["more"].startswith(("before ", "after "))
    return _DAY_OF.sub("", cut["head"]) if of_a_day else cut["head"]


def _with_where_to(line: str, ways: Iterable[str], word: str) -> str:
    """ "Walk with the guest" as "… to where they are going", where the tellers name one place each."""
    bare = without_manner(line)
    named = [way for way in ways if act(way)[0] == "walk" and _WHERE_TO.match(way)]
    goes = act(line)[0] == "walk" and re.fullmatch(
        rf"\w+ (?:with |beside )?(?:the|every) {re.escape(word)}", bare
    )
    return f"{bare} to where they are going" if goes and len(named) > 1 else line


_KIN = "|".join(sorted({*lex.FAMILY, "child", "children", "partner", "relative", "companion"}))
_WHERE_TO = re.compile(
    r"(?P<head>\w+ (?:with |beside )?the \w+)"
    r"(?P<where>(?: (?:all the way|up|down|over|upstairs|downstairs|out|across|through))* (?:to|into) .+)$"
)
_PHRASE = re.compile(
    r"(?P<head>.+) (?P<more>(?:at|in|on|with|from|by|before|after|during|into|over|next to|beside|under|out of"
    r"|until|till|so that|so|because|while) .+?)$"
)
_DAY_OF = re.compile(r" the (?:very )?(?:day|evening|morning|night|week)$")  # "the day (after the operation)"


def _without_few(line: str, few: Set[str]) -> str:
    """The line without describing words that few tell: "a packed breakfast" is a breakfast, a city bike a bike."""
    kept: list[str] = []
    words = line.split()
    for w, thing in zip(words, [*words[1:], ""], strict=True):
        named = bool(thing) and thing not in lex.PREPOSITIONS | lex.CLAUSE_OPENERS | EMPTY
        shared = names_something(thing) and not (third_lemma(thing) or _words(thing) & few)
        kind = named and w not in lex.SERVED and (may_describe(w) or shared)
        if not (w in few and kind and kept[-1:] and kept[-1] in lex.DETERMINERS):
            kept.append(w)
    return articles(" ".join(kept))


def _counted(step: Step, here: _Passages, word: str) -> Step:
    """The step with its key points counted in all places it cites; what one of many tells is no key point."""
    known = {p.kind or p.text for p in step.key_points}
    ends = (KeyPoint(end, why, False, (), why) for end, why in _ends(step, word))
    told = [_told_in(p, here, word) for p in (*step.key_points, *(p for p in ends if p.kind not in known))]
    many = step.stories >= MANY
    kept = [p for p in told if (not _one_of_many(p, step.stories) if many else (p.kind or p.text) in known)]
    text, said = step.text, {p.kind or p.text: p.stories for p in (kept if many else told)}
    for end, why in _ends(step, word) if step.source == "stories" else ():
        # of two or three stories one told a time of its own
        if said.get(why or end, 0) < (1 if many else min(_BOTH, step.stories)):
            text = re.sub(rf",? {re.escape(end)}\b", "", text, flags=re.IGNORECASE)
            kept = [p for p in kept if (p.kind or p.text) != (why or end)]
    if not many:
        kept = [p for p in kept if not (p.stories < min(_BOTH, step.stories) and _says_a_time(p))]
        return replace(step, text=text, key_points=tuple(kept))
    if step.source == "stories":
        kept.sort(key=lambda p: (-p.stories, p.text))
    return replace(step, text=text, key_points=tuple(kept))


def _says_a_time(point: KeyPoint) -> bool:
    """Whether a key point of the stories says when, with no reason of its own: another story's was another time."""
    words = set(point.text.casefold().split())
    return point.source == "stories" and not point.told and bool(words & (lex.TIMES_OF_DAY | lex.TIME_UNITS))


def _ends(step: Step, word: str) -> list[tuple[str, str]]:
    """How and when a step ends in saying it is done, with the general reason; a line's words are nobody's to cut."""
    found = tails(step.text)[1] if step.source == "stories" else []
    return [(end, why.replace("{c}", word)) for end, why in found]


def _told_in(point: KeyPoint, here: _Passages, word: str) -> KeyPoint:
    """A key point with every place that says it, in whatever words."""
    pattern = told_as(point.text, word) if point.source == "stories" else None
    if pattern and says_where_to(point.text):  # each place is one of its own, though for the same reason
        return replace(point, cites=tuple(c for c, text in here if pattern.search(text)))
    stories = {c.story for c in point.cites}
    more = {c for c, text in here if pattern and c.story not in stories and pattern.search(text)}
    same = in_common(point.text) if len({*stories, *(c.story for c in more)}) > 1 else point.text
    return replace(point, text=same, cites=tuple(sorted({*point.cites, *more})))


def _one_of_many(point: KeyPoint, of: int) -> bool:
    """Whether too few of many stories tell a key point; where somebody is taken is the deed's, or nobody's."""
    if point.source != "stories" or (point.told and point.reason):
        return False
    return point.stories < (SHARE * of if says_where_to(point.text) else 2)


def _own_deed(steps: Sequence[Step], practice: Practice) -> Step | None:
    """The step that is what a practice found in the stories is named after, where people gave it the name."""
    told = [s for s in steps if s.source == "stories" and s.stories > 1]
    name = practice.name
    if practice.definition or practice.core or not told or not practice.named:
        return None
    if not is_verb(name.split()[0].casefold()):
        return None
    first = max(told, key=lambda s: (s.stories, act(s.text)[0] == act(name)[0], s.text))
    alike = [s for s in told if act(name)[0] in {act(said)[0] for said in (s.text, *s.ways)}]
    if alike:
        return max(alike, key=lambda s: (s.stories, s.text))
    return first if first.stories * 2 > len({e.story for e in practice.surest()}) else None


# Whoever chose such a name said when it is done.
_SAYS_FOR_WHOM = re.compile(
    r"\b(?:for|when|whoever|who|if|early|late|before|after|during|on)\b", re.IGNORECASE
)


def _by_its_name(step: Step, name: str, word: str) -> Step:
    """The step in the words people chose, unless it says all of them already."""
    bare = without_when(step.text)
    if act(bare)[0] == act(name)[0] and things(name) <= things(bare):
        return step
    when = occasion_of(step.text) if bare != step.text else ""
    text = (
        at_its_moment(name, for_anybody(when, word, name))
        if when and not _SAYS_FOR_WHOM.search(name)
        else name
    )
    ways = dict.fromkeys(w for w in (bare if text != name else step.text, *step.ways) if w != name)
    return replace(step, text=text, phase=phase(text), ways=(*ways,)[:MOST_WAYS])
