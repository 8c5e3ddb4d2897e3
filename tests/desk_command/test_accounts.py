"""Accounts from the command line: no password is ever typed or printed, only a link."""

import json

import pytest

from gongyou.desk.people.accounts import Person, check_password, fetch_person
from gongyou.desk.people.invitations import use_invitation
from gongyou.desk.tickets.opening import OpenedTicket
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.desk_command.office import Operator

NEW = ("create-account", "--login", "sun", "--name", "孙律师", "--role", "lawyer")
LINK = "https://gongyou.example.org/desk/invite/"


def test_a_new_account_gets_a_link_that_sets_the_password(
    desk: Desk, operator: Operator, now: object
) -> None:
    said = operator.types(*NEW, "--region", "河南焦作", "--email", "sun@example.org")
    assert (said.code, said.err) == (0, "")
    link = said.out.splitlines()[-1]
    assert link.startswith(LINK)
    with desk.transaction() as session:
        use_invitation(session, link.removeprefix(LINK), "a new long password", now)  # type: ignore[arg-type]
    with desk.reading() as session:
        person = check_password(session, "sun", "a new long password")
        assert person is not None
        assert (person.regions, person.email) == (["410800"], "sun@example.org")


def test_an_officer_of_an_enterprise_has_its_names(desk: Desk, operator: Operator) -> None:
    words = ("create-account", "--login", "qian", "--name", "钱干部", "--role", "officer")
    names = ("--employer", "宏达机械有限公司", "--employer", "宏达集团")
    assert operator.types(*words, *names, "--on-duty").code == 0
    with desk.reading() as session:
        person = fetch_person(session, "qian")
        assert person and person.on_duty
        assert person.employer == "宏达机械有限公司\n宏达集团"


def test_an_officer_may_be_charged_with_care(desk: Desk, operator: Operator) -> None:
    words = ("create-account", "--login", "su", "--name", "苏干部", "--role", "officer")
    assert operator.types(*words, "--duty", "care").code == 0
    with desk.reading() as session:
        person = fetch_person(session, "su")
        assert person and person.duties == ["care"] and person.cares
    listed = json.loads(operator.types("list-accounts", "--json").out)
    assert [one["duties"] for one in listed if one["login"] == "su"] == [["care"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--duty", "care"), "for officers only"),
        (("--login", "no spaces"), "--login 'no spaces' is no login"),
        (("--region", "河西东"), "is no region"),
        (("--region", "朝阳区"), "北京市朝阳区 (110105)"),
        (("--email", "sun@"), "is no e-mail address"),
        (("--employer", "宏达集团"), "for officers only"),
        (("--name", ""), "is no name"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    operator: Operator, words: tuple[str, ...], told: str
) -> None:
    said = operator.types(*NEW, *words)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert told in said.err


def test_a_login_belongs_to_one_person(operator: Operator, lawyer: Person) -> None:
    said = operator.types("create-account", "--login", "LI", "--name", "李", "--role", "lawyer")
    assert (said.code, said.err) == (1, "gongyou: --login li: somebody has it; choose another\n")


def test_the_list_tells_who_is_in_and_who_was_invited(operator: Operator, lawyer: Person) -> None:
    operator.types(*NEW)
    operator.types("deactivate", "li")
    states = [line.split("\t")[0:4:3] for line in operator.types("list-accounts").out.splitlines()]
    assert states[1:] == [["sun", "invited"], ["li", "deactivated"]]


def test_the_list_as_json(operator: Operator, lawyer: Person) -> None:
    (only,) = json.loads(operator.types("list-accounts", "--json").out)
    assert (only["login"], only["role"], only["active"]) == ("li", "lawyer", True)


def test_keeping_somebody_out_names_the_cases_in_their_hands(
    desk: Desk, operator: Operator, lawyer: Person, case: OpenedTicket
) -> None:
    with desk.transaction() as session:
        ticket = session.get_one(Ticket, case.ticket.id)
        ticket.status, ticket.person_id = "accepted", lawyer.id
    said = operator.types("deactivate", "li")
    assert said.out.splitlines()[1].endswith(f": {case.ticket.id}")


def test_a_reset_ends_the_old_password_and_gives_a_link(
    desk: Desk, operator: Operator, lawyer: Person
) -> None:
    said = operator.types("reset-password", "li")
    assert said.out.splitlines()[-1].startswith(LINK)
    with desk.reading() as session:
        assert check_password(session, "li", "correct horse battery") is None


def test_somebody_who_never_joined_gets_a_new_link(operator: Operator) -> None:
    operator.types(*NEW)
    assert "72 hours" in operator.types("reset-password", "sun").out


def test_nobody_of_that_login(operator: Operator) -> None:
    for command in ("reset-password", "deactivate"):
        assert operator.types(command, "nobody").code == 1


def test_a_slip_in_the_databases_address_makes_no_new_one(operator: Operator) -> None:
    operator.environment["GONGYOU_DATABASE_URL"] += "x"
    said = operator.types("list-accounts")
    assert said.code == 1 and "no such database" in said.err


def test_without_a_key_the_cure_is_told(operator: Operator) -> None:
    del operator.environment["GONGYOU_KEY"]
    assert "GONGYOU_KEY must be" in operator.types("list-accounts").err
