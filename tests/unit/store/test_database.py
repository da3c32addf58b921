"""Databases that are new, old, newer, foreign, broken, locked or out of reach."""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from pipeline.errors import DependencyError, PipelineError, StorageError
from pipeline.messages import explain
from pipeline.store import connect, export, migrate, open_store, schema, upgrade
from tests.unit.store.builders import document

# The step after the newest one, whichever that is.
HEAD = str(migrate.scripts().get_current_head())
FURTHER_STEP = f"""
import sqlalchemy as sa
from alembic import op

revision = "9998"
down_revision = "{HEAD}"


def upgrade() -> None:
    op.add_column("forms", sa.Column("town", sa.Text()))
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "库.db"


def url(file: Path) -> str:
    return f"sqlite:///{file}"


def fill(file: Path) -> None:
    with open_store(url(file)) as store:
        store.save(document())


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within it the program knows a further migration step."""
    folder = tmp_path / "steps"
    shutil.copytree(migrate.MIGRATIONS, folder)
    (folder / "versions" / "v9998_town.py").write_text(FURTHER_STEP)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "MIGRATIONS", folder)
        yield


def refused(address: str, **options: bool) -> str:
    """The code of the error; its messages exist and show no password."""
    with pytest.raises(StorageError) as caught:
        open_store(address, **options)
    for lang in ("zh", "en"):
        assert "geheim" not in explain(caught.value, lang)
    assert "geheim" not in str(caught.value)
    return caught.value.code


# -- schema versions


def test_migrations_make_exactly_the_tables_of_the_schema(store_url: str) -> None:
    with open_store(store_url) as store, store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, schema.metadata) == []
        assert migrate.state(connection) is migrate.State.CURRENT


def test_tables_and_views_are_those_of_the_contract(store_url: str) -> None:
    with open_store(store_url) as store:
        inspector = sa.inspect(store.engine)
        assert set(inspector.get_table_names()) == {
            *[
                "documents",
                "forms",
                "funds",
                "goal_statements",
                "quantities",
                "indicators",
                "links",
            ],
            *["link_members", "flags", "runs", "reviews", "alembic_version"],
        }
        assert set(inspector.get_view_names()) == {
            "v_unmatched_targets",
            "v_shortfalls",
            "v_vague_goals",
        }


def test_names_are_short_and_unreserved() -> None:
    reserved = {"end", "start", "row", "order", "group", "user", "table", "references"}
    for table in schema.metadata.sorted_tables:
        for name in (table.name, *(c.name for c in table.columns)):
            assert len(name) <= 30 and name not in reserved


def test_opening_twice_changes_nothing(file: Path) -> None:
    fill(file)
    with open_store(url(file), create=False) as store:
        assert len(list(store.forms())) == 1


def test_sqlite_is_set_up_for_safety(file: Path) -> None:
    with open_store(url(file)) as store, store.engine.connect() as connection:
        got = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "busy_timeout", "foreign_keys", "synchronous")
        }
    assert got == {
        "journal_mode": "wal",
        "busy_timeout": 30_000,
        "foreign_keys": 1,
        "synchronous": 2,
    }


@pytest.mark.usefixtures("newer_program")
def test_older_database_with_data_wants_an_upgrade(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            migrate, "MIGRATIONS", Path(migrate.__file__).parent / "migrations"
        )
        fill(file)
    assert refused(url(file)) == "store_older"
    with pytest.raises(StorageError) as caught:
        open_store(url(file))
    assert "jixiao db upgrade" in explain(caught.value)
    done = upgrade(url(file))
    assert (done.before, done.after, done.backup) == (
        HEAD,
        "9998",
        f"库.db.{HEAD}.bak",
    )
    with open_store(url(file)) as store:
        assert len(list(store.forms())) == 1
    with sqlite3.connect(file.with_name(str(done.backup))) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (
            HEAD,
        )
        assert copy.execute("SELECT count(*) FROM forms").fetchone() == (1,)


def test_a_copy_never_replaces_an_earlier_one(file: Path) -> None:
    fill(file)
    address = connect.parse_url(url(file))
    file.with_name("库.db.0001.bak").write_bytes(b"earlier")
    copies = [migrate.back_up(address, "0001") for _ in range(2)]
    assert [c.name for c in copies if c] == ["库.db.0001.2.bak", "库.db.0001.3.bak"]
    assert file.with_name("库.db.0001.bak").read_bytes() == b"earlier"
    for copy in copies:
        assert copy is not None
        with sqlite3.connect(copy) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("SELECT count(*) FROM forms").fetchone() == (1,)


