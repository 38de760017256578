"""Makes src/servicestory/wording/usual.txt.gz: usual words that nobody is called by.

Words of three letters or more that the sentences of our own writing in this folder hold in small letters
LEAST times, that the dictionary knows as anything but a name, and that are no first name either.

    python tools/usual_words.py
"""

import gzip
import re
from collections import Counter
from pathlib import Path

from servicestory.wording.given import may_be_given
from servicestory.wording.morphology import is_common

LEAST = 2
FILES = (
    "own_sentences.yaml",
    "told_sentences.yaml",
    "stories.yaml",
    "tellings.yaml",
    "more_tellings.yaml",
)
TO = Path(__file__).parent.parent / "src" / "servicestory" / "wording" / "usual.txt.gz"


def main() -> None:
    """Writes the list, the same bytes each time."""
    told: Counter[str] = Counter()
    for name in FILES:
        told.update(
            re.findall(r"(?<![\w'])[a-z]{3,}(?![\w'])", Path(__file__).with_name(name).read_text("utf-8"))
        )
    words = [w for w, n in sorted(told.items()) if n >= LEAST and is_common(w) and not may_be_given(w)]
    TO.write_bytes(gzip.compress("\n".join(words).encode("ascii"), 9, mtime=0))
    print(f"{len(words):,} words, {TO.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
