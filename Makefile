# make demo   set up, then make every piece of the campaign `recruitment` into build/recruitment
# make serve  set up, then serve the pages of a made-up order book
# make test   set up, then type checks, linters, floors and the test suite
# make test-failed  run the tests once more that failed last, one after the other
# make floors  draw the picture of the floors from the code
# make prove-installation  build the wheel and use it where only the plain requirements are, on a terminal and without
# make docs   build the docs as a site into build/docs; a link that leads nowhere stops it
# make gallery  write a picture of every design, format, language and committee into build/gallery, with a page that filters
# make gallery-docs  make the pictures of pieces that the docs show anew, from a small gallery
# make bench-preflight  measure preflight: CPU time, memory, growth with the elements of a page
# make bench  measure `printkit batch` beside other ways to the same flyers (ROUNDS=3 SITES=10,100,1000)
# make bench-preview  measure `printkit preview` from a save and a start to the picture in a browser (SAVES=20 STARTS=5)
# make bench-web  measure the order pages: 50 people who write at once, one alone in a browser (PEOPLE=50 SECONDS=60 TURNS=20)
# make bench-growth  after it: the slow ways with a thousand files, for the plot of the docs
# make bench-rows  what a row of a table costs, beside Typst for the same
# make bench-docs  write what was measured last into docs/performance.md
# make preflight-matrix  judge files that break one rule each, show what is found, store it in the docs
# make catalogues  bring the catalogues of other languages up to date with what the program says
# make lock   write the lock files anew, after a requirement in setup.cfg or a pin in constraints.txt changed
# make fuzz   check files changed at random, for a minute (FUZZ_SECONDS=600 for ten; FUZZ_SEED=1 for the same files each time)
# make order-pictures  make the pictures of docs/orders anew, from the pages of a demonstration
# make trials  try the order book's laws 300 times, kill it 50 times, type wrong input in all ways, all tests of orders on PostgreSQL: hours
# make schemas  write the schemas of TOML files into profiles/schemas, for editors
# make clean  remove what demo and test made, the virtual environment too

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
# Two processes: the suite is made for two cores. The order of tests/conftest.py is kept, long modules first.
PYTEST_FLAGS ?= -q -n 2 --dist loadfile --no-loadscope-reorder
FUZZ_SECONDS ?= 60
FUZZ_SEED ?=
ROUNDS ?= 3
SITES ?= 10,100,1000
SAVES ?= 20
STARTS ?= 5
PEOPLE ?= 50
SECONDS ?= 60
TURNS ?= 20
INSTALL_INPUTS := setup.cfg pyproject.toml
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The caller's settings must not lead the virtual environment to other modules.
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: gallery gallery-docs floors help demo serve test test-failed check catalogues bench bench-growth bench-rows bench-docs bench-preflight bench-preview bench-web trials order-pictures schemas preflight-matrix clean docs prove-installation natives-run natives-test fuzz lock

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

demo: $(VENV)/.installed
	@echo "Making the campaign 'recruitment' into build/recruitment ..."
	@$(BIN)/printkit batch recruitment -o build/recruitment

serve: $(VENV)/.installed
	@$(BIN)/printkit serve --demo

test: check
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

# What failed last, one test after the other; where none did, as at a linter's complaint, this fails too.
test-failed: $(VENV)/.installed-test
	$(BIN)/python -m pytest -q -n 0 --last-failed --last-failed-no-failures none

check: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

bench-preflight: $(VENV)/.installed
	$(BIN)/python benchmarks/preflight.py

bench-preview: $(VENV)/.installed-test
	SAVES=$(SAVES) STARTS=$(STARTS) $(BIN)/python -m benchmarks.preview

bench-web: $(VENV)/.installed-test
	PEOPLE=$(PEOPLE) SECONDS=$(SECONDS) TURNS=$(TURNS) $(BIN)/python -m benchmarks.web

bench: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks.batch --rounds $(ROUNDS) --sites $(SITES)

