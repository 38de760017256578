"""`servicestory train record`: who learned which revision, one by one or from a list."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli import figures
from servicestory.cli.app import today, workspace
from servicestory.cli.days import given_day
from servicestory.cli.learners import Learners
from servicestory.errors import Problem, Usage, nearest
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.cli.built import Built
    from servicestory.models.monitoring import Training
    from servicestory.models.organisation import Organisation
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace

TEACH_BACK = ("passed", "not yet")
COLUMNS = {
    "practice": ("practice id", "practice_id"),
    "person": ("name", "learner", "colleague", "who"),
    "on": ("date", "day", "when", "trained on"),
    "site": ("location", "place"),
    "trainer": ("trained by",),
    "revision": ("procedure revision",),
    "teach_back": ("teach-back", "teach back", "teachback"),
    "score": ("result", "quiz"),
    "signed_off_by": ("signed off by", "sign-off", "signed off"),
}


def record(
    practice: Annotated[
        str | None, typer.Argument(metavar="[PRACTICE]", help="The practice learned: its id or name.")
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="NAME", help="Who learned it; kept as a pseudonym.")
    ] = None,
    revision: Annotated[
        int | None,
        typer.Option(
            "--revision", metavar="N", min=1,
            help="Which revision of the procedure (without one, of the job breakdown); else the latest.",
        ),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="When (default: today).")] = None,
    site: Annotated[str | None, typer.Option("--site", metavar="SITE", help="Where.")] = None,
    trainer: Annotated[
        str | None, typer.Option("--trainer", metavar="NAME", help="Who taught it.")
    ] = None,
    teach_back: Annotated[
        str | None,
        typer.Option("--teach-back", metavar="RESULT", help="How the teach-back went: passed, or not yet."),
    ] = None,
    score: Annotated[
        str | None, typer.Option("--score", metavar="8/10", help="What the quiz gave: right answers of all.")
    ] = None,
    signed_off_by: Annotated[
        str | None,
        typer.Option("--signed-off-by", metavar="NAME", help="Who vouches for it; never the learner."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--import", metavar="FILE", readable=False,
            help="A list of them: CSV, XLSX and others, with the columns date and person.",
        ),
    ] = None,
) -> None:  # fmt: skip
    """Train: keep who learned which revision.

    Names become pseudonyms before anything is written; the key to them stays in private/ on this computer.
    Whoever passed the teach-back is asked again after a week, a month, three months and half a year:
    see `train due`.

    Example: servicestory train record P-0007 --person "Anna Berg" --teach-back passed
    """
    ws = workspace()
    given = {
        "person": person, "on": given_day(on, "--on"), "site": site, "trainer": trainer,
        "teach_back": teach_back, "score": score,
        "revision": None if revision is None else str(revision), "signed_off_by": signed_off_by,
    }  # fmt: skip
    if file is not None:
        if any(value is not None for value in given.values()):
            raise Usage("--import takes everything from the file", "", "Leave out the other options")
        _import(ws, file, practice)
        return
    if practice is None:
        raise Usage(
            "Which practice was learned is not said",
            "",
            "Name it: servicestory train record PRACTICE --person NAME",
        )
    if person is None:
        raise Usage(
            "Who learned it is not said",
            "",
            "Add --person NAME; for a session of several: observe --training",
        )
    maker = _Maker(ws)
    with ws.lock():
        made = maker.make({"practice": practice, **{k: v for k, v in given.items() if v is not None}})
        if not _kept(ws, [made], maker.there):
            console.out(
                f"{made.learner} and {made.practice} are recorded like this already; nothing was added."
            )
            return
    console.out(_said(made, maker.names[made.practice]))
    for note in maker.notes:
        console.note(note)


class _Maker:
    """Makes records of what people typed, against what is in the workspace."""

    def __init__(self, ws: "Workspace") -> None:
        from servicestory.cli.built import built
        from servicestory.models.monitoring import Training

        self.ws, self.notes = ws, list[str]()
        self.organisation: Organisation = ws.organisation()
        self.learners = Learners(ws, self.organisation)
        self.built: Built = built(ws, [])
        self.there = ws.records("trainings", Training, [])
        self.names: dict[str, str] = {}
        self._practices: dict[str, Practice] = {}

    def make(self, cells: dict[str, str], before: "list[Training] | None" = None) -> "Training":
        """The record of one row or call.

        Args:
            before: records of the same import, which count for a sign-off as those in the file do.

        Raises:
            Problem: what does not fit, in words.
        """
        from servicestory.models.monitoring import Training

        practice = self._practice(cells.get("practice", ""))
        name = self.learners.name(cells.get("person", ""))
        learner = self.learners.pseudonym(name)
        if not self.learners.on_list(name):
            self._note(
                f"{learner} is not on the staff list in servicestory.yaml, so --names cannot show who it is."
            )
        for role, what in (("signed_off_by", "sign off"), ("trainer", "give")):
            if cells.get(role) and self.learners.pseudonym(cells[role]) == learner:
                raise Problem(f"A learner does not {what} their own training", "", "Name somebody else")
        on = figures.past_date(cells["on"], today()) if cells.get("on") else today().isoformat()
        document, revision = self._revision(practice, cells.get("revision"), on)
        right, of = _score(cells.get("score"))
        given = {
            "practice": practice.id,
            "on": on,
            "site": figures.known_site(cells.get("site"), self.organisation),
            "trainer": cells.get("trainer"),
            "document": document,
            "revision": revision,
            "learner": learner,
            "teach_back": _teach_back(cells.get("teach_back")),
            "score": right,
            "score_of": of,
            "signed_off_by": cells.get("signed_off_by"),
        }
        try:
            made = Training.model_validate(given)
        except ValueError as error:
            raise Problem(figures.plain(error), "", "Look at what was given") from None
        if made.signed_off_by and not made.teach_back:
            earlier = [*self.there, *(before or [])]
            if not any(_same(r, made) and r.teach_back == "passed" for r in earlier):
                raise Problem(
                    f"no teach-back of {learner} on this revision of {practice.id} is recorded as passed",
                    "",
                    "Add --teach-back passed, when it was",
                )
        return made

    def _practice(self, ref: str) -> "Practice":
        from servicestory.cli.picking import refuse_undecided

        if not ref:
            raise Problem("the practice is not named")
        if ref not in self._practices:
            try:
                found = figures.standing(self.ws, self.ws.practice(ref), self._note)
                if found.status == "retired":  # somebody may well have learned it while it was done
                    self._note(f"{found.id} is retired: nobody is to work by it any longer.")
                else:
                    refuse_undecided(self.ws, found, "nobody is to learn it yet")
            except Problem as problem:  # of a list, the row is the place to look at
                raise Problem(problem.what, "", problem.next_step) from None
            self._practices[ref] = found
            self.names[found.id] = found.name
        return self._practices[ref]

    def _revision(self, practice: "Practice", given: str | None, on: str) -> tuple[str | None, int | None]:
        """The document that was learned and its revision: the procedure, else the job breakdown."""
        from servicestory.models.base import last_day

        if ended := self.built.ended.get(practice.id):
            how = f"superseded by {ended.superseded_by}" if ended.superseded_by else ended.status
            self._note(f"{ended.id} of {practice.id} is {how}: nobody is to work by it any longer.")
        document, then, latest = self.built.learned(practice.id, last_day(on), today())
        if given is not None and (not given.isdecimal() or int(given) < 1):
            raise Problem(f"{given!r} is no revision", "", "Write a whole number, such as 2")
        if document is None and given:
            step = f"Write it with: servicestory train {practice.id}"
            raise Problem(
                f"nothing is written for {practice.id} yet, so it has no revision {given}", "", step
            )
        if given and latest is not None and int(given) > latest:
            raise Problem(
                f"{document} has no revision {given} yet; it is at {latest}", "", "Look at the number"
            )
        if given or then:
            return document, int(given) if given else then
        self._note(
            f"Nothing was written for {practice.id} on {on}, so it stays open which revision was learned. "
            + ("Say it with --revision" if document else f"Write it with: servicestory train {practice.id}")
        )
        return None, None

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


def _same(one: "Training", other: "Training") -> bool:
    return (one.learner, one.practice, one.document, one.revision) == (
        other.learner, other.practice, other.document, other.revision,
    )  # fmt: skip


def _teach_back(text: str | None) -> Any:
    if not text:
        return None
    word = " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
    meant = {"passed": "passed", "yes": "passed", "not yet": "not yet", "no": "not yet"}.get(word)
    if meant is None:
        near = nearest(word, TEACH_BACK)
        hint = f"Did you mean {near!r}? " if near else ""
        raise Problem(f"{text!r} is no result of a teach-back", "", f"{hint}Write passed, or not yet")
    return meant


def _score(text: str | None) -> tuple[float | None, float | None]:
    import re

    if not text:
        return None, None
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:/|of|out of)\s*(\d+(?:\.\d+)?)\s*", text)
    if not found or float(found[2]) <= 0 or float(found[1]) > float(found[2]):
        raise Problem(f"{text!r} is no score", "", "Write right answers of all, such as 8/10")
    return float(found[1]), float(found[2])


def _kept(ws: "Workspace", made: "list[Training]", there: "list[Training]") -> int:
    """Adds what is not recorded yet, and says how many that were."""
    known = {r.model_dump_json() for r in there}
    fresh = []
    for one in made:
        if (line := one.model_dump_json()) not in known:
            known.add(line)
            fresh.append(one)
    ws.append("trainings", fresh)
    return len(fresh)


def _said(made: "Training", name: str) -> str:
    learned = f"{made.document} revision {made.revision}" if made.document else "no revision yet"
    more = f", teach-back {made.teach_back}" if made.teach_back else ""
    signed = ", signed off" if made.signed_off_by else ""
    return f"Recorded: {made.learner} learned {made.practice} {name} on {made.on} ({learned}{more}{signed})."


def _import(ws: "Workspace", file: Path, practice: str | None) -> None:
    """Record the rows of a list that are not recorded yet; all of them or none."""
    rows, columns = figures.rows_of(file, COLUMNS)
    for field, said in (("person", "“person” (or “name”)"), ("on", "“date” (or “on”)")):
        if field not in columns.values():
            raise figures.missing_column(file, said, columns)
    if practice is None and "practice" not in columns.values():
        raise figures.missing_column(
            file, "“practice”; name the practice before --import, or add it", columns
        )
    maker = _Maker(ws)
    taken: list[Training] = []

    def make(cells: dict[str, str]) -> None:
        if "on" not in cells:
            raise Problem("the date is missing")
        taken.append(maker.make({"practice": practice or "", **cells}, taken))

    with ws.lock():
        figures.each(rows, make)
        count = _kept(ws, taken, maker.there)
    console.out(f"Recorded {plural(count, 'row')} of {plural(len({t.learner for t in taken}), 'colleague')}.")
    if len(taken) > count:
        again = len(taken) - count
        console.out(f"{plural(again, 'row was', 'rows were')} recorded before and not added again.")
    for note in maker.notes:
        console.note(note)
