"""Every move of a ticket starts from exactly its states, and the UPDATE itself sees to it."""

import pytest
from sqlalchemy import false, update

from gongyou.desk.errors import NotAllowed, NotFound, WrongState
from gongyou.desk.tickets.moves import move_ticket, read_moves, read_outcomes, read_statuses
from gongyou.desk.tickets.table import STATUSES, Ticket

UNFINISHED = {"opened", "offered", "accepted", "answered", "waiting"}
MOVES = {  # the states a move starts from, and where it ends
    "offer": ({"opened"}, "offered"),
    "accept": ({"opened", "offered"}, "accepted"),
    "decline": ({"offered"}, "opened"),
    "pass_on": ({"offered"}, "opened"),
    "fall": ({"opened"}, "opened"),
    "reply": ({"accepted", "answered", "waiting"}, "answered"),
    "ask": ({"accepted", "answered"}, "waiting"),
    "hear": ({"waiting"}, "accepted"),
    "transfer": ({"accepted", "answered", "waiting"}, "opened"),
    "close": ({"answered", "waiting"}, "closed"),
    "look": ({"opened"}, "closed"),
    "withdraw": (UNFINISHED, "withdrawn"),
    "resume": ({"closed"}, "accepted"),
    "reopen": ({"closed", "withdrawn"}, "opened"),
}
ALLOWED = [(move, start) for move, (starts, _) in MOVES.items() for start in sorted(starts)]
REFUSED = [(move, at) for move in MOVES for at in STATUSES if (move, at) not in ALLOWED]


@pytest.fixture
def ticket_in(session, opened):
    """Puts the ticket into a state behind the back of the session, which still sees it opened."""

    def put(status):
        session.get_one(Ticket, opened.ticket.id)
        behind = update(Ticket).values(status=status)
        session.execute(behind, execution_options={"synchronize_session": False})
        return opened.ticket.id

    return put


def test_the_table_has_these_moves_and_no_other():
    assert {name: (set(m.start), m.end) for name, m in read_moves().items()} == MOVES


def test_every_state_has_a_name_for_people():
    assert tuple(read_statuses()) == STATUSES


def test_outcomes_fit_their_column():
    assert all(len(key) <= 32 for key in read_outcomes())


@pytest.mark.parametrize(("move", "start"), ALLOWED)
def test_a_move_leads_from_its_states_to_its_end(session, ticket_in, move, start):
    assert move_ticket(session, ticket_in(start), move).status == MOVES[move][1]


@pytest.mark.parametrize(("move", "found"), REFUSED)
def test_a_move_is_refused_from_every_other_state(session, ticket_in, move, found):
    number = ticket_in(found)
    with pytest.raises(WrongState) as refusal:
        move_ticket(session, number, move)
    assert refusal.value.found == read_statuses()[found]
    assert set(refusal.value.needed) == {read_statuses()[start] for start in MOVES[move][0]}
    assert session.get_one(Ticket, number, populate_existing=True).status == found


def test_a_condition_that_does_not_hold_refuses_the_person_and_not_the_state(session, opened):
    with pytest.raises(NotAllowed):
        move_ticket(session, opened.ticket.id, "offer", false())


def test_a_ticket_that_does_not_exist_cannot_be_moved(session):
    with pytest.raises(NotFound):
        move_ticket(session, 404, "offer")
