"""What a practice described by people is looked for by, and where it would be found now."""

from typing import TYPE_CHECKING

from servicestory import console
from servicestory.text import listing, one_line, plural

if TYPE_CHECKING:
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace

_SHOWN = 5  # sentences found


def say(ws: "Workspace", practice: "Practice") -> None:
    """Its words, the stories it would be found in by `detect`, and how to have it found in more."""
    from servicestory.cli.detect import found
    from servicestory.cli.judging import House
    from servicestory.detect import written

    entry = next((e for e in ws.codebook([]) if e.key == practice.definition), None)
    lines = written.people_wrote(practice, entry)
    stories = ws.stories([])
    with console.progress() as step:
        house = House(ws, ws.organisation(), stories, step)
        # whoever an example names is not what is done
        nobody = house.mask.stand_ins.colleague
        words = written.looked_for([house.mask(line).replace(nobody, "") for line in lines])
        result = found(house, ws.practices([])) if stories else None
    console.out(
        f"It is looked for by these words: {', '.join(words)}."
        if words
        else "None of its words say what is done, so nothing can be found by them."
    )
    for cue, why in written.idle_cues(practice.cues, stories).items():
        console.out(f"The cue “{cue}” is not looked for: {why}.")
    if result is None:
        return
    mine = next((p for p in result.practices if p.id == practice.id), None)
    places = result.evidence_of(mine) if mine else []
    told = sorted({place.story for place in places})
    of = plural(len(stories), "story", "stories")
    if not told:
        console.out(
            f"No sentence of your {of} says two of them that matter together, or a cue: nothing is found yet."
        )
    else:
        console.out(f"With them it would be found in {len(told):,} of {of}:")
        mask = house.mask
        for place in places[:_SHOWN]:
            console.out(f"    “{one_line(mask(one_line(place.text), place.story), 150)}”  [{place.story}]")
        if len(places) > _SHOWN:
            console.out(f"    … and {len(places) - _SHOWN} more")
    file = ws.practice_place(practice.id)
    ways = [
        f"put a sentence in that shows it: servicestory review {practice.id} --take-in STORY:NUMBER",
        f"write whole sentences under 'examples:' or turns of phrase under 'cues:' in {file}",
    ]
    console.note(f"To have more found, {listing(ways, 'or')}.")
    console.note("Next: servicestory detect, which keeps what is found.")
