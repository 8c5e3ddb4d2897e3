"""The demonstration's secrets: made once, kept in var/secrets.json for this user's eyes only."""

import base64
import json
import os
import secrets
from pathlib import Path

PASSWORD_BYTES = 9  # 72 bits, twelve characters


def read_or_make(path: Path) -> dict[str, str]:
    """Every secret by its environment variable's name, made on the first start."""
    if path.exists():
        kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return kept
    made = {
        "GONGYOU_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "RASA_TOKEN": secrets.token_urlsafe(32),
        "ACTION_TOKEN": secrets.token_urlsafe(32),
        "DEMO_LAWYER_PASSWORD": secrets.token_urlsafe(PASSWORD_BYTES),
        "DEMO_OFFICER_PASSWORD": secrets.token_urlsafe(PASSWORD_BYTES),
    }
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(made, file, indent=1)
    return made
