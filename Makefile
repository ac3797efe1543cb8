SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
AXE := .cache/node/node_modules/axe-core/axe.min.js
AXE_VERSION := 4.14.1
NU := .cache/node/node_modules/vnu-jar/build/dist/vnu.jar
NU_VERSION := 26.9.27
REPORT := out/report.html

.PHONY: help
help: ## list the verbs
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

.PHONY: report
report: $(VENV)/.runtime ## make the impact report of the bundled sample bill
	@mkdir -p $(dir $(REPORT))
	@$(BIN)/legannot report sample:model-access -o $(REPORT)
	@echo "The report is $(CURDIR)/$(REPORT): open it in a browser."

.PHONY: test
test: $(VENV)/.test $(AXE) $(NU) browser java ## run every test
	@$(BIN)/python -m pytest

.PHONY: check
check: $(VENV)/.test ## lint, check the format, the types and who imports whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: golden
golden: $(VENV)/.test ## rewrite the expected outputs, to be read in `git diff`
	@$(BIN)/python -m pytest tests/golden --rewrite

.PHONY: docs
docs: $(VENV)/.test ## rewrite the generated pages in docs/
	@$(BIN)/python -m pytest tests/docs --rewrite

.PHONY: pictures
pictures: $(VENV)/.test browser ## make the pictures of the documentation
	@$(BIN)/python docs/pictures/make.py

.PHONY: gallery
gallery: $(VENV)/.test browser ## make a picture of each output, and docs/gallery.md
	@$(BIN)/python docs/pictures/make.py --gallery

.PHONY: bench
bench: $(VENV)/.test ## measure speed and quality
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python "$$script"; done

.PHONY: wheel
wheel: $(VENV)/.test ## build the wheel, out of the source package and nothing else
	@rm -rf dist
	@$(BIN)/python -m build --outdir dist .

# Two stamps, renewed when what is installed may have changed: `report` needs no test tools.
$(VENV)/.runtime: setup.cfg constraints.txt | $(BIN)/pip
	@echo "Installing legannot into $(VENV); the first time takes a minute or two."
	@$(BIN)/pip install -qq -c constraints.txt -e .
	@touch $@

$(VENV)/.test: setup.cfg constraints.txt | $(BIN)/pip
	@echo "Installing legannot and what its tests need into $(VENV); the first time takes a minute or two."
	@$(BIN)/pip install -qq -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/.runtime

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "legannot needs Python 3.11 or newer; say which with 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "Python's venv module is missing; on Debian: apt-get install python3-venv." >&2; exit 1; }

# The browser tests drive the machine's own Chromium; nothing is downloaded but Debian's package.
.PHONY: browser
browser:
	@if command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends chromium fonts-liberation </dev/null >/dev/null && exit 0; \
	fi; \
	echo "No Chromium on PATH: the browser tests are skipped. On Debian: sudo apt-get install chromium." >&2

# The checker of HTML runs on Java; without it those tests are skipped, and say so.
.PHONY: java
java:
	@if command -v java >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Java for the checker of HTML."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends default-jre-headless </dev/null >/dev/null && exit 0; \
	fi; \
	echo "No Java on PATH: the HTML checker's tests are skipped. On Debian: sudo apt-get install default-jre-headless." >&2

# The accessibility rules; without npm those tests are skipped, and say so.
$(AXE):
	@if command -v npm >/dev/null; then \
		npm install --silent --no-save --prefix .cache/node axe-core@$(AXE_VERSION) </dev/null || \
			echo "npm could not install axe-core: the accessibility tests are skipped." >&2; \
	else \
		echo "No npm on PATH: the accessibility tests are skipped." >&2; \
	fi

# The checker of HTML, as the accessibility rules.
$(NU):
	@if command -v npm >/dev/null; then \
		npm install --silent --no-save --prefix .cache/node axe-core@$(AXE_VERSION) vnu-jar@$(NU_VERSION) </dev/null || \
			echo "npm could not install vnu-jar: the HTML checker's tests are skipped." >&2; \
	else \
		echo "No npm on PATH: the HTML checker's tests are skipped." >&2; \
	fi
