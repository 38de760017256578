"""`add --reflect`: a question about one's own work, answered for oneself, or for the others if one wants."""

from typing import TYPE_CHECKING

from servicestory import console
from servicestory.cli.app import today
from servicestory.errors import Problem, Usage

if TYPE_CHECKING:
    from servicestory.workspace import Workspace

QUESTIONS = (
    "What do you want to be remembered for by the people you serve?",
    "When did you last go home glad about your work, and what had you done?",
    "What did a colleague do for you that you want to pass on?",
    "What would you have done if nobody had to allow it?",
    "What stood in your way, and who could take it out of it?",
)
PRIVATE = "private-reflections"  # the kind of record that version control leaves alone


def reflect(into: "Workspace", number: int | None, answer: str | None, share: bool) -> None:
    """Ask one of the questions and keep the answer: for oneself, or ``share``d in the review without a name.

    Raises:
        Usage: nobody is here to answer, or there is no such question.
    """
    if number is not None and not 1 <= number <= len(QUESTIONS):
        raise Usage(f"There is no question {number}", "", f"Choose one of 1 to {len(QUESTIONS)}")
    if answer is None:
        if not console.interactive():
            raise Usage("Nobody is here to answer", "", 'Add --text "…" (and --question N)')
        if number is None:
            options = [(str(n), question) for n, question in enumerate(QUESTIONS, 1)]
            number = int(console.choose("Which question?", options, "1"))
        console.out(QUESTIONS[number - 1])
        answer = console.ask(">")
    if not answer.strip():
        console.note("Nothing was written, so nothing is kept.")
        return
    from servicestory.models.review import Reflection

    made = Reflection(on=today().isoformat(), question=QUESTIONS[(number or 1) - 1], answer=answer.strip())
    kind = "reflections" if share else PRIVATE
    into.append(kind, [made])
    if share:
        console.out("Kept, and shared: the next review may quote it, without a name.")
        return
    console.out(f"Kept for you in records/{PRIVATE}.jsonl; no report reads it.")
    if not _left_alone(into):
        console.note(
            f"Version control would take it along: add the line records/{PRIVATE}.jsonl to .gitignore"
        )


def _left_alone(into: "Workspace") -> bool:
    """Whether the workspace is under no version control of its own, or that leaves the file alone."""
    ignore = into.root / ".gitignore"
    try:
        text = ignore.read_text("utf-8", "replace") if ignore.is_file() else ""
    except OSError as error:
        raise Problem(str(error), ".gitignore", "Check the folder's permissions") from None
    return f"records/{PRIVATE}.jsonl" in text.split() or not (into.root / ".git").exists()
