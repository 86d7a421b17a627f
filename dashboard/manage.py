"""The command line: what people schedule and check. It calls the core and prints what it says.

Exit status: 0 done; 2 refused, with the reason on standard error.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from circulation import command_options, errors, plain
from circulation.choosing import addresses, selection
from circulation.counting import distribution, exports
from circulation.demonstration_data import demonstration
from circulation.judgement import assessment, explanation, rehearsal, scores, standing
from circulation.knowledge_base import columns
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.knowledge_loading import knowledge_files
from circulation.records import accounts, batches
from circulation.reviewing import backups, ledger, review_diagram, reviews, store_place
from circulation.scoring import score_words
from circulation.way_in import account_words, data_dictionary, importing, mappings

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
BY = "command line"
DONE, REFUSED = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except errors.DashboardError as fault:
        if chosen.json:
            told = {"place": fault.place, "fault": fault.fault, "way_out": fault.way_out}
            print(plain.to_json(told))
        print(f"refused: {fault}", file=sys.stderr)
        return REFUSED


def _knowledge() -> knowledge_base.Knowledge:
    return knowledge_files.load(DATA / "knowledge")


def _today() -> date:
    return datetime.now().astimezone().date()


def _import(chosen: argparse.Namespace) -> int:
    known = _knowledge()
    path = Path(chosen.file)
    if not path.is_file():
        raise errors.DashboardError(
            accounts.shown_name(chosen.file), "is not a file", "Check the path"
        )
    layout = columns.of(known)
    request = importing.Request(
        path=path,
        name=chosen.name or path.name,
        at=datetime.now(UTC),
        by=chosen.by,
        today=_today(),
        mapping=mappings.load(DATA / "mappings", chosen.mapping, layout)
        if chosen.mapping
        else None,
        separator=chosen.separator,
        set_aside=chosen.set_aside,
    )
    return _tell(importing.import_file(chosen.store, request, known), as_json=chosen.json)


def _tell(account: accounts.Account, *, as_json: bool) -> int:
    """Prints an account; what was not stored is a refusal."""
    if as_json:
        print(plain.to_json(account))
    out = sys.stdout if account.stored else sys.stderr
    if account.stored and as_json:
        return DONE
    print(f"{account.file_name}: {account_words.counts(account)}", file=out)
    for line in account_words.details(account):
        print(f"  {line}", file=out)
    print(f"{account_words.verdict(account)} {account_words.way_on(account)}".strip(), file=out)
    return DONE if account.stored else REFUSED


def _demo(chosen: argparse.Namespace) -> int:
    account = demonstration.fill(
        chosen.store,
        DATA / "intake" / "generator.toml",
        _knowledge(),
        at=datetime.now(UTC),
        by=BY,
        last_day=chosen.last_day or _today(),
        records=chosen.records,
        seed=chosen.seed,
    )
    return _tell(account, as_json=chosen.json)


def _export(chosen: argparse.Namespace) -> int:
    known = _knowledge()
    table = batches.load(chosen.store, known)
    assessed = assessment.assess(table, known)
    parts = {
        "basis": [chosen.basis],
        "test": chosen.test_done,
        "site": chosen.site,
        "from": chosen.first,
        "to": chosen.last,
    }
    wanted = addresses.read(parts, known, table.categories["site"])
    counts = distribution.by_cause(table, assessed, selection.apply(table, assessed, wanted), known)
    found = exports.cells(counts)
    print(plain.to_json(found) if chosen.json else exports.as_csv(found), end="")
    return DONE


def _assess(chosen: argparse.Namespace) -> int:
    known = _knowledge()
    table = batches.load(chosen.store, known)
    row = table.row_of(chosen.record)
    if row is None:
        raise errors.DashboardError("record", "is not in the store", "Check its id")
    review = reviews.RecordReview(chosen.record)
    if store_place.has_reviews(chosen.store, _database()):
        with store_place.opened(chosen.store, _database()) as store:
            review = store.current(chosen.record)
    found = explanation.explain_record(standing.of(table, row, known, review), known)
    if chosen.json:
        print(plain.to_json(found))
        return DONE
    print(f"Record {found.record_id}: {known.urgency(found.urgency).label}")
    for flag in found.raised:
        print(f"  {flag.flag.label}: {flag.flag.action}")
    for view in found.causes:
        now, before = (known.level(one).label for one in (view.level, view.by_intake))
        print(f"  {view.cause.label}: {now}" + (f" (at intake: {before})" if now != before else ""))
    for test in found.tests:
        if test.called_for:
            print(f"  Test called for: {test.test.label}")
    return DONE


def _score(chosen: argparse.Namespace) -> int:
    known = _knowledge()
    if chosen.name not in known.score:
        listed = ", ".join(known.score)
        raise errors.DashboardError("score", "is not in the knowledge", f"There are {listed}")
    pairs = [text.partition("=") for text in chosen.values]
    if not all(sign for _, sign, _ in pairs):
        raise errors.DashboardError("score", "takes answers as input=answer", "As cancer=no")
    values = {name: answer for name, _, answer in pairs}
    result = scores.from_values(known.score[chosen.name], values, leg=chosen.leg)
    if chosen.json:
        print(plain.to_json(score_words.told(result, known)))
        return DONE
    print(score_words.headline(result, known))
    print(f"  {score_words.basis(result, known)}")
    more = (score_words.unchecked(result), *(note.says for note in result.notes), *result.doubts)
    for text in filter(None, more):
        print(f"  {text}")
    print(f"  Source: {'; '.join(score_words.sources(result, known))}")
    return DONE


def _rehearse(chosen: argparse.Namespace) -> int:
    found = rehearsal.of_store(chosen.store, _knowledge(), chosen.folder)
    print(plain.to_json(found) if chosen.json else "\n".join(rehearsal.lines(found)))
    return DONE


def _database() -> str:
    return os.environ.get("REVIEW_DATABASE", "")


def _backup(chosen: argparse.Namespace) -> int:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    known = _knowledge().version
    store_place.check_there(chosen.store, _database())
    store_place.check_outside(chosen.file, chosen.store)
    with store_place.opened(chosen.store, _database()) as store:
        made = backups.make(chosen.store, store, chosen.file, at=at, knowledge=known)
    print(plain.to_json(made) if chosen.json else f"Backed up {backups.told(made)}")
    return DONE


def _restore(chosen: argparse.Namespace) -> int:
    backups.check_there(chosen.file)
    with store_place.opened(chosen.store, _database()) as store:
        found = backups.restore(chosen.file, chosen.store, store)
    print(plain.to_json(found) if chosen.json else f"Restored and checked {backups.told(found)}")
    return DONE


def _verify(chosen: argparse.Namespace) -> int:
    store_place.check_there(chosen.store, _database())
    noted = backups.check(chosen.against).anchor if chosen.against else None
    anchor, problems = ledger.NOTHING, [*batches.verify(chosen.store)]
    if store_place.has_reviews(chosen.store, _database()):
        with store_place.opened(chosen.store, _database()) as store:
            found = store.verify(noted)
        anchor = found.anchor
        problems += [f"reviews: {problem}" for problem in found.problems]
    elif noted and noted.count:
        problems.append("reviews: there are none, but the backup has some")
    names = batches.names(chosen.store)
    if chosen.json:
        print(plain.to_json({"batches": names, "anchor": anchor, "problems": problems}))
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems and not chosen.json:
        print(f"Whole: {backups.counted(len(names), anchor)}")
    return REFUSED if problems else DONE


def _batches(chosen: argparse.Namespace) -> int:
    found = batches.all_accounts(chosen.store)
    if chosen.json:
        print(plain.to_json(found))
        return DONE
    for account in found:
        print(f"{account.batch[:12]}  {account.imported_at}  {account.file_name}")
        print(f"  {account_words.counts(account)}")
    return DONE


def _remove(chosen: argparse.Namespace) -> int:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    gone = batches.remove(chosen.store, batches.named(chosen.store, chosen.batch), at=at, by=BY)
    print(f"Removed {gone.accepted:,} records of {gone.file_name}; the account stays")
    return DONE


def _template(_chosen: argparse.Namespace) -> int:
    print(data_dictionary.template(_knowledge()), end="")
    return DONE


def _states(_chosen: argparse.Namespace) -> int:
    print(review_diagram.mermaid(), end="")
    return DONE


def _dictionary(_chosen: argparse.Namespace) -> int:
    print(data_dictionary.markdown(_knowledge()), end="")
    return DONE


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    store = Path(os.environ.get("INTAKE_STORE", DATA / "store"))
    common.add_argument("--store", type=Path, default=store, help="folder of imported records")
    common.add_argument("--json", action="store_true", help="say it as JSON, for programs")
    parser = argparse.ArgumentParser(prog="manage.py", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], help_text: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[common], help=help_text, description=help_text)
        made.set_defaults(command=run)
        return made

    taking = command("import", _import, "Take in a file; all its rows or nothing")
    command_options.of_import(taking, by=BY)
    command_options.of_export(
        command("export", _export, "Print exact counts: for people on the server, not for managers")
    )
    one = command("assess", _assess, "Say what the rules make of one record, with reasons")
    one.add_argument("record", help="record id")
    command_options.of_score(command("score", _score, "Work one score out of entered answers"))
    rehearse = command("rehearse", _rehearse, "Say what another knowledge would change")
    rehearse.add_argument("folder", type=Path, help="folder of the knowledge to be tried")
    proof = command("verify", _verify, "Check that batches and reviews are as they were written")
    proof.add_argument("--against", type=Path, help="a backup: no review it holds may be missing")
    copied = command("backup", _backup, "Write all reviews and records into one new file")
    copied.add_argument("file", type=Path, help="its name, such as clinic-2026-11-22.tar")
    back = command("restore", _restore, "Put a backup into an empty store and check it there")
    back.add_argument("file", type=Path, help="a file that `backup` wrote")
    command_options.of_demo(command("demo", _demo, "Fill the store with synthetic records"))
    command("batches", _batches, "List the imported files with their accounts")
    gone = command("remove", _remove, "Delete the records of one import; its account stays")
    gone.add_argument("batch", help="id of the batch, or how it begins")
    command("template", _template, "Print an empty file with the exact header")
    command("states", _states, "Print the diagram of a review's states as docs/reviews.md holds it")
    command("dictionary", _dictionary, "Print the data dictionary as data/README.md holds it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
