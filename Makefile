# One door for everyone who works on or tries Kamerstukken: make demo, make test, make lint. Nothing is needed before them but
# Python 3.11 or later, make and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
PORT ?= 8000
PAPERS ?= 60
SIZE ?= 10000
EVERY ?= 1

.DEFAULT_GOAL := help
.PHONY: help install demo test lint format lock screenshots relevance costs bench bench-web clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; say make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

install: $(VENV)/installed ## Make the environment in .venv

demo: install ## Index the bundled sample (ONLINE=1: real papers), search it, and serve it on http://127.0.0.1:8000/
ifdef ONLINE
	@echo "$(BIN)/kamerstukken harvest --dossier 31066 --limit $(PAPERS) --data $(DATA)"
	@$(BIN)/kamerstukken harvest --dossier 31066 --limit $(PAPERS) --data $(DATA) || test $$? -ne 3 || { \
	    echo "The official source could not be used, for the reason above; the fictional sample is used instead."; \
	    $(BIN)/kamerstukken index data/sample --data $(DATA); }
else
	$(BIN)/kamerstukken index data/sample --data $(DATA)
endif
	$(BIN)/kamerstukken search Cool:Gen --data $(DATA) --limit 5
	$(BIN)/kamerstukken serve --data $(DATA) --port $(PORT)

test: install ## Run the tests on all processors (with coverage)
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadscope --cov --cov-report= --cov-fail-under=85

lint: install ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install ## Put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: install ## Renew requirements.lock from pyproject.toml
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --no-strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock pyproject.toml

relevance: install ## Measure how well papers are found (KAMERSTUKKEN_REAL=folder: also real ones; EVERY=10: fewer questions)
	$(BIN)/python -m benchmarks.relevance --every $(EVERY)

costs: install ## Count what the costliest queries cost over 50,000 generated papers
	$(BIN)/python -m benchmarks.costs

bench: install ## Index and search SIZE generated papers with this project, SQLite FTS5 and Tantivy
	$(BIN)/python -m benchmarks.speed --size $(SIZE) --write

bench-web: install ## Load the pages from eight clients, over 50,000 generated papers (needs wrk)
	$(BIN)/python -m benchmarks.web

screenshots: install ## Make the pictures of all kinds of pages in build/screenshots, and those of this README
	$(BIN)/python -m tests.browser.screenshots

clean: ## Remove the environment and caches; papers and index stay
	rm -rf $(VENV) build *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
