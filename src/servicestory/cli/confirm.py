"""`servicestory review --names`: are names read in stories colleagues? Answers are written and recorded."""

import re
from typing import TYPE_CHECKING, Any, Literal

from servicestory import console
from servicestory.cli.app import today, who
from servicestory.cli.evidence import say_outdated
from servicestory.errors import Problem, Usage, nearest
from servicestory.text import folded, listing, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from servicestory.detect.suggesting import Question
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace

_CHOICES = [
    ("y", "yes, a colleague: write it into the stories"),
    ("s", "the same person as a colleague who is known already"),
    ("o", "a colleague, but called otherwise"),
    ("n", "no colleague: a customer, a place, a dish; never ask again"),
    ("l", "later"),
    ("q", "stop here"),
]
_SHOWN = 40  # names listed where nobody can be asked


def names(
    ws: "Workspace",
    name: str | None,
    accept: bool,
    reject: bool,
    person: str | None,
    reason: str | None,
    by: str | None,
    as_json: bool,
    everything: bool = False,
    same_as: str | None = None,
) -> None:
    """Decide about names by flags, ask about each at a terminal, or list them.

    Args:
        same_as: who the name means, somebody on record or told of; it is accepted as theirs.

    Raises:
        Usage: flags that do not go together.
        Problem: no story suggests that name.
    """
    if accept and reject:
        raise Usage("A name is either a colleague's or not", "", "Give --accept or --reject")
    if same_as is not None and (reject or person):
        raise Usage("--same-as says whose name it is", "", "Leave --reject and --rename away")
    accept = accept or same_as is not None
    if (accept or reject) and not name:
        raise Usage("Which name is not said", "", 'Name it: servicestory review --names "Milo" --accept')
    if person and not accept:
        raise Usage("--rename belongs to --accept here", "", "It says who a confirmed name is")
    again = _standing(ws)
    asked = _questions(ws)
    if name:
        chosen = _chosen(asked, name)
        person = _known(ws, asked, same_as, chosen) if same_as is not None else person
        if person and same_as is None and len({folded(question.name) for question in chosen}) > 1:
            raise Usage("--rename says who one name is", "", "Confirm the names one by one")
        if not (accept or reject):
            _ask_each(ws, chosen, by)
            return
        answer: Literal["a colleague", "no colleague"] = "a colleague" if accept else "no colleague"
        say_outdated([p for one in chosen for p in _decide(ws, one, answer, person, reason, by)])
    elif as_json:
        _json(asked, everything)
    elif console.interactive():
        _ask_each(ws, asked, by)
    else:
        _list(asked, None if everything else _SHOWN)
    if again:
        console.note(f"{plural(again, 'newer story', 'newer stories')} written as confirmed before.")


def _questions(ws: "Workspace") -> "list[Question]":
    from servicestory.cli.judging import House
    from servicestory.detect.suggesting import questions

    house = House(ws, ws.organisation(), ws.stories())
    return questions(house.suggested, house.stories, house.organisation)


def _standing(ws: "Workspace") -> int:
    """Write names confirmed before into stories that came in since; how many stories."""
    from servicestory.detect.suggesting import standing
    from servicestory.models.names import NameDecision

    decided = standing(ws.records("names", NameDecision))
    if not decided:
        return 0
    count = 0
    for question in _questions(ws):
        key = (folded(question.name), folded(question.site or ""))
        if key in decided:
            count += _write(ws, question, decided[key])
            _of_before(ws, question.stories)
    return count


def _chosen(asked: "Sequence[Question]", given: str) -> "list[Question]":
    """The questions of one name, or of several with commas or semicolons between, all known or none.

    Raises:
        Problem: no story suggests one of them.
    """
    known = {folded(said) for question in asked for said in (question.name, question.label)}
    parts = [part.strip() for part in re.split("[,;]", given) if part.strip()] or [given]
    chosen: dict[Question, None] = {}
    while parts:  # a site may have a comma of its own: "Chase (Gresham, OR)"
        ends = (end for end in range(len(parts), 1, -1) if folded(", ".join(parts[:end])) in known)
        end = next(ends, 1)
        chosen |= dict.fromkeys(_named(asked, ", ".join(parts[:end])))
        parts = parts[end:]
    return list(chosen)


def _named(asked: "Sequence[Question]", name: str) -> "list[Question]":
    """The questions a given name means: with its site one, without every site's.

    Raises:
        Problem: there is none.
    """
    chosen = [q for q in asked if folded(name) in (folded(q.name), folded(q.label))]
    if not chosen:
        like = nearest(name, [q.name for q in asked])
        hint = f"Did you mean '{like}'? " if like else ""
        raise Problem(f"no story suggests the name '{name}'", "", f"{hint}See: servicestory review --names")
    return chosen


