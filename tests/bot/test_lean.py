"""Rasa starts without TensorFlow, and says so when something would really need it."""

import os
import subprocess
import sys

from tests.bot.conftest import ROOT


def run(code):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}
    command = [sys.executable, "-W", "ignore", "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_every_component_of_rasa_can_be_imported_without_tensorflow():
    done = run(
        "from bot.lean import leave_out_tensorflow; assert leave_out_tensorflow()\n"
        "import rasa.engine.recipes.default_components, rasa.core.run, rasa.cli.run, sys\n"
        "assert not hasattr(sys.modules['tensorflow'], '__file__')"
    )
    assert done.returncode == 0, done.stderr[-500:]


def test_what_would_compute_with_tensorflow_is_refused():
    done = run(
        "from bot.lean import leave_out_tensorflow; leave_out_tensorflow()\n"
        "import tensorflow as tf; tf.constant([1, 2])"
    )
    assert done.returncode == 1 and "TensorFlow is left out" in done.stderr


def test_another_release_of_rasa_is_left_alone():
    done = run(
        "import rasa.version; rasa.version.__version__ = '3.7.0'\n"
        "from bot.lean import leave_out_tensorflow; assert not leave_out_tensorflow()"
    )
    assert done.returncode == 0
