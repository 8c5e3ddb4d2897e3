"""What was acknowledged is there after a `kill -9`, whatever the writer was doing."""

import subprocess
import sys

from sqlalchemy import func, select, text

from gongyou.desk.audit import verify_chain
from gongyou.desk.tickets.reading import fetch_conversation_by_receipt
from gongyou.desk.tickets.table import Ticket

KILLS = 5
RECEIPTS_A_LIFE = 20


def receipts_until_killed(settings) -> list[str]:
    """Let a writer live for some receipts, kill it, and give every receipt it had printed."""
    command = [sys.executable, "-m", "tests.desk.receipt_writer"]
    arguments = [settings.database_url, settings.keys[0]]
    with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True) as writer:
        receipts = [writer.stdout.readline() for _ in range(RECEIPTS_A_LIFE)]
        writer.kill()
        receipts += writer.stdout.readlines()
    return [line.strip() for line in receipts if line.endswith("\n")]


def test_no_acknowledged_ticket_is_lost_when_its_writer_is_killed(settings, desk):
    receipts = [receipt for _ in range(KILLS) for receipt in receipts_until_killed(settings)]
    assert len(receipts) >= KILLS * RECEIPTS_A_LIFE
    with desk.reading() as session:
        assert all(fetch_conversation_by_receipt(session, receipt) for receipt in receipts)
        stored = session.scalar(select(func.count()).select_from(Ticket))
        assert len(receipts) <= stored <= len(receipts) + KILLS  # at most one unheard a kill
        assert verify_chain(session) is None
        if desk.engine.dialect.name == "sqlite":
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