def _known(
    ws: "Workspace",
    asked: "Sequence[Question]",
    given: str,
    of: "Collection[Question]",
    new: str = "--accept --rename NAME",
) -> str:
    """Somebody of the staff list, of a story's people or read in one, as they are written.

    Args:
        of: the names it is said of, which are not offered for what nobody is called.
        new: how to say that it is somebody new.

    Raises:
        Problem: nobody known is called so, or several at different sites are.
    """
    listed = ws.organisation().colleague(given)
    if listed:
        return listed.name
    on_record = {name for story in ws.stories([]) for name in story.people}
    written = on_record | {q.person for q in asked}
    found = sorted(name for name in written if folded(name) == folded(given))[:1] or sorted(
        {q.person for q in asked if folded(given) in (folded(q.name), folded(q.label))}
    )
    if len(found) > 1:
        shown = listing([f'"{name}"' for name in found])
        raise Problem(
            f"{len(found)} people at different sites are called '{given}'", "", f"Write which one: {shown}"
        )
    if not found:
        others = written - {name for q in of for name in (q.name, q.label, q.person)}
        like = nearest(given, [*ws.organisation().staff_names(), *sorted(others)])
        hint = f"Did you mean '{like}'? " if like else ""
        raise Problem(f"no colleague known is called '{given}'", "", f"{hint}For a new one: {new}")
    return found[0]


def _decide(
    ws: "Workspace",
    question: "Question",
    decision: Literal["a colleague", "no colleague"],
    person: str | None,
    reason: str | None,
    by: str | None,
) -> "list[Practice]":
    """Records one answer; the practices whose verdict is of before it now."""
    from servicestory.models.names import NameDecision

    colleague = decision == "a colleague"
    written = (person or question.person) if colleague else None
    with ws.lock():
        count = _write(ws, question, written) if written else 0
        record = NameDecision(
            on=today().isoformat(),
            by=who(by),
            name=question.name,
            site=question.site,
            decision=decision,
            person=written,
            stories=count or len(question.stories),
            reason=reason,
        )
        ws.append("names", [record])
        touched = _of_before(ws, question.stories)
    if colleague:
        console.out(f"{question.label}: written as {written} into {plural(count, 'story', 'stories')}.")
    else:
        console.out(f"{question.label}: no colleague; not asked again.")
    return touched


def _of_before(ws: "Workspace", stories: "Collection[str]") -> "list[Practice]":
    """Marks the verdicts of the practices that these stories show: who did it is known otherwise now."""
    shown = [p for p in ws.practices([]) if p.verdict and any(e.story in stories for e in p.evidence)]
    if changed := [p.of_before() for p in shown if not p.outdated]:
        ws.save_practices(changed)
    return changed


def _write(ws: "Workspace", question: "Question", person: str) -> int:
    """The person into ``people`` of every story of the question; how many stories."""
    for story in question.stories:
        people = ws.story(story).people
        if person not in people:
            ws.edit_story(story, {"people": [*people, person]})
    return len(question.stories)


def _ask_each(ws: "Workspace", asked: "Sequence[Question]", by: str | None) -> None:
    if not asked:
        console.out("No name read in a story waits for an answer.")
        return
    if not console.interactive():
        _list(asked)
        return
    console.out("These names stand in stories that do not say who did it. They are shown to you only.")
    for number, question in enumerate(asked, start=1):
        console.heading(f"\n{number} of {len(asked)}: {question.label}")
        _describe(question)
        answer = console.choose("Is this a colleague?", _CHOICES, "l")
        if answer == "q":
            return
        if answer == "l":
            continue
        person = console.ask("The colleague's name?") if answer == "o" else None
        if answer == "s":
            try:
                answered = console.ask("The same person as?")
                person = _known(ws, asked, answered, [question], 'answer "o"')
            except Problem as problem:
                console.note(f"{problem} It is asked again the next time.")
                continue
        _decide(ws, question, "no colleague" if answer == "n" else "a colleague", person or None, None, by)
    console.out("\nThat was the last one. Next: servicestory detect, to judge with them")


def _describe(question: "Question") -> None:
    from servicestory.detect.people import ON_THE_LIST

    known = ", on the staff list" if question.known and question.why != ON_THE_LIST else ""
    console.out(f"  in {plural(len(question.stories), 'story', 'stories')}; {question.why}{known}")
    if question.spelled:
        console.out(f"  Perhaps {question.person} in another spelling: yes writes {question.person}.")
    console.out(f"  “{question.quote}”")


def _list(asked: "Sequence[Question]", most: int | None = _SHOWN) -> None:
    """The names as a table, with how to answer; for scripts and pipes."""
    if not asked:
        console.out("No name read in a story waits for an answer.")
        return
    rows = [
        (q.label, len(q.stories), f"{q.why}; perhaps {q.person}" if q.spelled else q.why, "yes" * q.known)
        for q in asked[:most]
    ]
    columns = ("name", "stories", "why", "on the staff list")
    if console.fits(columns, rows):
        console.table(plural(len(asked), "name to confirm", "names to confirm"), columns, rows)
    else:
        entries = [(label, [f"    {plural(n, 'story', 'stories')}; {why}"]) for label, n, why, _ in rows]
        console.entries(plural(len(asked), "name to confirm", "names to confirm"), entries)
    if most is not None and len(asked) > most:
        console.out(f"… and {len(asked) - most} more; see them all with: servicestory review --names --all")
    console.note(
        f'Answer one: servicestory review --names "{asked[0].label}" --accept, or --reject, or --same-as NAME'
    )


def _json(asked: "Sequence[Question]", named: bool) -> None:
    """How many wait and where; the names are for whoever confirms them, so only where they are asked for."""
    found: list[dict[str, Any]] = [
        {
            **({"name": q.name, "label": q.label, "person": q.person} if named else {}),
            "site": q.site,
            "stories": list(q.stories),
            "why": q.why,
            "on_staff_list": q.known,
        }
        for q in asked
    ]
    console.json({"schema": 1, "names": found})
