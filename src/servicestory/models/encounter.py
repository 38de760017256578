"""An ordinary encounter: what happened when nobody had a reason to tell a story, to compare stories with."""

from pydantic import Field

from servicestory.models.base import PartialDate, Record, Said


class Encounter(Record):
    """One ordinary encounter; ``sha256`` is that of its text, date, site and the source's own id.

    ``record`` is the source's own id and ``batch`` the import, where it was imported.
    """

    id: str = Field(pattern=r"^[^\s/\\]+$", max_length=200)
    text: Said
    date: PartialDate | None = None
    site: str | None = None
    team: str | None = None
    record: str | None = None
    batch: str | None = None
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    added_on: PartialDate
    added_by: str
