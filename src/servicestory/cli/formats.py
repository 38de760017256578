"""Where generated documents stand, and the HTML page and Word file beside each: never over a hand edit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servicestory.errors import Problem, Usage
from servicestory.models.base import first_day

if TYPE_CHECKING:
    from servicestory.workspace import Workspace

FORMATS = ("markdown", "html", "docx", "all")


def wanted(formats: Sequence[str]) -> tuple[str, ...]:
    """The kinds of file to write beside the markdown, which is always written.

    Raises:
        Usage: when there is no such format.
    """
    for one in formats:
        if one not in FORMATS:
            raise Usage(f"There is no format {one!r}", "", f"Use {', '.join(FORMATS[:-1])} or {FORMATS[-1]}")
    return tuple(kind for kind in ("html", "docx") if kind in formats or "all" in formats)


@dataclass(frozen=True)
class Shelf:
    """A folder of documents: one of the workspace's own, or one the user named."""

    workspace: "Workspace"
    folder: str  # procedures, or training/P-0007-...
    elsewhere: Path | None = None

    @property
    def path(self) -> Path:
        """The folder itself."""
        return self.elsewhere if self.elsewhere is not None else self.workspace.root / self.folder

    def shown(self, name: str) -> str:
        """A document's name for messages."""
        return str(self.elsewhere / name) if self.elsewhere is not None else f"{self.folder}/{name}"

    def bytes_of(self, name: str) -> bytes | None:
        """What a document holds; None when there is none.

        Raises:
            Problem: when it cannot be read, or a link leads out of the workspace.
        """
        from servicestory import storage

        path = self._place(name)
        return storage.read(path, self.shown(name)).data if path.exists() else None

    def text(self, name: str) -> str | None:
        """The same as text, exactly as it is in the file.

        Raises:
            Problem: also when it is not UTF-8.
        """
        data = self.bytes_of(name)
        try:
            return None if data is None else data.decode("utf-8")
        except UnicodeDecodeError:
            raise Problem("this file is not UTF-8", self.shown(name), "Save it as UTF-8") from None

    def write(self, name: str, data: str | bytes, before: str | bytes | None, durable: bool = True) -> None:
        """Writes a document, whole or not at all, unless it changed since ``before`` was read."""
        from servicestory import documents

        documents.write(self._place(name), data, before, self.shown(name), durable)

    def _place(self, name: str) -> Path:
        from servicestory import documents

        if self.elsewhere is not None:
            return self.elsewhere / name
        return documents.place(self.workspace.root, f"{self.folder}/{name}")


@dataclass(frozen=True)
class Page:
    """A file beside a document, made and not written yet; ``new`` is None where nothing is to be written."""

    file: str
    new: bytes | None
    old: bytes | None
    outcome: str


def pages(
    shelf: Shelf, name: str, text: str, control: Any, language: str, kinds: tuple[str, ...], replace: bool
) -> list[Page]:
    """The HTML page and the Word file of a document, made before anything is written.

    Those that stand there already are brought up to date also when they are not asked for: two revisions
    of one document side by side would each be taken for the valid one.

    Args:
        name: the markdown file's name; ``text``: what it is to hold; ``control``: its front matter.
        kinds: those asked for.
        replace: whether a file that is asked for, and that somebody changed by hand, may be written over.

    Raises:
        Problem: the page's template is broken, or a file that is asked for was changed by hand since it was
            written.
    """
    made = []
    for kind in ("html", "docx"):
        file = name.removesuffix(".md") + "." + kind
        old = shelf.bytes_of(file)
        if old is None and kind not in kinds:
            continue
        new = _page(shelf, text, control, language) if kind == "html" else _word(text, control, language)
        edited = old is not None and old != new and not _ours(old, kind)
        if edited and kind not in kinds:
            said = "changed by hand: stays as it is, not brought up to date"
            made.append(Page(file, None, old, said))
            continue
        if edited and not replace:
            raise Problem(
                f"this file was changed by hand, and writing it again would lose that; it and {name} stay as "
                "they are",
                shelf.shown(file),
                f"Rename it, or take its changes over into {name} and call it again with --replace",
            )
        outcome = "unchanged" if old == new else "new" if old is None else "written"
        made.append(Page(file, new if old != new else None, old, outcome))
    return made


def kept(shelf: Shelf, name: str, revision: int) -> list[tuple[str, str]]:
    """Keeps a document as it is, with its page and Word file, in ``earlier/`` under the name of its revision.

    Returns:
        (file, what became of it) for each that was not kept like this already.
    """
    rows = []
    for kind in (".md", ".html", ".docx"):
        data = shelf.bytes_of(name.removesuffix(".md") + kind)
        file = f"earlier/{name.removesuffix('.md')}-revision-{revision}{kind}"
        before = shelf.bytes_of(file)
        if data is not None and data != before:
            shelf.write(file, data, before)
            rows.append((shelf.shown(file), "kept as it was"))
    return rows


def put(shelf: Shelf, made: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Writes what `pages` made; (file, what became of it) for each, as soon as it is written."""
    for page in made:
        if page.new is not None:
            shelf.write(page.file, page.new, page.old, durable=False)
        yield shelf.shown(page.file), page.outcome


def _page(shelf: Shelf, text: str, control: Any, language: str) -> bytes:
    from servicestory.cli.documents import NOTES, template
    from servicestory.incorporate.page import page
    from servicestory.incorporate.tree import body

    stamp = f"{control.id}, revision {control.revision} ({_state(control)})"
    source, where = template(shelf.workspace, "document", "html")
    return page(body(text, NOTES), stamp, control.title, language, source, where).encode("utf-8", "replace")


def _word(text: str, control: Any, language: str) -> bytes:
    from servicestory.cli.documents import NOTES
    from servicestory.incorporate.tree import body
    from servicestory.incorporate.word import Head, document

    last = control.history[-1].on if control.history else "2000-01-01"
    head = Head(
        control.id,
        control.title,
        control.revision,
        _state(control),
        getattr(control, "author", None) or control.owner or "",
        first_day(last).isoformat(),
        language,
    )
    return document(body(text, NOTES), head)


def _state(control: Any) -> str:
    """The status as the page itself says it."""
    from servicestory.models.procedure import Procedure, state

    return state(control) if isinstance(control, Procedure) else control.status


def _ours(data: bytes, kind: str) -> bool:
    """Whether a file is as it was written here, or empty because the power went while it was."""
    if not data:
        return True
    from servicestory.incorporate import page, word

    return word.untouched(data) if kind == "docx" else page.untouched(data.decode("utf-8", "replace"))
