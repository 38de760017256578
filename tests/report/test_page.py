"""The page: whole, inert, steady, in light and dark, with every link leading somewhere."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise

import pytest

from servicestory.report import page
from servicestory.report.review import Review
from servicestory.report.words import figure
from tests.report.build import measured, organisation, practice, review, story

TEMPLATES = resources.files("servicestory") / "templates"
HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror="x"> [a](javascript:1) "quoted" \x1b[31m \u202e {{ 7*7 }}'
)
VOID = {"meta", "img", "br", "hr", "link", "input"}


class Reader(HTMLParser):
    """Collects tags, ids and links, and holds that every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, tag


def html(made: Review) -> str:
    return page.html(made, (TEMPLATES / "report.html").read_text(encoding="utf-8"), "1.0")


def markdown(made: Review) -> str:
    return page.markdown(made, (TEMPLATES / "report.md").read_text(encoding="utf-8"), "report.md", "1.0")


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return reader


@pytest.fixture(scope="module")
def made() -> Review:
    stories = [story(f"s{i}", f"2026-0{i + 1}-05", ("Pier", "Quay")[i % 2]) for i in range(9)]
    told = {"on": "2026-08-01", "by": "Mo", "action": "accepted", "to": "accepted", "reason": "It warms"}
    verdict = {"label": "spreading", "because": "Seen at both.", "would_change": "A year without it."}
    practices = [
        practice(1, stories, status="accepted", decisions=[told], verdict=verdict, standard="warm"),
        practice(2, stories[:6], verdict=verdict),
        practice(3, stories[:1], verdict={"label": "random act"}),
    ]
    return review(stories, practices, measures=measured()[0], points=measured()[1])


def test_ids_are_unique_links_lead_somewhere_and_nothing_is_fetched(made: Review) -> None:
    text = html(made)
    tags = read(text).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    links = [a["href"] or "" for _, a in tags if "href" in a]
    assert links and all(link[0] == "#" and link[1:] in ids for link in links)
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in tags}
    assert not re.search(r"https?:|url\((?!#)|@import", text)
    used = re.findall(r"url\(#([^)]+)\)", text)
    assert used and set(used) <= set(ids)


def test_headings_step_down_one_by_one_and_tables_say_what_their_heads_head(made: Review) -> None:
    tags = read(html(made)).tags
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(a.get("scope") in ("col", "row") for tag, a in tags if tag == "th")
    assert {"header", "main", "footer", "nav"} <= {tag for tag, _ in tags}
    assert all(a.get("role") == "img" or a.get("aria-hidden") for tag, a in tags if tag == "svg")


def test_what_the_page_holds(made: Review) -> None:
    text = html(made)
    for words in (
        "Nobody leaves cold.", "Review of 2026-Q3", "spreading", "Seen at both.", "A year without it.",
        "9 stories: the sentences", "so a colleague carried hot water up.", "Decisions to take today",
        "It warms", "Guests who were warm", "better, by more than chance", "prefers-color-scheme: dark",
        "@media print", "Warm hands", "fewer than 5 people", "1 candidate is a random act so far: thank whoever did it.", 'lang="en"',
    ):  # fmt: skip
        assert words in text, words
    assert "Ada" not in text and "Brisk" not in text


def test_the_same_review_gives_the_same_bytes(made: Review) -> None:
    assert html(made) == html(made) and markdown(made) == markdown(made)


def test_a_verdict_of_before_its_evidence_was_changed_says_so() -> None:
    stories = [story(f"s{i}", f"2026-0{i + 1}-05") for i in range(9)]
    verdict = {"label": "spreading", "because": "Seen at both."}
    for outdated in (True, False):
        of = {"verdict": {**verdict, "outdated": outdated}}
        made = review(stories, [practice(1, stories, status="accepted", **of), practice(2, stories, **of)])
        page_, plain = html(made), markdown(made)
        assert [c.id for c in made.waiting] == ["P-0002"]
        for text in (page_, plain):
            assert text.count("people changed what it rests on since") == 2 * outdated
            assert text.count("spreading (from before its stories or people were changed)") == outdated
        read(page_)


