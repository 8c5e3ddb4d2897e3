"""Danger to life in a worker's words, seen without the bot: it may be down, or a person may have
the chat and be away. The same lists as the bot's own guard (data/lexicon)."""

import re
import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from gongyou.desk.chat.messages import write_message
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.scope import only_care_reads
from gongyou.desk.tickets.table import CRISIS
from gongyou.hotlines import hotlines_card
from gongyou.rulebook import NATION
from gongyou.web.texts import say

LEXICON = Path(__file__).resolve().parents[2] / "data" / "lexicon"
GAP = r"[^。!?;\n]{0,4}"  # what … stands for in the lists


def is_danger(text: str) -> bool:
    """Whether the words hold a phrase of danger that no figure of speech covers (累得想死)."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    harmless = [found.span() for found in _pattern("crisis_figures.txt").finditer(plain)]
    return any(
        not any(start <= found.start() and found.end() <= end for start, end in harmless)
        for found in _pattern("crisis.txt").finditer(plain)
    )


def write_crisis(session: Any, conversation_id: str, message_id: int, now: datetime) -> None:
    """The numbers to ring now, and a ticket that officers see first."""
    opened = open_handoff(
        session,
        conversation_id,
        topic=CRISIS,
        region=NATION,
        facts={},
        summary="",
        consent=False,
        now=now,
    )
    text = say("crisis")
    payload = {"reply_to": message_id, "custom": hotlines_card(CRISIS, text)}
    write_message(session, conversation_id, sender="system", text=text, payload=payload, now=now)
    if opened.is_new and only_care_reads(session, opened.ticket.id):
        line = say("care_opens")
        write_message(session, conversation_id, sender="system", text=line, now=now)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    lines = (line.strip() for line in (LEXICON / name).read_text(encoding="utf-8").splitlines())
    phrases = sorted((p for p in lines if p and not p.startswith("#")), key=len, reverse=True)
    return re.compile("|".join(GAP.join(map(re.escape, p.split("…"))) for p in phrases))
