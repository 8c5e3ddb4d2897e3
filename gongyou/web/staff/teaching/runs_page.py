"""「训练新版本」 and 「退回这一版」: asked for here, done by the clerk."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from gongyou.desk.errors import Refused
from gongyou.desk.people.accounts import Person
from gongyou.desk.teaching.runs import ask_rollback, ask_training
from gongyou.web import csrf
from gongyou.web.keys import CLOCK, DESK
from gongyou.web.refused import status_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.pages import back_to
from gongyou.web.staff.teaching.list_page import PAGE, RUNS, Refusal, list_page
from gongyou.web.threads import in_desk


@permitted("training.ask")
async def post_train(request: web.Request, person: Person) -> web.Response:
    """A run that learns all that is approved."""
    return await _do(request, person, "training_asked", _train)


@permitted("training.roll_back")
async def post_back(request: web.Request, person: Person) -> web.Response:
    """A run back to what an earlier one had learnt."""
    run = int(request.match_info["run"])
    return await _do(request, person, "rollback_asked", _back, run)


async def _do(
    request: web.Request, person: Person, done: str, work: Callable[..., None], *args: int
) -> web.Response:
    """Back to the runs; or the runs with why it is not done."""
    await csrf.read_form(request)
    try:
        await in_desk(request.app[DESK], work, *args, person, request.app[CLOCK]())
    except Refused as error:
        return await list_page(request, person, RUNS, Refusal(0, str(error)), status_of(error))
    return back_to(f"{PAGE}?tab={RUNS}&done={done}")


def _train(session: Any, person: Person, now: Any) -> None:
    ask_training(session, person, now)


def _back(session: Any, run: int, person: Person, now: Any) -> None:
    ask_rollback(session, run, person, now)
