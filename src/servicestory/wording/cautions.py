"""What was asked, checked, heeded or left out for somebody's safety, or by a rule: carried along, even told once.

A step says what most stories tell, and that somebody asked first what a patient may eat is told by one of them. It
is the part that does harm when it is lost. So a sentence in which staff heed something of that kind becomes a
caution of the step its story tells: as an instruction where the grammar gives one ("First ask what the guest is
allowed"), else in the story's own words, if it may be quoted in training, or by the name of what was heeded.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from servicestory.models.story import Story
from servicestory.text import listing, one_line
from servicestory.wording import lexicon as lex
from servicestory.wording.acts import same_step
from servicestory.wording.clauses import clauses
from servicestory.wording.rewrite import rewrite
from servicestory.wording.roles import without_names
from servicestory.wording.steps import CAUTION, Cite, KeyPoint, Step
from servicestory.wording.story_only import things_known, told_against
from servicestory.wording.tokens import Clause, sentences

MOST = 9  # of one step: with more nobody heeds any
_LONGEST, _MOST_NAMED = 30, 3  # words that are quoted; things that are named instead


def _any(words: str) -> str:
    return rf"\b(?:{'|'.join(words.split())})\b"


# What can harm somebody, or what one may do only with leave.
_RISK = re.compile(
    _any(
        r"""allerg\w+ intoleran\w+ co?eliac gluten lactose diet diets dietary fasting sober nil[ ]by[ ]mouth empty[ ]stomach
        doctors? physicians? pharmacists? medic(?:al|ation|ations|ine|ines) pills? dos(?:e|es|age) insulin
        blood[ ](?:pressure|sugar|thinners?) pregnan\w+ epilep\w+ pacemakers? chok(?:e|ed|ing) swallow\w*
        consent\w* permi(?:t|ts|tted|ssion) allowed forb(?:id|ids|idden|ade) prohibit\w* licen[cs]ed?
        regulations? rules? laws? legal(?:ly)? prescri\w+ contraindic\w+ danger(?:s|ous)? hazard\w* risk\w* unsafe safe[ ](?:to|for|enough) safely safety(?![ ](?:officer|day|pin|deposit))
        poison\w* toxic gas voltage mains fuses? (?:power|current|engine|machine)[ ]off under[ ]pressure hygien\w+ steril\w+ disinfect\w* infect\w+
        contagious gloves? helmets? harness(?:es)? life-?jackets? goggles (?:not|n't|never|nothing|cannot)[ ](?:eat|eaten|drink|drunk) identity privacy confidential under-?age"""
        .replace("[ ]", "\\s")
    ),
    re.IGNORECASE,
)  # fmt: skip
# What somebody must not get or do: left out, or done only on a condition.
_STRONG = re.compile(
    _any(
        r"""allerg\w+ intoleran\w+ co?eliac diet fasting doctor(?:'s|s)? medic(?:ation|ine|ines) allowed forb(?:id|ids|idden|ade)
        prescri\w+ pregnan\w+ permission consent rules? danger(?:ous)? unsafe safety pills? gas mains power voltage signed"""
    ),
    re.IGNORECASE,
)  # fmt: skip
_SURE = re.compile(_any(r"allerg\w+ intoleran\w+ co?eliac medic(?:ation|ine|ines) permission consent"), re.I)
_MAY = re.compile(
    r"\b(?:may|might|must|mind(?:ed)?|want(?:ed)?|allowed|cannot|can't|could(?: not|n't)|should(?: not|n't)?)\b",
    re.I,
)
_HEED = re.compile(
    r"\b(?:(?:ask|(?:double-?)?check(?!\w* (?:\w+ )?(?:in|out)\b)|warn|consult|confirm|enquire|inquire|test|measure)(?:s|ed|ing)?|verif(?:y|ies|ied|ying)|reads?|reading"
    r"|look(?:s|ed|ing)? up|(?:make|makes|made|making) sure|(?:find|finds|found|finding) out|wears?|wore|(?:puts?|pulled) on|(?:is|was|were) (?:\w+ )?careful"
    r"|wash(?:es|ed)|disinfect(?:s|ed)|(?:switch|turn|shut)(?:s|es|ed)?(?= (?:off|the \w+ off)))\b",
    re.I,
)
_CLEAN = re.compile(
    r"(?:wash|disinfect)\w+ (?:\w+ )?hands\b(?! (?:of|on)\b)|\w+ (?:off )?the \w+ off\b", re.I
)
_FIRST = re.compile(
    r"\b(?:first (?:ask|check|read)\w*|(?:ask|check|read)\w* (?:(?:me|us|him|her|them|(?:my|our|the) \w+) )?first)\b"
    r"|\bask\w* (?:\w+ ){0,2}(?:if|whether) (?:he|she|they) (?:may|might)\b",
    re.I,
)
_ONLY_SO = re.compile(
    r"\b(?:never|not|only|nobody|no one|none|nothing)\b|n't\b", re.I
), re.compile(r"\b(?:until|unless|before|without|if|when|after|because|with)\b", re.I)  # fmt: skip
_NOBODY = frozenset(("nobody", "no one", "none"))
_LEFT_OUT = re.compile(
    r"\b(?:(?:left|leaves?|leaving) (?:\w+ ){0,4}?(?:out|off)|(?:without|no) (?!a word|words|fuss|question)\w+|instead of|avoid(?:s|ed)?|omit(?:s|ted)?)\b", re.I
)  # fmt: skip
_WITH_LEAVE = re.compile(r"\bwith (?:(?:his|her|their|my|our|the \w+'s) )?(?:permission|consent)\b", re.I)
_BECAUSE = re.compile(r"\b(?:because|since|as|for|so|due to|on account of)\b", re.I)
_NEGATED = re.compile(
    r"\b(?:not|never|nobody|no one|none|without|forgot(?:ten)?(?: to)?|failed to|neither|nor|hardly|should have|if|would|could)(?: \w+){0,2}\s*$|n't(?: \w+){0,2}\s*$",
    re.I,
)
_PIECE = re.compile(
    r"[;:–—()]|,(?= (?:so|and|but|then|which|who|or)\b)|\b(?:and|but)\b(?= (?:she|he|they|then)\b)"
)
_IN_ONE_CASE = re.compile(
    r"(?:if|when|once|as) (?:i|we|he|she|they|my|our|his|her|their|the|an?)\b[^,]*,", re.I
)
_LEADING = re.compile(r"^(?:and|but|so|then|also)\b[ ,]*", re.I)
_LARGE = re.compile(r"(?<!^)(?<![“\"'] )\b(?!I\b)[A-Z][\w'-]+")


