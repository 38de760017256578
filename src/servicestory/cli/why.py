"""`servicestory why`: from a procedure step, a practice or a story, the chain of evidence both ways."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli import repeats
from servicestory.cli.app import workspace
from servicestory.cli.naming import NAMES, Naming, only_with_json
from servicestory.errors import Problem, Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servicestory.models.practice import Evidence, Practice
    from servicestory.models.story import Story
    from servicestory.wording.steps import Cite
    from servicestory.workspace import Workspace


_LETTERS = re.compile(r"\w")


def why(
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF",
            help="SOP-0007#3 (a step; so too JB-, CL-, SP- or P-0007#3), SOP-0007, P-0007, a "
            "practice's name, or a story.",
        ),
    ],
    names: NAMES = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the chain as JSON.")] = False,
) -> None:
    """Incorporate: trace a step or a practice to its stories.

    It shows the words in the story and the line of the file, the practice they belong to, and the
    training and procedure that came of it.

    Example: servicestory why SOP-0007#3
    """
    only_with_json(names, as_json)
    from servicestory.cli.judging import House

    ws = workspace()
    problems: list[Problem] = []
    stories = {story.id: story for story in ws.stories(problems)}
    practices = ws.practices(problems)
    step = re.fullmatch(r"(?i)((?:SOP|JB|CL|SP)-\d+|P-\d+(?=#))(?:#(\d+))?", ref.strip())
    if re.fullmatch(r"(?i)QZ-\d+#.*", ref.strip()):
        own = f"P-{ref.strip()[3:].partition('#')[0]}"
        how = f"Each answer names its step: write that as {own}#1"
        raise Usage(f"{ref!r} is a question, which rests on a step", "", how)
    if quiz := re.fullmatch(r"(?i)QZ-(\d+)", ref.strip()):
        ref = f"P-{quiz[1]}"
    if re.fullmatch(r"(?i)(SOP|JB|CL|SP|P)-\d+#.*", ref.strip()) and not step:
        raise Usage(f"{ref!r} is no step", "", "Steps are counted from 1; write it like SOP-0007#3")
    every = list(stories.values())
    naming = Naming(ws, every, names, house=House(ws, ws.organisation(), every))
    if step:
        chain = _of_procedure(ws, step[1].upper(), int(step[2]) if step[2] else None, stories, naming)
    elif ref in stories or ref.split("#", 1)[0] in stories:
        chain = _of_story(ws, stories[ref if ref in stories else ref.split("#", 1)[0]], practices)
    else:
        chain = _of_practice(ws, ws.practice(ref), stories)
    chain = _without_names(chain, naming)
    if as_json:
        console.json({"schema": 1, "ref": ref, **chain})
    else:
        _show(chain)
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _without_names(chain: dict[str, Any], naming: Naming) -> dict[str, Any]:
    """The chain without names: each quotation as its story allows, the rest as if for everybody."""
    about = chain["story"]["id"] if "story" in chain else None

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(item) for item in value]
        if not isinstance(value, dict):
            return naming.plain(value, about)
        if "text" in value and "story" in value:
            return naming.plain(value, value["story"])
        return {
            key: item if key in ("id", "status", "place", "training", "procedure") else plain(item)
            for key, item in value.items()
        }

    return plain(chain)  # type: ignore[no-any-return]


def _of_procedure(
    ws: "Workspace", ref: str, step: int | None, stories: dict[str, "Story"], naming: Naming
) -> dict[str, Any]:
    """The steps of a procedure as its file stands, or of a practice that has none."""
    from servicestory.cli import picking
    from servicestory.cli.documents import existing
    from servicestory.incorporate import blocks
    from servicestory.incorporate.trace import WrittenStep, written_steps
    from servicestory.text import plural
    from servicestory.train.sheets import origin

    practice = ws.practice("P-" + ref.split("-")[1])
    number = "SOP-" + practice.id.removeprefix("P-")
    name = existing(ws.root / "procedures", number, "procedures")
    text = ws.document(f"procedures/{name}") if name else None
    material = picking.material(practice, stories, ws.organisation(), picking.entries(ws), naming.mask)
    where = f"procedures/{name}" if name else ws.practice_place(practice.id)
    if not ref.startswith("SOP-"):  # training documents have the steps of the practice, with the same numbers
        written = [WrittenStep(n, one.text, one.cites) for n, one in enumerate(material.steps, 1)]
    elif text is None:
        raise Problem(
            f"there is no procedure {number} yet",
            "procedures",
            f"Write it with: servicestory export {practice.id}",
        )
    else:
        written = written_steps(blocks.split(text, where).block)
    picked = [s for s in written if step is None or s.number == step]
    if not picked:
        raise Problem(
            f"{ref} has no step {step}; it has {plural(len(written), 'step')}", where, "Name one of them"
        )
    known = {one.text: one for one in material.steps}
    steps = []
    for one in picked:
        cites, came, said = one.cites, "document", "From the procedure as it was written."
        if made := known.get(one.text):
            cites, came = made.cites, _FROM.get(made.source, "definition")
            said = origin(made, material.definition.comes_from)
        steps.append(
            {
                "number": one.number,
                "step": one.text,
                "from": came,
                "origin": said,
                "evidence": [_evidence(ws, cite, stories) for cite in cites],
            }
        )
    return {**_heads(ws, practice), "steps": steps}


# Who gave a step its words: what people wrote stays theirs, though stories tell something like it.
_FROM = {"stories": "stories", "practice": "people", "recovery": "every recovery"}


def _of_practice(ws: "Workspace", practice: "Practice", stories: dict[str, "Story"]) -> dict[str, Any]:
    return {**_heads(ws, practice), "evidence": _places(ws, practice, practice.evidence, stories)}


def _places(
    ws: "Workspace", practice: "Practice", evidence: "Sequence[Evidence]", stories: dict[str, "Story"]
) -> list[dict[str, Any]]:
    """Places of a practice, each with who put it there where that was a person."""
    from servicestory.wording.steps import Cite

    found = []
    for e in evidence:
        put = practice.put_by(e.ref) if e.pinned else None
        by = {"on": put.on, "by": put.by, "reason": put.reason} if put else None
        place = _evidence(ws, Cite(*e.place), stories)
        found.append({**place, "put_there": by} if by else place)
    return found


def _of_story(ws: "Workspace", story: "Story", practices: list["Practice"]) -> dict[str, Any]:
    chains = []
    for practice in practices:
        here = [e for e in practice.evidence if e.story == story.id]
        if here and practice.status != "merged":
            shown = _places(ws, practice, here, {story.id: story})
            chains.append({**_heads(ws, practice), "evidence": shown})
    decision = story.disposition
    other = None if chains else repeats.load(ws).repeats.get(story.id)
    return {
        "story": {"id": story.id, "title": story.title, "place": ws.story_place(story.id)},
        **({"counted_with": other} if other else {}),
        "practices": chains,
        "decision": f"{decision.decision}: {decision.reason or 'no reason given'}" if decision else None,
    }


def _heads(ws: "Workspace", practice: "Practice") -> dict[str, Any]:
    """The practice and the documents that came of it."""
    from servicestory.cli.documents import existing

    folder = existing(ws.root / "training", practice.id, "training")
    number = "SOP-" + practice.id.removeprefix("P-")
    procedure = existing(ws.root / "procedures", number, "procedures")
    training: list[str] = []
    if folder:
        files = sorted(Path(ws.root / "training" / folder).glob("*.md"))
        training = [f"training/{folder}/{path.name}" for path in files]
    return {
        "practice": {
            "id": practice.id,
            "name": practice.name,
            "status": practice.status,
            "place": ws.practice_place(practice.id),
            "verdict": practice.verdict.label if practice.verdict else None,
        },
        "training": training,
        "procedure": f"procedures/{procedure}" if procedure else None,
    }


def _evidence(ws: "Workspace", cite: "Cite", stories: dict[str, "Story"]) -> dict[str, Any]:
    from servicestory.text import one_line

    story = stories.get(cite.story)
    text = story.text_of(cite.field) if story else None
    gone = text is None or cite.end > len(text)
    return {
        "story": cite.story,
        "field": cite.field,
        "start": cite.start,
        "end": cite.end,
        "place": _place(ws, story, text[cite.start : cite.end] if text and not gone else "")
        if story
        else None,
        "date": story.date if story else None,
        "site": story.site if story else None,
        "text": None if gone or text is None else one_line(text[cite.start : cite.end].lstrip(",;: \n")),
    }


def _place(ws: "Workspace", story: "Story", words: str) -> str:
    """``stories/file.yaml:12``: the line on which the words begin, whatever way they are wrapped there.

    The line of the record itself where they cannot be found (a text with escapes in it).
    """
    from servicestory import storage

    whole = ws.story_place(story.id)
    file, _, first = whole.rpartition(":")
    letters = "".join(_LETTERS.findall(words))
    try:
        lines = storage.text_of(storage.read(ws.root / file, file).data, file).splitlines()[int(first) - 1 :]
    except Problem:
        return whole
    seen, starts = "", []
    for line in lines:
        if line.startswith("---") and seen:
            break  # the next record
        starts.append(len(seen))
        seen += "".join(_LETTERS.findall(line))
    at = seen.find(letters) if letters else -1
    if at < 0:
        return whole
    number = max(n for n, start in enumerate(starts) if start <= at)
    return f"{file}:{int(first) + number}"


def _show(chain: dict[str, Any]) -> None:
    if "story" in chain:
        story = chain["story"]
        console.heading(f"{story['id']}: {story['title'] or 'no title'}")
        console.out(f"  stands in {story['place']}")
        if chain.get("counted_with"):
            console.out(f"  tells the same as {chain['counted_with']}, or nearly, and is counted there")
        elif not chain["practices"]:
            console.out("  belongs to no practice" + (f" ({chain['decision']})" if chain["decision"] else ""))
        for part in chain["practices"]:
            console.out()
            _show(part)
        return
    practice = chain["practice"]
    verdict = f", {practice['verdict']}" if practice["verdict"] else ""
    console.heading(f"{practice['id']} {practice['name']} ({practice['status']}{verdict})")
    console.out(f"  practice   {practice['place']}")
    for path in chain["training"]:
        console.out(f"  training   {path}")
    if not chain["training"]:
        console.out(f"  training   none yet: servicestory train {practice['id']}")
    console.out(f"  procedure  {chain['procedure'] or 'none yet: servicestory export ' + practice['id']}")
    for step in chain.get("steps", []):
        console.out()
        console.out(f"Step {step['number']}. {step['step']}")
        console.out(f"  {step['origin']}")
        _show_evidence(step["evidence"])
    if "evidence" in chain:
        console.out()
        _show_evidence(chain["evidence"])


def _show_evidence(evidence: list[dict[str, Any]]) -> None:
    for item in evidence:
        if item["text"] is None:
            console.out(f"  {item['story']}: the words are no longer there; run servicestory detect again")
            continue
        told = ", ".join(str(part) for part in (item["date"], item["site"]) if part)
        console.out(f"  {item['place']}{' (' + told + ')' if told else ''}")
        console.out(f"    “{item['text']}”")
        if put := item.get("put_there"):
            console.out(f"    put there by {put['by']} on {put['on']}: {put['reason']}")
