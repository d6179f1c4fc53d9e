# Every target sets up what it needs by itself; `make` alone lists them. Options of a command: make test ARGS="-k tangent"
.DEFAULT_GOAL := help
.PHONY: help demo setup test test-all lint bench bench-film constraints
.SUFFIXES:

BIN := .venv/bin
SETUP := @sh scripts/setup.sh
ARGS ?=

help: ## List the targets
	@echo "steepest: lecture films and a PDF report about gradient descent"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "PYTHON=python3.12 make setup chooses the interpreter (3.11 or newer)."

demo: ## Set up, then render the lecture 'houses' at 480p with its report into output/houses
	$(SETUP)
	$(BIN)/steepest batch houses -q l -o output $(ARGS)
	@echo "Made by this demo:"
	@for file in output/houses/*; do printf '  %6s  %s\n' "$$(du -h "$$file" | cut -f1)" "$$file"; done

setup: ## Install what is missing on the system, .venv and the package; a second run does nothing
	$(SETUP)
	@echo "steepest is set up: $(BIN)/steepest --help"

test: ## Set up with the development tools, then run the tests on all cores
	$(SETUP) --dev
	$(BIN)/python -m pytest -n auto $(ARGS)

test-all: ## The tests with those that take long: 1500 lectures made by chance (half an hour)
	$(SETUP) --dev
	$(BIN)/python -m pytest -n auto -m "long or not long" $(ARGS)

lint: ## Check style (ruff) and types (mypy, strict)
	$(SETUP) --dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: ## Run the benchmarks of the core
	$(SETUP) --dev
	@if [ -f benchmarks/run.py ]; then $(BIN)/python benchmarks/run.py $(ARGS); \
	else echo "There are no benchmarks: benchmarks/run.py is not in this checkout."; fi

bench-film: ## Measure films beside stock tools and the bare encoder (about an hour): ARGS="--only surface,start"
	$(SETUP) --dev
	@if [ -f benchmarks/film/__main__.py ]; then $(BIN)/python -m benchmarks.film $(ARGS); \
	else echo "There are no benchmarks: benchmarks/film is not in this checkout."; fi

constraints: ## Renew constraints.txt: add and drop pins to fit pyproject.toml; UPGRADE=1 takes the newest of all
	$(SETUP) --dev
	@sh scripts/constraints.sh
