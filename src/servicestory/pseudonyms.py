"""Pseudonyms of learners: the same name gives the same one, and nobody without the key can tell whose it is.

The key lies in `private/`, a folder that keeps itself out of version control and away from other readers.
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from servicestory import storage
from servicestory.errors import Problem
from servicestory.storage import NEXT_WRITE

KEY = "private/pseudonyms.key"
_BYTES = 32


def key(root: Path, make: bool = False) -> bytes | None:
    """The workspace's key; None when there is none and ``make`` is not asked for.

    Raises:
        Problem: when it cannot be read or written, or is not a key.
    """
    path = root / KEY
    if path.exists():
        try:
            found = bytes.fromhex(storage.read(path, KEY).data.decode("ascii").strip())
        except ValueError:
            found = b""
        if len(found) != _BYTES:
            step = "Put back the file as it was; with another key nobody's records can be found again"
            raise Problem("this is no key for pseudonyms", KEY, step)
        return found
    if not make:
        return None
    with storage.plainly("the key for pseudonyms cannot be written", KEY, NEXT_WRITE):
        path.parent.mkdir(exist_ok=True)
        path.parent.chmod(0o700)
        storage.create(path.parent / ".gitignore", b"*\n")
        if not storage.create(path, secrets.token_hex(_BYTES).encode() + b"\n"):
            return key(root)  # somebody else was quicker
        path.chmod(0o600)
    return key(root)


def pseudonym(secret: bytes, name: str) -> str:
    """``L-`` and eight letters or digits for a name; case, accents' coding and spacing do not matter.

    HMAC-SHA256 (RFC 2104), cut to 40 bits.
    """
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    digest = hmac.new(secret, plain.encode(), hashlib.sha256).digest()[:5]
    number = int.from_bytes(digest, "big")
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    return "L-" + "".join(letters[number >> shift & 31] for shift in range(35, -1, -5))


def of_names(secret: bytes, names: Iterable[str]) -> dict[str, str]:
    """pseudonym -> name, for showing names to somebody who asked for them."""
    return {pseudonym(secret, name): name for name in names}
