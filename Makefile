# Every target makes what it needs in one .venv here (tools/venv.sh) and reuses it.
# Only python3, 3.11 or newer, is needed. Another interpreter:  make app PYTHON=python3.12

PYTHON ?= python3
PYTEST_ARGS ?= -n 2
FUZZ_SECONDS ?= 600
SETUP = @sh tools/venv.sh "$(PYTHON)"
BIN = .venv/bin

.NOTPARALLEL:
.PHONY: help app build test soak lint bench peers wheel clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

app: ## build the corpus and read it in the browser
	$(SETUP) default
	$(BIN)/aligner build
	$(BIN)/aligner app

build: ## align every letter of corpus/letters.toml again
	$(SETUP) default
	$(BIN)/aligner build

test: ## run the tests
	$(SETUP) test
	$(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

soak: ## property tests with many more examples, the long tests of faults, damaged and fuzzed files
	$(SETUP) test
	HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest $(PYTEST_ARGS) -m "hypothesis or soak"
	$(BIN)/python tests/fuzz_documents.py --seconds $(FUZZ_SECONDS)
	$(BIN)/python tests/fuzz_exchange.py --seconds $(FUZZ_SECONDS)

lint: ## check style and types
	$(SETUP) lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: ## measure times, memory and sizes
	$(SETUP) test
	$(BIN)/python benchmarks/bench.py

peers: ## compare with other aligners on gold: make peers GOLD=FOLDER PYTHON=python3.12
	@test -n "$(GOLD)" || { echo "say where the gold is: make peers GOLD=FOLDER_OF_INTERTEXT" >&2; exit 2; }
	$(SETUP) peers
	$(BIN)/python benchmarks/peers.py "$(GOLD)"

wheel: ## build the installable package into dist/
	$(SETUP) default
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## remove .venv, caches and built packages; texts and corpus stay
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
