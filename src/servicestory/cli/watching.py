"""What `observe` does besides an observation: trainings held, leaders' checks, sheets to fill in."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from servicestory import console
from servicestory.errors import Problem, Usage, nearest
from servicestory.text import listing

if TYPE_CHECKING:
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace

LEADERS = ("modelled", "resourced", "recognised")


def record_training(
    ws: "Workspace",
    practice: "Practice",
    on: str,
    site: str | None,
    people: int | None,
    trainer: str,
    note: str | None,
) -> None:
    from servicestory.models.monitoring import Training

    held = Training(practice=practice.id, on=on, site=site, people=people, trainer=trainer, note=note)
    ws.append("trainings", [held])
    console.out(
        f"Recorded: a training of {practice.id} {practice.name} on {on}{f' at {site}' if site else ''}."
    )


def record_leader(
    ws: "Workspace", practice: "Practice", on: str, site: str | None, text: str, note: str | None
) -> None:
    """What a leader answers about their own part: shown by example, given time and means, thanked for it."""
    from servicestory.models.review import LeaderCheck
    from servicestory.monitor.answers import read_answer

    given = dict(re.findall(r"(\w+)\s*[=:]\s*([^\s,;]+)", text))
    odd = sorted(set(given) - set(LEADERS))
    lacking = [name for name in LEADERS if name not in given]
    how = "Write it like: modelled=yes resourced=no recognised=yes"
    if odd:
        near = nearest(odd[0], LEADERS)
        raise Usage(f"{odd[0]!r} is not asked", "", f"Did you mean {near}? {how}" if near else how)
    if lacking:
        raise Usage(f"{listing(lacking)} {'is' if len(lacking) == 1 else 'are'} not answered", "", how)
    try:
        answers = {name: read_answer(given[name]) for name in LEADERS}
    except ValueError as error:
        raise Usage(str(error), "", how) from None
    if "na" in answers.values():
        raise Usage("A leader's check is answered yes or no", "", how)
    check = LeaderCheck.model_validate(
        {"practice": practice.id, "on": on, "site": site, "note": note,
         **{name: answer == "yes" for name, answer in answers.items()}}
    )  # fmt: skip
    ws.append("leader-checks", [check])
    missing = [name for name, answer in answers.items() if answer == "no"]
    console.out(f"Recorded: a leader's check of {practice.id} {practice.name}.")
    if missing:
        console.note(f"To do something about until next time: {listing(missing)}.")


def sheet(ws: "Workspace", practice: "Practice", items: "list[str]", to: Path | None) -> None:
    """Print the observation sheet, or write it to a new file of the kind its name says."""
    from servicestory.documents import check_output
    from servicestory.monitor import sheet as made
    from servicestory.workspace import write_file

    kinds = {".html": made.printable, ".csv": made.fillable, ".md": made.observation_sheet}
    if to is None:
        console.out(made.observation_sheet(practice, items))
        return
    if to.suffix.lower() not in kinds:
        raise Usage(f"{to.name!r} is no kind of sheet", "", f"Let it end in {listing(list(kinds), 'or')}")
    check_output(ws.root, to)
    if to.exists():
        raise Problem("there is a file of this name already", str(to), "Choose another name")
    write_file(to, kinds[to.suffix.lower()](practice, items), None, str(to))
    console.out(f"The sheet is in {to}")