def test_a_verdict_of_before_stories_were_told_says_so_at_its_place() -> None:
    stories = [story(f"s{i}", f"2026-0{i + 1}-05") for i in range(9)]
    of = {"verdict": {"label": "spreading", "because": "Seen at both.", "computed_on": "2026-09-01"}}
    made = review(stories, [practice(1, stories, status="accepted", **of), practice(2, stories, **of)])
    for text in (html(replace(made, unread=3)), markdown(replace(made, unread=3))):
        assert text.count("3 stories were told since the verdicts were computed") == 1
        assert text.lower().count("verdict of 2026-09-01, 3 stories told since") == 2
        assert text.lower().count("verdicts of 2026-09-01, 3 stories told since") == 1, "above the decisions"
    assert "told since" not in html(made) + markdown(made)


def test_hostile_text_stays_text_everywhere() -> None:
    told = story("s1", site=HOSTILE, narrative=HOSTILE + " and more that is long enough")
    of = organisation(
        organisation=HOSTILE, vision=HOSTILE, values=[HOSTILE], sites=[],
        standards=[{"id": "x", "name": HOSTILE, "statement": HOSTILE}],
    )  # fmt: skip
    decision = {"on": "2026-09-01", "by": "x", "action": HOSTILE, "reason": HOSTILE}
    verdict = {"label": "systemic", "because": HOSTILE, "would_change": HOSTILE}
    ps = [
        practice(1, [told], name=HOSTILE, status="accepted", decisions=[decision], verdict=verdict, standard="x"),
        practice(2, [told], name=HOSTILE, behaviour_statement=HOSTILE, verdict=verdict),
    ]  # fmt: skip
    measures, points = measured()
    measures[0].name = HOSTILE
    hostile = review([told], ps, of, measures, points)
    text = html(hostile)
    tags = read(text).tags
    assert not {"script", "img"} & {tag for tag, _ in tags}
    assert not any(name.startswith("on") for _, attrs in tags for name in attrs)
    assert "\x1b" not in text and "\u202e" not in text and "{{ 7*7 }}" in text
    plain = markdown(hostile)
    assert (
        "<script" not in plain
        and "<img" not in plain
        and "\x1b" not in plain
        and "](javascript:" not in plain
    )
    assert all(line.count("|") >= 3 for line in plain.splitlines() if line.startswith("|"))


def test_markdown_says_the_same_in_tables(made: Review) -> None:
    text = markdown(made)
    assert "# Pier House: review of 2026-Q3" in text
    assert "| practice | Pier | Quay |\n|---|---:|---:|\n" in text
    assert "### P-0001 Carry hot water 1" in text and "> “so a colleague carried hot water up.”" in text
    assert "- Often told of together with: P-0002 Carry hot water 2 (6)\n" in text


def test_an_empty_workspace_gives_a_page_that_says_so() -> None:
    text = html(review([], [], organisation(vision=None, standards=[], sites=[])))
    read(text)
    assert "No practice has been decided on yet." in text and "Nothing is due." in text


def test_a_hand_on_the_page_is_noticed(made: Review) -> None:
    for text in (html(made), markdown(made)):
        assert page.untouched(text) and page.untouched(text.replace("\n", "\r\n"))
        assert not page.untouched(text.replace("Pier House", "Our house", 1))
        assert not page.untouched(text + "more\n")
    assert not page.untouched("a page of somebody else")


@pytest.mark.parametrize(
    ("value", "share", "text"),
    [(None, True, "–"), (0.873, True, "87 %"), (87.0, True, "87"), (10.81, False, "10.8"),
     (1234.5, False, "1,234"), (0.0, False, "0"), (-1.0, True, "-100 %")],
)  # fmt: skip
def test_figures(value: float | None, share: bool, text: str) -> None:
    assert figure(value, share) == text


def test_a_page_with_hundreds_of_practices_stays_small_and_says_what_it_leaves_out() -> None:
    long = "carried hot water up to them and asked about the night, then " * 6
    stories = [story(f"s{i}", narrative=f"{long}{i}") for i in range(30)]
    verdict = {"label": "systemic", "because": "Seen with many. " * 12, "would_change": "Less of it. " * 8}
    places = [{"story": s.id, "start": 0, "end": 300} for s in stories]
    practices = [practice(n, [], verdict=verdict, evidence=places) for n in range(1, 221)]
    made = review(stories, practices)
    text = html(made)
    assert len(text.encode()) < 2_000_000
    assert text.count("<article") == 200 and "20 more practices without room" in text
    tags = read(text).tags
    ids = {a["id"] for _, a in tags if "id" in a}
    assert all((a["href"] or "")[1:] in ids for _, a in tags if "href" in a)
    assert made.cards[0].more == 21 and "21 more stories: servicestory show P-0001" in text
