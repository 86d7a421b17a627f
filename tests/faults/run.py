"""`make faults`: kills, crashes, power cuts, failing and full disks, flipped bits, tampering.

Exit status: 0 when nothing acknowledged was lost and nothing altered went unnoticed; 1 otherwise.
"""

import argparse
import functools
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa

import older_stores
import postgres_server
import review_makers as makers
from faults import (
    alterations,
    contest,
    crashes,
    drills,
    full_disk,
    io_errors,
    kills,
    migrations,
    power,
    replays,
)


def main() -> int:
    chosen = _options()
    migrations.quiet()
    harmless = True
    for what, judge in _faults(chosen):
        started = time.perf_counter()
        good, said = judge()
        harmless = harmless and good
        took = time.perf_counter() - started
        print(f"{'ok  ' if good else 'FAIL'}  {what}: {said} ({took:.0f} s)", flush=True)
    return 0 if harmless else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="of eight writers on one record")
    parser.add_argument("--kills", type=int, default=200, help="killed programs, each database")
    parser.add_argument("--cuts", type=int, default=1000, help="simulated power cuts")
    parser.add_argument("--saves", type=int, default=450, help="saves that the cuts fall into")
    parser.add_argument("--flips", type=int, default=200, help="bits flipped in what is kept")
    parser.add_argument("--decisions", type=int, default=500, help="opened again, each database")
    parser.add_argument("--backups", type=int, default=20, help="backups restored while writing")
    parser.add_argument("--crashes", type=int, default=12, help="of the PostgreSQL server")
    parser.add_argument("--every", type=int, default=1, help="let every n-th call to the disk fail")
    parser.add_argument("--seed", type=int, default=20261122, help="the same seed, the same faults")
    return parser.parse_args()


Judge = Callable[[], tuple[bool, str]]


def _faults(chosen: argparse.Namespace) -> Iterator[tuple[str, Judge]]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _on(makers.address(Path(folder)), "SQLite", chosen)
    if postgres_server.INSTALLED:
        with postgres_server.running() as server:
            yield from _on_postgres(server, chosen)
    else:
        print("left out: PostgreSQL is not installed (apt-get install postgresql)", flush=True)
    for form in older_stores.FORMS:
        here = functools.partial(_migrated_here, form)
        yield f"killed while migrating from form {form}, SQLite", here
    yield "power cut, synchronous=FULL", lambda: _cuts(chosen)
    yield "power cut, synchronous=NORMAL must lose", lambda: _weaker_cuts(chosen)
    yield "each call to the disk failing", lambda: _sweep(chosen)
    yield "disk full, SQLite", lambda: _full_disk(full_disk.fill())
    yield "bits flipped", lambda: _flips(chosen)
    yield "tampering, SQLite", lambda: _unnoticed(alterations.tamper())
    yield "restore drill while writing, SQLite", lambda: _drills(makers.address, chosen)


def _on_postgres(server: sa.URL, chosen: argparse.Namespace) -> Iterator[tuple[str, Judge]]:
    def fresh(_: Path | None = None) -> str:
        return postgres_server.fresh(server)

    yield from _on(fresh(), "PostgreSQL", chosen)
    for form in older_stores.FORMS:
        there = functools.partial(_migrated_there, server, form)
        yield f"killed while migrating from form {form}, PostgreSQL", there
    yield "tampering, PostgreSQL", lambda: _unnoticed(alterations.tamper_postgres(fresh()))
    yield "restore drill while writing, PostgreSQL", lambda: _drills(fresh, chosen)
    yield "server crashed under eight writers, PostgreSQL", lambda: _crashes(chosen)
    found = full_disk.fill_postgres()
    if found is None:
        print("left out: disk full, PostgreSQL: only root can mount a small disk", flush=True)
    else:
        yield "disk full, PostgreSQL", lambda: _full_disk(found)


def _on(url: str, kind: str, chosen: argparse.Namespace) -> Iterator[tuple[str, Judge]]:
    yield f"eight writers on one record, {kind}", lambda: _contest(url, chosen)
    yield f"killed while saving, {kind}", lambda: _kills(url, chosen)
    yield f"past decisions opened again, {kind}", lambda: _replayed(url, chosen)