def with_cautions(
    steps: Iterable[Step],
    told: Mapping[str, Story],
    places: Collection[Cite],
    names: Collection[str],
    word: str,
    taken_out: Collection[Cite] = (),
) -> list[Step]:
    """The steps with what the stories they cite say was heeded, each at the step that its sentence, or its story, tells.

    Args:
        told: the stories by id.
        places: the places of evidence; what is said in them and in the sentences next to them belongs to the deed.
        names: names of those who work here, as they are written.
        taken_out: places somebody took out of the practice.
    """
    made = list(steps)
    found: dict[int, list[KeyPoint]] = {}
    for place in sorted(places):
        story = told[place.story]
        owners = [n for n, s in enumerate(made) if any(c.story == place.story for c in s.cites)]
        for text, cite in cautions(story, place, [*names, *story.people], word) if owners else ():
            said = text.removeprefix("First ")
            if any(cite.touches(c) for c in taken_out) or any(same_step(said, s.text) for s in made):
                continue
            near = [n for n in owners if any(c.touches(place) for c in made[n].cites)] or owners
            _add(found.setdefault(near[0], []), KeyPoint(text, "", False, (cite,), CAUTION))
    return [_heeding(step, found.get(n, [])) for n, step in enumerate(made)]


def kept_cool(steps: Iterable[Step]) -> list[Step]:
    """The steps; food made hours before it is eaten asks how it is kept cool, whatever the stories say of it.

    That is a rule of the trade, and one fridge among many stories tells nobody to use it. Where people wrote
    down how it is kept, nothing is left to ask.
    """
    made = list(steps)
    if any(step.source == "practice" and _COOL.search(step.text) for step in made):
        return made
    return [_asking_how_kept(step) if _made_before(step) else step for step in made]


