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

BUILDER ?= $(shell command -v podman || command -v docker || echo buildah)
IMAGE ?= localhost/eventflow-chat:latest

.PHONY: image sbom
image: ## The image (podman, docker or buildah); BUILD="--build-arg PYTHON=...@sha256:..." pins its base
	$(BUILDER) build $(BUILD) --build-arg REVISION=$(shell git rev-parse HEAD) -f deploy/image/Containerfile -t $(IMAGE) .

sbom: ## What the program consists of, as CycloneDX: dist/sbom.cdx.json (the image holds its own, /app/sbom.cdx.json)
	@$(ENOUGH)
	rm -rf dist/sbom && mkdir -p dist/sbom
	$(PYTHON) -m venv dist/sbom/tool && dist/sbom/tool/bin/python -m pip install --quiet --no-deps --require-hashes -r deploy/image/sbom.lock
	$(PYTHON) -m venv --without-pip dist/sbom/program && dist/sbom/tool/bin/python -m pip --python dist/sbom/program/bin/python install --quiet --no-deps --require-hashes -r requirements.lock
	dist/sbom/tool/bin/python -m cyclonedx_py environment --no-validate --output-reproducible --pyproject pyproject.toml --output-file dist/sbom.cdx.json dist/sbom/program/bin/python
	rm -rf dist/sbom

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache
