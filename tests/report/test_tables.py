"""CSV files hold every table, and no cell of them is ever worked out by a spreadsheet."""

import csv
from io import StringIO

import pytest

from servicestory.report import heat
from servicestory.report.cards import Beside
from servicestory.report.tables import neutral, tables, to_csv
from tests.report.build import measured, practice, review, story


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_a_cell_that_opens_a_formula_is_text(sign: str) -> None:
    assert neutral(f"{sign}1+1") == f"'{sign}1+1"
    assert neutral(f"\t\r\n {sign}1+1") == f"'{sign}1+1"


def test_other_cells_stay_as_they_are() -> None:
    assert [neutral(c) for c in ("a=b", -3.5, 0, None, "")] == ["a=b", "-3.5", "0", "", ""]
    assert to_csv(("a", "b"), [('say "x", y', 1)]) == 'a,b\r\n"say ""x"", y",1\r\n'


def test_every_table_with_all_its_rows() -> None:
    stories = [story(f"s{i}", site=f"Site {i:02d}") for i in range(20)]
    verdict = {"label": "spreading", "outdated": True}  # of before its evidence was changed
    practices = [
        practice(n, stories, name=f"=CMD{n}", verdict=verdict if n == 1 else None) for n in range(1, 46)
    ]
    measures, points = measured()
    beside = {"P-0002": Beside(states={"Site 03": "more often"})}
    made = review(stories, practices, measures=measures, points=points, beside=beside)
    assert len(made.heat.sites) == 12 and made.heat.more_sites == 8 and made.heat.more_practices == 5
    found = tables(made, heat.build(practices, made.cards, stories, whole=True))
    rows = {name: list(csv.DictReader(StringIO(text, newline=""))) for name, text in found.items()}
    assert len(rows["practices-by-site.csv"]) == 45 * 20
    seen = [(r["practice"], r["site"], r["seen"]) for r in rows["practices-by-site.csv"] if r["seen"]]
    assert seen == [("P-0002", "Site 03", "more often")]
    assert len(rows["practices.csv"]) == 45 and rows["practices.csv"][0]["name"] == "'=CMD1"
    assert rows["stories-by-period.csv"] == [{"period": "2026-Q3", "stories": "20"}]
    assert len(rows["measures.csv"]) == 14 and rows["measures.csv"][0]["value"].startswith("0.545")
    assert len(rows["evidence.csv"]) == 45 * 20
    assert all(row["words"] == "so a colleague carried hot water up." for row in rows["evidence.csv"])
    for name in ("practices.csv", "decisions-due.csv"):
        assert [row["practice"] for row in rows[name] if row["outdated"] == "yes"] == ["P-0001"]
    assert len(rows["decisions-due.csv"]) == 45 and rows["decided.csv"] == []
