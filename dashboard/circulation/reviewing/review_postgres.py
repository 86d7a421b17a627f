"""Everything about the review store that is PostgreSQL's own: for several servers on one database.

Writers lock the row of the chain's end; readers see one moment. The tables carry the mark of this
program in their comment; tables without it are refused and left as they are.
"""

import hashlib

import sqlalchemy as sa

from circulation import errors
from circulation.reviewing import review_schema, review_sqlite, store_forms

MARK = "leg circulation review store, form "
LAYOUTS = {  # SHA-256 of the tables and guards of each form
    1: "de2a7582aa76be31b920aebd4c2a4ac773956cf698e97fdd53b3c1536d2423ee",
    2: "522fb467dd216474bdad0000ec35e8102947c0f00d65352d2c32b0bc4442873e",
    3: "e851b6448bc7fe14a9115b20f28831ef89686ba4d09b156c77d13f74706ab5dc",
}
_OPTIONS = "-c synchronous_commit=on -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
_WAIT_SECONDS = 5  # for the server to answer at all
_GUARDS = """
CREATE FUNCTION review_events_never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'the ledger is never changed' USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION review_events_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.sequence IS DISTINCT FROM (SELECT coalesce(max(sequence), 0) + 1 FROM review_events) THEN
        RAISE EXCEPTION 'the ledger is never changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_events_never_changed BEFORE UPDATE OR DELETE ON review_events
    FOR EACH ROW EXECUTE FUNCTION review_events_never();
CREATE TRIGGER review_events_never_emptied BEFORE TRUNCATE ON review_events
    FOR EACH STATEMENT EXECUTE FUNCTION review_events_never();
CREATE TRIGGER review_events_only_at_the_end BEFORE INSERT ON review_events
    FOR EACH ROW EXECUTE FUNCTION review_events_next()
"""
_GUARDS_OF_VIEWS = """
CREATE TRIGGER review_views_never_changed BEFORE UPDATE OR DELETE ON review_views
    FOR EACH ROW EXECUTE FUNCTION review_events_never();
CREATE TRIGGER review_views_never_emptied BEFORE TRUNCATE ON review_views
    FOR EACH STATEMENT EXECUTE FUNCTION review_events_never()
"""
_GUARDS_OF = {"review_views": _GUARDS_OF_VIEWS}  # of tables that a later form brought, if any
_MADE = """
SELECT 'column', table_name, column_name, data_type, is_nullable FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name ~ '^review_'
UNION ALL
SELECT 'trigger', c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled::text
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
    AND c.relname ~ '^review_'
UNION ALL
SELECT 'function', p.proname, p.prosrc, '', '' FROM pg_proc p
WHERE p.pronamespace = current_schema()::regnamespace AND p.proname ~ '^review_'
UNION ALL
SELECT 'constraint', c.relname, pg_get_constraintdef(k.oid), '', ''
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE c.relnamespace = current_schema()::regnamespace AND k.contype IN ('p', 'f')
    AND c.relname ~ '^review_'
"""


def engine(url: sa.URL) -> sa.Engine:
    """Connections to the store in this database, which is made where there is none."""
    made = sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="REPEATABLE READ",  # a reader sees one moment, whatever others save
        connect_args={"options": _OPTIONS, "connect_timeout": _WAIT_SECONDS},
        pool_pre_ping=True,  # the server may have been started anew
        hide_parameters=True,  # no note of a reviewer in an error or a log
    )
    try:
        _check_answers(made)
        with review_sqlite.reading_errors(), writing(made).begin() as connection:
            _prepare(connection)
    except errors.DashboardError:
        made.dispose()
        raise
    return made


def _check_answers(engine: sa.Engine) -> None:
    try:
        engine.connect().close()
    except sa.exc.OperationalError:
        raise errors.DashboardError(
            review_sqlite.PLACE,
            "the database server does not answer, or does not let this user in",
            "See that it runs, and host, database, user and password in REVIEW_DATABASE.",
        ) from None


def writing(engine: sa.Engine) -> sa.Engine:
    """The same connections for saves: what is read after the wait for the lock is the latest."""
    return engine.execution_options(isolation_level="READ COMMITTED")


def damage(connection: sa.Connection) -> tuple[str, ...]:
    """Whether the store is laid out as it was made."""
    if layout(connection) == LAYOUTS[store_forms.FORM]:
        return ()
    return (f"{review_sqlite.PLACE}: its tables or their guards are not as they were made",)


def layout(connection: sa.Connection) -> str:
    """SHA-256 over columns, keys and guards, as the server describes them."""
    rows = connection.exec_driver_sql(_MADE).all()
    text = "\n".join(sorted(str(tuple(row)) for row in rows))
    return hashlib.sha256(text.encode()).hexdigest()


def _prepare(connection: sa.Connection) -> None:
    """One program at a time: use the tables with our mark, make them where there are none."""
    lock = sa.func.pg_advisory_xact_lock(review_sqlite.APPLICATION_ID)
    connection.execute(sa.select(lock))
    if connection.exec_driver_sql("SHOW fsync").scalar_one() != "on":
        raise errors.DashboardError(
            review_sqlite.PLACE,
            "the database server runs with fsync off and would lose saves in a power cut",
            "Set fsync = on in its configuration.",
        )
    table = sa.func.to_regclass("review_events")
    found = connection.execute(sa.select(table, sa.func.obj_description(table, "pg_class"))).one()
    if found[0] is None:
        review_schema.create(connection)
        connection.exec_driver_sql(_GUARDS)
        connection.exec_driver_sql(_GUARDS_OF_VIEWS)
        _mark(connection)
    elif found[1] != f"{MARK}{store_forms.FORM}":
        _migrate(connection, str(found[1] or ""))


def _mark(connection: sa.Connection) -> None:
    mark = f"{MARK}{store_forms.FORM}"
    connection.exec_driver_sql(f"COMMENT ON TABLE review_events IS '{mark}'")


def _migrate(connection: sa.Connection, mark: str) -> None:
    """Every step to this program's form in this transaction; the tables as they were stay beside.

    Raises DashboardError for tables of another program or of a newer form.
    """
    number = mark.removeprefix(MARK)
    if number == mark or not number.isascii() or not number.isdecimal():
        raise errors.DashboardError(
            review_sqlite.PLACE,
            "the database holds tables of another program; they were not changed",
            "Name another database.",
        )
    form = int(number)
    store_forms.check_known(form)
    store_forms.check_layout(layout(connection), LAYOUTS[form], form)
    for table in store_forms.tables_of(form):
        copy = f"form_{form}_of_{table.name}"
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {copy}")
        connection.exec_driver_sql(f"CREATE TABLE {copy} AS TABLE {table.name}")
    for step in store_forms.steps_from(form):
        for table in step.tables:
            table.create(connection)
            if guards := _GUARDS_OF.get(table.name):
                connection.exec_driver_sql(guards)
    _mark(connection)
    store_forms.check_layout(layout(connection), LAYOUTS[store_forms.FORM], form)
    store_forms.tell(form, f"tables named form_{form}_of_...")
