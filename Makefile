# make run · make test: everything from a fresh checkout, with Python 3.11 or newer, pip and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SHELL := /bin/bash
.DELETE_ON_ERROR:
# Tests start hundreds of Pythons; each would compile the studio again.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: run tour setup system test lint format typecheck unit wheel bench docs train train-status train-stop translations lock clean help

help:  ## list what make can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: setup system  ## open the studio; where there is no display, walk through it (the tour)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
	    $(BIN)/kirara-studio; \
	else \
	    echo "There is no display: walking through every panel, into tour/"; \
	    $(BIN)/kirara-studio tour --out tour; \
	fi

tour: setup system  ## every panel does its job in the real window; pictures and tour.json in tour/
	$(BIN)/kirara-studio tour --out tour

TRANSLATIONS := $(patsubst %.ts,%.qm,$(wildcard resources/translations/*.ts plugins/*/translations/*.ts plugins/*/*/translations/*.ts))

setup: $(STAMP) $(TRANSLATIONS)  ## make .venv with the locked dependencies

%.qm: %.ts | $(STAMP)
	$(BIN)/pyside6-lrelease -silent $< -qm $@

$(STAMP): pyproject.toml requirements.lock
	@packaging/system_packages.sh --python
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint requirements.lock --editable '.[dev]'
	@touch $@

system:
	@packaging/system_packages.sh

test: setup  ## lint, types, import contract, all tests, and the wheel in an environment of its own
	@packaging/system_packages.sh --test
	$(MAKE) lint unit wheel

lint: setup  ## ruff, mypy, the import contract and import cycles
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.import_cycles

format: setup  ## let ruff put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

unit: setup
	$(BIN)/python -m pytest -m alone
	$(BIN)/python -m pytest -m "not alone" -n 4 --dist loadfile --max-worker-restart 0  # many tests mostly wait

wheel: setup  ## build the wheel and try it in a second environment; build that of plugins/parikh
	$(BIN)/python packaging/check_wheel.py
	$(BIN)/python -m build --wheel --outdir dist plugins/parikh

bench: setup system  ## what is fast, against what, as ratios of the same run
	$(BIN)/python -m benchmarks

docs: setup  ## build the documentation site into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict  # without the theme's notice

train: setup  ## start or resume the queue of trainings in the background, and print where it stands
	@$(BIN)/python -m training

train-status: setup  ## print where the queue of trainings stands
	@$(BIN)/python -m training status

train-stop: setup  ## save the training that runs, and stop the queue
	@$(BIN)/python -m training stop

translations: setup  ## collect new texts into *.ts and compile *.ts into *.qm
	$(BIN)/python packaging/translations.py

lock: setup  ## write the versions in .venv into requirements.lock
	$(BIN)/python packaging/lock.py

clean:  ## remove what make made, but no training
	rm -rf $(VENV) build dist site tour *.egg-info .mypy_cache .ruff_cache .pytest_cache
