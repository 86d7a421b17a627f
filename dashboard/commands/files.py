"""Commands about files of records: in, out, and what a file must look like."""

import argparse
import sys
from datetime import UTC
from pathlib import Path

from circulation import errors
from circulation.choosing import selection
from circulation.counting import distribution, exports
from circulation.demonstration_data import demonstration
from circulation.judgement import assessment
from circulation.knowledge_base import columns
from circulation.records import accounts, batches
from circulation.reviewing import store_place
from circulation.way_in import account_words, data_dictionary, importing, mappings
from commands import base, options, plain


def take_in(chosen: argparse.Namespace) -> int:
    """Takes in a file and tells its account; what was not stored is a refusal."""
    known = base.knowledge()
    path = Path(chosen.file)
    if not path.is_file():
        raise errors.DashboardError(
            accounts.shown_name(chosen.file), "is not a file", "Check the path"
        )
    layout = columns.of(known)
    request = importing.Request(
        path=path,
        name=chosen.name or path.name,
        at=chosen.now.astimezone(UTC),
        by=chosen.by,
        today=chosen.now.date(),
        mapping=mappings.load(base.DATA / "mappings", chosen.mapping, layout)
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
        return base.DONE
    print(f"{account.file_name}: {account_words.counts(account)}", file=out)
    for line in account_words.details(account):
        print(f"  {line}", file=out)
    print(f"{account_words.verdict(account)} {account_words.way_on(account)}".strip(), file=out)
    return base.DONE if account.stored else base.REFUSED


def demonstrate(chosen: argparse.Namespace) -> int:
    """Fills the store with synthetic records."""
    account = demonstration.fill(
        chosen.store,
        base.DATA / "intake" / "generator.toml",
        base.knowledge(),
        at=chosen.now.astimezone(UTC),
        by=base.BY,
        last_day=chosen.last_day or chosen.now.date(),
        records=chosen.records,
        seed=chosen.seed,
    )
    return _tell(account, as_json=chosen.json)


def export(chosen: argparse.Namespace) -> int:
    """Prints exact counts, findings by causes."""
    known = base.knowledge()
    store_place.check_there(chosen.store, chosen.database)
    table = batches.load(chosen.store, known)
    assessed = assessment.assess(table, known)
    wanted = options.selected(chosen, known, table.categories["site"])
    counts = distribution.by_cause(table, assessed, selection.apply(table, assessed, wanted), known)
    found = exports.cells(counts)
    print(plain.to_json(found) if chosen.json else exports.as_csv(found), end="")
    print(exports.hint(counts), end="", file=sys.stderr)
    return base.DONE


def list_batches(chosen: argparse.Namespace) -> int:
    """Prints the account of every batch."""
    store_place.check_there(chosen.store, chosen.database)
    found = batches.all_accounts(chosen.store)
    if chosen.json:
        print(plain.to_json(found))
        return base.DONE
    for account in found:
        print(f"{account.batch[:12]}  {account.imported_at}  {account.file_name}")
        print(f"  {account_words.counts(account)}")
    return base.DONE


def remove(chosen: argparse.Namespace) -> int:
    """Deletes the records of one batch."""
    store_place.check_there(chosen.store, chosen.database)
    at = chosen.now.astimezone(UTC).isoformat(timespec="seconds")
    gone = batches.remove(
        chosen.store, batches.named(chosen.store, chosen.batch), at=at, by=base.BY
    )
    told = f"Removed {gone.accepted:,} records of {gone.file_name}; the account stays"
    print(plain.to_json(gone) if chosen.json else told)
    return base.DONE


def template(_chosen: argparse.Namespace) -> int:
    """Prints an empty file with the exact header."""
    print(data_dictionary.template(base.knowledge()), end="")
    return base.DONE


def dictionary(_chosen: argparse.Namespace) -> int:
    """Prints the data dictionary."""
    print(data_dictionary.markdown(base.knowledge()), end="")
    return base.DONE
