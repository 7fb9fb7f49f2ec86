# Every command sets up what it needs on a machine that has Python 3.11 (or newer) and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
WORKERS ?= 3
ENOUGH = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; run make with PYTHON=/path/to/it")'

.PHONY: demo test setup check schema bench clean
.DEFAULT_GOAL := demo

demo: $(STAMP) ## A Slack and a Telegram chat side by side, on a real database, with a real conference
	@$(BIN)/eventflow demo

test: $(DEV_STAMP) ## Everything: style, types, imports, unit, integration, contract, end to end
	@$(MAKE) --no-print-directory style
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

setup: $(DEV_STAMP) ## Only the set-up

check: $(DEV_STAMP) ## Under a minute: style, types, imports, unit tests
	@$(MAKE) --no-print-directory style
	$(BIN)/python -m pytest -q -n $(WORKERS) tests/unit

.PHONY: style
style:
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .
	$(BIN)/basedpyright --level error
	PYTHONPATH=. $(BIN)/lint-imports --no-cache

schema: $(DEV_STAMP) ## Write migrations/schema.sql, today's schema to be read
	$(BIN)/python -m migrations.schema

bench: $(DEV_STAMP) ## The figures of docs/performance.md, as ratios measured in one run
	$(BIN)/eventflow bench

$(STAMP): requirements.lock pyproject.toml deploy/setup.py
	@$(ENOUGH)
	@echo "Installing (once) ..."
	@$(PYTHON) deploy/setup.py requirements.lock
	@touch $@

$(DEV_STAMP): requirements-dev.lock pyproject.toml deploy/setup.py
	@$(ENOUGH)
	@echo "Installing (once) ..."
	@$(PYTHON) deploy/setup.py requirements-dev.lock
	@touch $@ $(STAMP)

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache
