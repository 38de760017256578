"""Which verbs tell a deed a colleague can copy: any, unless its meaning says that nothing was done for anybody.

No list holds the deeds of every trade ("trued the wheel", "numbed the gum"); what is no deed falls into a few kinds.
"""

from collections.abc import Sequence
from functools import cache

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import is_verb

_NO_DEED = lex.STATES | frozenset(
    # how somebody or something is, or comes to be
    """stand lie live sleep wake sound taste smell last stem depend equal fit suit resemble vary exist grow rise fall
    sink drop die age fade shine glow glisten gleam beam sparkle freeze melt boil rain snow stink work function
    arise emerge vanish disappear arrive depart occur turn go come get leave run pass return enter
    """
    # what goes on in somebody
    """hear overhear sense suspect doubt guess assume suppose presume expect imagine dream realise realize learn discover
    decide consider prefer trust worry fear wonder forget remember recall recollect notice spot see watch observe perceive
    intend plan aim mean seek desire dare mind care grieve mourn miss dread resent envy admire adore
    """
    # said, and not done
    """say claim promise swear vow argue mention mumble mutter shout yell insist complain admit deny joke lie threaten
    scold curse blame accuse pretend boast predict bet reckon conclude exclaim remark murmur babble gossip grumble moan
    """
    # a body's doing
    """sigh yawn cough sneeze cry weep sob blush shrug frown wink nod snore tremble shiver sweat grin giggle chuckle
    laugh smile stare gaze glance hesitate stumble trip chew swallow
    """
    # what it did to the one who tells of it
    """impress delight amaze astonish astound please satisfy thrill exceed surpass wow charm spoil pamper touch overwhelm
    enchant captivate rock nail ace excel outdo outshine succeed blow dazzle bowl floor stun shock relieve
    inspire fascinate entertain bore tire exhaust confuse puzzle
    """
    # harm, loss, and what was kept from somebody
    """break lose damage ruin spill steal hurt injure harm hit kick bite scratch bruise smash crash crack tear wreck mess
    botch neglect mistreat overcharge cheat scam deceive mislead ignore refuse decline reject delay postpone abandon
    dismiss insult offend annoy upset anger frustrate bother harass waste deprive evict misplace misread mishandle
    mistake stain soil scorch shrink leak burst collapse interrupt disturb shove snap slam bully mock ridicule humiliate embarrass
    """
    # a beginning, an end, an attempt
    """cease end quit attempt struggle tend fumble proceed bother dare manage agree shall can may must ought will
    """
    # what came to somebody
    """receive gain earn win inherit deserve obtain undergo endure experience lack owe
    """.split()
)


@cache
def doable(lemma: str) -> bool:
    """Whether a verb, by its base form, tells a deed that a colleague can copy."""
    return lemma in lex.COPYABLE or (lemma not in _NO_DEED and len(lemma) > 1 and is_verb(lemma))


def against(lemma: str, here: bool) -> frozenset[str]:
    """The words that take a deed back, or make a complaint of it.

    In what is told here, what a thing was before it was seen to is none ("taped the torn page of the broken book"),
    unless somebody was given it so ("gave me the wrong size").
    """
    return lex.NEGATIVE - lex.POOR if here and lemma not in _GIVING else lex.NEGATIVE


_GIVING = frozenset(
    """give bring sell send serve hand deliver provide offer print charge order fit install fill tell show put enter
    write prescribe dispense pour cook make issue book lend measure quote use add apply inject state""".split()
)


def harms(lemma: str, lows: Sequence[str]) -> bool:
    """Whether a verb is a harm together with what follows it: "mixed up our rooms", "cancelled my appointment"."""
    if lemma == "cancel":
        return lows[0:1] in (["my"], ["our"])
    return any(low in _HARM_WITH.get(lemma, ()) for low in lows[:4])


_HARM_WITH = {
    "mix": ("up",), "mess": ("up",), "screw": ("up",), "let": ("down",), "send": ("away",), "turn": ("away",),
    "put": ("off",), "throw": ("out",), "brush": ("off",), "shut": ("out",), "lock": ("out",), "cut": ("off", "short"),
    "knock": ("over",), "rip": ("off",), "talk": ("down", "over"), "charge": ("twice", "double"),
}  # fmt: skip
