"""What one import did: which file, read how, and what became of its rows."""

from pydantic import Field

from servicestory.models.base import PartialDate, Record


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
