# Each target installs what it needs into .venv; nothing else on the machine is touched, except that
# `make test` as root installs Debian's Chromium and Chinese fonts for the browser tests.
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/.stamps

.PHONY: site serve bundle test check bench screenshots clean
.DEFAULT_GOAL := site

site: $(STAMPS)/base ## build the site and say what to open
	@$(BIN)/ducha build
	@echo "Open site/index.html in a browser; it needs no server."

serve: $(STAMPS)/base ## preview at http://127.0.0.1:8000/, rebuilt as files change
	$(BIN)/ducha serve

bundle: $(STAMPS)/base ## one zip that works from a folder with no network
	$(BIN)/ducha bundle

test: $(STAMPS)/test $(STAMPS)/browser ## all tests, those in a real browser included
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(STAMPS)/check ## lint, formatting, types, records
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/ducha check

bench: $(STAMPS)/test $(STAMPS)/browser ## measurements, written to the terminal
	$(BIN)/python -m benchmarks

screenshots: $(STAMPS)/test $(STAMPS)/browser ## every kind of page, wide and narrow, light and dark
	$(BIN)/python -m benchmarks.screenshots

clean:
	rm -rf .venv .cache site dist

$(BIN)/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

$(STAMPS)/base: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/test: $(STAMPS)/base
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

$(STAMPS)/check: $(STAMPS)/base
	$(BIN)/python -m pip install --quiet --editable '.[test,check]'
	@touch $@

# Debian's packages as root, playwright's own browser elsewhere.
$(STAMPS)/browser: $(STAMPS)/test
	@if [ -x /usr/bin/chromium ] && fc-list :lang=zh 2>/dev/null | grep -q .; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    chromium fonts-noto-cjk fontconfig >/dev/null; \
	else $(BIN)/python -m playwright install chromium; fi
	@touch $@
