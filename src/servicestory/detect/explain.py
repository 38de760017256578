"""Why each sentence of a story went where it did: telling words, second choice, why it was left out."""

from collections.abc import Collection, Sequence

import numpy as np

from servicestory.detect import copies, language
from servicestory.detect.features import Floats, blocks
from servicestory.detect.reading import Passage, passages, probabilities, read
from servicestory.detect.readings import possible_of
from servicestory.detect.result import Behaviour, Detection, LeftOut
from servicestory.detect.weights import Weights, shipped
from servicestory.detect.words import STOP, number, root, tokens
from servicestory.models.practice import Decision, Practice, is_doubtful
from servicestory.models.story import Story
from servicestory.text import listing, one_line

WORDS = 4
"""Words shown for each sentence."""
LOOKED_INTO = 60
"""Sentences of a story whose words are weighed one by one; each is read again as often as it has words."""
OF_KIND, READ = 6, 3
"""Words of a practice whose passages have none in common; passages that are looked into for them."""


def explain(
    detection: Detection,
    story: Story,
    house: str = "en",
    standing: Sequence[Practice] = (),
    names: Collection[str] = (),
) -> list[str]:
    """Lines in plain English about every sentence of ``story``, in the order of the text and numbered.

    ``house`` is the workspace's language; ``standing`` tell who put a place there by hand; ``names``
    are words of the story that are somebody's, and are not shown. A word
    speaks for a decision when the probability falls without it (occlusion, Zeiler & Fergus 2014).
    """
    weights = shipped()
    called = {p.id: p.name for p in detection.practices}
    key_of = {p.id: p.definition for p in detection.practices}
    telling = {p.id: p.words for p in detection.practices}

    def nameless(words: Sequence[str]) -> list[str]:
        return [word for word in words if word not in names]

    found: list[Behaviour | LeftOut | Passage] = [b for b in detection.behaviours if b.story == story.id]
    there = {(x.field, x.start, x.end) for x in found}
    belongs = {
        (p.id, detection.behaviours[i].place): score
        for p in detection.practices
        for i, score in zip(p.evidence, p.scores, strict=True)
        if detection.behaviours[i].story == story.id
    }
    lines: list[str] = []
    spoken = language.spoken(story, house)
    if spoken == "en":
        # a detection keeps the behaviours only; the rest is read once more, as it was read among all stories
        again = read([story], weights, possible=possible_of(detection.stories))
        found += [x for x in again.left_out if (x.field, x.start, x.end) not in there]
        found += [p for p in again.passages if (p.field, p.start, p.end) not in there]
    elif story.narrative.strip():
        lines.append(
            f"The text of this story is in {language.name_of(spoken)} and was not read; lines under "
            "'behaviours:' are."
        )
    number = {(p.field, p.start, p.end): f"{n}. " for n, p in enumerate(passages([story]), start=1)}
    put = {
        (p.id, e.ref): p.put_by(e.ref)
        for p in standing
        for e in p.evidence
        if e.pinned and e.story == story.id
    }
    decided = {ref for (_, ref), decision in put.items() if decision}
    # where one practice tells who put it there, an older mark without a decision in another says nothing
    put = {at: decision for at, decision in put.items() if decision or at[1] not in decided}
    for n, one in enumerate(sorted(found, key=lambda x: (x.field != "narrative", x.field, x.start))):
        weighed = n < LOOKED_INTO
        lines.append(f"{number.get((one.field, one.start, one.end), '')}“{one_line(one.text, 200)}”")
        if isinstance(one, Passage):
            same = copies.spoken(one.text)
            here = any(isinstance(x, Behaviour) and copies.spoken(x.text) == same for x in found)
            where = "elsewhere in this story" if here else "in another story, or nearly so"
            lines.append(f"    A behaviour, told in the same words {where}; it is counted there.")
            continue
        if isinstance(one, LeftOut):
            lines.append(f"    Left out: it {one.reason}.")
            said = nameless(speaking_words(one.text, _columns(weights, None), weights)) if weighed else []
            if said:
                lines.append(f"    For a behaviour spoke: {_listed(said)}; that was not enough.")
            continue
        if not one.practices:
            near = one.runner_up if one.runner_up in called else None
            unlike = f", least unlike {near} {called[near]}" if near else ""
            lines.append(f"    A behaviour, but not clearly like any practice{unlike}.")
            said = (
                nameless(_spoke(one.text, key_of[near], telling[near], weights)) if near and weighed else []
            )
            if said:
                lines.append(f"    For {near} spoke: {_listed(said)}; that was not enough.")
        ref = one.as_evidence().ref
        out = [p.id for p in standing if p.status != "merged" and any(e.ref == ref for e in p.not_evidence)]
        if out:
            rest = "" if one.practices else "; it goes to another by itself only where that is sure"
            lines.append(f"    A person took it out of {listing(out)}{rest}.")
        went = [
            p.id for p in detection.practices if any(detection.behaviours[i] is one for i, _ in p.followed)
        ]
        if went:
            lines.append(
                f"    Told nearly as a place that a person took out of {listing(went)}, so it left too."
            )
        for practice in one.practices:
            if (by_hand := (practice, one.as_evidence().ref)) in put:
                lines.append(f"    {practice} {called[practice]}: {_put_there(put[by_hand])}")
                continue
            learned = key_of[practice] in weights.practices
            said = []
            if weighed or not learned:
                said = nameless(_spoke(one.text, key_of[practice], telling[practice], weights))
            why = f"; words that spoke for it: {_listed(said)}" if said else ""
            sure = belongs.get((practice, one.place))
            known = key_of[practice] in weights.practices and sure is not None
            likely = f" ({sure:.0%} likely)" if known else ""
            lines.append(f"    {practice} {called[practice]}{likely}{why}.")
            if is_doubtful(sure, False):
                lines.append(f"    That it belongs there is doubtful ({belongs[practice, one.place]:.0%}).")
        if one.field == "narrative":
            lines.append(f"    That it tells a behaviour is {_sure(one.score)}.")
        else:
            lines.append("    The teller listed it as a behaviour, so it counts as it stands.")
        if one.practices and one.runner_up in called and one.runner_up not in one.practices:
            lines.append(f"    Second choice: {one.runner_up} {called[one.runner_up]}.")
        if one.copies > 1:
            lines.append(f"    Told {one.copies} times in the same words, or nearly so; counted once.")
    if len(found) > LOOKED_INTO:
        lines.append(
            f"Which words spoke for a practice was worked out for the first {LOOKED_INTO} of these "
            f"{len(found):,} sentences."
        )
    if not lines:
        lines.append("This story holds no sentence.")
    return lines


