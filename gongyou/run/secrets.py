"""The demonstration's secrets: made once, kept in var/secrets.json for this user's eyes only."""

import base64
import json
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

PASSWORD_BYTES = 9  # 72 bits, twelve characters


def _key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _token() -> str:
    return secrets.token_urlsafe(32)


def _password() -> str:
    return secrets.token_urlsafe(PASSWORD_BYTES)


SECRETS: Mapping[str, Callable[[], str]] = {
    "GONGYOU_KEY": _key,
    "RASA_TOKEN": _token,
    "ACTION_TOKEN": _token,
    "DEMO_LAWYER_PASSWORD": _password,
    "DEMO_LAWYER2_PASSWORD": _password,
    "DEMO_OFFICER_PASSWORD": _password,
    "DEMO_EDITOR_PASSWORD": _password,
    "DEMO_AUDITOR_PASSWORD": _password,
    "DEMO_HOTLINE_PASSWORD": _password,
    "DEMO_ADMIN_PASSWORD": _password,
}


def read_or_make(path: Path) -> dict[str, str]:
    """Every secret by its environment variable's name; what the file has not yet is made."""
    kept: dict[str, str] = {}
    if path.exists():
        kept = json.loads(path.read_text(encoding="utf-8"))
    made = {name: make() for name, make in SECRETS.items() if name not in kept}
    if made:
        _write(path, kept | made)
    return kept | made


def _write(path: Path, content: Mapping[str, str]) -> None:
    """The whole file or nothing of it: the key in it is all that opens the database."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