def test_a_copy_holds_what_another_program_has_just_committed(file: Path) -> None:
    fill(file)
    with sqlite3.connect(file) as writer:  # in the WAL, not in the file yet
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute("UPDATE forms SET rating = '良'")
        writer.commit()
        copy = migrate.back_up(connect.parse_url(url(file)), "0001")
    assert copy is not None
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT rating FROM forms").fetchone() == ("良",)


def test_a_copy_that_cannot_be_made_leaves_nothing_half(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(file)

    class Failing(sqlite3.Connection):
        def backup(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(
        migrate.sqlite3,
        "connect",
        lambda name: Failing(name),
    )
    with pytest.raises(StorageError) as caught:
        migrate.back_up(connect.parse_url(url(file)), "0001")
    assert caught.value.code == "store_backup_failed"
    assert not list(file.parent.glob("*.bak"))


@pytest.mark.usefixtures("newer_program")
def test_older_database_without_data_is_upgraded_silently(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            migrate, "MIGRATIONS", Path(migrate.__file__).parent / "migrations"
        )
        open_store(url(file)).close()
    with open_store(url(file)) as store, store.engine.connect() as connection:
        assert migrate.revision(connection) == "9998"


def test_newer_database_is_refused_and_untouched(file: Path) -> None:
    fill(file)
    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    assert refused(url(file)) == "store_newer"
    with pytest.raises(StorageError) as caught:
        upgrade(url(file))
    assert "schema version newer than this program" in explain(caught.value, "en")
    with sqlite3.connect(file) as raw:
        assert raw.execute("SELECT count(*) FROM forms").fetchone() == (1,)


def test_broken_migration_leaves_the_database_as_it_was(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(file)
    folder = tmp_path / "steps"
    shutil.copytree(migrate.MIGRATIONS, folder)
    broken = FURTHER_STEP + '    op.execute("INSERT INTO nowhere VALUES (1)")\n'
    (folder / "versions" / "v9998_town.py").write_text(broken)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "MIGRATIONS", folder)
        with pytest.raises(StorageError):
            upgrade(url(file))
    with open_store(url(file)) as store:
        columns = {c["name"] for c in sa.inspect(store.engine).get_columns("forms")}
        assert "town" not in columns
        assert len(list(store.forms())) == 1


def test_upgrade_of_a_current_database_does_nothing(file: Path) -> None:
    fill(file)
    done = upgrade(url(file))
    assert (done.before, done.after, done.backup) == (HEAD, HEAD, None)


def test_database_of_another_program_is_refused(file: Path) -> None:
    with sqlite3.connect(file) as raw:
        raw.execute("CREATE TABLE songs (title)")
    raw.close()
    before = file.read_bytes()
    assert refused(url(file)) == "store_foreign"
    with sqlite3.connect(file) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]
    assert len(file.read_bytes()) == len(before)


def at_step(address: str, step: str, tmp_path: Path) -> sa.Engine:
    """A database as the program of an earlier ``step`` made and filled it."""
    fill(tmp_path / "present.db")
    folder = tmp_path / f"until-{step}"
    shutil.copytree(migrate.MIGRATIONS, folder)
    for file in (folder / "versions").glob("v*.py"):
        if file.name[1:5] > step:
            file.unlink()
    engine = connect.make_engine(connect.parse_url(address), create=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "MIGRATIONS", folder)
        with connect.writing(engine) as connection:
            migrate.apply(connection)
            _copy_rows(connection, tmp_path / "present.db")
    return engine


def _copy_rows(target: sa.Connection, present: Path) -> None:
    """What the present program stores, as far as the old tables have columns."""
    old = sa.MetaData()
    old.reflect(target)
    source = sa.create_engine(url(present))
    with source.connect() as connection:
        for table in schema.metadata.sorted_tables:
            columns = [table.c[c.name] for c in old.tables[table.name].columns]
            rows = connection.execute(sa.select(*columns)).mappings().all()
            if rows:
                target.execute(old.tables[table.name].insert(), [dict(r) for r in rows])
    source.dispose()


@pytest.mark.parametrize(
    "step", sorted(s.revision for s in migrate.scripts().walk_revisions())[:-1]
)
def test_databases_of_every_age_are_brought_up_with_their_data(
    store_url: str, step: str, tmp_path: Path
) -> None:
    at_step(store_url, step, tmp_path).dispose()
    assert refused(store_url) == "store_older"
    done = upgrade(store_url)
    assert (done.before, done.after) == (step, HEAD)
    with open_store(store_url) as store:
        (row,) = store.documents()
        assert (row.status, row.attempts, row.attempt_key) == ("ok", 0, None)
        assert [form["id"] for form in store.forms()] == [
            str(r.id) for r in document().records
        ]
        assert store.begin({row.path: "k"}) == {row.path: 1}
        store.save(document())
        with store.engine.connect() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, schema.metadata) == []