def _put_there(decided: Decision | None) -> str:
    """Who put a place into a practice or confirmed it there, when and why."""
    if decided is None:
        return "it stays there because a person said so."
    return f"put there by {decided.by} on {decided.on}: {decided.reason}"


def _sure(score: float) -> str:
    if score < 0.4:
        return f"doubtful ({score:.0%}), but enough here"
    word = "nearly certain" if score >= 0.9 else "likely" if score >= 0.6 else "about even"
    return f"{word} ({score:.0%})"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)


def _spoke(text: str, key: str | None, telling: Sequence[str], weights: Weights) -> list[str]:
    """The words of ``text`` that speak for a practice: by what was learned of it, else by what it shares."""
    if key in weights.practices:
        return speaking_words(text, _columns(weights, key), weights)
    return _shared(text, telling)


def _shared(text: str, telling: Sequence[str]) -> list[str]:
    """The words of ``text`` that hold a discovered practice together: no weights were learned for it."""
    roots = {root(word) for word in telling}
    return list(dict.fromkeys(w for w in tokens(text) if root(w.lower()) in roots))[:WORDS]


def _columns(weights: Weights, key: str | None) -> list[int]:
    """The classes that speak for a practice: its own where one was learned, else every practice."""
    if key in weights.practices:
        return [weights.practices.index(key)]
    return list(range(len(weights.practices)))


def speaking_words(text: str, columns: Sequence[int], weights: Weights) -> list[str]:
    """Up to four telling words of ``text``, in order, without which ``columns`` were less probable."""
    words = tokens(text)
    variants = [" ".join(words)] + [" ".join(words[:i] + words[i + 1 :]) for i in range(len(words))]
    features = blocks(number(variants, weights.vocabulary.known), weights.vocabulary)
    read = probabilities(variants, features, weights)
    odds: Floats = read[:, list(columns)].sum(axis=1)
    fall = np.round(odds[0] - odds[1:], 4)
    # small words tell a reader nothing, even where the sentence would read otherwise without them
    telling = [i for i, word in enumerate(words) if word[0].isalnum() and word.lower() not in STOP]
    best = sorted(telling, key=lambda i: (-fall[i], i))[:WORDS]
    kept = [i for i in sorted(best) if fall[i] >= 0.02]
    return list(dict.fromkeys(words[i] for i in kept))


def words_of_kind(key: str | None, texts: Sequence[str], weights: Weights) -> list[str]:
    """Up to six words by which ``texts`` were read as the kind of deed ``key``, where none is common to them.

    No word with a capital: it may be somebody's name. Empty where nothing was learned of that kind.
    """
    if key not in weights.practices:
        return []
    said = [speaking_words(text, _columns(weights, key), weights) for text in texts[:READ]]
    lower = [word for words in said for word in words if word == word.lower()]
    return list({root(word): word for word in reversed(lower)}.values())[::-1][:OF_KIND]
