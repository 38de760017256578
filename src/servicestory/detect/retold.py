"""Whole deeds of a passage as instructions: all of a breath, with the people in it turned round.

:mod:`servicestory.detect.cut_out` ends before the first word that could be anybody. Here the words before say
who is meant: "June sat with her while she made the call" is "Sit with the client while they make the call",
and in "Omar let me try it in front of him" it is Omar.

:mod:`servicestory.wording.turning` turns pronouns for the steps of a procedure. Steps bind, so it gives up
where "he" or "her" may be either: at 394 of 671 deeds with one in tests/detect/houses; 150 it tells alike.
A name is a proposal: here the likelier one is taken, and told to be less sure.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from servicestory.detect.actively import actively
from servicestory.detect.cut_out import ENDS, WORD, begins, doers, named_at, received, verbs
from servicestory.detect.one_deed import WHO_IS, Deed
from servicestory.detect.words import word_set

_ONES = word_set("i we my our mine ours")
"""Whoever writes of these tells in whole sentences: what one begins with may be theirs."""


def whole_deeds(
    text: str, customer: str, names: Collection[str], customers: bool = False
) -> list[tuple[str, float]]:
    """What those who work here (``names``) are told to have done as instructions, and what speaks against it.

    An "I" may be theirs as well, unless it is the ``customers``'; ``customer`` is the house's word for one.
    """
    words = WORD.findall(text.replace("’", "'"))
    hidden = {part.lower() for name in names for part in name.split()}
    initials = {"".join(part[0] for part in name.split()).upper() for name in names if " " in name}
    known = [named_at(words, at, hidden, initials) for at in range(len(words))]
    found = dict.fromkeys(received(words, known, customer), 0.0)
    told = [(words, known), *actively(words, known)]
    for those, names_in in told:
        for said, less in _deeds(those, names_in, customer, customers):
            found[said] = min(less, found.get(said, 9))
    return list(found.items())


def _deeds(
    words: Sequence[str], known: Sequence[bool], customer: str, customers: bool
) -> Iterator[tuple[str, float]]:
    """The deeds of those who are named (``known``, by word) or may be meant, and what speaks against each."""
    # where a colleague is named, or customers tell, an "I" is whoever tells of them
    acting = dict(doers(words, known, not (customers or any(known))))
    for at in range(len(words) - 1):
        named, low = known[at], words[at].lower()
        opens = not customers and begins(words, at) and not _ONES & {*map(str.lower, words)}
        if at not in acting and not opens:
            continue
        after = _after_who(words, at + 1) if named else at + (not opens)
        every = list(verbs(words, after, named))
        for n in range(len(every)):
            for joined in ([*every[n + 1 :], (-1, "")], []):
                deed = Deed(words, customer, known, WHO_IS.get(low, "") if not named else "")
                deed.first = n == 0  # "it" of a later one may as well be a thing of the first
                said = deed.told(*every[n], dict(joined))
                less = (0.0 if named else 0.05 if opens else 0.1) + deed.unsure
                if opens and not re.search(rf"\bthe {re.escape(customer)}\b(?!')", said):
                    continue  # "Rang the bell": nobody knows who did
                if said:
                    yield said, less


def _after_who(words: Sequence[str], at: int) -> int:
    """Where the verb may stand: after "who", or after ", who was new," between two commas."""
    if words[at].lower() == "who":
        return at + 1
    if words[at] == "," and words[at + 1 : at + 2] == ["who"]:
        end = next((n for n in range(at + 2, min(at + 14, len(words))) if words[n] in ENDS | {","}), 0)
        return end + 1 if end and words[end] == "," else at
    return at