def _made_before(step: Step) -> bool:
    """Whether a step is to make food the evening before."""
    said = (step.text, *step.ways, *(point.text for point in step.key_points))
    return any(_MAKES_FOOD.search(line) for line in said) and any(_HOURS_BEFORE.search(line) for line in said)


def _asking_how_kept(step: Step) -> Step:
    reason = "Food that stands warm for hours can make people ill"
    point = KeyPoint("How is it kept cool until then?", reason, False, step.cites[:1], CAUTION)
    cautions = [p for p in step.key_points if p.caution]
    others = [p for p in step.key_points if not p.caution]
    return replace(step, key_points=(*cautions, point, *others))


_MAKES_FOOD = re.compile(
    r"^(?:bake|boil|cook|fill|fix|get|have|lay out|make|pack|prepare|put together|put up|wrap)\b.*"
    r"\b(?:breakfasts?|broth|cheese|chicken|dinner|eggs?|fish|food|ham|lunch(?:es)?|meals?|meat|milk|picnics?|provisions|salads?"
    r"|sandwich(?:es)?|snacks?|soup|stew|supper|yoghurt)\b(?! (?:area|card|hours|list|menu|order|room|tables?|time|voucher))",
    re.IGNORECASE,
)
_HOURS_BEFORE = re.compile(
    r"\b(?:the (?:evening|night|day) before|overnight|early the next morning|for the (?:next|following) (?:day|morning))\b",
    re.IGNORECASE,
)
_COOL = re.compile(r"\b(?:chill\w*|cold|cool\w*|fridge|ice|refrigerat\w+)\b", re.IGNORECASE)


def _add(known: list[KeyPoint], point: KeyPoint) -> None:
    """Puts a caution to the others, or its place to the one that says the same."""
    for n, other in enumerate(known):
        if (
            other.text == point.text
            or set(other.cites) & set(point.cites)
            or same_step(other.text, point.text)
        ):
            known[n] = replace(other, cites=tuple(sorted({*other.cites, *point.cites})))
            return
    known.append(point)


def _heeding(step: Step, points: Sequence[KeyPoint]) -> Step:
    """The step with its cautions before all other key points; their places come after those that show the step."""
    if not points:
        return step
    ranked = sorted(points, key=lambda p: (-p.stories, p.text))[:MOST]
    more = dict.fromkeys(c for p in ranked for c in p.cites)
    cites = (*step.cites, *(c for c in more if not any(c.touches(one) for one in step.cites)))
    return replace(step, key_points=(*ranked, *step.key_points), cites=cites)


