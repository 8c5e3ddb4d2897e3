"""What `make run` starts."""

from pathlib import Path

from gongyou.run import assistant


def test_three_servers_and_the_clerk_are_started_and_only_the_servers_listen(
    tmp_path: Path,
) -> None:
    (tmp_path / "models").mkdir()
    ports = {variable: str(port) for _, variable, port in assistant.PORTS}
    listening = {one.name: one.port for one in assistant.services(tmp_path, ports)}
    assert listening == {
        "Rasa": 5005,
        "the action server": 5055,
        "the gateway": 8000,
        "the clerk": None,
    }
