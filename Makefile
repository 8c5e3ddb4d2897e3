# Two commands: `make run` starts the assistant, `make test` passes the tests.
# Both need only git, make and a Python >= 3.9; scripts/bootstrap.py brings the rest.
PYTHON ?= python3
BOOT = $(PYTHON) scripts/bootstrap.py
PY = .venv/bin/python
BOT = RASA_TELEMETRY_ENABLED=false PYTHONPATH=. bot/.venv/bin/python

.PHONY: run test check train evaluate setup clean

run:
	@$(BOOT) -m gongyou run

test: setup
	@$(PY) -m gongyou train --untaught
	$(BOT) -m rasa data validate --fail-on-warnings --quiet
	$(BOT) -m rasa test core --e2e --stories tests/rasa --fail-on-prediction-errors --no-plot \
		--out var/rasa --quiet
	$(BOT) -m pytest -q -c tests/bot/pytest.ini tests/bot tests/evaluation
	$(PY) -m pytest -q -n 2 --dist loadgroup --no-loadscope-reorder

check: setup
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m gongyou rulebook check

# Our own data, and what officers have taught and approved, through the gate; or back to run RUN.
train: setup
	@$(PY) -m gongyou train $(if $(RUN),--rollback "$(RUN)")

# How well it understands: folds of our own sentences, or FILE=questions.jsonl and the newest model.
evaluate: setup
	@$(BOT) -m evaluation $(if $(FILE),--data "$(FILE)")

setup:
	@$(BOOT)

clean:
	rm -rf .venv bot/.venv .tools models var
