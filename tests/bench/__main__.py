"""Every bench in turn: `make bench`. They measure and print; nothing here fails on a clock."""

from tests.bench import (
    bench_collect,
    bench_detect,
    bench_detect_grouping,
    bench_documents,
    bench_instructions,
    bench_monitor,
    bench_verdict,
)

for title, bench in (
    ("Start-up, importing and reading back", bench_collect),
    ("Detection: quality", bench_detect),
    ("Detection: the grouping step alone", bench_detect_grouping),
    ("Verdicts: the operating table", bench_verdict),
    ("200 practices into all formats", bench_documents),
    ("Instructions from evidence", bench_instructions),
    ("Monitoring", bench_monitor),
):
    print(f"\n## {title}\n", flush=True)
    bench.main()
