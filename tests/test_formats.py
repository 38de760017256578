"""The page about the files names every field there is, and its examples load."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from servicestory import records
from servicestory.models.base import Record
from servicestory.models.monitoring import Replication, Training
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.models.training import TrainingDocument

PAGE = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("model", "heading"), [(Story, "A story"), (Practice, "A practice"), (Organisation, "The organisation")]
)
def test_every_field_is_on_the_page(model: type[BaseModel], heading: str) -> None:
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    first_cells = " ".join(re.findall(r"(?m)^\| ([^|]*) \|", section))
    named = set(re.findall(r"`([a-z_]+)`", first_cells))
    fields = {field.alias or name for name, field in model.model_fields.items()} - {"schema"}
    assert named == fields


@pytest.mark.parametrize(("model", "number"), [(Story, 0), (Practice, 1)])
def test_the_examples_load(model: type[Record], number: int) -> None:
    example = re.findall(r"(?s)```yaml\n(.*?)```", PAGE)[number]
    found, problems = records.load(model, example, "docs/formats.md")
    assert len(found) == 1 and problems == []


@pytest.mark.parametrize(
    ("models", "heading"),
    [((Training, Replication), "Records"), ((TrainingDocument,), "Training documents")],
)
def test_every_field_of_what_is_recorded_about_training_is_on_the_page(
    models: tuple[type[BaseModel], ...], heading: str
) -> None:
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    named = set(re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"(?m)^\| ([^|]*) \|", section))))
    fields = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert fields - {"schema"} <= named
