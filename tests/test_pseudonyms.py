"""The key of pseudonyms: one name, one pseudonym, and none without the key."""

from pathlib import Path

import pytest

from servicestory import pseudonyms
from servicestory.errors import Problem


def test_one_name_is_one_pseudonym_however_it_is_typed(tmp_path: Path) -> None:
    assert pseudonyms.key(tmp_path) is None and not (tmp_path / "private").exists()
    secret = pseudonyms.key(tmp_path, make=True)
    assert secret is not None and secret == pseudonyms.key(tmp_path, make=True) == pseudonyms.key(tmp_path)
    names = ["Zoë Å. Berg", "zoë  å. berg", "Zoe\u0308 A\u030a. Berg"]
    assert len({pseudonyms.pseudonym(secret, name) for name in names}) == 1
    assert pseudonyms.pseudonym(secret, "Zoe A. Berg") != pseudonyms.pseudonym(secret, names[0])
    assert pseudonyms.pseudonym(b"\0" * 32, names[0]) != pseudonyms.pseudonym(secret, names[0])
    assert pseudonyms.of_names(secret, ["Tom"]) == {pseudonyms.pseudonym(secret, "Tom"): "Tom"}


def test_a_key_is_for_its_owner_alone_and_stays_out_of_version_control(tmp_path: Path) -> None:
    pseudonyms.key(tmp_path, make=True)
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / pseudonyms.KEY).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "private" / ".gitignore").read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize("held", [b"", b"zz", b"00" * 31, b"\xff\xfe"])
def test_what_is_no_key_is_never_replaced(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / pseudonyms.KEY
    path.parent.mkdir()
    path.write_bytes(held)
    with pytest.raises(Problem, match="no key"):
        pseudonyms.key(tmp_path, make=True)
    assert path.read_bytes() == held