# -- out of reach


def test_no_database_is_made_when_none_is_asked_for(file: Path) -> None:
    assert refused(url(file), create=False) == "store_missing"
    assert not file.exists()


def test_empty_file_counts_as_a_new_database(file: Path) -> None:
    file.touch()
    assert refused(url(file), create=False) == "store_empty"
    open_store(url(file)).close()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("sqlite:////没有/这个/夹.db", "store_folder_missing"),
        ("sqlite:///{folder}", "store_is_folder"),
        ("jixiao.db", "store_url_invalid"),
        ("://geheim", "store_url_invalid"),
    ],
    ids=["夹不存在", "是文件夹", "不是地址", "乱写"],
)
def test_address_that_leads_nowhere(tmp_path: Path, address: str, code: str) -> None:
    with pytest.raises(StorageError) as caught:
        open_store(address.format(folder=tmp_path))
    assert caught.value.code == code
    assert explain(caught.value) and explain(caught.value, "en")


def test_missing_driver_names_the_extra() -> None:
    with pytest.raises(DependencyError) as caught:
        open_store("oracle+nodriver://u:geheim@127.0.0.1/x")
    assert "jixiao[postgres]" in explain(caught.value)
    assert "geheim" not in explain(caught.value)


def test_server_that_does_not_answer_keeps_the_password_secret() -> None:
    pytest.importorskip("psycopg")
    address = "postgresql://amt:geheim@127.0.0.1:1/jixiao"
    assert refused(address) == "store_unreachable"


@pytest.mark.parametrize(
    "shown",
    [
        "postgresql://u:geheim@h/d",
        "postgresql+psycopg://u:ge:heim-geheim@h/d",
        "bad url u:geheim@h",
        "postgresql://h/d?user=u&password=geheim&x=1",
        "host=h password=geheim dbname=d",
    ],
)
def test_passwords_are_masked(shown: str) -> None:
    assert "geheim" not in connect.mask_url(shown)


# -- broken


def test_file_that_is_no_database_is_never_overwritten(file: Path) -> None:
    file.write_bytes("这不是数据库".encode() * 500)
    before = file.read_bytes()
    assert refused(url(file)) == "store_corrupt"
    assert file.read_bytes() == before


@pytest.mark.parametrize("seed", range(12))
def test_fault_39_flipped_bytes_never_give_a_traceback(file: Path, seed: int) -> None:
    fill(file)
    chance = random.Random(seed)
    data = bytearray(file.read_bytes())
    for _ in range(100):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)
    try:
        with open_store(url(file)) as store:
            list(store.forms())
            list(store.documents())
            for name in ("a.csv", "a.json", "a.xlsx"):
                export(store, file.with_name(name))
            store.save(document())
    except PipelineError as error:
        assert explain(error)


def test_read_only_database_is_read_but_not_written(file: Path) -> None:
    fill(file)
    address = f"sqlite:///file:{file}?mode=ro&uri=true"
    with open_store(address, create=False) as store:
        assert len(list(store.forms())) == 1
        with pytest.raises(StorageError) as caught:
            store.save(document())
    assert caught.value.code == "store_readonly"


def test_locked_database_waits_then_gives_up(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(file)
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_store(url(file)) as store:
        assert len(list(store.forms())) == 1  # reading goes on
        with pytest.raises(StorageError) as caught:
            store.save(document(status="failed", reason="corrupt"))
        assert caught.value.code == "store_locked"
        other.execute("ROLLBACK")
        assert len(list(store.forms())) == 1
        store.save(document())
    other.close()


def test_short_lock_is_waited_for(file: Path) -> None:
    fill(file)
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, other.execute, ["COMMIT"])
    release.start()
    with open_store(url(file)) as store:
        store.save(document("另一.txt", sha256="c" * 64))
        assert len(list(store.forms())) == 2
    release.join()
    other.close()


def test_two_programs_make_the_same_database_at_once(file: Path) -> None:
    errors: list[PipelineError] = []

    def make() -> None:
        try:
            open_store(url(file)).close()
        except PipelineError as error:
            errors.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_memory_database() -> None:
    with open_store("sqlite://") as store:
        store.save(document())
        assert len(list(store.forms())) == 1
