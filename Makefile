# The front door. `make` alone lists what there is; every target may be run again at any time.
# Needs Python 3.11 or newer, git and make. Without make: README.md has the same in plain pip lines.

# The first Python on PATH that is new enough; `make PYTHON=/path/to/python3 …` names another.
PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11 python,\
	$(shell $(p) -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && echo $(p))))
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(BIN)/python
UV := $(shell command -v uv 2>/dev/null)
INSTALL := $(if $(UV),"$(UV)" pip install --quiet --compile-bytecode --python $(PY),$(PY) -m pip install -qq --disable-pip-version-check)
INSTALLED := $(VENV)/.installed
DEV_INSTALLED := $(VENV)/.installed-dev
DOCS_INSTALLED := $(VENV)/.installed-docs
# One more worker than cores, since some tests wait for a browser or a server; four are enough.
WORKERS := $(shell $(PYTHON) -c "import os; print(min(1 + (os.cpu_count() or 1), 4))")
PYTEST := $(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
PYTEST_ARGS ?=

# Bytecode is kept, or every worker would compile every test anew; there is a worker for each core,
# so that none needs threads for its linear algebra.
unexport PYTHONDONTWRITEBYTECODE
test unit lowest: export OPENBLAS_NUM_THREADS := 1

.DEFAULT_GOAL := help
.PHONY: help profiles test unit lint format lab bench notebooks site lock lowest dist clean reset

##@ Start here
profiles: $(INSTALLED) ## Install, profile every region of the built-in sample state, say where to look
	@$(BIN)/lmi batch sample

test: $(INSTALLED) ## Install, then run every test (PYTEST_ARGS="-k lq" runs some)
	$(PYTEST) $(PYTEST_ARGS)

lab: $(INSTALLED) ## Open the notebooks in JupyterLab
	$(PY) -m jupyterlab notebooks

##@ While changing the code
unit: $(INSTALLED) ## Run only what is quick: no properties, notebooks, programs, browser, real files
	$(PYTEST) -m "not slow and not browser and not program and not real_data" \
		--ignore=tests/notebooks --ignore=tests/e2e --ignore=tests/properties $(PYTEST_ARGS)

lint: $(DEV_INSTALLED) ## Check style, format and types; changes nothing
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

format: $(DEV_INSTALLED) ## Put code into the common format and mend what can be mended safely
	$(PY) -m ruff check --fix --exit-zero --quiet .
	$(PY) -m ruff format .

notebooks: profiles ## Run the notebooks on the sample and keep their output in place
	$(PY) -m nbconvert --to notebook --execute --ExecutePreprocessor.record_timing=False --ExecutePreprocessor.store_widget_state=False --inplace notebooks/*.ipynb

site: $(DOCS_INSTALLED) ## Build the docs site into outputs/site; a link that leads nowhere is an error
	$(PY) -m sphinx -q -W --keep-going -E -c docs -d build/doctrees . outputs/site
	@echo "Open outputs/site/index.html, or put outputs/site on any web server."

bench: $(INSTALLED) ## Measure ingest and queries on a generated national file (some minutes)
	$(PY) benchmarks/ingest.py
	$(PY) benchmarks/query.py

##@ Now and then
lock: $(DEV_INSTALLED) ## Write requirements.lock anew from pyproject.toml
	$(PY) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra test \
		--generate-hashes --no-emit-index-url --no-header --no-annotate \
		pyproject.toml --output-file requirements.lock

lowest: $(DEV_INSTALLED) ## Run every test with the oldest releases that pyproject.toml allows
	$(PY) -m uv venv --quiet --clear --python $(PY) $(VENV)-lowest
	$(PY) -m uv pip install --quiet --python $(VENV)-lowest --resolution lowest-direct -e ".[test]"
	$(subst $(VENV),$(VENV)-lowest,$(PYTEST)) $(PYTEST_ARGS)

dist: $(INSTALLED) ## Build the source archive and the wheel into dist/
	$(PY) -m hatchling build

clean: ## Remove what was computed, except the store and what was fetched
	find outputs -mindepth 1 -maxdepth 1 ! -name README.md ! -name store ! -name downloads -exec rm -rf {} +
	rm -rf build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find lmi tools tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

reset: clean ## As clean, and remove the environments too
	rm -rf $(VENV) $(VENV)-lowest

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@ / {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo

# An environment that holds what requirements.lock names, hash by hash, and this checkout on top.
# A platform that the lock does not fit gets the ranges of pyproject.toml instead, and is told so.
$(INSTALLED): requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
		echo "No Python 3.11 or newer is on PATH: install one, or name it with make PYTHON=/path/to/python3." >&2; \
		exit 1; \
	fi
	@test -x $(PY) || "$(PYTHON)" -m venv $(VENV) || { \
		rm -rf $(VENV); \
		echo "$(PYTHON) could not create $(VENV); on Debian and Ubuntu, install python3-venv first." >&2; \
		exit 1; \
	}
	@echo "Installing into $(VENV) with $(if $(UV),uv (some seconds),pip (about a minute; with uv on PATH some seconds)) ..."
	@if $(INSTALL) --require-hashes -r requirements.lock; then \
		$(INSTALL) --no-deps --no-build-isolation -e .; \
	else \
		echo "requirements.lock could not be installed here (see above); trying the ranges of pyproject.toml instead." >&2; \
		$(INSTALL) -e ".[test]"; \
	fi
	@touch $@

$(DEV_INSTALLED): $(INSTALLED)
	@$(INSTALL) -e ".[dev]"
	@touch $@

$(DOCS_INSTALLED): $(INSTALLED)
	@$(INSTALL) -e ".[docs]"
	@touch $@
