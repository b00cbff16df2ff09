# Two commands: `make demo` shows the tool on the sample corpus, `make test` checks everything. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_DB := .demo/claims.db

.PHONY: demo test check format docs clean

# pip sees a constraint on torch first: an unpinned torch drags in gigabytes of CUDA.
$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt torch
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $@

demo: $(VENV)/.ready ## Read seeds/ into a scratch database and look at it
	@mkdir -p $(dir $(DEMO_DB))
	@$(BIN)/claims --db $(DEMO_DB) ingest seeds/*.md
	@$(BIN)/claims --db $(DEMO_DB)

test: check ## Everything: style, types, import layers, tests
	$(BIN)/pytest -n 2 --dist loadfile

check: $(VENV)/.ready-dev ## Style, types, import layers
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.ready-dev ## Sort imports and mend what can be mended
	$(BIN)/ruff check --fix .

docs: $(VENV)/.ready ## Make schema.sql and the pictures anew
	$(BIN)/python -m db
	$(BIN)/python docs/pictures/make.py

clean: ## Remove what these commands made
	rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache
