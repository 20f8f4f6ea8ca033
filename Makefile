# Each target prints what it runs. `make demo` and `make test` need nothing installed but Python 3.11+.

# Debian's own Python can be read by every user, also by the one that student code runs as.
PYTHON ?= $(firstword $(wildcard /usr/bin/python3.13 /usr/bin/python3.12 /usr/bin/python3.11) python3)
BIN := .venv/bin
TIMED = -m timed $$(grep -rl --include='*.py' mark.timed tests)
UNTIMED = -m "not timed" -n auto --no-loadscope-reorder
SHARED = OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

# What Python has compiled is kept, whatever the environment says: the tests start hundreds of short processes.
export PYTHONDONTWRITEBYTECODE =

.PHONY: install demo test coverage older labs prove grade formgrader studio demos bench lint clean

install: .venv/installed .venv-student/installed

# The instructor's environment: autograder, nbgrader, tests. The repository itself is on its path.
.venv/installed: pyproject.toml labs/pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet -e './labs[all]' -e '.[test]'
	touch $@

# The students' environment, which is also the sandbox's: no nbgrader, no autograder, no oracle. Compiled now, whatever
# pip's settings say: nothing in a sandbox can write there.
.venv-student/installed: labs/pyproject.toml
	$(PYTHON) -m venv .venv-student
	.venv-student/bin/python -m pip install --quiet --compile -e './labs[all]'
	touch $@

demo: install
	$(BIN)/autograder demo --lab lab2_layers

# Tests that measure no time share the cores, one thread each; tests/conftest.py says how many run at a time. Those that do
# run alone afterwards, and what they find is a remark: on another computer the clock may say otherwise. `make prove` asks
# it in earnest. The seconds of each are left in build/tests/, from which docs/make/price.py tells what a lab adds.
test: install
	mkdir -p build/tests; status=0; \
	$(SHARED) $(BIN)/python -m pytest $(UNTIMED) --junitxml=build/tests/shared.xml || status=1; \
	$(BIN)/python -m pytest $(TIMED) --clock-remarks --junitxml=build/tests/alone.xml || status=1; \
	exit $$status

# Which share of the lines those tests run. Counting slows them down, and so is no part of `make test`.
coverage: install
	mkdir -p build/tests; status=0; \
	$(SHARED) $(BIN)/python -m slipcover -m pytest $(UNTIMED) || status=1; \
	$(BIN)/python -m tests.lines build/tests/lines.json; \
	exit $$status

# Every lab with packages of an earlier year: minutes, and another environment. No part of `make test`.
older: install .venv-older/installed
	$(BIN)/python -m pytest tests/test_older_packages.py

.venv-older/installed: tests/older-packages.txt
	$(PYTHON) -m venv .venv-older
	.venv-older/bin/python -m pip install --quiet -r $<
	touch $@

labs: install
	$(BIN)/autograder build

prove: install
	$(BIN)/autograder prove
	$(BIN)/python -m pytest $(TIMED)

# make grade FROM=folder-of-hand-ins
grade: install
	$(BIN)/autograder grade $(FROM)

# nbgrader's own pages, in the browser: gradebook, manual grading. AICS_COURSE names another class.
formgrader: install
	$(BIN)/jupyter lab --LabApp.default_url=/formgrader \
		--ServerApp.root_dir="$$($(BIN)/python -c 'from autograder.course import ClassFolder; print(ClassFolder.current().served())')" $(if $(filter 0,$(shell id -u)),--allow-root)

# Style transfer as a page, with the finished code; `aics studio` shows a student's own.
studio: install
	$(BIN)/autograder finish lab5_style_transfer --to build/finished
	$(BIN)/aics studio build/finished

# The demos for the classroom, with the finished code; `aics demos` shows a student's own.
demos: install
	$(BIN)/autograder finish lab5_style_transfer --to build/finished
	AICS_STUDIO="$(CURDIR)/build/finished" $(BIN)/aics demos

bench: install
	$(BIN)/python benchmarks/checks.py
	$(BIN)/python benchmarks/grading.py
	$(BIN)/python benchmarks/dlp.py
	$(BIN)/python benchmarks/style_transfer.py
	$(BIN)/python benchmarks/graph_training.py

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf .venv .venv-student .venv-older demo-class dist
