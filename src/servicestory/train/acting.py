"""What makes a role-play one of this practice: what only one player knows, and what makes it harder."""

import re
from collections.abc import Sequence

from servicestory.text import one_line
from servicestory.train.telling import stems
from servicestory.wording.articles import with_article
from servicestory.wording.asking import HOW_ALL_IS, kind_of
from servicestory.wording.definition import named_moment
from servicestory.wording.material import Material

# By kind of act, see `asking.kind_of`; {c} is the house's word for a customer.
_HARDER = (
    ("call", "Nobody answers the first time."),
    ("ask ask-how ask-what check return come", "The {c} has little time and answers in single words."),
    ("note record pass", "The {c} says it in passing, while you are busy with somebody else."),
    ("walk", "The telephone rings at your post just as you set off."),
    ("explain tell teach write draw show answer read", "The {c} does not understand it the first time."),
    ("calm comfort reassure encourage stay sit", "You are called elsewhere just as the {c} begins to talk."),
    ("film photograph", "The {c} is not sure whether to agree to it."),
    ("pack have arrange book order mark prepare send", "You hear of it at the last moment."),
    ("repair replace see", "Whoever you need for it says that there is no time today."),
    ("carry", "There is more of it than you can carry at once."),
    (
        "bring give lend add keep warm lay serve clean",
        "What you need for it is not where it is usually kept.",
    ),
    ("greet look thank address listen", "You are in the middle of something else that has to be finished."),
)
_ANY_HARDER = "You are alone, and somebody else needs you at the same moment."
_HEARD = "Two others are waiting and can hear every word."
_TOLD_BEFORE = "The {c} has told two of us already, and nothing happened."
_LACKING = "Decide what you lack and why it cannot wait. Do not ask for it straight out."
_NO_WAY = "Decide where you have to be and by when. You do not know the way."
_SECRETS = (
    (
        "calm comfort reassure encourage stay sit",
        "Decide what you are afraid of. Say little, and something else first.",
    ),
    (
        "listen",
        "Decide what is on your mind. Begin with something small; come to it only when nobody hurries you.",
    ),
    (
        "ask-how return come call",
        "Something is not as it should be: decide what. Say so only when you are asked a second time.",
    ),
    ("note pass", "Decide what you need, and say it once, in your own words."),
    ("walk", _NO_WAY),
    (
        "explain tell teach show answer read",
        "Decide what you have not understood. Say “yes, yes” the first time.",
    ),
    (
        "write draw",
        "Decide what makes it hard for you: you see badly, you forget quickly, or you are ashamed to ask. "
        "Do not say so straight out.",
    ),
    ("carry", "Decide which of your things must not be tipped or dropped. Say so only when you are asked."),
    ("pack bring give lend add keep warm lay serve", _LACKING),
    (
        "repair replace have send arrange see book",
        "Decide what you need and why it cannot wait. Do not say what should be done about it.",
    ),
)
_WENT_WRONG = "Decide what has gone wrong, something that did happen here, and what it has cost you."


def harder(material: Material, there: bool, heard: bool) -> list[str]:
    """What makes it harder, the most fitting first; at least one line.

    Args:
        there: whoever it is done for is there; of somebody who is away nothing is said.
        heard: others may hear it, as the stories tell.
    """
    lines = [_TOLD_BEFORE] if went_wrong(material) else []
    lines += [_HEARD] if heard else []
    lines += [*_by_act(_HARDER, material), _ANY_HARDER]
    return [line.replace("{c}", material.customer) for line in lines if there or "{c}" not in line]


def secrets(material: Material) -> list[str]:
    """What only whoever plays the customer is told, so that there is something to find out; best first.

    Empty where nothing fits the kind of act: what makes no sense in the scene is worse than nothing.
    """
    if went_wrong(material):
        return [_WENT_WRONG]
    practice = material.practice
    unasked = _UNLOOKED_FOR.search(f"{practice.name} {practice.behaviour_statement or ''}")
    told = " ".join(
        [practice.name, practice.behaviour_statement or "", *map(material.text_at, material.cites)]
    )
    unfit = {_LACKING if unasked else "", _NO_WAY if not _LOOKED_FOR.search(told) else ""}
    return [line for line in _by_act(_SECRETS, material) if line not in unfit]


