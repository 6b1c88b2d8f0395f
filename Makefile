# Every target sets up what it needs. On a bare Debian: git, make, python3 >= 3.11 and pip are enough.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV := .tools/bin/uv
VENV := .venv
PYTHON := $(VENV)/bin/python
WORKERS ?= 2
TESTERS ?= 3
PORT ?= 8080
# Where a shell forbids compiled files, each of the workers would rewrite the asserts of every test in every run.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help setup run test check bench screens audit lock clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(VENV)/.ready  ## make .venv from requirements.lock

$(UV):
	python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --target .tools 'uv>=0.9,<1'

$(VENV)/.ready: requirements.lock pyproject.toml | $(UV)
	$(UV) venv --quiet --allow-existing $(VENV)
	$(UV) pip install --quiet --compile-bytecode --python $(PYTHON) --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(PYTHON) --no-deps --editable .
	$(PYTHON) -m compileall -q -j 0 gtfs mobility api demo
	$(VENV)/bin/hent map library || true
	$(VENV)/bin/hent kernels || true
	touch $@

run: setup  ## serve the demo territory on http://127.0.0.1:8080; DAY=storm: on an invented disturbed day
	$(VENV)/bin/hent serve --port $(PORT) --workers $(WORKERS) $(if $(filter storm,$(DAY)),--disturbed)

test: setup  ## run every test; TESTERS: one more than the machine has processors, as each waits for what it started
	$(PYTHON) -m pytest -n $(TESTERS) --dist loadscope --no-loadscope-reorder

check: setup  ## ruff, mypy strict, direction of imports, one meaning a name
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(PYTHON) -m pytest tests/test_architecture.py tests/test_words.py

bench: setup  ## print the benchmark tables
	$(UV) pip install --quiet --python $(PYTHON) --require-hashes -r requirements-bench.lock
	$(PYTHON) -m benchmarks

screens: setup  ## pictures of every page in build/screens/, a chosen few in docs/screens/
	$(PYTHON) -c "from benchmarks.screens import run; print(run())"

audit: | $(UV)  ## look for known holes in the pinned versions (asks an index of them over the network)
	$(UV) tool run --from 'pip-audit>=2.10,<3' pip-audit --require-hashes --disable-pip -r requirements.lock

lock: | $(UV)  ## resolve requirements.lock and requirements-bench.lock anew
	$(UV) pip compile pyproject.toml --extra test --extra lint $(LOCK_FLAGS) -o requirements.lock
	$(UV) pip compile pyproject.toml --extra bench $(LOCK_FLAGS) -o requirements-bench.lock

LOCK_FLAGS := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links

clean:  ## remove .venv, .tools and caches (not var/, which is your data)
	rm -rf $(VENV) .tools .mypy_cache .ruff_cache .pytest_cache
