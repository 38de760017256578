"""What people type for figures, answers and checklist items -> values; never a guess."""

import re
from typing import Literal, cast

from servicestory.models.monitoring import Answer

YES = frozenset({"yes", "y", "ja", "j", "oui", "si", "sí", "true", "done", "1", "x", "✓", "✔"})
NO = frozenset({"no", "n", "nein", "non", "false", "not done", "missed", "0"})
NOT_APPLICABLE = frozenset({"na", "n/a", "n.a.", "not applicable", "-", "–", "none"})
_ITEM = re.compile(r"\s*(?:item\s*)?(\d+)\s*[=:]\s*(.+?)\s*", re.I)


def read_figure(text: str) -> float:
    """A number as typed or exported: ``91``, ``-3.5``, ``1,234.5``, ``0,91``, ``91%`` (0.91), ``1 234``.

    Raises:
        ValueError: when it is no number, or could mean two (``1,234`` is a thousand to some, one to others).
    """
    bare = text.strip().replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-")
    percent = bare.endswith("%")
    bare = bare.rstrip("%").strip()
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+\.\d+|[-+]?\d{1,3}(,\d{3}){2,}", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"[-+]?\d{1,3}( \d{3})+([.,]\d+)?", bare):
        bare = bare.replace(" ", "").replace(",", ".")
    elif re.fullmatch(r"[-+]?[1-9]\d{0,2},\d{3}", bare):
        raise ValueError(f"{text.strip()!r} could mean two numbers; write it without the comma")
    elif re.fullmatch(r"[-+]?\d*,\d+", bare):
        bare = bare.replace(",", ".")
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", bare):
        raise ValueError(f"{text.strip()!r} is not a number")
    value = float(bare)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"{text.strip()!r} is too large a number")
    return value / 100 if percent else value


def read_answer(text: str) -> Answer:
    """``yes``, ``no`` or ``na`` from what people write for them.

    Raises:
        ValueError: when it is none of these.
    """
    word = text.strip().casefold()
    for meant, words in (("yes", YES), ("no", NO), ("na", NOT_APPLICABLE)):
        if word in words:
            return cast(Literal["yes", "no", "na"], meant)
    raise ValueError(f"{text.strip()!r} is none of yes, no, na")


def read_items(text: str) -> dict[str, Answer]:
    """Checklist answers: ``1=yes 2=no 3=na`` (in any order), or one word for each item: ``yes,no,na``.

    Raises:
        ValueError: when a part is neither, or an item is answered twice.
    """
    parts = [p for p in re.split(r"[,;\s]+", text.strip()) if p]
    if not parts:
        raise ValueError("no item is answered")
    items: dict[str, Answer] = {}
    for number, part in enumerate(parts, 1):
        found = _ITEM.fullmatch(part)
        if not found and any(_ITEM.fullmatch(p) for p in parts):
            raise ValueError(f"{part!r} does not say which item it answers; write it like 2=no")
        item, answer = (found[1].lstrip("0") or "0", found[2]) if found else (str(number), part)
        if item in items:
            raise ValueError(f"item {item} is answered twice")
        if item == "0":
            raise ValueError("items are counted from 1")
        items[item] = read_answer(answer)
    return dict(sorted(items.items(), key=lambda i: (len(i[0]), i[0])))
