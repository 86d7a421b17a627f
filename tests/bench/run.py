"""`make bench`: speed and memory beside what others do, on generated records, in one run."""

import argparse
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

from playwright.sync_api import Browser

import generate
import in_process
import live
import next_record
import pixels
import postgres_server
import processes
import reviewers
import serving
import visiting
from circulation.knowledge_base import knowledge
from circulation.knowledge_loading import knowledge_files

SIZES = "10000,100000,1000000"
CACHE = Path(tempfile.gettempdir()) / "leg-circulation-bench"
KNOWLEDGE = serving.ROOT / "data" / "knowledge"
GOALS_AT = 1_000_000
NEXT_RECORD = 0.4  # seconds
MB, MIB = 1e6, 2**20


@dataclass(frozen=True)
class Goal:
    """What was aimed at, what came out, and whether that is enough."""

    aim: str
    found: str
    met: bool


def main() -> None:
    chosen = _options()
    known = knowledge_files.load(KNOWLEDGE)
    print(_machine())
    print(f"Median (least to most, runs). Generated records are kept in {chosen.cache}")
    _reviews(chosen.review_seconds)
    goals = []
    with ExitStack() as stack:
        browser = None if chosen.no_browser else stack.enter_context(visiting.chromium())
        if browser:
            _next_record(browser)
        for count in chosen.sizes:
            goals = measure(count, known, chosen, browser)
            if count == GOALS_AT:
                print(f"\nGoals at {count:,} records")
                for goal in goals:
                    print(f"  {'met   ' if goal.met else 'MISSED'} {goal.aim}: {goal.found}")


def _reviews(seconds: float) -> None:
    """Fifty reviewers on one store of each kind; 0 seconds leaves them out."""
    if not seconds:
        return
    print(f"{reviewers.REVIEWERS} reviewers, {reviewers.SAVES_A_SECOND} saves a second in all")
    with tempfile.TemporaryDirectory() as folder:
        _waits("SQLite", f"sqlite:///{folder}/reviews.sqlite", seconds)
    if postgres_server.INSTALLED:
        with postgres_server.running() as server:
            _waits("PostgreSQL", postgres_server.fresh(server), seconds)


def _waits(kind: str, url: str, seconds: float) -> None:
    found = reviewers.at_work(url, seconds=seconds)
    p50, p99, worst = (1000 * found.percentile(share) for share in (0.5, 0.99, 1))
    print(
        f"  {kind:10} {len(found.every)} saves: median {p50:.1f} ms, 99% within {p99:.0f} ms, "
        f"worst {worst:.0f} ms; the worst-served reviewer's median {found.unfairness:.1f}x all's",
        flush=True,
    )


def _next_record(browser: Browser) -> None:
    found = next_record.measured(browser)
    print("Next record, from the key to the screen, 1,200 demonstration records")
    for name, steps in (("named", found.named), ("whole page", found.whole)):
        p50, p95 = (1000 * steps.percentile(share) for share in (0.5, 0.95))
        print(f"  {name:10} p50 {p50:.0f} ms, p95 {p95:.0f} ms, {len(steps.values)} presses")
    print(
        f"  a step is {found.messages.median:.0f} messages of {found.sent.median / 1e3:.0f} kB; "
        f"{found.elements.median:,.0f} elements in the browser",
        flush=True,
    )
    p95 = found.whole.percentile(0.95)
    print(f"  {'met   ' if p95 <= NEXT_RECORD else 'MISSED'} next record p95 within 400 ms")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(part) for part in text.split(",")],
        default=SIZES,
        help=f"how many records, default {SIZES}",
    )
    parser.add_argument("--no-browser", action="store_true", help="leave clicks out")
    parser.add_argument("--imports", type=int, default=3, help="how often a file is imported")
    parser.add_argument("--review-seconds", type=float, default=15, help="of saves; 0 for none")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where generated files stay")
    return parser.parse_args()


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line for line in lines if line.startswith("model name")]
    model = models[0].split(":")[1].strip() if models else platform.machine()
    names = ("numpy", "pandas", "polars", "streamlit")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    when = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    return (
        f"{when}, {os.cpu_count()} cores of {model}, load {os.getloadavg()[0]:.1f}\n"
        f"Python {platform.python_version()}, {versions}"
    )


def measure(
    count: int, known: knowledge.Knowledge, chosen: argparse.Namespace, browser: Browser | None
) -> list[Goal]:
    """Everything for so many records, printed as it comes."""
    print(f"\n{count:,} records", flush=True)
    csv = generate.csv(count, known, chosen.cache)
    with _folder(chosen.cache, count) as folder:
        goals = _import(csv, folder / "store", chosen.imports)
        goals += _inside(folder, known, count)
        goals += _server(folder, known, browser)
    return goals


