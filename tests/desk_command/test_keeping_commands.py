"""backup, restore, export-case and erase as an operator types them."""

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gongyou.desk.chat.messages import write_message
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.opening import OpenedTicket
from gongyou.desk.tickets.receipts import group_digits
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.desk_command.conftest import PNG, WORDS
from tests.desk_command.office import Operator, is_erased


@pytest.fixture
def tracker(operator: Operator, case: OpenedTicket, tmp_path: Path) -> Path:
    """Rasa's file with one event of the case."""
    path = tmp_path / "tracker.db"
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
        sender = case.ticket.conversation_id
        file.execute("INSERT INTO events (sender_id, data) VALUES (?, 'x')", (sender,))
    operator.environment["RASA_TRACKER_DB"] = str(path)
    return path


def test_a_backup_is_checked_by_restoring(
    operator: Operator, case: OpenedTicket, tmp_path: Path
) -> None:
    said = operator.types("backup", str(tmp_path / "b"), "--verify")
    assert (said.code, said.err) == (0, "")
    assert "every row is the same" in said.out
    assert sorted(path.name for path in tmp_path.iterdir() if "verify" in path.name) == []


def test_a_backup_restores_into_a_new_file_of_its_owners(
    operator: Operator, case: OpenedTicket, tmp_path: Path
) -> None:
    operator.types("backup", str(tmp_path / "b"))
    operator.environment["GONGYOU_DATABASE_URL"] = f"sqlite:///{tmp_path / 'new.db'}"
    said = operator.types("restore", str(tmp_path / "b"))
    assert said.code == 0 and "the audit trail is whole" in said.out
    assert (tmp_path / "new.db").stat().st_mode & 0o777 == 0o600
    assert "li\t" in operator.types("list-accounts").out


def test_a_restore_over_a_desk_in_use_is_refused(
    operator: Operator, case: OpenedTicket, tmp_path: Path
) -> None:
    operator.types("backup", str(tmp_path / "b"))
    said = operator.types("restore", str(tmp_path / "b"))
    assert (said.code, said.err.count("\n")) == (1, 1)


def test_a_case_is_exported_readable_and_whole(
    operator: Operator, case: OpenedTicket, lawyer: Person, tmp_path: Path
) -> None:
    said = operator.types("export-case", str(case.ticket.id), "--to", str(tmp_path))
    assert said.code == 0 and "not encrypted" in said.out
    folder = tmp_path / f"case-{case.ticket.id}"
    page = (folder / "case.html").read_text(encoding="utf-8")
    for word in (WORDS, "4,000", "13800000000", "焦作市宏达机械厂", "工资条.png", "河南省焦作市"):
        assert word in page, word
    (file,) = (folder / "attachments").iterdir()
    assert file.read_bytes() == PNG
    made = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    assert [event["action"] for event in made["trail"]][-1] == "case.export"
    assert len(made["sheets"]) == 1
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0


def test_an_export_gives_no_way_into_the_chat(
    operator: Operator, case: OpenedTicket, tmp_path: Path
) -> None:
    operator.types("export-case", str(case.ticket.id), "--to", str(tmp_path))
    text = (tmp_path / f"case-{case.ticket.id}" / "case.json").read_text(encoding="utf-8")
    assert case.ticket.conversation_id not in text and case.ticket.receipt_hash not in text


def test_an_export_leaves_out_the_receipt_code_the_chat_showed(
    desk: Desk, operator: Operator, case: OpenedTicket, tmp_path: Path
) -> None:
    shown = group_digits(case.receipt)
    with desk.transaction() as session:
        ticket = session.get_one(Ticket, case.ticket.id)
        card = {"custom": {"kind": "ticket", "text": "交给律师了", "receipt": shown}}
        chat, at = ticket.conversation_id, ticket.created_at
        write_message(session, chat, sender="system", text="交给律师了", payload=card, now=at)
    operator.types("export-case", str(case.ticket.id), "--to", str(tmp_path))
    folder = tmp_path / f"case-{case.ticket.id}"
    for file in (folder / "case.json", folder / "case.html"):
        text = file.read_text(encoding="utf-8")
        assert "交给律师了" in text and shown not in text


def test_an_export_tells_what_the_worker_never_saw(
    desk: Desk, operator: Operator, case: OpenedTicket, tmp_path: Path
) -> None:
    with desk.transaction() as session:
        ticket = session.get_one(Ticket, case.ticket.id)
        chat, at = ticket.conversation_id, ticket.created_at
        write_message(session, chat, sender="bot", text="晚了", now=at, staff_only=True)
    operator.types("export-case", str(case.ticket.id), "--to", str(tmp_path))
    page = (tmp_path / f"case-{case.ticket.id}" / "case.html").read_text(encoding="utf-8")
    assert page.count("职工没看到") == 1


def test_a_withdrawn_case_is_handed_to_nobody(
    desk: Desk, operator: Operator, case: OpenedTicket, tmp_path: Path
) -> None:
    with desk.transaction() as session:
        session.get_one(Ticket, case.ticket.id).status = "withdrawn"
    said = operator.types("export-case", str(case.ticket.id), "--to", str(tmp_path))
    assert said.code == 1 and "withdrawn or erased" in said.err
    assert not list(tmp_path.glob("*case*"))


def test_a_case_is_erased_everywhere_by_its_receipt(
    desk: Desk, operator: Operator, case: OpenedTicket, tracker: Path
) -> None:
    said = operator.types("erase", "--receipt", case.receipt, "--yes")
    assert (said.code, said.err) == (0, "")
    assert "Rasa forgot 1 events" in said.out
    with desk.reading() as session:
        assert is_erased(session, case.receipt)


@pytest.mark.parametrize(("typed", "code"), [("erase\n", 0), ("yes\n", 1), ("", 1)])
def test_the_word_must_be_typed(
    desk: Desk,
    operator: Operator,
    case: OpenedTicket,
    tracker: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    code: int,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert operator.types("erase", "--receipt", case.receipt).code == code
    with desk.reading() as session:
        assert is_erased(session, case.receipt) == (code == 0)


def test_nothing_is_erased_when_rasas_memory_cannot_be(
    desk: Desk, operator: Operator, case: OpenedTicket, tracker: Path
) -> None:
    tracker.write_bytes(b"not a database, whatever its name says")
    said = operator.types("erase", "--receipt", case.receipt, "--yes")
    assert said.code == 1 and "tracker store" in said.err
    with desk.reading() as session:
        assert not is_erased(session, case.receipt)


def test_where_rasa_remembers_must_be_set(operator: Operator, case: OpenedTicket) -> None:
    said = operator.types("erase", "--receipt", case.receipt, "--yes")
    assert said.code == 1 and "RASA_TRACKER_DB is not set" in said.err


def test_a_person_is_erased_by_login(operator: Operator, case: OpenedTicket) -> None:
    said = operator.types("erase", "--person", "li", "--yes")
    assert (said.code, said.err) == (0, "")
    assert "李律师" not in operator.types("list-accounts").out
