"""What one import did to its rows, and the certificate that a person was removed, or is to be."""

from pydantic import Field

from servicestory.models.base import Part, PartialDate, Record


class ImportBatch(Record):
    """One imported file. ``rows`` is the sum of taken, skipped, quarantined and already there."""

    batch: str
    file: str  # its name, without folders
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    on: PartialDate
    preset: str | None = None
    columns: dict[str, list[str]] = {}
    min_rating: float | None = None
    rows: int = Field(ge=0)
    taken: int = Field(ge=0)
    skipped: dict[str, int] = {}
    quarantined: int = Field(0, ge=0)
    already: int = Field(0, ge=0)
    redacted: dict[str, int] = {}


class ChangedFile(Part):
    """A file before and after, by its SHA-256."""

    path: str
    before: str
    after: str


class Forgotten(Record):
    """The certificate of a person's removal; it never holds the name.

    ``pseudonym`` stands where the name stood for itself; None where it stood inside texts only.
    """

    on: PartialDate
    by: str
    pseudonym: str | None = None
    places: int = Field(ge=1)
    files: list[ChangedFile] = []


class FileToChange(Part, frozen=True):
    """A file about to change: ``place`` is the SHA-256 of where it stands, which may hold the name."""

    place: str
    to: str
    before: str
    after: str


class Begun(Record):
    """A person's removal under way, as it is to end; it never holds the name.

    ``told`` is what stands for the name, ``pseudonym`` the same where the name stands for itself anywhere.
    ``names`` is a salted hash of all the names, for only the same ones may finish it.
    """

    on: PartialDate
    by: str
    pseudonym: str | None = None
    places: int = Field(ge=1)
    told: str
    names: str = Field(pattern=r"^[0-9a-f]{32}:[0-9a-f]{64}$")
    files: list[FileToChange] = []
