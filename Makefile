.DEFAULT_GOAL := help
.PHONY: help setup lock format check quick test contracts
UV := $(or $(shell command -v uv 2>/dev/null),.tools/bin/uv)
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/.done ## what a fresh machine lacks: uv, the locked environment

.tools/bin/uv:
	python3 -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv==0.13.9

.venv/.done: requirements.lock pyproject.toml | $(UV)
	$(UV) venv --quiet --allow-existing --python python3 .venv
	$(UV) pip sync --python $(BIN)/python --require-hashes requirements.lock
	$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

lock: | $(UV) ## requirements.lock: names, versions, hashes, no address
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --all-extras \
	  --group dev --exclude-newer "7 days" --output-file requirements.lock pyproject.toml

format: setup ## let ruff have its way
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: setup ## everything that runs no test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/kiemtra contracts check

quick: setup ## the tests that start no server
	$(BIN)/pytest -m "not embedded and not docker"

test: setup ## the default tests: real Postgres and Kafka included
	$(BIN)/pytest

contracts: setup ## write contracts/schemas from the code
	$(BIN)/kiemtra contracts build