def _contest(url: str, chosen: argparse.Namespace) -> tuple[bool, str]:
    found = contest.hold(url, rounds=chosen.rounds)
    return found.harmless, (
        f"{found.rounds} rounds, {len(found.unfair)} without one winner and seven told"
    )


def _kills(url: str, chosen: argparse.Namespace) -> tuple[bool, str]:
    found = kills.kill(url, kills=chosen.kills, seed=chosen.seed)
    return found.harmless, (
        f"{found.kills} kills, {found.acknowledged} saves acknowledged, {found.lost} lost, "
        f"{len(found.problems)} faults in the chain"
    )


def _replayed(url: str, chosen: argparse.Namespace) -> tuple[bool, str]:
    found = replays.replay(url, count=chosen.decisions)
    return found.harmless, (
        f"{found.decisions} after a rule was altered: {len(found.other)} other than shown, "
        f"{len(found.other_data)} other when drawn from the kept answers, "
        f"{len(found.unmarked)} with today's differences not marked exactly"
    )


def _migrated_here(form: int) -> tuple[bool, str]:
    with tempfile.TemporaryDirectory() as folder:

        def older() -> str:
            return older_stores.sqlite_of(form, Path(tempfile.mkdtemp(dir=folder)))

        return _whole(migrations.kill(older))


def _migrated_there(server: sa.URL, form: int) -> tuple[bool, str]:
    def older() -> str:
        return older_stores.postgres_of(form, postgres_server.fresh(server))

    return _whole(migrations.kill(older))


def _whole(found: migrations.Outcome) -> tuple[bool, str]:
    return found.harmless, (
        f"{found.kills} kills, each before another statement: {len(found.halves)} left a half"
    )


def _cuts(chosen: argparse.Namespace) -> tuple[bool, str]:
    found = power.cut(saves=chosen.saves, cuts=chosen.cuts, seed=chosen.seed)
    return found.harmless, _told(found)


def _weaker_cuts(chosen: argparse.Namespace) -> tuple[bool, str]:
    with power.synchronous_normal():
        found = power.cut(saves=chosen.saves, cuts=chosen.cuts, seed=chosen.seed)
    return found.lost > 0, _told(found)


def _told(found: power.Outcome) -> str:
    return (
        f"{found.cuts} cuts into {found.saves} saves ({found.writes} writes, {found.syncs} syncs): "
        f"{found.lost} lost a save, {found.corrupt} left a damaged store"
    )


def _sweep(chosen: argparse.Namespace) -> tuple[bool, str]:
    found = io_errors.sweep(saves=6, every=chosen.every)
    return found.harmless, (
        f"{found.calls} calls failed, once or from then on; {found.refused} saves told as not "
        f"saved; {found.lost} lost an acknowledged one, {found.corrupt} left a damaged store"
    )


def _crashes(chosen: argparse.Namespace) -> tuple[bool, str]:
    found = crashes.crash(crashes=chosen.crashes, writers=8, seed=chosen.seed)
    return found.harmless, (
        f"{found.crashes} crashes, {found.acknowledged} saves acknowledged, {found.lost} lost, "
        f"{len(found.problems)} faults in the chain"
    )


def _full_disk(found: full_disk.Outcome) -> tuple[bool, str]:
    return found.harmless, (
        f"{found.how}, {found.saved_before} saves before; told '{found.told}'; "
        f"earlier saves {'intact' if found.intact else 'LOST'}; "
        f"writing {'resumed' if found.resumed else 'DID NOT RESUME'}"
    )


def _flips(chosen: argparse.Namespace) -> tuple[bool, str]:
    return _unnoticed(alterations.flip_bits(flips=chosen.flips, seed=chosen.seed))


def _drills(fresh: Callable[[Path], str], chosen: argparse.Namespace) -> tuple[bool, str]:
    found = drills.drill(fresh, times=chosen.backups, writers=4)
    return found.harmless, (
        f"{found.backups} backups under 4 writers ({found.events} events), "
        f"{found.different} came back other than byte for byte"
    )


def _unnoticed(found: alterations.Outcome) -> tuple[bool, str]:
    missed = f" ({', '.join(found.unnoticed)})" if found.unnoticed else ""
    return found.harmless, f"{found.made} made, {len(found.unnoticed)} unnoticed{missed}"


if __name__ == "__main__":
    sys.exit(main())
