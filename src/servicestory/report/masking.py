"""Takes the names of colleagues out of every text the review shows: it is about practices, not people."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from servicestory.models.organisation import Organisation
from servicestory.models.story import Story
from servicestory.wording.roles import by_role

_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W_]")
_GAP = re.compile(r"[\s\-.'’_]{1,3}")
_SEVERAL = re.compile(r"\b([Aa]) colleague(?:(?:,| and|, and| &) a colleague)+\b(?!['’])")
_SENTENCE_END = re.compile(r"(?:^|[.!?:]\s+|[“\"]|\n)\s*$")
# First names that are also everyday words: replaced only where they are written with a capital.
_ALSO_WORDS = frozenset(
    """
    will mark may june april august grace hope faith joy rose lily daisy ivy dawn eve art bill bob
    chuck rob sue pat jack drew guy dean earl frank gene grant jay ken lance max miles nick norm
    pearl penny ray rich rod ruby sandy sky summer autumn wade holly amber chase chip clay cliff don
    forest ginger glen hazel heath iris john lee major melody mercy mike olive peg pierce price
    robin rusty sage skip stone van violet young king
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)


class Mask:
    """``mask(text)`` is the text with "a colleague" for every name on the staff list or given in a story.

    Names of the list and their aliases are found in small letters too; a family name that stands alone only
    with its capital. Names nobody entered anywhere cannot be known, and stay; those a reading of the texts
    suggests (``suggested``: story id -> names) are taken out of the texts of their own story only.
    """

    def __init__(
        self,
        organisation: Organisation,
        stories: Iterable[Story],
        suggested: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self._suggested = suggested or {}
        places = " ".join(
            [s.name for s in organisation.sites]
            + [t.name for t in organisation.teams]
            + [p.role for p in organisation.staff if p.role]
        )
        self._barred = {w.casefold() for w in _WORD.findall(places)}
        self._names: dict[str, list[tuple[tuple[str, ...], bool]]] = {}  # first word -> (words, any case)
        for person in organisation.staff:
            self._add(person.name, True)
            for alias in person.aliases:
                self._add(alias, True)
        for name in sorted({name for story in stories for name in story.people}):
            self._add(name, len(_WORD.findall(name)) < 4)
        for known in self._names.values():
            known.sort(key=lambda n: (-len(n[0]), n))

    def _add(self, name: str, parts: bool) -> None:
        words = _WORD.findall(name.split(" (")[0])  # what stands in brackets tells two of a name apart
        if sum(map(len, words)) < 2:
            return
        self._keep(words, len(words) > 1 or words[0].casefold() not in _ALSO_WORDS)
        if parts and len(words) > 1 and all(w[:1].isupper() or len(w) <= 3 for w in words):
            for at, word in enumerate(words):
                if len(word) >= 3 and word[:1].isupper() and word.casefold() not in self._barred:
                    self._keep([word], at == 0 and word.casefold() not in _ALSO_WORDS)

    def _keep(self, words: list[str], any_case: bool) -> None:
        entry = (tuple(w.casefold() for w in words), any_case)
        known = self._names.setdefault(entry[0][0], [])
        if entry not in known:
            known.append(entry)

    def __call__(self, text: str, story: str | None = None) -> str:
        """The text without names; unchanged when it holds none.

        Args:
            story: id of the story the text stands in, to leave out the names suggested there as well.
        """
        out, done = [], 0
        for start, end in self._places(text, story):
            out.append(text[done:start])
            first = _SENTENCE_END.search("".join(out)[-40:]) is not None
            out.append("A colleague" if first else "a colleague")
            done = end
        if not out:
            return text
        masked = _SEVERAL.sub(
            lambda m: "Colleagues" if m[1] == "A" else "colleagues", "".join(out) + text[done:]
        )
        return by_role(masked, "a colleague")

    def letters(self, text: str) -> str:
        """The text with an x for every letter of a name on record, as long as before: places in it hold."""
        out, done = [], 0
        for start, end in self._places(text, None):
            hidden = _LETTER.sub(lambda m: "X" if m[0].isupper() else "x", text[start:end])
            out += [text[done:start], hidden]
            done = end
        return "".join(out) + text[done:]

    def _places(self, text: str, story: str | None) -> Iterator[tuple[int, int]]:
        """(start, end) of every name, from left to right."""
        here = {name for name in self._suggested.get(story or "", ()) if name}
        if not self._names and not here:
            return
        words = list(_WORD.finditer(text))
        also = [tuple(_WORD.findall(name)) for name in sorted(here, key=lambda n: (-len(n), n))]
        at = 0
        while at < len(words):
            count = self._length(text, words, at)
            for name in also:
                if tuple(w[0] for w in words[at : at + len(name)]) == name:
                    count = max(count, len(name))
            if count:
                yield words[at].start(), words[at + count - 1].end()
            at += max(1, count)

    def _length(self, text: str, words: list[re.Match[str]], at: int) -> int:
        """How many words from ``at`` on are a name; 0: none."""
        for name, any_case in self._names.get(words[at][0].casefold(), ()):
            found = words[at : at + len(name)]
            if tuple(w[0].casefold() for w in found) != name:
                continue
            if not any_case and not words[at][0][:1].isupper():
                continue
            if all(_GAP.fullmatch(text[a.end() : b.start()]) for a, b in pairwise(found)):
                return len(name)
        return 0

    def reference(self, story_id: str) -> str:
        """A story's id, or nothing when a name is part of it."""
        plain = story_id.replace("-", " ")
        owners = re.sub(r"s\b", "", plain)  # "Rosa's" is "rosas" in an id
        return story_id if self(plain) == plain and self(owners) == owners else ""