bench-growth: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks.batch --growth

bench-rows: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks.rows

bench-docs: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks.batch --docs

lock:
	scripts/lock

schemas: $(VENV)/.installed-test
	$(BIN)/python -m tests.profiles.schemas

order-pictures: $(VENV)/.installed-test
	$(BIN)/python -m tests.web.pictures

preflight-matrix: $(VENV)/.installed-test
	$(BIN)/python -m tests.preflight.matrix

catalogues: $(VENV)/.installed-test
	$(BIN)/python -m tests.catalogues

fuzz: $(VENV)/.installed-test
	PRINTKIT_FUZZ_SECONDS=$(FUZZ_SECONDS) $(BIN)/python -m pytest -q tests/preflight/test_fuzz.py $(if $(FUZZ_SEED),--hypothesis-seed=$(FUZZ_SEED))

trials: $(VENV)/.installed-test
	PRINTKIT_LAWS=300 PRINTKIT_KILLS=50 PRINTKIT_ALL_INPUT=1 $(BIN)/python -m pytest -q -o faulthandler_timeout=0 \
		tests/orders/test_laws.py tests/orders/test_kills.py tests/web/test_bad_input.py
	PRINTKIT_TEST_DATABASE=postgresql $(BIN)/python -m pytest -q tests/orders tests/web

natives-run:
	@echo "Looking for the native libraries that the engines need ..."
	@scripts/natives run

natives-test:
	@scripts/natives test

# The project has no hash, and it is built by the setuptools of the lock file, which has one.
INSTALL_PROJECT = $(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .

# A stamp of its own, as only it tells that an installation came to its end.
$(VENV)/.installed: $(INSTALL_INPUTS) requirements.lock | natives-run
	@echo "Making the virtual environment $(VENV) ..."
	@scripts/make-venv $(VENV)
	@echo "Installing printkit and its engines into it, about a minute ..."
	@$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements.lock
	@$(INSTALL_PROJECT)
	@touch $@

$(VENV)/.installed-test: $(INSTALL_INPUTS) requirements-test.lock | natives-test
	scripts/make-venv $(VENV)
	$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements-test.lock
	$(INSTALL_PROJECT)
	@touch $(VENV)/.installed $@

docs: $(VENV)/.installed-test
	$(BIN)/python -m sphinx -n -W --keep-going -q docs build/docs
	@echo "build/docs/index.html"

# Some 800 pieces, a second of one core each; the shortest and longest texts are for `template check`.
gallery: $(VENV)/.installed
	@$(BIN)/printkit gallery --only filling=sample -o build/gallery $(GALLERY_FLAGS)

GALLERY_DOCS := -o build/gallery-docs
gallery-docs: $(VENV)/.installed
	@$(BIN)/printkit gallery --campaign recruitment $(GALLERY_DOCS) recruit --only filling=sample,lang=nb,format=poster-a3
	@$(BIN)/printkit gallery --campaign everyday $(GALLERY_DOCS) about report-case --only filling=sample,lang=nb,committee=nu06,committee=nu10
	@$(BIN)/printkit gallery $(GALLERY_DOCS) --only filling=sample,lang=nb,committee=nu07,committee=nu09
	@$(BIN)/python scripts/collect-gallery build/gallery-docs docs/images

floors:
	@scripts/draw-floors

# A folder of its own for setuptools' build, which would leave what a former tree had in the wheel.
prove-installation: $(VENV)/.installed-test
	rm -rf build/plain && mkdir -p build/plain/tree
	git ls-files -z | tar --null -T - -c | tar -x -C build/plain/tree
	$(BIN)/python -m pip wheel -q --no-deps -w build/plain build/plain/tree
	scripts/make-venv build/plain/venv
	build/plain/venv/bin/python -m pip install -q -c constraints.txt build/plain/*.whl
	scripts/prove-installation build/plain/venv/bin/printkit

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
