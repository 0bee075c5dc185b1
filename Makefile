# qippctl: `make` lists the targets. Python 3.11 or newer and make are all that is needed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEMO   := .demo
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types expected schemas samples bench bench-ledger bench-documents lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "qippctl needs Python 3.11 or newer; found $$($(PYTHON) -V). Try: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP) ## install into .venv, read the samples and print the newest RAG table
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/qippctl ingest samples --ledger sqlite:///$(DEMO)/demo.db
	$(BIN)/qippctl rag --ledger sqlite:///$(DEMO)/demo.db

test: $(STAMP) ## install and run the whole test suite
	$(BIN)/python -m pytest -n $(WORKERS)

check: lint types test ## what CI runs: lint, types and tests

lint: $(STAMP) ## ruff: style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP) ## mypy, strict on models, calc, interpret and audit
	$(BIN)/mypy

expected: $(STAMP) ## write missing samples/*.expected.json (FORCE=1 rewrites all; read the diff)
	$(BIN)/python tests/expected.py $(if $(FORCE),--force)

schemas: $(STAMP) ## write schemas/*.schema.json from the models, docs/findings.md from the rules
	$(BIN)/qippctl schema --write schemas
	$(BIN)/qippctl explain --format md -o docs/findings.md

samples: $(STAMP) ## write the sample papers anew
	$(BIN)/python samples/make_samples.py

bench: $(STAMP) ## measure PDF tables beside other readers (bench/requirements.txt has them)
	$(BIN)/python bench/pdf.py

bench-ledger: $(STAMP) ## measure answers from 10,000 schemes x 36 months beside bare reads of their rows
	$(BIN)/python bench/ledger.py

bench-documents: $(STAMP) ## measure how the cost of a month's documents grows with the number of schemes
	$(BIN)/python bench/documents.py

lock: $(STAMP) ## pin the newest allowed versions in requirements.lock
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements.lock

clean: ## remove .venv, the demo ledger and caches
	rm -rf $(VENV) $(DEMO) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
