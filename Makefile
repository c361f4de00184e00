PYTHON ?= python3.11
VENV := .venv
STAMP := $(VENV)/.installed

.PHONY: help setup demo test lint check clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP) ## build .venv with the pult command in it

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(VENV)/bin/pult messages
	$(VENV)/bin/python -m compileall -q pult
	@touch $(STAMP)

demo: setup ## load the demo agency and serve it at http://localhost:8000
	PULT_HOME=$${PULT_HOME:-var/demo} $(VENV)/bin/pult demo

test: setup lint ## run every test there is
	$(VENV)/bin/python -m pytest -n auto --dist loadgroup

lint: setup ## look for slips of style and of layers
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports

check: setup ## run every example of every clause card
	$(VENV)/bin/pult check

clean: ## forget the environment and the caches, keep the data
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis *.egg-info
