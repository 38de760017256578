"""A story that is being told: kept on disk from the first answer until it is a story."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from servicestory import console
from servicestory.cli import page
from servicestory.cli.app import today
from servicestory.cli.page import customer_word
from servicestory.cli.redacted import cleaned, quietly
from servicestory.errors import Problem

if TYPE_CHECKING:
    from servicestory.models.organisation import Organisation
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace


@dataclass
class Draft:
    """What was told so far; ``written`` is a form's text as the person left it, right or wrong."""

    into: "Workspace"
    fields: dict[str, Any] = field(default_factory=dict)
    name: str | None = None
    written: str | None = None
    broken: str = ""

    def take_up(self, given: str | None = None) -> None:
        """Continue the last draft, or the one given.

        Raises:
            Problem: there is none.
        """
        names = self.into.drafts()
        if not names:
            raise Problem("There is no draft to take up", "", "Tell a new story: servicestory add")
        from servicestory.cli.waiting import chosen

        self.name = chosen(self.into, given) if given else names[-1]
        try:
            text = self.into.load_draft(self.name)
        except Problem as problem:
            which = self.name.removesuffix(".yaml")
            step = f"Throw it away: servicestory add --discard {which}; the others: servicestory add --drafts"
            raise Problem(problem.what, problem.where, step) from None
        try:
            self.fields = one_record(text, f"drafts/{self.name}")
        except Problem as problem:
            self.written, self.broken = text, str(problem)

    def save(self) -> bool:
        """Write down what there is, cleaned as a story is; False when nothing was told, or a day alone."""
        from servicestory import yaml_write

        told = (value for name, value in self.fields.items() if name != "date")
        if self.written is None and not any(str(value).strip() for value in told if value):
            return False
        text = (
            self.written if self.written is not None else yaml_write.document(quietly(self.into, self.fields))
        )
        if self.name is None:  # the same call once more
            self.name = next((n for n in self.into.drafts() if self._holds(n, text)), None)
        self.name = self.into.save_draft(text, self.name)
        return True

    def _holds(self, name: str, text: str) -> bool:
        """Whether a draft says just this; one that cannot be read says nothing."""
        try:
            return self.into.load_draft(name) == text
        except Problem:
            return False

    def drop(self) -> None:
        """Remove the draft: it is a story now, or nothing."""
        if self.name:
            self.into.drop_draft(self.name)

    def drop_refused(self) -> None:
        """Remove the draft, and those of calls that were refused and put right by this one: told alike.

        One that tells anything else is another story, and waits on.
        """
        from servicestory.collect.privacy import redact_fields

        self.drop()
        for name in self.into.drafts():
            try:
                other = one_record(self.into.load_draft(name), f"drafts/{name}")
            except Problem:
                continue  # a form that is still to be put right
            # A form is as it was typed; the story is without anybody's number, unless the house keeps them.
            forms = (other, redact_fields(other)[0])
            alike = any(
                all(form[told] == self.fields.get(told) for told in _TOLD if form.get(told)) for form in forms
            )
            if says(other) and alike and other.keys() <= self.fields.keys():
                self.into.drop_draft(name)

    def edited(self) -> bool:
        """Open the form in the editor, on the draft itself; False when nothing was written into it."""
        from servicestory.cli.editor import open_editor
        from servicestory.collect.add import form

        blank = form(self.fields, today(), _as_yaml(self.fields), customer_word(self.into.root))
        self.name = self.into.save_draft(self.written or blank, self.name)
        try:
            open_editor(self.into.root / "drafts" / self.name)
        except Problem:
            if self.name in self.into.drafts() and self.into.load_draft(self.name) == blank:
                self.drop()  # it holds nothing but the fields, which are kept by themselves
                self.name = None
            raise
        if self.name not in self.into.drafts():
            gone, self.name = f"drafts/{self.name}", None
            if says(self.fields):  # nobody takes back by it what was told beside
                raise Problem("the editor left no file", gone, "Name another: export EDITOR=nano")
            return False
        self.written = self.into.load_draft(self.name)
        if not self.written.strip() or (self.written == blank and not says(self.fields)):
            self.drop()
            return False
        self.fields = self.fields | one_record(self.written, f"drafts/{self.name}")
        return True

    def story(self) -> "Story":
        """The story.

        Raises:
            Problem: it is not complete, or something in it cannot be.
        """
        if self.broken and self.written is not None and not says(self.fields):
            self.fields = one_record(self.written, f"drafts/{self.name}")
        from servicestory.cli.doubted import as_listed
        from servicestory.cli.nameless import names_in, names_told
        from servicestory.cli.people import only_names
        from servicestory.collect.add import complete
        from servicestory.models.story import Story

        self.fields = as_listed(self.into, only_names(cleaned(self.into, self.fields)))
        organisation = staffed(self.into)
        whole = complete(
            self.fields, today(), organisation, names_in(organisation), names_told(self.into.root)["people"]
        )
        try:
            return Story.model_validate(whole)
        except ValueError:
            # Imported late: telling what is wrong needs all that reads YAML, a fifth of the time of `add`.
            from servicestory.records import checked

            return checked(Story, whole, "")


def refused(draft: Draft, problem: Problem) -> Problem:
    """The problem, with where what was typed is kept."""
    if draft.fields.get("narrative") == "-":
        del draft.fields["narrative"]  # it is still to come from standard input
    step = f"{problem.next_step}. {kept(draft)}".strip(". ")
    return type(problem)(problem.what, problem.where, step)


def kept(draft: Draft) -> str:
    """Keep what was typed as a draft, and say so; where no draft can be written, say it all once more."""
    try:
        if not draft.save():
            return ""
        last = draft.into.drafts()[-1] == draft.name
        which = "" if last else f" --draft {str(draft.name).removesuffix('.yaml')}"
        return (
            f"What you typed is kept in drafts/{draft.name}; finish it with: servicestory add --resume{which}"
        )
    except Problem:
        console.note("What you typed cannot be written here either; copy it from these lines:")
        for name, value in draft.fields.items():
            console.note(f"  {name}: {value}", whole=True)
        return ""


def staffed(into: "Workspace") -> "Organisation | None":
    """The organisation where it lists staff, to keep their names out of an id; None where it cannot be read.

    Reading YAML takes longer than all else of `add`, and a mistake in the page must not cost a story.
    """
    try:
        return into.organisation() if page.has(into.root, "staff") else None
    except Problem:
        return None


_TOLD = ("narrative", "behaviours")


def says(fields: dict[str, Any]) -> bool:
    """Whether the fields tell a story."""
    return any(fields.get(told) for told in _TOLD)


def one_record(text: str, name: str) -> dict[str, Any]:
    """The fields of the one YAML record in ``text``.

    Raises:
        Problem: no strict YAML, with its line.
    """
    from servicestory import yaml_read

    found = [fields for piece in yaml_read.pieces(text) if (fields := yaml_read.read(piece, name))]
    return found[0] if found else {}


def _as_yaml(fields: dict[str, Any]) -> dict[str, str]:
    """Each value as YAML on one line, for the form; lines of behaviours by themselves."""
    from servicestory.yaml_write import scalar

    written = {name: scalar(value) for name, value in fields.items() if isinstance(value, str)}
    if people := fields.get("people"):
        written["people"] = "[" + ", ".join(scalar(name, flow=True) for name in people) + "]"
    return written | {line: scalar(line) for line in fields.get("behaviours") or []}