@contextmanager
def _folder(cache: Path, count: int) -> Iterator[Path]:
    """A folder beside the generated records; what one size leaves is deleted with it."""
    folder = cache / f"run-{os.getpid()}-{count}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _import(csv: Path, store: Path, runs: int) -> list[Goal]:
    ours, pandas = processes.imports(csv, store, runs)
    print(f"  reading the CSV file of {csv.stat().st_size / MB:,.0f} MB, as a whole process")
    for name, took in (("manage.py import", ours), ("pandas.read_csv", pandas)):
        print(
            f"    {name:18} {took.seconds.text('s')}; processor {took.processor.text('s')}; "
            f"peak {took.peak.median / MIB:,.0f} MiB"
        )
    ratio = ours.seconds.median / pandas.seconds.median
    of_processor = ours.processor.median / pandas.processor.median
    of_memory = ours.peak.median / pandas.peak.median
    found = f"{ratio:.2f}x; {of_processor:.2f}x the processor's time; {of_memory:.2f}x the memory"
    print(f"    import / pandas    {found}", flush=True)
    return [Goal("import at most 2.5x bare pandas", found, ratio <= 2.5)]


def _inside(folder: Path, known: knowledge.Knowledge, count: int) -> list[Goal]:
    found = in_process.measured(folder / "store", known)
    print("  core query: findings by causes under five filters; all count the same")
    _query("29 findings by 8 causes, as the page", found.page)
    ratios = _query("14 findings by 6 causes", found.smaller)
    print(f"  all rules, all records {found.rules.text('ms', 1000)}")
    print(f"  loading, first time    {found.first_load.text('s')}")
    print(f"  loading, later         {found.load.text('s')}")
    print(
        f"  bytes a record: table {found.table_bytes / count:,.0f}, "
        f"assessment {found.assessment_bytes / count:,.0f}",
        flush=True,
    )
    query, page, rules = (one.median for one in (found.smaller.ours, found.page.ours, found.rules))
    aims = {"pandas, nullable": 40, "pandas, integers": 40, "polars": 3}
    return [
        Goal("core query, 14 by 6, at most 3 ms", f"{query * 1000:.2f} ms", query <= 0.003),
        *(
            Goal(f"core query at least {aim}x {name}", f"{ratios[name]:.1f}x", ratios[name] >= aim)
            for name, aim in aims.items()
        ),
        Goal("the page's own table at most 5 ms", f"{page * 1000:.2f} ms", page <= 0.005),
        Goal("all rules at most 0.2 s", f"{rules:.3f} s", rules <= 0.2),
    ]


def _query(what: str, found: in_process.Ways) -> dict[str, float]:
    """How many times faster than each other way."""
    print(f"    {what}")
    print(f"      ours              {found.ours.text('ms', 1000)}")
    ratios = {}
    for name, took in (
        ("pandas, nullable", found.pandas),
        ("pandas, integers", found.integers),
        ("polars", found.polars),
    ):
        ratios[name] = took.median / found.ours.median
        print(f"      {name:17} {took.text('ms', 1000)}; {ratios[name]:.1f}x ours")
    return ratios


def _server(folder: Path, known: knowledge.Knowledge, browser: Browser | None) -> list[Goal]:
    begin = time.perf_counter()
    with serving.running(folder) as server:
        print(f"  the server answers after {time.perf_counter() - begin:.1f} s")
        with live.reader(server) as reader:
            reader.run()
            held = processes.memory(server.pid)
            begin = time.perf_counter()
            reader.run(query="role=Manager")
            cleared = time.perf_counter() - begin
        print(f"  the whole server, a page opened: {_memory(held)}")
        after = _memory(processes.memory(server.pid))
        print(f"  and a manager's, whose figures took {cleared:.1f} s: {after}", flush=True)
        goals = [Goal("whole server within 400 MiB", _memory(held), held.rss <= 400 * MIB)]
        if browser:
            in_process.write_for_naive_page(folder / "store", known, folder)
            print("  click to pixels in Chromium, ours beside the naive page")
            goals += _clicks(browser, server, folder / in_process.WHOLE, "with all columns")
            goals += _clicks(browser, server, folder / in_process.LEAN, "with only its columns")
            print(f"  the whole server after the clicks: {_memory(processes.memory(server.pid))}")
    return goals


def _memory(held: processes.Memory) -> str:
    return (
        f"Rss {held.rss / MIB:,.0f} MiB, Pss {held.pss / MIB:,.0f} MiB, "
        f"Anonymous {held.anonymous / MIB:,.0f} MiB"
    )


def _clicks(browser: Browser, server: serving.Server, records: Path, which: str) -> list[Goal]:
    with (
        processes.plain("naive_page.py", records) as rival,
        processes.plain("least_page.py", records) as least_server,
        pixels.tab(browser, server, pixels.OURS) as our_tab,
        pixels.tab(browser, rival, pixels.NAIVE) as naive_tab,
        pixels.tab(browser, least_server, pixels.LEAST) as least_tab,
    ):
        ours, naive, least = pixels.in_turn([our_tab, naive_tab, least_tab])
        held = processes.memory(rival.pid)
    print(f"    the naive page {which}: {_memory(held)}")
    goals = []
    for what, mine, other, bare in (
        ("Share to Number and back", ours.show, naive.show, least.show),
        ("a site chosen", ours.site, naive.site, least.site),
    ):
        ratio = other.median / mine.median
        print(f"      {what}: ours {mine.text('ms', 1000)}")
        print(f"        naive {other.text('ms', 1000)}; {ratio:.1f}x ours")
        share = mine.median / bare.median
        print(f"        the least page {bare.text('ms', 1000)}; ours {share:.2f}x that", flush=True)
        aim = f"5x faster than the naive page {which}, {what}"
        goals.append(Goal(aim, f"{ratio:.1f}x", ratio >= 5))
    return goals


if __name__ == "__main__":
    main()
