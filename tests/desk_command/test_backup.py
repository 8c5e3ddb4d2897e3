"""A backup holds the whole record as it stood; a restore brings exactly that back, or nothing."""

import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, select, text

from gongyou.desk import migrations
from gongyou.desk.audit import verify_chain
from gongyou.desk.base import Base
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.messages import fetch_messages, write_message
from gongyou.desk.keeping.backup import Manifest, write_backup
from gongyou.desk.keeping.errors import BackupUnusable, FileTaken, KeepingError, NotEmpty
from gongyou.desk.keeping.private import new_file
from gongyou.desk.keeping.restoring import restore_backup
from gongyou.desk.people.accounts import fetch_person
from gongyou.desk.tickets.opening import OpenedTicket
from gongyou.desk.tickets.reading import fetch_conversation_by_receipt
from gongyou.settings import Settings
from gongyou.wiring import Desk, build_desk, upgrade_database
from tests.databases import PostgresServer
from tests.desk_command.conftest import WORDS

# what a restore adds by itself: the trail tells of it
GROWN = {"audit_events"}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def backup(desk: Desk, case: OpenedTicket, tmp_path: Path, now: datetime) -> Path:
    path = tmp_path / "desk.backup"
    back_up(desk, path, now)
    return path


def back_up(desk: Desk, path: Path, now: datetime) -> Manifest:
    with desk.reading() as session, new_file(path) as file:
        return write_backup(session, file, now)


def restore(settings: Settings, path: Path, now: datetime) -> Manifest:
    with closing(build_desk(settings)) as desk:
        return restore_backup(desk, path, now)


def counts(desk: Desk) -> dict[str, int | None]:
    with desk.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
            if name not in GROWN
        }


def changed(path: Path, member: str, old: bytes, new: bytes) -> Path:
    """A copy of the backup in which these bytes of one member are others."""
    copy = path.with_name("changed.backup")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == member:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    return copy


