"""What a command may say of people: no name in JSON, unless it was asked for and the person agreed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import today
from servicestory.errors import Usage
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.cli.judging import House
    from servicestory.consent import Use
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

NAMES = Annotated[
    bool,
    typer.Option("--names", help="With --json: name those who agreed to it (consent of the story)."),
]
_OFFICES = {
    *("by", "owner", "author", "reviewer", "approver"),
    *("trainer", "observer", "giver", "recipient", "signed_off_by"),
}
_AS_THEY_ARE = {"id", "story", "record", "place", "path", "date", "site", "team", "ref", "status"}


class Naming:
    """Takes names out of what is said of stories, and leaves those that were asked for and agreed to.

    Attributes:
        mask: takes names out of one text.
    """

    def __init__(
        self,
        ws: "Workspace",
        stories: "Sequence[Story]" = (),
        asked: bool = False,
        use: "Use" = "company",
        house: "House | None" = None,
    ) -> None:
        """Names are to be taken out of what is said of ``stories``.

        Args:
            asked: whether names are asked for, and ``use`` what they are for.
            house: with every story, where they have been read already: it takes long for very many.
        """
        from servicestory.cli.judging import House

        house = house or House(ws, ws.organisation(), ws.stories([]))
        organisation = house.organisation
        self._use, self._asked = use, asked
        self._stories = {story.id: story for story in stories}
        self._agreed: dict[str, list[str]] = {story.id: [] for story in stories}
        if asked:
            from servicestory.consent import agreed

            self._agreed = {story.id: agreed(story, organisation, use, today()) for story in stories}
        self.mask = house.mask_for(self._agreed)

    def people(self, story: "Story") -> list[str]:
        """The people of a story: by name who agreed, else "a colleague"."""
        nobody = self.mask.stand_ins.colleague
        return [name if name in self._agreed[story.id] else nobody for name in story.people]

    def called(self, story: "Story") -> str:
        """What a story is called on a page that names nobody: its title and id, each once.

        Where the id holds a name, the day and the site stand in its place.
        """
        shown = self.mask.reference(story.id, story.said)
        title = self.mask(story.title, story.id) if story.title and story.title != story.id else ""
        where = shown or ", ".join(part for part in (story.date, story.site) if part)
        return f"{title} ({where})" if title and where else title or where or "A story"

    def plain(self, value: Any, story: str | None = None) -> Any:
        """Any part of a JSON object without names; ids and places stay.

        Whoever looks after or decided something is given by role.
        """
        if isinstance(value, str):
            return self.mask(value, story)
        if isinstance(value, list | tuple):
            return [self.plain(item, story) for item in value]
        if not isinstance(value, dict):
            return value
        if "people" in value and story in self._stories and isinstance(value["people"], list):
            value = {**value, "people": self.people(self._stories[story])}
        return {key: self._field(key, item, story) for key, item in value.items()}

    def _field(self, key: str, item: Any, story: str | None) -> Any:
        if key == "people" or (key in _AS_THEY_ARE and isinstance(item, str)):
            return item
        return (
            self.mask.person(item) if key in _OFFICES and isinstance(item, str) else self.plain(item, story)
        )

    def say_withheld(self) -> None:
        """One sentence on how many people were asked for and are not named; nothing where all are."""
        if not self._asked:
            return
        from servicestory.consent import known

        withheld = {
            name
            for story in self._stories.values()
            for name in known(story.people)  # nobody can ask whoever was removed
            if name not in self._agreed[story.id]
        }
        if withheld:
            reach = "team, company or external" if self._use == "team" else "company or external"
            console.note(
                f"{plural(len(withheld), 'person is', 'people are')} not named: no consent in the story "
                f"names them, for {reach} use. Who agreed is kept with: servicestory consent STORY --agreed "
                '--party "Anna Berg"'
            )


def only_with_json(names: bool, as_json: bool) -> None:
    """Refuse ``--names`` where the screen shows names anyway.

    Raises:
        Usage: it was given without --json.
    """
    if names and not as_json:
        raise Usage("--names belongs to --json", "", "The screen shows stories as they were told")
