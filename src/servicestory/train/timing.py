"""How long a session takes: its parts add up, and follow what is shown, tried, played and talked over."""

LEARNERS, MOST = 3, 6  # as many as the minutes are for; with more than six each only watches most of the time
_TO_BEGIN = 3  # minutes to put the learners at ease and say what they will be able to do
_READ_ALOUD = 120  # words a minute
_STEP = 1  # minutes of a step each time it is done
_PLAY, _QUESTION, _TEACH_BACK = 5, 2, 2
_FIND = 10  # minutes for the learners to say what they do, where no step is known
_ROUND = 5


def minutes(
    steps: int, rounds: int, open_questions: int, story: str, plays: int, questions: int
) -> dict[str, int]:
    """What the four parts of a session (TWI Job Instruction) take, each a multiple of five minutes, and all.

    Args:
        steps: how many there are to show.
        rounds: how often the trainer does them all: at normal speed, and once for each thing said with them.
        open_questions: what has to be settled with the learners first.
        story: what is read aloud or retold.
        plays: role-plays.
        questions: what is talked over at the end.

    Returns:
        ``prepare``, ``present``, ``try``, ``follow``, ``all``; ``learners``: for how many that is; ``more``:
        what each learner more takes, up to ``most`` of them.
    """
    once = _STEP * max(1, steps)
    each = 2 * once + _TEACH_BACK  # in silence, then saying all of it
    parts = {
        "prepare": _rounded(_TO_BEGIN + len(story.split()) / _READ_ALOUD),
        "present": _rounded(rounds * once + open_questions) if steps else _FIND,
        "try": _rounded(LEARNERS * each + _PLAY * plays),
        "follow": _rounded(_QUESTION * questions),
    }
    return {**parts, "all": sum(parts.values()), "learners": LEARNERS, "more": each, "most": MOST}


def _rounded(told: float) -> int:
    """To the nearest five minutes, and no less than five."""
    return max(_ROUND, _ROUND * int(told / _ROUND + 0.5))
