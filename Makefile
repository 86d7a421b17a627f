# Every command of the project; each sets up what it needs on a bare Debian with Python 3.11.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT := $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test faults check format bench screenshots chromium postgresql clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 18

run: .venv/.run ## serve http://localhost:8501 to this computer
	@echo "Leg Circulation Intake Dashboard: http://localhost:$(PORT) in a moment (Ctrl+C stops it)"
	@exec $(BIN)/uvicorn app:application --app-dir dashboard --host $${INTAKE_HOST:-127.0.0.1} --port $(PORT) \
		--ws websockets-sansio --no-access-log --no-server-header

test: .venv/.dev chromium postgresql ## run every test; ARGS="tests/test_server.py -x" for some
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

faults: .venv/.dev postgresql ## kill, cut the power, fill the disk, flip bits: minutes; ARGS="--kills 20" for fewer
	PYTHONPATH=dashboard:tests $(BIN)/python tests/faults/run.py $(ARGS)

check: .venv/.dev ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/.dev ## write the code as ruff formats it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/.dev chromium ## measure speed and memory beside what others do; ARGS="--help"
	PYTHONPATH=tests:dashboard $(BIN)/python tests/bench/run.py $(ARGS)

screenshots: .venv/.dev chromium ## take the pictures of README.md anew
	PYTHONPATH=tests $(BIN)/python tests/browser/screenshots.py

clean: ## remove .venv and what the tools left; the data stay
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis

chromium: # and the one library that the program driving it expects of the system
	@missing=""; \
	[ -n "$${CHROMIUM:-}" ] || command -v chromium >/dev/null || missing="chromium"; \
	/sbin/ldconfig -p | grep -c libatomic.so.1 >/dev/null || missing="$$missing libatomic1"; \
	if [ -n "$$missing" ]; then \
		echo "Installing $$missing for the browser tests"; \
		$(APT) update -qq && $(APT) install -y -qq --no-install-recommends $$missing >/dev/null || \
		{ echo "Install by hand: apt-get install $$missing"; exit 1; }; \
	fi

postgresql: # the tests start a server of their own from its programs
	@if ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then \
		echo "Installing postgresql for the tests of the review store"; \
		$(APT) update -qq && $(APT) install -y -qq --no-install-recommends postgresql >/dev/null || \
		echo "Not installed; its tests are skipped. By hand: apt-get install postgresql"; \
	fi

.venv/.run: requirements.txt | .venv/bin/pip
	$(PIP) -r requirements.txt
	@touch $@

.venv/.dev: requirements.txt requirements-dev.txt | .venv/bin/pip
	$(PIP) -r requirements-dev.txt
	@touch $@ .venv/.run

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		echo "Installing python3-venv, which Debian keeps apart from Python"; \
		$(APT) update -qq && $(APT) install -y -qq python3-venv >/dev/null || \
		{ echo "Install it by hand: apt-get install python3-venv"; exit 1; }; }
	@rm -rf .venv
	$(PYTHON) -m venv .venv
