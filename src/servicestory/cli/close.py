"""`review --close` and its actions: what was decided, who does what by when, and whether it worked."""

from typing import TYPE_CHECKING, Any, get_args

from servicestory import console
from servicestory.cli import figures
from servicestory.cli.app import today, who
from servicestory.cli.days import given_day
from servicestory.cli.naming import Naming
from servicestory.cli.period import reviewed
from servicestory.errors import Problem, Usage, nearest
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.models.review import Action
    from servicestory.workspace import Workspace

OUTCOMES = [
    ("w", "worked"),
    ("p", "partly"),
    ("n", "did not work"),
    ("d", "dropped: not done, and no longer wanted"),
    ("l", "later: still open"),
]
_MEANT = {"w": "worked", "p": "partly", "n": "did not work", "d": "dropped"}


def meeting(
    ws: "Workspace",
    practice: str | None,
    asked_for: dict[str, Any],
    belongings: dict[str, str | None],
    by: str | None,
    reason: str | None,
    as_json: bool,
) -> None:
    """What a review ends with: an action, a decision, what came of one, the list, or the closing."""
    asked = [name for name, value in asked_for.items() if value]
    if len([name for name in asked if name != "--close"]) > 1 or {"--close", "--actions"} <= set(asked):
        raise Usage(f"{' and '.join(asked)} do not go together", "", "Make one call for each")
    if asked_for["--actions"]:
        show(ws, as_json)
        return
    from servicestory.monitor.actions import overdue

    about = ""
    if not asked_for["--check"] or belongings["--period"]:
        period = belongings["--period"]
        told = [] if period is not None else [row["date"] for row in ws.summaries([])]
        about = reviewed(period, ws.organisation().periods.kind, today(), told)
    broken: list[Problem] = []
    known(ws, broken)
    if broken:
        console.problems(broken)
    if asked_for["--check"]:
        done = check(ws, asked_for["--check"], belongings["--outcome"] or "", belongings["--result"] or "")
        console.out(f"{done.id} {done.what}: {done.outcome}")
    elif what := asked_for["--action"] or asked_for["--decision"]:
        kind = "action" if asked_for["--action"] else "decision"
        given = {
            "period": about, "kind": kind, "what": what, "practice": practice,
            "owner": belongings["--owner"], "due": belongings["--due"],
            "expected_effect": belongings["--effect"], "measure": belongings["--measure"],
        }  # fmt: skip
        made = decide(ws, by, given)
        console.out(
            f"Recorded {made.id}: {made.what}" + (f" ({made.owner}, by {made.due})" if made.due else "")
        )
        if overdue(made, today()):
            console.note(f"{made.due} is over: {made.id} is overdue already.")
        staff = {name.casefold() for name in ws.organisation().staff_names()}
        if made.owner and made.owner.casefold() in staff:
            console.note(
                "The page leaves names of colleagues out; a role, such as a team, would stand there."
            )
    if asked_for["--close"]:
        close(ws, about, by, reason)


def known(ws: "Workspace", problems: list[Problem] | None = None) -> "list[Action]":
    """Every line of records/actions.jsonl, in the order of writing."""
    from servicestory.models.review import Action

    return ws.records("actions", Action, problems if problems is not None else [])


def show(ws: "Workspace", as_json: bool) -> None:
    """List the actions and decisions, the open ones first."""
    from servicestory.monitor import actions

    problems: list[Problem] = []
    every = actions.standing(known(ws, problems))
    waiting = actions.open_actions(every)
    if as_json:
        found = [
            {
                **a.to_yaml(),
                "kind": a.kind,
                "open": a in waiting,
                "overdue": actions.overdue(a, today()),
            }
            for a in every
        ]
        console.json({"schema": 1, "actions": Naming(ws).plain(found)}, lines=True)
    elif not every:
        console.out(
            "No review has decided on an action yet. Record one with: servicestory review --action TEXT"
        )
    else:
        for action in [*waiting, *(a for a in every if a not in waiting)]:
            _tell(action)
    if problems:
        console.problems(problems)


def _tell(action: "Action") -> None:
    from servicestory.monitor.actions import overdue

    console.out(f"{action.id}  {action.what}")
    if action.kind == "decision":
        console.out(f"    decided {action.on} by {action.by}, review of {action.period}")
        return
    late = ", overdue" if overdue(action, today()) else ""
    console.out(f"    {action.owner}, by {action.due}{late}; review of {action.period}")
    if action.expected_effect:
        console.out(f"    expected: {action.expected_effect}")
    if action.outcome:
        console.out(f"    {action.outcome} ({action.checked_on}): {action.result}")


