"""The codebook: one entry per practice an organisation wants recognised, written by people in plain words."""

from typing import Literal

from pydantic import Field

from servicestory.models.base import Record, Said

Incident = Literal["failure put right", "need answered", "unprompted", "difficult customer"]
"""The groups of Bitner, Booms and Tetreault (1990): what called for the behaviour."""


class CodebookEntry(Record):
    """One practice as people describe it; `detect` recognises it by its key, its words and its examples."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)
    name: Said = Field(max_length=120)
    behaviour_statement: str | None = None
    definition: Said
    include: list[str] = []
    exclude: list[str] = []
    examples: list[str] = []
    cues: list[str] = []
    incident: Incident | None = None
    icare: Literal["ideal", "culture", "attentiveness", "responsiveness", "empowerment"] | None = None
