# The commands of the project. Everything runs inside .venv, which is made on first use.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export DAGSTER_DISABLE_TELEMETRY := yes
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
# Installed packages are compiled once; without this, importing dbt costs twice as much on every run.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo demo-postgres ui test check fix bench soak snapshot clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

setup: $(STAMP) ## make the virtual environment and install the pinned dependencies

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-warn-script-location --compile -c constraints.txt setuptools wheel
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-warn-script-location --compile -c constraints.txt --no-build-isolation -e '.[postgres,dev]'
	touch $(STAMP)

demo: $(STAMP) ## the main job on made-up authorities, from daily batches and annual returns to the report
	$(BIN)/csc demo

demo-postgres: $(STAMP) ## the same on a Postgres server that is started for it
	$(BIN)/csc demo --postgres

ui: $(STAMP) ## serve the Dagster UI on the same data, at http://127.0.0.1:3000
	$(BIN)/csc ui

test: $(STAMP) ## run every test
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: $(STAMP) ## lint, check types, check generated documents and that the definitions load; changes nothing
	@failed=0; \
	for step in \
	  "ruff check ." \
	  "ruff format --check ." \
	  "mypy" \
	  "python -m tools.docs --check" \
	  "python -m tools.load_definitions"; \
	do echo "== $$step"; $(BIN)/$$step || failed=1; done; exit $$failed

fix: $(STAMP) ## format, mend what can be mended, and write the generated documents anew
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m tools.docs

snapshot: $(STAMP) ## accept a change of the jobs, schedules, sensors and assets that Dagster is offered
	$(BIN)/python -m tools.snapshot

bench: $(STAMP) ## measure speed, memory and growth; figures, not pass or fail
	$(BIN)/python -m benchmarks

soak: $(STAMP) ## load the receiver with a hundred thousand batches: speed, memory, receipts, and where the limit is
	$(BIN)/python -m benchmarks.soak

clean: ## remove the virtual environment and what was built; data under .csc stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info build
