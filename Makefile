# Every command of the house. On a machine with Python 3.11 or newer and nothing else, each target sets up what it needs;
# the stamps in .venv remember what was set up, so that the second time starts at once.

VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := $(VENV)/.stamps
PROJECT := pyproject.toml requirements.lock
# Processes that share the tests.
WORKERS ?= 2
# `make run RUN="--port 9000 --workers 2"` adds flags.
RUN ?=

.DEFAULT_GOAL := help
.PHONY: help run test check format coverage load measure ceiling layers growth pages soak year omgevingen machines screenshots voorwaarden lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(STAMPS)/run ## Start the simulator on http://127.0.0.1:8000 and deliver a first message
	@exec $(BIN)/mosim serve --demo $(RUN)

test: $(STAMPS)/dev ## Run the whole suite, on SQLite and PostgreSQL (ARGS="-k aanlevering" for a part)
	@PATH="$(CURDIR)/$(BIN):$$PATH" WORKERS=$(WORKERS) .ci/test $(ARGS)

check: $(STAMPS)/dev ## Run every gate: style, types, floors, dependencies, security, migrations, containers
	@PATH="$(CURDIR)/$(BIN):$$PATH" .ci/check

format: $(STAMPS)/dev ## Put the code in the style of the house
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

coverage: $(STAMPS)/dev ## Run the suite and show which lines it never reached
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest $(ARGS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

load: $(STAMPS)/dev ## Put a simulator under load, and write a report (RATE=60 DURATION=30s SCENARIO=mixed SHAPE=constant)
	@PATH="$(CURDIR)/$(BIN):$$PATH" loadtests/run

measure: ## Measure start-up, memory, reset and the rate of deliveries
	@loadtests/measure $(ARGS)

ceiling: ## Measure the ceiling of deliveries beside the general mock servers (ARGS="--only wiremock --seconds 2")
	@loadtests/ceiling $(ARGS)

layers: ## Measure where the time of one delivery goes, layer by layer
	@loadtests/layers $(ARGS)

growth: ## Fill an omgeving to 10 million messages and measure on the way (ARGS="--sizes 10_000,100_000")
	@loadtests/growth $(ARGS)

pages: ## Measure the first byte of every page with 100,000 messages in the box (ARGS="--messages 1000")
	@loadtests/pages $(ARGS)

soak: ## Deliver for 10 minutes at 80 % of the ceiling (ARGS="--hour" for an hour on 10 million)
	@loadtests/soak $(ARGS)

year: ## Play an administrative year of 8 million messages (ARGS="--messages 100_000")
	@loadtests/year $(ARGS)

omgevingen: ## Use 100 omgevingen at once and weigh them (ARGS="--number 20")
	@loadtests/omgevingen $(ARGS)

machines: ## Rehearse the road past one machine: replica, simulators, balancer, load, one taken away (ARGS="--rate 50")
	@loadtests/machines $(ARGS)

screenshots: $(STAMPS)/dev ## Take the pictures of docs/images anew, and of every page into build/screenshots
	@$(BIN)/python -m docs.screenshots

voorwaarden: $(STAMPS)/dev ## Write docs/voorwaarden.md anew: article, rules, tests
	@$(BIN)/python -m docs.voorwaarden

lock: $(STAMPS)/dev ## Renew requirements.lock from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --quiet --upgrade --all-extras --universal --python-version 3.11 \
		--strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements.lock

clean: ## Remove what was set up and what the tools left behind
	@rm -rf $(VENV) build dist htmlcov .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(STAMPS)/venv:
	@python=$$(.ci/find-python) && echo "Making $(VENV) with $$python" && $$python -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/venv $(PROJECT)
	@echo "Installing the simulator (once)"
	@$(BIN)/pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/venv $(PROJECT)
	@echo "Installing the simulator with all that the tests and checks need (once)"
	@$(BIN)/pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[postgres,load,pdf,test,check]'
	@# Of this package one file is read: the rules of EN 16931 as CEN publishes them. What it stands on is not installed.
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps mcp-einvoicing-core==1.34.1 || echo "Without it those tests are skipped"
	@touch $@ $(STAMPS)/run
