"""The titles of all stories with names taken out, kept for the next command: to find the names takes long."""

import json
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from servicestory.workspace import Workspace

_KEPT = "titles.json"


def nameless(ws: "Workspace", stories: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of :meth:`Workspace.summaries`, or some of them, with names taken out of their titles.

    What is kept is of these very stories, staff list and decisions on names, read by this version of the
    program; else all titles are read anew.
    """
    key = _fingerprint(ws)
    kept = _load(ws.derived(_KEPT), key)
    if kept is None or any(story["id"] not in kept for story in stories):
        from servicestory.cli.naming import Naming

        mask = Naming(ws).mask
        kept = {s["id"]: mask(s["title"], s["id"]) if s["title"] else s["title"] for s in ws.summaries([])}
        data = json.dumps({"key": key, "titles": kept}, ensure_ascii=False)
        ws.keep_derived(_KEPT, data.encode("utf-8", "surrogatepass"))
    return [{**story, "title": kept[story["id"]]} for story in stories]


def _load(data: bytes | None, key: str) -> dict[str, Any] | None:
    """The kept titles by story; None where there are none, they are damaged, or of something else."""
    try:
        found = json.loads(data or b"")
        titles = found["titles"] if found["key"] == key else None
    except (ValueError, TypeError, KeyError):
        return None
    whole = isinstance(titles, dict) and all(isinstance(title, str) for title in titles.values())
    return titles if whole else None


def _fingerprint(ws: "Workspace") -> str:
    """Differs wherever a name might be read differently: stories, staff, decisions, program."""
    from servicestory import catalogue

    found = blake2b(digest_size=16)
    for row in catalogue.rows(ws.root, "stories", [], records=False):
        found.update(f"{row.path} {row.sha}\n".encode("utf-8", "surrogatepass"))
    for path in (ws.root / "servicestory.yaml", *sorted((ws.root / "records").glob("names*"))):
        found.update(path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    here = Path(__file__).parents[1]
    for folder in ("", "detect", "wording"):
        for path in sorted((here / folder).glob("*.[pg][yz]")):  # the program and its list of first names
            stamp = path.stat()
            found.update(f"{path.name} {stamp.st_mtime_ns} {stamp.st_size}".encode())
    return found.hexdigest()
