# `make run` and `make test` are all a newcomer needs; both set the machine up first.

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
PYTEST := QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest

.PHONY: run test check bench package format system clean

run: $(READY)
	@$(PYTHON) packaging/run_demo.py

test: $(READY)
	@sh packaging/system_libraries.sh --tests
	$(PYTEST) -n 2 tests

check: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(PYTHON) -m mypy
	$(VENV)/bin/lint-imports

bench: $(READY)
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.bench

# Builds what others install, in an environment of its own, and proves it as far as this machine allows.
package:
	@sh packaging/system_libraries.sh --package
	@test -x build/environment/bin/python || python3 -m venv build/environment
	@build/environment/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[package]'
	@build/environment/bin/python packaging/build_program.py
	@build/environment/bin/python packaging/prove_package.py build/meipi_*.deb

format: $(READY)
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

# Installs again only when the list of dependencies or of system libraries changes.
$(READY): pyproject.toml packaging/system_libraries.sh
	@sh packaging/system_libraries.sh
	@test -x $(PYTHON) || python3 -m venv $(VENV)
	@echo "Installing the Python packages (once, a few minutes) ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@$(PYTHON) -c "from PySide6.QtWidgets import QApplication" 2>/dev/null || \
		{ sh packaging/system_libraries.sh; \
		echo "Qt cannot start yet: install what is named above, then run make again." >&2; exit 1; }
	@touch $(READY)

system:
	@sh packaging/system_libraries.sh

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
