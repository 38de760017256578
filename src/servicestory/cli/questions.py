"""The questions `servicestory add` asks, each answer kept at once."""

from typing import Any

from servicestory import console
from servicestory.cli.app import today
from servicestory.cli.draft import Draft, says
from servicestory.cli.page import customer_word
from servicestory.cli.people import named
from servicestory.errors import Problem


def ask(draft: Draft) -> None:
    """The questions, each answer kept at once."""
    from servicestory.collect.add import QUESTIONS

    word = customer_word(draft.into.root)
    for name, asked in QUESTIONS:
        question = asked.format(customer=word)
        known = draft.fields.get(name)
        if name == "narrative":
            _tell(draft, question)
            continue
        shown = ", ".join(known) if isinstance(known, list) else known or ""
        answer: Any = _asked(draft, name, question, shown or (today().isoformat() if name == "date" else ""))
        if name == "people":
            answer = named(answer)
        elif name == "date":
            answer = _day(draft, answer)
        elif name == "consent":
            answer = _agreed(draft, question, answer)
        if answer:
            draft.fields[name] = answer
            draft.save()
        elif name == "consent":  # what could not be read is no answer, and would be refused for ever
            draft.fields.pop(name, None)


def _asked(draft: Draft, name: str, question: str, default: str) -> str:
    """An answer; what stands on the line when it is interrupted is kept as well."""
    try:
        return console.ask(question, default)
    except console.Interrupted as stop:
        if stop.typed:
            draft.fields[name] = stop.typed
        raise


def _tell(draft: Draft, question: str) -> None:
    """What happened, line by line; each line is on disk before the next is typed."""
    told = draft.fields.get("narrative") or ""
    console.note(f"So far: {told}\nGo on, or press Enter." if told else question)
    while True:
        try:
            line = console.ask(">")
        except console.Interrupted as stop:
            draft.fields["narrative"] = "\n".join(filter(None, [told, stop.typed]))
            raise
        if line:
            draft.fields["narrative"] = told = "\n".join(filter(None, [told, line]))
            draft.save()
        elif told or says(draft.fields):
            return
        else:
            console.note("Tell it in a sentence or two; Ctrl-C stops.")


def _day(draft: Draft, answer: str) -> str:
    """A date that can be read; asks again until it is one."""
    from servicestory.collect.dates import spoken

    while True:
        try:
            return spoken(answer, today())
        except Problem as problem:
            console.note(str(problem))
            answer = _asked(draft, "date", "When?", today().isoformat())


def _agreed(draft: Draft, question: str, answer: str) -> str:
    """Yes, no, or nothing where nobody was asked; asks again until it is one of these."""
    from servicestory.collect.add import uses

    while answer:
        try:
            uses(answer)
            return answer
        except Problem:
            console.note("Type yes or no, or press Enter if nobody was asked.")
            answer = _asked(draft, "consent", question, "")
    return ""
