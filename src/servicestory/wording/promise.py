"""Which promise of the house a practice seems to keep, where nobody said so."""

from servicestory.models.organisation import Organisation, Standard
from servicestory.wording.material import Material
from servicestory.wording.showing import among, stems

_LEAST = 2  # telling words in common; one is a chance


def seems_to_keep(material: Material, organisation: Organisation) -> Standard | None:
    """The promise that shares most telling words with the practice's name and statement; None where none stands out."""
    practice, word = material.practice, material.customer
    if practice.standard:
        return None
    own = stems(f"{practice.name} {practice.behaviour_statement or ''}", word)
    ranked = sorted(
        ((len(among(stems(f"{s.name} {s.statement or ''}", word), own)), s) for s in organisation.standards),
        key=lambda found: (-found[0], found[1].id),
    )
    if not ranked or ranked[0][0] < _LEAST or (ranked[1:] and ranked[1][0] == ranked[0][0]):
        return None
    return ranked[0][1]