def decide(ws: "Workspace", by: str | None, given: dict[str, Any]) -> "Action":
    """Record one action or decision; ``given`` holds the fields of `Action` as typed.

    Raises:
        Usage: a practice, a measure, an owner or a day is missing or unknown.
    """
    from servicestory.models.monitoring import Measure
    from servicestory.models.review import Action
    from servicestory.monitor.actions import next_id

    if given.get("practice"):
        given["practice"] = ws.practice(given["practice"]).id
    if given.get("measure"):
        there = {m.id for m in ws.records("measures", Measure, [])}
        if given["measure"] not in there:
            near = nearest(given["measure"], sorted(there))
            hint = f"Did you mean {near!r}" if near else "See: servicestory measure list"
            raise Problem(f"there is no measure {given['measure']!r}", "", hint)
    given["what"] = " ".join(given["what"].split())  # one line in every list
    if given.get("due"):
        given["due"] = given_day(given["due"], "--due", None)
    with ws.lock():
        unread: list[Problem] = []
        there_are = known(ws, unread)
        try:
            made = Action.model_validate(
                {"id": next_id(there_are, len(unread)), "on": today().isoformat(), "by": who(by),
                 **{k: v for k, v in given.items() if v}}
            )  # fmt: skip
        except ValueError as error:
            raise Usage(figures.plain(error), "", "Add --owner NAME and --due DATE") from None
        ws.append("actions", [made])
    return made


def check(ws: "Workspace", ref: str, outcome: str, result: str) -> "Action":
    """Record what came of an action.

    Raises:
        Usage: no such action, or no such outcome.
    """
    from servicestory.models.review import Action, Outcome
    from servicestory.monitor.actions import standing

    allowed = get_args(Outcome)
    if not outcome:
        raise Usage("What came of it is not said", "", f"Add --outcome with one of: {', '.join(allowed)}")
    if outcome not in allowed:
        near = nearest(outcome, allowed)
        hint = f"Did you mean “{near}”? " if near else ""
        raise Usage(f"{outcome!r} is no outcome", "", f"{hint}Choose one of: {', '.join(allowed)}")
    if not result.strip():
        raise Usage("What was seen is not said", "", "Add --result TEXT")
    with ws.lock():
        every = {a.id: a for a in standing(known(ws))}
        if ref.upper() not in every:
            near = nearest(ref.upper(), list(every))
            hint = f"Did you mean {near}? " if near else ""
            raise Problem(f"there is no action {ref!r}", "", f"{hint}See: servicestory review --actions")
        old = every[ref.upper()]
        if old.kind == "decision":
            raise Usage(f"{old.id} is a decision, not an action", "", "See: servicestory review --actions")
        done = Action.model_validate(
            {**old.model_dump(by_alias=True), "checked_on": today().isoformat(), "outcome": outcome,
             "result": result}
        )  # fmt: skip
        ws.append("actions", [done])
    return done


def close(ws: "Workspace", about: str, by: str | None, note: str | None) -> None:
    """Close the review of a period: ask about open actions, then for new ones; record that it was held."""
    from servicestory.models.review import Closing
    from servicestory.monitor.actions import open_actions, standing

    waiting = open_actions(standing(known(ws)))
    if console.interactive():
        _ask_back(ws, waiting)
        _ask_new(ws, about, by)
    elif waiting:
        console.note(f"{plural(len(waiting), 'action is', 'actions are')} still open:")
        for action in waiting:
            console.note(f"  {action.id} {action.what} ({action.owner}, by {action.due})")
        console.note('Say what came of one: servicestory review --check A-0001 --outcome worked --result "…"')
    if any(c.period == about for c in ws.records("closings", Closing, [])):
        console.out(f"The review of {about} was closed before; what is new was added.")
        return
    ws.append("closings", [Closing(period=about, on=today().isoformat(), by=who(by), note=note)])
    console.out(f"The review of {about} is closed.")
    console.note("The page with its actions: servicestory report")


def _ask_back(ws: "Workspace", waiting: "list[Action]") -> None:
    for number, action in enumerate(waiting, 1):
        console.heading(f"\nOpen action {number} of {len(waiting)}")
        _tell(action)
        answer = console.choose("What came of it?", OUTCOMES, "l")
        if answer != "l":
            result = console.ask("What was seen?")
            while not result:
                result = console.ask("In a few words, what was seen?")
            check(ws, action.id, _MEANT[answer], result)


def _ask_new(ws: "Workspace", about: str, by: str | None) -> None:
    console.heading("\nNew actions (press Enter when there are no more)")
    while what := console.ask("What is to be done?"):
        given: dict[str, Any] = {"period": about, "what": what}
        given["owner"] = console.ask("Who looks after it?")
        given["due"] = console.ask("By when (like 2026-12-01)?")
        given["expected_effect"] = console.ask("What will be different then? (Enter: leave open)")
        try:
            console.out(f"Recorded: {decide(ws, by, given).id}")
        except Problem as problem:
            console.note(str(problem))
