"""Repairs to Rasa 3.6.21, applied only to exactly that release.

Stock Rasa checks its own constant JSON schema again on every action call (15 ms, more than half
of the server's time). Here the schema is checked and compiled once; what is accepted and refused
stays the same (tests/bot/test_patches.py compares the two).
It also waits up to 300 seconds for an action although the conversation's lock is lost after 60.
"""

from __future__ import annotations

import logging
from typing import Any

import rasa
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions import action
from rasa.core.actions.action import RemoteAction

logger = logging.getLogger(__name__)

FOR_RASA = "3.6.21"
ACTION_TIMEOUT = 30  # seconds; must stay below the lock's 60

_HINT = ". The reply of the action server does not have the expected form."
_stock_check = RemoteAction._validate_action_result


def apply() -> bool:
    """Apply the repairs; return whether this Rasa is the release they were written for."""
    if rasa.__version__ != FOR_RASA:
        logger.warning("Rasa %s is not %s: repairs left out.", rasa.__version__, FOR_RASA)
        return False
    check = compiled_check()

    def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
        return check(result)

    RemoteAction._validate_action_result = _validate_action_result
    action.DEFAULT_REQUEST_TIMEOUT = ACTION_TIMEOUT
    return True


def compiled_check() -> Any:
    """Return a function that is true for a well-formed result and raises ValidationError else."""
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def check(result: Any) -> bool:
        error = next(validator.iter_errors(result), None)
        if error is not None:
            raise ValidationError(error.message + _HINT)
        return True

    return check


def stock_check(result: Any) -> bool:
    """Check a result as stock Rasa does, for comparison."""
    return _stock_check(RemoteAction("action", None), result)
