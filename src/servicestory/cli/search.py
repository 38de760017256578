"""`servicestory search`: stories by their words, the best first."""

from typing import Annotated

import typer

from servicestory import console
from servicestory.cli.app import workspace
from servicestory.cli.naming import NAMES, Naming, only_with_json
from servicestory.errors import Problem, Usage
from servicestory.text import listing, one_line, plural

_LEFT_OUT = 3  # of the words not looked for that are named


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="All of them must occur.")],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="The N best.")] = 20,
    names: NAMES = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Collect: find stories by their words.

    Capitals and accents do not matter, the beginning of a word is enough, and other forms of it are found
    ("refilled" finds "refill"). Words in quotation marks must follow each other; with single quotes around
    the double ones they are found exactly as written.

    Example: servicestory search umbrella "front desk" '"refill"'
    """
    from servicestory.cli.page import language
    from servicestory.collect.searching import find, looked_for, only_marks

    only_with_json(names, as_json)
    wanted = looked_for(words)
    if not wanted:
        raise Usage("there is no word to look for", "", "Write one: servicestory search umbrella")
    left = [one_line(word, 20) for word in words if word.strip() and only_marks(word)]
    if left and not all(map(only_marks, wanted)):
        console.note(f"Not looked for, since no word is in it: {listing(left[:_LEFT_OUT])}")
    into = workspace()
    problems: list[Problem] = []
    with console.progress() as progress:
        stories = into.stories(problems, progress)
    hits = find(stories, words, language(into.root))
    shown = hits[:limit]
    if as_json:
        from servicestory.cli.judging import House

        house = House(into, into.organisation(), stories)
        naming = Naming(into, [hit.story for hit in shown], names, house=house)
        found = [
            {
                "id": hit.story.id,
                "record": hit.story.record,
                "date": hit.story.date,
                "title": naming.plain(hit.story.title, hit.story.id),
                "site": hit.story.site,
                "snippet": naming.plain(hit.snippet, hit.story.id),
            }
            for hit in shown
        ]
        console.json({"schema": 1, "found": len(hits), "stories": found})
        naming.say_withheld()
    elif not stories and not problems:
        console.out("There are no stories yet. Tell one with: servicestory add")
    elif not hits:
        console.out(f"None of {plural(len(stories), 'story', 'stories')} has all of these words.")
    else:
        for hit in shown:
            where = " · ".join(part for part in (hit.story.date, hit.story.site) if part)
            console.heading(f"{hit.story.id}" + (f"  ({where})" if where else ""))
            console.out(f"  {hit.snippet}")
        more = f"; the best {limit} are shown" if len(hits) > limit else ""
        console.note(f"{plural(len(hits), 'story', 'stories')} of {len(stories):,}{more}")
    if problems:
        console.problems(problems)
        raise typer.Exit(1)
