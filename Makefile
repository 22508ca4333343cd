# Everything a person does with this checkout. `make check` and `make test` are what CI runs.
# Without make, the two lines behind `setup` and `run` do as well.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
RUN := $(BIN)/python
CODE := leadapp tests tools $(wildcard benchmarks)

.PHONY: help setup run demo test check format bench faults soak shots coverage lock bundle

help:
	@echo "make setup    make .venv and install what requirements.lock names"
	@echo "make run      a made-up county: the window, or without a screen its report"
	@echo "make demo     make the made-up county anew"
	@echo "make test     check, then every test"
	@echo "make check    style, format, types, layers, spelling"
	@echo "make format   put the code in order"
	@echo "make bench    measure the budgets"
	@echo "make faults   pull the plug at every step and see that nothing is lost"
	@echo "make soak     live 20,000 histories of computers that exchange"
	@echo "make shots    take the pictures of the screens anew"
	@echo "make coverage tests, with the lines they miss"
	@echo "make lock     work out requirements.lock anew"
	@echo "make bundle   build the program that needs no Python"

setup:
	$(PYTHON) tools/setup.py

# Where there is no environment yet, say so instead of failing on a missing file.
$(RUN):
	@echo "Nothing is set up yet. First: make setup"; exit 1

run: | $(RUN)
	$(RUN) tools/run.py

demo: | $(RUN)
	rm -rf build/run/county
	$(RUN) -m leadapp demo build/run/county

check: | $(RUN)
	$(RUN) -m ruff check $(CODE)
	$(RUN) -m ruff format --check $(CODE)
	$(RUN) -m mypy $(CODE)
	$(BIN)/lint-imports
	$(BIN)/codespell README.md CONTRIBUTING.md CHANGELOG.md docs resources $(CODE)

format: | $(RUN)
	$(RUN) -m ruff check --fix $(CODE)
	$(RUN) -m ruff format $(CODE)

test: check
	$(RUN) -m pytest -n 2 --dist worksteal

bench:
	$(RUN) -m pip install -q --require-hashes -r benchmarks/anchors.lock
	$(RUN) -m benchmarks

faults:
	$(RUN) -m tests.faults

soak:
	$(RUN) -m tests.exchange.soak

shots:
	$(RUN) tools/shots.py

coverage:
	$(RUN) -m coverage erase
	$(RUN) -m coverage run -m pytest
	$(RUN) -m coverage combine
	$(RUN) -m coverage report --skip-covered --show-missing

# Asks the public index alone, whatever this machine's pip is told, so that the hashes are
# those of the files everyone gets. Versions stay unless a range or UPGRADE=--upgrade moves them.
lock:
	$(RUN) -m pip install -q pip-tools==7.6.2
	@PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= CUSTOM_COMPILE_COMMAND="make lock" \
	$(RUN) -m piptools compile -q --generate-hashes --allow-unsafe --strip-extras --extra test \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate $(UPGRADE) \
	-o requirements.lock pyproject.toml
	@PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= CUSTOM_COMPILE_COMMAND="make lock" \
	$(RUN) -m piptools compile -q --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate $(UPGRADE) \
	-o benchmarks/anchors.lock benchmarks/anchors.in

bundle:
	$(RUN) -m pip install -q "pyinstaller>=6.22,<7"
	$(RUN) -m PyInstaller --noconfirm build.spec
