"""What `forget` shows: the places that change, and where a part of the name still stands alone."""

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from servicestory import console
from servicestory.cli.forget_in import renamed
from servicestory.text import listing, plural, slug

if TYPE_CHECKING:
    from servicestory.collect.forgetting import Forgetting

_A_NAME = 3  # letters of a part of a name that is worth looking for
_AROUND = 40  # characters shown on each side of what changes in a long line
_LONG = 160
_NEW_LINE = "\n"
_LISTED = 12  # places of a part of the name that are listed before the rest are counted


def show_change(name: str, renamed: str, old: bytes, new: bytes, forgetting: "Forgetting") -> None:
    """Print what would change in a file, each place as it stands and as it would.

    Args:
        name: the file, and ``renamed`` what it would be called.
    """
    if renamed != name:
        _pair(f"{name}, the name of the file", name, renamed)
    if name.lower().endswith(".docx"):
        for said in words_of(old).split(_NEW_LINE):
            if (left := forgetting.text(said)) != said:
                _pair(name, said, left)
        return
    before, after = _lines(old), _lines(new)
    wrapped = name.lower().endswith((".yaml", ".yml"))  # a text set in lines may be set anew
    for first, last, start, end in _changed(before, after, wrapped):
        said, left = _NEW_LINE.join(before[first:last]), _NEW_LINE.join(after[start:end])
        if _letters(said) == _letters(left):
            continue  # only set anew
        hits = [said.count(_NEW_LINE, 0, at) for at in forgetting.found(said)] or [0]
        lines = f"{first + 1 + hits[0]}" + (f"-{first + 1 + hits[-1]}" if hits[-1] > hits[0] else "")
        _pair(f"{name}:{lines}", said, left)


def _pair(place: str, before: str, after: str) -> None:
    old, new = _cut(" ".join(before.split()), " ".join(after.split()))
    console.out(f"{place}\n    before  {old}\n    after   {new or '(nothing)'}")


def _cut(before: str, after: str) -> tuple[str, str]:
    """Two long lines from shortly before where they begin to differ to shortly after where they end to."""
    if max(len(before), len(after)) <= _LONG:
        return before, after
    most = min(len(before), len(after))
    same = next((n for n in range(most) if before[n] != after[n]), most)
    last = next((n for n in range(most - same) if before[-1 - n] != after[-1 - n]), most - same)
    start = max(0, same - _AROUND)

    def part(text: str) -> str:
        end = min(len(text), len(text) - last + _AROUND)
        return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")

    return part(before), part(after)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "surrogateescape").split(_NEW_LINE)


def _changed(before: list[str], after: list[str], wrapped: bool) -> list[tuple[int, int, int, int]]:
    """(first, last, first, last) of the lines that differ; where texts are ``wrapped``, of runs of them."""
    if len(before) == len(after):
        differ = [(n, n + 1, n, n + 1) for n, line in enumerate(before) if line != after[n]]
    else:
        codes = SequenceMatcher(None, before, after).get_opcodes()
        differ = [(a, b, c, d) for what, a, b, c, d in codes if what != "equal"]
    runs: list[tuple[int, int, int, int]] = []
    for first, last, start, end in differ:
        if wrapped and runs and not any(line.strip() for line in before[runs[-1][1] : first]):
            runs[-1] = (runs[-1][0], last, runs[-1][2], end)
        else:
            runs.append((first, last, start, end))
    return runs


def parts(names: Iterable[str]) -> list[str]:
    """Each part of the names that somebody might be called by alone, and that is none of the names."""
    names = list(names)
    whole = {name.casefold() for name in names}
    found = [
        part
        for name in names
        for part in name.split()
        if len(part) >= _A_NAME and part[:1].isupper() and part.casefold() not in whole
    ]
    return list(dict.fromkeys(found))


def say_left(
    part: str, files: Iterable[tuple[str, bytes]], whole: "Forgetting", alone: "Forgetting", others: list[str]
) -> None:
    """Say where a part of the name still stands alone, and what to do; nothing where it does not.

    Args:
        files: every file of the workspace, its name and what is in it.
        whole: finds the names that are gone, and those of ``others``.
        alone: finds the part.
        others: whoever and whatever else has the part in its name.
    """
    places: dict[str, int] = {}
    for name, data in files:
        if hits := len(alone.found(whole.text(name))) if renamed(name, alone) != name else 0:
            places[f"{name} (the file itself is called so)"] = hits
        numbered = not name.lower().endswith(".docx")
        text = data.decode("utf-8", "surrogateescape") if numbered else words_of(data)
        text = whole.text(text)
        for at in alone.found(text):
            place = f"{name}:{text.count(_NEW_LINE, 0, at) + 1}" if numbered else name
            places[place] = places.get(place, 0) + 1
    if not places:
        return
    said = f"'{part}' alone still stands in {plural(sum(places.values()), 'place')}"
    if others:
        console.note(
            f"{said}, and {listing(others[:3])} {'has' if len(others) == 1 else 'have'} that name too: where "
            "it means this person, take it out by hand (of an id give the story another, then run: "
            "servicestory detect)."
        )
    else:
        console.note(
            f'{said}. If that is the same person: servicestory forget "{part}" (ids too; --dry-run shows '
            "the lines)."
        )
    for place in list(places)[:_LISTED]:
        console.note(f"  {place}")
    if len(places) > _LISTED:
        console.note(f"  … and {plural(len(places) - _LISTED, 'more line')}")


def say_months(files: Iterable[tuple[str, bytes]], forgetting: "Forgetting") -> None:
    """Say where a name that is a month's as well was left, for it seems to be the month."""
    places = []
    for name, data in files:
        text = data.decode("utf-8", "surrogateescape")
        places += [f"{name}:{text.count(_NEW_LINE, 0, at) + 1}" for at in forgetting.months(text)]
    if places:
        more = f" and {len(places) - _LISTED} more" if len(places) > _LISTED else ""
        console.note(f"Left as the name of the month: {', '.join(places[:_LISTED])}{more}")


def say_ids(ids: Iterable[str], words: Iterable[str], place: Callable[[str], str]) -> None:
    """Say which ids hold a name that is an everyday word as well: without a capital nobody can tell."""
    for word in dict.fromkeys(words):
        plain = slug(word)
        for ref in ids:
            if not {plain, f"{plain}s"}.isdisjoint(ref.split("-")):
                console.note(
                    f"The id {ref} holds '{plain}'. If that is the name: give the story another in "
                    f"{place(ref)}, and the file, then run: servicestory detect"
                )


def words_of(data: bytes) -> str:
    """What a Word file says, a line for each run of words."""
    from servicestory.incorporate.word import rewritten

    found: list[str] = []

    def seen(text: str) -> str:
        found.append(text)
        return text

    rewritten(data, seen)
    return _NEW_LINE.join(found)
