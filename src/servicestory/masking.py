"""Takes the names of colleagues out of texts: what is shown is about practices, not people."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from servicestory.text import slug

if TYPE_CHECKING:
    from servicestory.models.organisation import Organisation, Person

_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W_]")
_GAP = re.compile(r"[\s\-.'’_]{1,3}")
_SEVERAL = re.compile(r"\b([Aa]) colleague(?:(?:,| and|, and| &) a colleague)+\b(?!['’])")
_SENTENCE_END = re.compile(r"(?:^|[.!?:]\s+|[“\"]|\n)\s*$")
_OWNER = 4  # letters of the shortest name looked for with an s; of shorter ones many make a word
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
    suggests (``suggested``: story id -> names) are taken out of the texts of their own story only, and those
    of people who agreed to be named (``agreed``, the same form) stay in the texts of theirs.

    Args:
        people: every name that stands in any story's `people`.
    """

    def __init__(
        self,
        organisation: "Organisation | None",
        people: Iterable[str],
        suggested: Mapping[str, Iterable[str]] | None = None,
        agreed: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self._suggested = suggested or {}
        staff = organisation.staff if organisation else []
        places = [p.role for p in staff if p.role]
        if organisation:
            places += [site.name for site in organisation.sites]
            places += [team.name for team in organisation.teams]
        self._barred = {w.casefold() for w in _WORD.findall(" ".join(places))}
        self._roles = {
            name.casefold(): ", ".join(
                part for part in (person.role or "a colleague", person.team or person.site or "") if part
            )
            for person in staff
            for name in (person.name, *person.aliases)
        }
        self._names: dict[str, list[tuple[tuple[str, ...], bool]]] = {}  # first word -> (words, any case)
        self._owners: set[str] = set()  # names with an s that says whose
        self._bearers: dict[tuple[str, ...], set[str]] = {}  # words -> the names on record they may mean
        for person in staff:
            self._add(person.name, True)
            for alias in person.aliases:
                self._add(alias, True)
        for name in sorted(set(people)):
            self._add(name, len(_WORD.findall(name)) < 4)
        for known in self._names.values():
            known.sort(key=lambda n: (-len(n[0]), n))
        self._agreed = {story: self._only(names, staff) for story, names in (agreed or {}).items() if names}

    def _only(self, names: Iterable[str], staff: "Sequence[Person]") -> set[tuple[str, ...]]:
        """The words that mean these people and nobody else on record."""
        given = set(names)
        also = [n for p in staff if given & {p.name, *p.aliases} for n in (p.name, *p.aliases)]
        theirs = {*given, *also}
        return {form for form, bearers in self._bearers.items() if bearers <= theirs}

    def _add(self, name: str, parts: bool) -> None:
        words = _WORD.findall(name.split(" (")[0])  # what stands in brackets tells two of a name apart
        if sum(map(len, words)) < 2:
            return
        self._keep(name, words, len(words) > 1 or words[0].casefold() not in _ALSO_WORDS)
        if parts and len(words) > 1 and all(w[:1].isupper() or len(w) <= 3 for w in words):
            for at, word in enumerate(words):
                if len(word) >= 3 and word[:1].isupper() and word.casefold() not in self._barred:
                    self._keep(name, [word], at == 0 and word.casefold() not in _ALSO_WORDS)

    def _keep(self, name: str, words: list[str], any_case: bool) -> None:
        form = tuple(w.casefold() for w in words)
        known = self._names.setdefault(form[0], [])
        if (form, any_case) not in known:
            known.append((form, any_case))
        self._bearers.setdefault(form, set()).add(name)
        if any_case and len(words) == 1 and len(form[0]) >= _OWNER:
            owner = (form[0] + "s",)  # "Rosas Karte": many write it without an apostrophe
            known = self._names.setdefault(owner[0], [])
            if (owner, False) not in known:
                known.append((owner, False))
            self._owners.add(owner[0])
            self._bearers.setdefault(owner, set()).add(name)

    def __call__(self, text: str, story: str | None = None) -> str:
        """The text without names; unchanged when it holds none.

        Args:
            story: id of the story the text stands in, to leave out the names suggested there as well.
        """
        out, done = [], 0
        for start, end in self._places(text, story):
            out.append(text[done:start])
            first = _SENTENCE_END.search("".join(out)[-40:]) is not None
            owner = "'s" if text[start:end].casefold() in self._owners else ""
            out.append(("A colleague" if first else "a colleague") + owner)
            done = end
        if not out:
            return text
        masked = _SEVERAL.sub(
            lambda m: "Colleagues" if m[1] == "A" else "colleagues", "".join(out) + text[done:]
        )
        from servicestory.wording.roles import by_role  # most calls mask no text, and wording is much to load

        return by_role(masked, "a colleague")

    def person(self, name: str) -> str:
        """Whoever looks after or decided something: a role in place of a name on the staff list."""
        return self._roles.get(name.casefold()) or self(name)

    def letters(self, text: str, story: str | None = None) -> str:
        """The text with an x for every letter of a name on record, as long as before: places in it hold.

        Names that are only suggested stay: a wrong guess would spoil the words.
        """
        out, done = [], 0
        for start, end in self._places(text, story, suggested=False):
            hidden = _LETTER.sub(lambda m: "X" if m[0].isupper() else "x", text[start:end])
            out += [text[done:start], hidden]
            done = end
        return "".join(out) + text[done:]

    def _places(self, text: str, story: str | None, suggested: bool = True) -> Iterator[tuple[int, int]]:
        """(start, end) of every name, from left to right."""
        here = {name for name in self._suggested.get(story or "", ()) if name} if suggested else set()
        agreed = self._agreed.get(story or "", ())
        if not here and self._names.keys().isdisjoint(map(str.casefold, _WORD.findall(text))):
            return  # as most texts: no word of it begins a name
        words = list(_WORD.finditer(text))
        also = [tuple(_WORD.findall(name)) for name in sorted(here, key=lambda n: (-len(n), n))]
        at = 0
        while at < len(words):
            count = self._length(text, words, at)
            for name in also:
                if tuple(w[0] for w in words[at : at + len(name)]) == name:
                    count = max(count, len(name))
            if count and tuple(w[0].casefold() for w in words[at : at + count]) not in agreed:
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

    def slug(self, text: str) -> str:
        """What an id or a file is called after the text: no name on record is part of it."""
        plain = slug(self(text), 200)
        if not self.reference(plain):  # "Rosas" is not replaced where it stands
            plain = "-".join(word for word in plain.split("-") if self.reference(word))
        return slug(plain if self.reference(plain) else "")