def test_every_table_of_the_desk_is_in_it_with_something(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        for name in Base.metadata.tables:
            assert archive.read(f"tables/{name}.jsonl"), name


def test_nothing_in_it_is_decrypted(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (WORDS, "13800000000", "宏达", "payslip", "工资条", "表弟"):
        assert secret.encode() not in everything


def test_only_its_owner_may_read_it(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600


def test_it_is_written_over_nothing(desk: Desk, backup: Path, now: datetime) -> None:
    before = backup.read_bytes()
    with pytest.raises(FileTaken):
        back_up(desk, backup, now)
    assert backup.read_bytes() == before


def test_a_backup_that_fails_leaves_no_file(other_settings: Settings, tmp_path: Path) -> None:
    with closing(build_desk(other_settings)) as desk, pytest.raises(KeepingError, match="no desk"):
        back_up(desk, tmp_path / "b", datetime.now().astimezone())
    assert not [path for path in tmp_path.iterdir() if path.name == "b" or ".part" in path.name]


def test_it_shows_one_instant_while_others_write(
    desk: Desk, case: OpenedTicket, now: datetime
) -> None:
    class Disturbed(BytesIO):
        """At every write to the file somebody opens a chat."""

        def write(self, content: Any) -> int:
            with desk.transaction() as other:
                open_conversation(other, now)
            return super().write(content)

    with desk.reading() as session:
        manifest = write_backup(session, Disturbed(), now)
    assert manifest.tables["conversations"].rows == 1


def test_a_restore_brings_every_row_back(
    desk: Desk, backup: Path, other_settings: Settings, now: datetime
) -> None:
    restore(other_settings, backup, now)
    with closing(build_desk(other_settings)) as restored:
        assert counts(restored) == counts(desk)


def test_what_was_restored_reads_and_goes_on(
    backup: Path, case: OpenedTicket, other_settings: Settings, now: datetime
) -> None:
    restore(other_settings, backup, now)
    with closing(build_desk(other_settings)) as restored, restored.transaction() as session:
        conversation = fetch_conversation_by_receipt(session, case.receipt)
        assert conversation
        write_message(session, conversation.id, sender="worker", text="还有", now=now)
        texts = [message.text for message in fetch_messages(session, conversation.id)]
        assert texts == [WORDS, "在", "还有"]
        assert verify_chain(session) is None


def test_a_desk_moves_to_postgresql_and_back(
    desk: Desk,
    backup: Path,
    case: OpenedTicket,
    settings: Settings,
    other_settings: Settings,
    postgres_server: PostgresServer,
    tmp_path: Path,
    now: datetime,
) -> None:
    at_scale = replace(settings, database_url=postgres_server.create())
    restore(at_scale, backup, now)
    with closing(build_desk(at_scale)) as moved:
        assert counts(moved) == counts(desk)
        with moved.transaction() as session:
            conversation = fetch_conversation_by_receipt(session, case.receipt)
            assert conversation
            write_message(session, conversation.id, sender="worker", text="还有", now=now)
            assert verify_chain(session) is None
        back_up(moved, tmp_path / "back", now)
        with moved.reading() as session:
            person = fetch_person(session, "li")
    restore(other_settings, tmp_path / "back", now)
    with closing(build_desk(other_settings)) as back, back.reading() as session:
        again = fetch_person(session, "li")
        assert person and again and again.name == person.name
        assert len(fetch_messages(session, case.ticket.conversation_id)) == 3


@pytest.mark.parametrize("member", ["tables/tickets.jsonl", "tables/audit_events.jsonl"])
def test_a_changed_row_is_refused_and_nothing_is_there(
    backup: Path, other_settings: Settings, member: str, now: datetime
) -> None:
    bad = changed(backup, member, b"2026-11-21", b"2026-11-20")
    with pytest.raises(BackupUnusable, match="damaged"):
        restore(other_settings, bad, now)
    restore(other_settings, backup, now)  # so the database is still empty


def test_a_changed_manifest_is_refused(
    backup: Path, other_settings: Settings, now: datetime
) -> None:
    bad = changed(backup, "manifest.json", b'"rows": 1', b'"rows": 2')
    with pytest.raises(BackupUnusable, match="manifest was changed"):
        restore(other_settings, bad, now)


def test_another_key_is_refused(backup: Path, other_settings: Settings, now: datetime) -> None:
    stranger = replace(other_settings, keys=(Fernet.generate_key().decode(),))
    with pytest.raises(BackupUnusable, match="GONGYOU_KEY"):
        restore(stranger, backup, now)


def test_a_key_put_in_front_does_no_harm(
    backup: Path, other_settings: Settings, now: datetime
) -> None:
    rotated = replace(other_settings, keys=(Fernet.generate_key().decode(), *other_settings.keys))
    assert restore(rotated, backup, now).broken_at is None


def test_a_database_with_something_in_it_is_refused(
    settings: Settings, backup: Path, now: datetime
) -> None:
    with pytest.raises(NotEmpty):
        restore(settings, backup, now)


def test_a_prepared_database_without_a_row_is_empty(
    backup: Path, other_settings: Settings, now: datetime
) -> None:
    upgrade_database(other_settings)
    assert restore(other_settings, backup, now).rows > 10


def test_a_backup_of_an_older_schema_is_brought_up_to_date(
    settings: Settings, other_settings: Settings, tmp_path: Path, now: datetime
) -> None:
    old = replace(settings, database_url=f"sqlite:///{tmp_path / 'old.db'}")
    with closing(build_desk(old)) as desk:
        migrations.upgrade(desk.engine, "0001")
        with desk.transaction() as session:
            session.execute(
                text(
                    "INSERT INTO people (login, name, role, password_hash, active)"
                    " VALUES ('li', '李', 'officer', '', true)"
                )
            )
        assert back_up(desk, tmp_path / "b", now).revision == "0001"
    restore(other_settings, tmp_path / "b", now)
    with closing(build_desk(other_settings)) as restored, restored.reading() as session:
        person = fetch_person(session, "li")
        assert person and person.on_duty  # which 0002 gave every officer


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"not a zip at all"])
def test_what_is_no_backup_is_refused(
    tmp_path: Path, other_settings: Settings, content: bytes, now: datetime
) -> None:
    (tmp_path / "bad").write_bytes(content)
    with pytest.raises(BackupUnusable):
        restore(other_settings, tmp_path / "bad", now)


def test_a_cut_off_backup_is_refused(backup: Path, other_settings: Settings, now: datetime) -> None:
    backup.write_bytes(backup.read_bytes()[:-200])
    with pytest.raises(BackupUnusable):
        restore(other_settings, backup, now)


def test_a_trail_broken_before_the_backup_is_told_and_restored_as_it_was(
    desk: Desk, case: OpenedTicket, tmp_path: Path, other_settings: Settings, now: datetime
) -> None:
    lifted = {
        "sqlite": "DROP TRIGGER audit_events_no_update",
        "postgresql": "SET LOCAL session_replication_role = replica",
    }
    with desk.engine.begin() as connection:
        connection.execute(text(lifted[desk.engine.dialect.name]))
        connection.execute(text("UPDATE audit_events SET actor = 'person:9' WHERE id = 2"))
    assert back_up(desk, tmp_path / "b", now).broken_at == 2
    assert restore(other_settings, tmp_path / "b", now).broken_at == 2
