"""Who did it and what had gone wrong, as the evidence says."""

from servicestory.models.story import Story
from servicestory.wording.doers import doers, failures
from servicestory.wording.steps import Cite


def places(*texts: str) -> list[tuple[Cite, str]]:
    return [(Cite(f"s{n}", "narrative", 0, len(text)), text) for n, text in enumerate(texts)]


def test_roles_that_several_stories_name_are_told_most_first() -> None:
    told = places(
        "The night nurse looked in twice.",
        "Our porters carried it up.",
        "A porter came.",
        "The usher smiled.",
    )
    assert doers(told) == [("porter", 2)]
    assert doers([*told, *places("The night nurse came back.")][:1]) == []


def test_whoever_was_asked_or_thanked_did_not_do_it() -> None:
    assert doers(places("She asked the porter for it.", "We thank the porter.", "Talk to a porter.")) == []


def failed(*told: tuple[str, bool]) -> list[tuple[str, int]]:
    stories = {f"s{n}": Story(id=f"s{n}", narrative=text, recovery=bad) for n, (text, bad) in enumerate(told)}
    cites = []
    for key, story in stories.items():
        start = story.narrative.index("She")
        cites.append(Cite(key, "narrative", start, story.narrative.index(".", start)))
    return failures(cites, stories)


def test_what_had_gone_wrong_is_told_by_its_kind_and_before_the_deed() -> None:
    leak = ("The lamp was broken. She brought another.", False)
    assert failed(leak, leak) == [("something did not work", 2)]
    assert failed(leak) == []  # one may speak of something else
    assert failed(("The lamp was broken. She brought another.", True)) == [("something did not work", 1)]
    later = ("She brought a lamp. The tap was broken.", False)
    assert failed(later, later) == []
