"""What a definition says and no story of the practice shows: asked for, and not printed as if it were known.

"Notice fear or grief. Stay close. Give confidence." fits every house and tells a newcomer nothing of this one.
"""

from dataclasses import replace

from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import LIVE
from servicestory.wording.material import Material
from servicestory.wording.recovery import puts_right


def without_unseen(material: Material, entry: CodebookEntry | None = None) -> Material:
    """The material without the lines of a definition of which no story shows any; they are its `unseen`.

    They stay where people accepted the practice, and so its definition, or named it themselves; where one of them
    is shown, as the lines belong together; and where something is put right, which is done in the same way everywhere.
    """
    lines = [s for s in material.steps if s.source == "definition"]
    decided = material.practice.status in LIVE or material.definition.own
    if decided or any(s.cites for s in lines) or puts_right(material, entry):
        return material
    return replace(
        material,
        steps=tuple(s for s in material.steps if s.source != "definition"),
        unseen=tuple(s.text for s in lines),
    )
