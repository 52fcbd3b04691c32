# Two commands for people: `make serve` and `make test`. Everything else is in the README.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: serve test check build format clean

serve: $(VENV)/.installed  ## Build the graph if needed, and serve it at http://127.0.0.1:8000/
	@$(BIN)/visidaerah build
	@exec $(BIN)/visidaerah serve --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-dev  ## Run all tests; those that lack Java or Chromium say so
	$(BIN)/pytest

check: $(VENV)/.installed-dev  ## What CI checks besides the tests: style, types, ontology format, the graph
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/turtlefmt --check ontology data
	$(BIN)/visidaerah check

build: $(VENV)/.installed  ## Build data/graph/ from data/documents/
	$(BIN)/visidaerah build

format: $(VENV)/.installed-dev  ## Format Python and Turtle
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/turtlefmt ontology data

clean:  ## Remove what make made
	rm -rf $(VENV) build dist server/*.egg-info

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing. Install Python 3.11 or newer, or say make PYTHON=/path/to/python."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is $$($(PYTHON) -V). Python 3.11 or newer is needed: make PYTHON=/path/to/python."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing into $(VENV) (a minute or so, once) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing what the tests need into $(VENV) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@