def cautions(story: Story, place: Cite, names: Collection[str], word: str) -> Iterator[tuple[str, Cite]]:
    """What staff heeded in a place and in the sentences next to it, as instructions or in quotes, with where."""
    text = story.text_of(place.field) or ""
    parts = sentences(text)
    here = [n for n, (a, b) in enumerate(parts) if a < place.end and place.start < b]
    near = sorted({k for n in here for k in (n - 1, n, n + 1) if 0 <= k < len(parts)})
    listed = place.field != "narrative"
    people = {part for name in names for part in name.casefold().split()}
    for start, end in (parts[n] for n in near):
        if told_against(text, start, end):
            continue
        for a, b in _heeded(text, start, end, people, listed, story.source is None):
            cite = Cite(story.id, place.field, a, b)
            line: str | None = None
            if not _IN_ONE_CASE.match(
                text[start:end].strip()
            ):  # without its case it would be asked of everybody, always
                line = _as_instruction(text, (start, end), (a, b), people, word, listed) or _said_plainly(
                    text[a:b], word
                )
            # whoever wrote of a house from outside speaks of rules for many reasons
            sure = story.source is None or _SURE.search(text[a:b])
            said = line or (_quoted(text[a:b], story, names) or _named(text[a:b]) if sure else "")
            if said:
                yield said, cite


def _heeded(
    text: str, start: int, end: int, people: Collection[str], listed: bool, told_here: bool
) -> Iterator[tuple[int, int]]:
    """Where in a sentence staff heed something: its clauses that say so, else the sentence.

    Args:
        told_here: whoever told it knows the house; "never … without" is a complaint in a review.
    """
    sentence = text[start:end]
    found = False
    cuts = [start, *(start + m.start() for m in _PIECE.finditer(sentence)), end]
    for a, b in pairwise(cuts):
        piece = text[a:b]
        for heed in _HEED.finditer(piece):
            before, after = piece[: heed.start()], piece[heed.start() :]
            risky = (
                _RISK.search(after) or (_FIRST.search(piece) and _MAY.search(after)) or _CLEAN.match(after)
            )
            if (
                risky
                and not _NEGATED.search(before)
                and _by_staff(text[start : a + heed.start()], people, listed)
            ):
                found = True
                yield _trimmed(text, a, b)
                break
    if found:
        return
    negative, condition = _ONLY_SO
    sole = negative.search(sentence)
    told = (
        sole is not None and condition.search(sentence, sole.end()) and _STRONG.search(sentence, sole.start())
    )
    nobody = sole is not None and sole[0].casefold() in _NOBODY
    if told_here and sole and told and (nobody or _by_staff(sentence[: sole.start()], people, listed)):
        yield _trimmed(text, start, end)
        return
    out = _LEFT_OUT.search(sentence)
    leave = _WITH_LEAVE.search(sentence)
    if leave and _by_staff(sentence[: leave.start()], people, listed):
        yield _trimmed(text, start, end)
        return
    if (
        out
        and _STRONG.search(sentence)
        and _BECAUSE.search(sentence)
        and _by_staff(sentence[: out.start()], people, listed)
    ):
        yield _trimmed(text, start, end)


def _by_staff(before: str, people: Collection[str], listed: bool) -> bool:
    """Whether the nearest doer named before a verb is one of the house; in a list of deeds none is named."""
    for said in reversed(re.findall(r"[\w'-]+", before)):
        low = said.casefold().partition("'")[0]
        if low in lex.CUSTOMER_SUBJECTS or low in ("you", "it"):
            return False
        if low in lex.STAFF_PRONOUNS | lex.STAFF_NOUNS | set(people):
            return True
    return listed


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    bare = piece.lstrip(" ,;:–—()\n")
    bare = bare[_LEADING.match(bare).end() :] if _LEADING.match(bare) else bare  # type: ignore[union-attr]
    start = end - len(bare)
    return start, start + len(bare.rstrip(" ,;:–—()\n."))


def _as_instruction(
    text: str,
    sentence: tuple[int, int],
    heeded: tuple[int, int],
    people: Collection[str],
    word: str,
    listed: bool,
) -> str | None:
    """The heeding turned round for a colleague: "First ask what the guest is allowed"; None where that cannot be."""
    for clause in clauses(text, *sentence, people, listed):
        if not (clause.start < heeded[1] and heeded[0] < clause.end):
            continue
        said = text[clause.start : clause.end]
        if not _HEED.search(said) or not (_RISK.search(said) or _FIRST.search(said)):
            continue
        first = clause.cut == "before" or any(w.low == "first" for w in clause.rest)
        line = _turned(replace(clause, rest=tuple(w for w in clause.rest if w.low != "first")), people, word)
        if line:
            return f"First {line[0].lower()}{line[1:]}" if first else line
    return None


def _said_plainly(words: str, word: str) -> str | None:
    """What can be said of two kinds of heeding whatever the words: leave is asked for, and what harms is left out."""
    if found := _MAY_I.search(words):
        what = found["what"] or ""
        return f"First ask whether you may{'' if _WHO_IS_MEANT.search(what) else what.rstrip()}"
    if found := _AFTER_ASKING.search(words):
        return f"First ask {found['whom'].casefold()}"
    if _LEFT_OUT.search(words) and _MUST_NOT.search(words) and not _HEED.search(words):
        return f"Leave out what the {word} must not have"
    return None


_MAY_I = re.compile(
    r"\bask\w* (?:[\w']+ ){0,3}(?:if|whether) (?:he|she|they) (?:may|might)\b(?P<what>(?: (?!and\b|so\b|but\b)[\w'-]+)*)",
    re.I,
)
_AFTER_ASKING = re.compile(r"\bafter (?:asking|checking with|a word with) (?P<whom>the [a-z]+)\b", re.I)
_WHO_IS_MEANT = re.compile(r"\b(?:i|me|my|we|us|our|he|she|it|they|him|her|his|them|their|this|that)\b", re.I)
_MUST_NOT = re.compile(
    _any(r"allerg\w+ intoleran\w+ co?eliac gluten lactose forb\w+ not[ ]allowed diet".replace("[ ]", r"\s")),
    re.I,
)


def _turned(clause: Clause, people: Collection[str], word: str) -> str | None:
    line = rewrite(clause, word, frozenset(people))
    line = re.sub(rf"\b({re.escape(word)} mind)ed\b", r"\1s", line) if line else None
    # what the caution is about need be known to nobody: "the allergy list"
    while line and not things_known(
        _RISK.sub("", re.sub(rf"\bthe (?={_RISK.pattern}(?! \w))", "", line)), word
    ):
        shorter = re.match(r"(.+) (?:before|after|for|at|in|on|during|with) .+?$", line)
        line = shorter[1] if shorter else None
    return line if line and (_RISK.search(line) or _FIRST.search(line) or len(line.split()) > 2) else None


def _quoted(words: str, story: Story, names: Collection[str]) -> str:
    """The story's own words, where everybody asked lets training use them; else, and where a name may stand in them, none."""
    said = without_names(one_line(words), names)
    if not story.all_agreed_to("training") or _LARGE.search(said) or not 3 <= len(said.split()) <= _LONGEST:
        return ""
    return f"Heed: “{said}”"


def _named(words: str) -> str:
    """What was heeded by its bare name, for whoever may not quote the story: the place says the rest."""
    found = (m[0].casefold() for m in [*_RISK.finditer(words), *_STRONG.finditer(words)])
    told = dict.fromkeys(next((said for start, said in _IS_TOLD if w.startswith(start)), w) for w in found)
    if not told:
        return "Heed what was asked first"
    named = listing([*told][:_MOST_NAMED])
    return f"Heed {named}" if named.startswith("what is") else f"Heed what is told of {named}"


_IS_TOLD = (
    ("allowed", "what is allowed"),
    ("permitted", "what is allowed"),
    ("forb", "what is forbidden"),
    ("prohib", "what is forbidden"),
    ("prescri", "what is prescribed"),
    ("signed", "a signature"),
    ("doctor", "the doctor"),
    ("not ", "eating and drinking"),
    ("n't ", "eating and drinking"),
    ("never ", "eating and drinking"),
    ("safe", "safety"),
    ("unsafe", "safety"),
    ("dangerous", "danger"),
)
"""How a word that names nothing is said in "heed what is told of"."""
