"""Opens tickets for ever and prints each receipt once it is stored: something to kill."""

import sys
from datetime import UTC, datetime

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.store import open_desk
from gongyou.desk.tickets.opening import open_ticket

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def main(database_url: str, key: str) -> None:
    desk = open_desk(database_url, [key])
    while True:
        with desk.transaction() as session:
            opened = open_ticket(
                session,
                open_conversation(session, NOW)[0].id,
                kind="legal_aid",
                topic="wage_arrears",
                region="410800",
                facts={},
                summary="欠薪",
                words="帮帮我",
                contact="",
                consent=True,
                idempotency_key="once",
                now=NOW,
            )
        print(opened.receipt, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
