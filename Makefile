# The commands of the project; `make help` lists them. Everything installs into .venv.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --constraint requirements.lock

.DEFAULT_GOAL := help
.PHONY: help serve build train evaluate ask check format test browser clean

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

serve: $(VENV)/.build ## Build what is missing and serve on http://localhost:8000 (PORT=, HOST=)
	@exec $(BIN)/python -m scripts.serve --build --host $(HOST) --port $(PORT)

build: $(VENV)/.build ## Build the model and the vectors if they are not current
	@$(BIN)/python -m scripts.build_embeddings

train: $(VENV)/.train ## Train the adapter again (under an hour on two cores), then build
	@$(BIN)/python -m scripts.train
	@$(BIN)/python -m scripts.build_embeddings

evaluate: $(VENV)/.evaluate build ## Measure the recognition on the dev set (reports/evaluation.html)
	@$(BIN)/python -m scripts.evaluate --report reports/evaluation.html --json reports/evaluation.json

ask: $(VENV)/.build ## Answer one objection in the terminal: make ask TEXT="..."
	@$(BIN)/python -m scripts.ask "$(TEXT)"

check: $(VENV)/.test ## Check format, style, types, the knowledge and its sources
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m scripts.lint_knowledge
	$(BIN)/python -m scripts.check_sources --quiet

format: $(VENV)/.test ## Put the code in its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: $(VENV)/.test browser build ## Install what tests need (a browser too) and run them all
	$(BIN)/python -m pytest --cov

browser: $(VENV)/.test
	@sh tests/find_or_install_chromium.sh $(BIN)/python

clean: ## Remove what was built; the virtual environment stays
	rm -rf embeddings/build .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache *.egg-info reports

$(VENV)/bin/python:
	@echo "Creating the virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.build: pyproject.toml requirements.lock | $(VENV)/bin/python
	@echo "Installing what serving and building need (a few minutes, once)"
	@$(PIP) --editable '.[build]'
	@touch $@

$(VENV)/.train: $(VENV)/.build
	@$(PIP) --editable '.[build,train]'
	@touch $@

$(VENV)/.evaluate: $(VENV)/.build
	@$(PIP) --editable '.[build,evaluate]'
	@touch $@

$(VENV)/.test: $(VENV)/.build
	@echo "Installing what tests need"
	@$(PIP) --editable '.[build,train,evaluate,test]'
	@touch $@