# Not everybody who is taken somewhere is looking for it: some are taken out of a crowd.
_LOOKED_FOR = re.compile(
    r"\b(?:find|found|finding|looking for|lost|where|which way|the way|directions?|point(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)


# Nobody lacks what they are surprised with.
_UNLOOKED_FOR = re.compile(
    r"\b(?:surpris\w*|celebrat\w*|birthdays?|anniversar\w+|gifts?|extras?|compliment\w*|for fun)\b",
    re.IGNORECASE,
)


_WHO = re.compile(
    r"\b(?P<who>\w+) who (?P<does>(?:are|have|need|want|come|arrive|leave|live|feel|cannot)\b[^,.;:]*?)"
    r"(?=$|[,.;:]| and )",
    re.IGNORECASE,
)
_ONE = {"are": "is", "have": "has"}


def own_moment(material: Material) -> str:
    """The moment people wrote, or the practice's own words name, as a scene; empty: neither.

    "Calm people who are afraid" -> "A guest is afraid."; "when something is broken, ..." -> "Something is
    broken."
    """
    practice, word = material.practice, material.customer
    if practice.trigger:
        scene = re.sub(
            r"^(?:when|as soon as|whenever|if) ", "", one_line(practice.trigger).rstrip("."), flags=re.I
        )
        return f"{scene[0].upper()}{scene[1:]}."
    said = [one_line(text) for text in (practice.name, practice.behaviour_statement) if text]
    for text in said:
        when = named_moment(text) or ""
        if when.startswith("When "):
            return f"{when[5].upper()}{when[6:]}."
        if does := next((does for named, does in _COMES_AND_GOES if named.fullmatch(when)), ""):
            return f"{_a(word)} {does}."
    if not (found := next((f for text in said if (f := _WHO.search(text))), None)):
        return ""
    who, (first, _, rest) = found["who"].casefold(), found["does"].partition(" ")
    if who not in {"people", "those", "anybody", "everybody", "someone", "somebody", f"{word}s"}:
        return f"{who[0].upper()}{who[1:]} {found['does']}."
    one = _ONE.get(first.casefold(), first if first == "cannot" else f"{first}s")
    return f"{_a(word)} {one} {rest}".rstrip() + "."


_COMES_AND_GOES = (
    (re.compile(r"(?:on|upon|at) (?:arrival|check-?in)", re.IGNORECASE), "arrives"),
    (re.compile(r"(?:on|upon|at) (?:departure|leaving|check-?out)", re.IGNORECASE), "leaves"),
)


def _a(word: str) -> str:
    said = with_article(word)
    return f"{said[0].upper()}{said[1:]}"


def same_moment(one: str, other: str, material: Material) -> bool:
    """Whether two scenes would be played alike: they share their telling words, or both begin badly."""
    shared = stems(one, material.customer) & stems(other, material.customer)
    return bool(shared) or bool(_BADLY.search(one) and _BADLY.search(other))


_BADLY = re.compile(
    r"\b(?:wrong|upset|brok\w+|faults?|let \w+ down|does not work|mistakes?|disappoint\w*)\b", re.I
)


def besides(material: Material, there: bool) -> str:
    """Who else must be played: whoever reads what was written for them, and the customer who is asked first.

    Args:
        there: the one it is done for is played already.
    """
    lines = [step.text for step in material.steps]
    said = [*lines, *(p.text for step in material.steps for p in step.key_points)]
    word = material.customer
    roles = []
    asks = rf"\bask (?:first )?(?:the {re.escape(word)}|\w+ (?:the {re.escape(word)}|they))\b"
    if not there and any(re.search(asks, text, re.IGNORECASE) for text in said):
        roles.append(f"one is the {word}, who is asked beforehand")
    if any(_READ_LATER.search(line) for line in lines):
        roles.append("one comes on for the next shift and has only what was written")
    return ", ".join(roles)


_READ_LATER = re.compile(
    r"\bread\b.*\b(?:before you (?:go on|come on|start|begin)|at the (?:start|beginning))\b"
    r"|\bnext shift\b.*\breads?\b",
    re.IGNORECASE,
)


def went_wrong(material: Material) -> bool:
    """Whether it puts something right: its steps are those of a recovery, or name, moment or steps say so.

    That something had gone wrong in its stories is not enough unless they begin with it: a child is not given
    a toy to make up for a wrong bill.
    """
    said = f"{material.practice.name} {material.practice.trigger or ''}"
    begins = [scene for scene, _ in material.situations] if material.recovery else []
    return (
        any(step.source == "recovery" for step in material.steps)
        or any(_WRONG.search(text) for text in (said, *(step.text for step in material.steps)))
        or any(_BADLY.search(scene) for scene in begins)
    )


_WRONG = re.compile(
    r"\b(?:complain\w*|wrong|broken?|faults?|faulty|mistakes?|errors?|let \w+ down)\b", re.IGNORECASE
)


def _by_act(table: Sequence[tuple[str, str]], material: Material) -> list[str]:
    """The lines of a table for the kinds of act the steps are, in the table's order."""
    word = re.escape(material.customer)
    told = re.compile(
        rf"(?:tell|ask|inform|call|ring) the (?!{word}\b)[a-z]|read\b(?!.*\b{word}\b)", re.IGNORECASE
    )
    lines = [s.text for s in material.steps if not (_NO_SUCH_ACT.match(s.text) or told.match(s.text))]
    # what somebody else is told or asked, and what is read alone, is no part of the scene
    done = {kind_of(line) for line in lines}
    if any(HOW_ALL_IS.search(line) for line in lines):
        done.add("ask-how")  # asked in a call, or on a visit
    return [said for kinds, said in table if done & set(kinds.split())]


# Who gives confidence carries nothing, and who looks after somebody does not just look.
_NO_SUCH_ACT = re.compile(
    r"show (?:that|how much|your|interest|understanding|patience)\b"
    r"|(?:give|bring|lend|offer|add|keep) (?:\w+ ){0,2}(?:advice|attention|calm|comfort|confidence|courage"
    r"|directions|hope|information|notice|praise|priority|reassurance|strength|support|thanks|time|tips|trust|warning)\b"
    r"|(?:look|see) (?:after|to)\b|keep (?:calm|quiet|\w+ing)\b",
    re.IGNORECASE,
)
