"""An administrator's page: how the notices go, and which ones nobody got for sure."""

from datetime import datetime
from typing import Any

from aiohttp import web

from gongyou.desk.audit import record
from gongyou.desk.notices.counts import count_states
from gongyou.desk.notices.table import Notice
from gongyou.desk.notices.troubles import fetch_troubled, send_again
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.web import csrf
from gongyou.web.keys import CLOCK, DESK
from gongyou.web.staff.access import permitted
from gongyou.web.staff.pages import back_to, render
from gongyou.web.texts import read_texts
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.times import show_time

PAGE = "/desk/notices"


@permitted("notices.read")
async def show_notices(request: web.Request, person: Person) -> web.Response:
    counts, troubled = await read_desk(request.app[DESK], _read)
    texts = read_texts()
    context = {
        "here": PAGE,
        "counts": [(state, texts["notice_states"][state], n) for state, n in counts.items()],
        "notices": troubled,
        "words": {name: texts[f"notice_{name}"] for name in ("kinds", "channels", "states")}
        | {"subjects": texts["trail_subjects"]},
        "tell_error": tell_error,
        "show_time": show_time,
    }
    return render(request, person, "desk/oversight/notices.html", context)


@permitted("notices.resend")
async def post_again(request: web.Request, person: Person) -> web.Response:
    """Send a failed or doubtful notice once more."""
    await csrf.read_form(request)
    number, now = int(request.match_info["notice"]), request.app[CLOCK]()
    was_sent = await in_desk(request.app[DESK], _again, number, person, now)
    return back_to(f"{PAGE}?done={'notice_again' if was_sent else 'notice_not'}")


def tell_error(code: str | None) -> str:
    """「对方邮件服务器不收（550）」 for `refused 550`; a dash when nothing went wrong."""
    if not code:
        return "—"
    words = read_texts()["notice_errors"]
    if code in words:
        return str(words[code])
    name, _, number = code.partition(" ")
    return f"{words.get(name, words['other'])}（{number or name}）"


def _read(session: Any) -> tuple[dict[str, int], list[Notice]]:
    return count_states(session), fetch_troubled(session)


def _again(session: Any, notice_id: int, person: Person, now: datetime) -> bool:
    was_sent = send_again(session, notice_id, now)
    if was_sent:
        record(session, actor_of(person), "notice.again", f"notice:{notice_id}", now)
    return was_sent
