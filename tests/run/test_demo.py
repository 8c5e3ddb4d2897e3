"""The demonstration's people and their generated passwords."""

import json
import stat
from pathlib import Path

from gongyou.desk.people.accounts import check_password, fetch_person
from gongyou.desk.people.roles import ROLES
from gongyou.run.demo import PEOPLE, write_people
from gongyou.run.secrets import SECRETS, read_or_make
from gongyou.wiring import Desk


def test_secrets_are_made_once_and_for_this_user_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secrets.json"
    made = read_or_make(path)
    assert made.keys() == SECRETS.keys()
    assert read_or_make(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_an_older_file_lacks_is_added_and_the_rest_kept(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(json.dumps({"GONGYOU_KEY": "the old key"}))
    assert read_or_make(path)["GONGYOU_KEY"] == "the old key"
    assert read_or_make(path) == json.loads(path.read_text()) != {"GONGYOU_KEY": "the old key"}


def test_there_is_somebody_of_every_role_who_can_sign_in(desk: Desk, tmp_path: Path) -> None:
    environment = read_or_make(tmp_path / "secrets.json")
    write_people(desk, environment)
    with desk.reading() as session:
        found = [
            check_password(session, person.login, environment[person.password_variable])
            for person in PEOPLE
        ]
        assert {person.role for person in found if person} == set(ROLES)
        officer = fetch_person(session, "officer")
        assert officer is not None and officer.on_duty
