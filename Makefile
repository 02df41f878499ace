# On a machine with python3 (3.11 or later, with venv), make and git: `make demo`, `make test`.
.DEFAULT_GOAL := help
.PHONY: help setup demo up test quick bench test-docker chaos sabotage check format contracts lock lock-jars clean
UV := $(or $(shell command -v uv 2>/dev/null),.tools/bin/uv)
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
OFFLINE := echo "Packages could not be fetched: connect this machine, or name a mirror (UV_DEFAULT_INDEX, \
PIP_INDEX_URL), and run make setup again." >&2; exit 1

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/.done ## what a fresh machine lacks: uv, the locked packages, Kafka's jars
	@$(BIN)/python -m services.chassis.embedded

demo: setup ## one campaign, told by the four services on real servers
	$(BIN)/kiemtra demo

up: setup ## an empty system, until Ctrl-C
	$(BIN)/kiemtra up

test: setup ## the default tests: real Postgres and Kafka included
	$(BIN)/pytest

quick: setup ## the tests that start no server
	$(BIN)/pytest -m "not embedded and not docker and not chaos_full"

test-docker: setup ## the contract suites and the story on containers
	$(BIN)/pytest -m docker

chaos: setup ## every fault under load, three seeds; SEEDS="4 5", EVENTS=100000, MINUTES=60
	SEEDS="$(SEEDS)" EVENTS="$(EVENTS)" MINUTES="$(MINUTES)" $(BIN)/pytest tests/chaos -m "not docker"

sabotage: setup ## every guard taken out once, and the test that notices; ONLY=name, JOBS=2
	$(BIN)/python -m tests.sabotage $(if $(ONLY),--only $(ONLY)) $(if $(JOBS),--jobs $(JOBS))

check: setup ## everything that runs no test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/kiemtra contracts check
	$(BIN)/kiemtra logs check
	$(BIN)/python -m tests.seeds --check

format: setup ## let ruff have its way
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## the ratios against raw drivers; ONLY=P5 for one, RUNS=5, SMALL=100000 (P12)
	$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY)) $(if $(RUNS),--runs $(RUNS))

contracts: setup ## write all that is generated: schemas, AsyncAPI, docs
	$(BIN)/kiemtra contracts build
	$(BIN)/kiemtra logs docs
	$(BIN)/python -m tests.seeds
	$(BIN)/python -m tests.faults

lock: | $(UV) ## requirements.lock: names, versions, hashes, no address
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --all-extras \
	  --group dev --exclude-newer "7 days" --output-file requirements.lock pyproject.toml

lock-jars: setup ## kafka.lock: Kafka's jars by sha256 (read the diff)
	$(BIN)/python -m services.chassis.embedded lock

clean: ## forget what setup made in this checkout
	rm -rf .venv .tools

.tools/bin/uv:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kiemtra needs python3 3.11 or later; this is $$(python3 --version)" >&2; exit 1; }
	@echo "Fetching uv"
	@python3 -m venv .tools || \
	  { echo "python3 lacks venv: install it (Debian: apt install python3-venv)" >&2; exit 1; }
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==0.13.9 || { $(OFFLINE); }

.venv/.done: requirements.lock pyproject.toml | $(UV)
	@$(UV) venv --quiet --allow-existing --python python3 .venv
	@$(UV) pip sync --python $(BIN)/python --require-hashes requirements.lock || { $(OFFLINE); }
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
