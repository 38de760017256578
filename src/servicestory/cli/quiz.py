"""The quiz of a practice and its files for learning systems, as `train` writes them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from servicestory.cli import documents, picking
from servicestory.errors import Problem, Usage, nearest
from servicestory.incorporate import blocks
from servicestory.models.practice import ENDED
from servicestory.models.training import Basis, TrainingDocument
from servicestory.train import quiz, quizfiles
from servicestory.train.deal import Question
from servicestory.train.scenes import Scenes, gathered
from servicestory.train.voices import may_be_told
from servicestory.wording.material import Material
from servicestory.wording.steps import Cite

if TYPE_CHECKING:
    from datetime import date

    from servicestory.models.codebook import CodebookEntry
    from servicestory.models.organisation import Organisation
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace
    from servicestory.yaml_read import Piece


def known(formats: Sequence[str]) -> list[str]:
    """The formats asked for, each once.

    Raises:
        Usage: there is no such format.
    """
    for name in formats:
        if name not in quizfiles.FORMATS:
            near = nearest(name, list(quizfiles.FORMATS))
            hint = f"Did you mean {near}? " if near else ""
            raise Usage(f"There is no quiz format {name!r}", "", f"{hint}Use gift, aiken, anki or paper")
    return list(dict.fromkeys(formats))


ONE_DEED = 0.75
"""How like two names are from which on they are one deed in other words: then neither is a wrong answer."""


@dataclass
class Pool:
    """What the documents of a practice are made from, and the other practices its stories show."""

    practices: Iterable["Practice"]
    stories: Mapping[str, "Story"]
    organisation: "Organisation"
    entries: Mapping[str, "CodebookEntry"]
    mask: Callable[[str, str], str]
    on: "date"
    _read: dict[str, Material] = field(default_factory=dict)
    _shows: dict[str, dict[str, int]] | None = None  # story -> practice -> how much shows it
    _scenes: Scenes | None = None

    def material(self, practice: "Practice") -> Material:
        """What the stories give for one practice."""
        if practice.id not in self._read:
            self._read[practice.id] = picking.material(
                practice, self.stories, self.organisation, self.entries, self.mask
            )
        return self._read[practice.id]

    def elsewhere(self, practice: "Practice") -> dict[str, int]:
        """By story of a practice how many characters of it surely show the other one most of it shows."""
        if self._shows is None:
            self._shows = {}
            for one in (p for p in self.practices if p.status not in ENDED):
                for place in (e for e in one.evidence if not e.doubtful):
                    shown = self._shows.setdefault(place.story, {})
                    shown[one.id] = shown.get(one.id, 0) + place.shows
        every = {e.story: self._shows.get(e.story, {}) for e in practice.evidence}
        others = {story: [n for ref, n in of.items() if ref != practice.id] for story, of in every.items()}
        return {story: max(most, default=0) for story, most in others.items()}

    def scenes(self) -> Scenes:
        """The moments of all practices people decided for."""
        if self._scenes is None:
            near = picking.nearness()

            @cache
            def near_enough(one: str, other: str) -> bool:
                return near([one], [other])[0] >= ONE_DEED

            def like(one: str, other: str) -> bool:
                return near_enough(min(one, other), max(one, other))

            self._scenes = gathered(self.practices, self.stories, self.organisation, self.mask, self.on, like)
        return self._scenes

    def moments(self, practice: str) -> dict[str, str]:
        """By story how those began that may be told and show a practice first; what tells most first."""
        scenes = self.scenes().by_practice.get(practice, ())
        return {scene.cites[0].story: scene.text for scene in scenes if scene.cites}

    def questions(self, material: Material) -> list[Question]:
        """The questions about one practice."""

        def told(cites: Sequence[Cite]) -> str:
            return may_be_told(material, cites, self.organisation, self.on)

        return quiz.questions(material, told=told, scenes=self.scenes())


def _with(
    text: str, name: str, control: TrainingDocument, piece: "Piece", **fields: Any
) -> tuple[str, TrainingDocument]:
    new = control.model_copy(update=fields)
    if new == control or control.status == "withdrawn":  # left alone: it still says what it said
        return text, control
    return documents.with_front(text, piece, control, new, name), new


def up_to_date(text: str, name: str, made_from: Basis) -> tuple[str, TrainingDocument]:
    """The document, marked as made from what there is now where it was not, and its front matter.

    A document from before there was a procedure is as good as one made from its first revision.
    """
    control, piece = documents.front_matter(text, TrainingDocument, name)
    old = control.made_from
    same = old and (old.practice, old.status, old.steps) == (
        made_from.practice,
        made_from.status,
        made_from.steps,
    )
    if old and same and (old.procedure or 1) >= (made_from.procedure or 1):
        return text, control
    return _with(text, name, control, piece, made_from=made_from)


def exported(
    ws: "Workspace",
    text: str,
    name: str,
    practice: "Practice",
    control: TrainingDocument,
    formats: Sequence[str],
    replace: bool,
    alone: bool,
) -> list[tuple[str, str]]:
    """Writes the files of a quiz page beside it, from the page as it stands, with people's corrections.

    A file that was written before is kept up to date also when it is not asked for. The page's front matter
    keeps a fingerprint of each file.

    Args:
        control: the page's front matter.
        alone: no other practice is written, so that a quiz without a question is a problem, not a remark.

    Returns:
        What became of each file.

    Raises:
        Problem: the page cannot be read as a quiz; or a file was changed by hand and would be lost.
    """
    folder = name.rsplit("/", 1)[0]
    wanted = {}
    for key, (file, write) in quizfiles.FORMATS.items():
        if key in formats or (file in control.exported and ws.document(f"{folder}/{file}") is not None):
            wanted[file] = write
    if not wanted:
        return []
    asked = quizfiles.read(text, name)
    there = [file for file in wanted if ws.document(f"{folder}/{file}") is not None]
    if not asked and (there or not alone):
        stale = "out of date: the quiz has no question any longer; delete it, also where it was loaded"
        none = "not written: no question can be asked well yet"
        return [(f"{folder}/{file}", stale if file in there else none) for file in wanted]
    if not asked:
        step = "Accept more practices and collect more stories, or write questions below the marked part"
        raise Problem(f"no question about {practice.id} can be asked well yet", name, step)
    head = quizfiles.Head(control.id, control.revision, practice.id, practice.name)
    marks, rows = dict(control.exported), []
    for file, write in wanted.items():
        made, old = write(asked, head), ws.document(f"{folder}/{file}")
        if old is not None and old != made and blocks.fingerprint(old) != marks.get(file) and not replace:
            step = "Correct quiz.md instead and move this file away, or call it again with --replace"
            raise Problem("this file was changed by hand since it was written", f"{folder}/{file}", step)
        if old != made:
            ws.write_document(f"{folder}/{file}", made, old)
        rows.append((f"{folder}/{file}", "unchanged" if old == made else "new" if old is None else "updated"))
        marks[file] = blocks.fingerprint(made)
    front = documents.front_matter(text, TrainingDocument, name)
    marked, _ = _with(text, name, *front, exported=marks)
    if marked != text:
        ws.write_document(name, marked, text)
    return rows
