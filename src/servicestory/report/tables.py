"""Every table of the review as a CSV file that no spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from servicestory.report.heat import HeatMap
from servicestory.report.review import Review
from servicestory.text import one_line

Cell = str | int | float | None


def neutral(cell: Cell) -> str:
    """A cell's text, which a spreadsheet shows and never works out (OWASP: CSV injection)."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return f"{cell}"
    text = one_line(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else text


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Rows under their column names, RFC 4180."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue()


def tables(review: Review, sites: HeatMap) -> dict[str, str]:
    """File name -> text of every table.

    Args:
        sites: the whole table of practices and sites.
    """
    told = review.told
    return {
        "stories-by-period.csv": to_csv(("period", "stories"), told.per_period),
        "stories-by-site.csv": to_csv(
            ("site", f"stories {review.period}", f"stories {review.previous}", "stories ever"), told.sites
        ),
        "practices.csv": to_csv(
            ("practice", "name", "status", "standard", "stories", "people", "sites", "verdict", "because",
             "would change", "computed on", "outdated", "evidence", "worth",
             "beside ordinary encounters", "state", "why", "done of opportunities"),
            [
                (c.id, c.name, c.status, c.standard, c.stories, c.people, c.sites, c.label, c.because,
                 c.would_change, c.computed_on, "yes" if c.outdated else "", c.level, c.worth, c.contrast,
                 c.state, c.why, c.fidelity)
                for c in review.cards
            ],
        ),
        "evidence.csv": to_csv(
            ("practice", "name", "date", "site", "story", "words"),
            [(c.id, c.name, q.date, q.site, q.story, q.text) for c in review.cards for q in c.quotes],
        ),
        "practices-by-site.csv": to_csv(
            ("practice", "name", "site", "stories", "of stories told there", "seen"),
            [
                (card.id, card.name, site, cell.stories, cell.told, card.seen_as.get(site, ""))
                for card, cells in sites.rows
                for site, cell in zip(sites.sites, cells, strict=True)
            ],
        ),
        "to-mend.csv": to_csv(("what", "why"), review.mend),
        "measures.csv": to_csv(
            ("measure", "name", "site", "period", "value", "n", "centre", "lower limit", "upper limit",
             "signal"),
            [
                (m["id"], m["name"], m["site"], p["period"], p["value"], p["n"], p["centre"], p["lower"],
                 p["upper"], p["signal"])
                for m in review.measures
                for p in m["points"]
            ],
        ),
        "measures-between-sites.csv": to_csv(
            ("measure", "name", "site", "value", "n", "lower limit", "upper limit", "outside"),
            [
                (m["id"], m["name"], p["site"], p["value"], p["n"], p["lower"], p["upper"], p["outside"])
                for m in review.measures
                for p in m.get("sites", {}).get("places", ())
            ],
        ),
        "decisions-due.csv": to_csv(
            ("practice", "name", "stories", "verdict", "because", "outdated"),
            [
                (c.id, c.name, c.stories, c.label, c.because, "yes" if c.outdated else "")
                for c in review.waiting
            ],
        ),
        "decided.csv": to_csv(
            ("on", "practice", "name", "decision", "reason", "now"),
            [(d.on, d.practice, d.name, d.what, d.reason, d.now) for d in review.decided],
        ),
        "actions.csv": to_csv(
            ("action", "kind", "review of", "what", "owner", "due", "overdue", "expected", "outcome",
             "result", "now"),
            [
                (a.id, a.kind, a.period, a.what, a.owner, a.due, "yes" if a.overdue else "", a.expected,
                 a.outcome, a.result, a.now)
                for a in (*review.before, *review.agreed)
            ],
        ),
        "reflections.csv": to_csv(("question", "answer"), review.reflections),
        "how-much-is-told.csv": to_csv(("what", "says"), review.capture),
        "life-of-practices.csv": to_csv(
            ("practice", "name", "what", "says"),
            [(c.id, c.name, what, says) for c in review.cards for what, says in c.life],
        ),
        "near.csv": to_csv(
            ("practice", "name", "near", "name of it", "likeness"),
            [
                (s.card.id, s.card.name, other.id, other.name, round(like, 4))
                for s in review.map
                for other, like in s.nearest
            ],
        ),
        "practices-by-period.csv": to_csv(
            ("practice", "name", "period", "stories", "sites", "of stories told then"),
            [
                (card.id, card.name, period, cell.stories, sites, cell.told)
                for card, cells in review.course.rows
                for period, (cell, sites) in zip(review.course.periods, cells, strict=True)
            ],
        ),
        "next.csv": to_csv(("what", "which", "why"), review.next),
    }  # fmt: skip
