"""What an account says in sentences: the same words on the page and on the command line."""

from collections.abc import Iterator

from circulation.records import accounts

SHOWN = 20


def counts(account: accounts.Account) -> str:
    """received = accepted + rejected + duplicate, in words."""
    return (
        f"{many(account.received, 'row')} received = {account.accepted:,} accepted"
        f" + {account.rejected:,} rejected + {account.duplicate:,} duplicate"
    )


def many(count: int, what: str) -> str:
    """The count with its noun."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def verdict(account: accounts.Account) -> str:
    """What became of the file."""
    if account.stored:
        kind = "synthetic record" if account.synthetic else "record"
        return f"Stored {many(account.accepted, kind)} as batch {account.batch[:12]}."
    if account.known_already:
        return "Nothing was stored: every record id of the file is there already."
    if not account.accepted:
        return "Nothing was stored: no row of the file can be taken."
    faulty = account.received - account.accepted
    return f"Nothing was stored: {faulty:,} of {account.received:,} rows cannot be taken."


def way_on(account: accounts.Account) -> str:
    """What to do next, '' when the file was stored."""
    if account.stored or account.known_already:
        return ""
    if not account.accepted:
        return "Correct the file and add it again."
    good = many(account.accepted, "good row")
    return f"Correct the file, or add the {good} and set the rest aside."


def details(account: accounts.Account, most: int = SHOWN) -> Iterator[str]:
    """The refusals, duplicates, notes and remarks, the first of each kind, and how many more."""
    yield from account.remarks
    if account.stored and account.without_day:
        yield f"Without a date, so not in trends: {many(account.without_day, 'record')}."
    yield from _first("row refusals", account.refusals, account.refusal_count, most)
    if not account.known_already:
        yield from _first("duplicates", account.duplicates, account.duplicate, most)
    yield from _first("notes", account.notes, account.note_count, most)


def _first(
    what: str, found: tuple[accounts.Refusal | accounts.Note, ...], count: int, most: int
) -> Iterator[str]:
    for one in found[:most]:
        yield str(one)
    if count > most:
        yield f"... and {count - most:,} more {what}."
