# The commands of this project; docs/development.md explains them.
#   make demo [ONESHOT=1] [TARGET=mongodb://…]   the main job, on this machine, from nothing
#   make test                                    every test
#   make interop                                 against MongoDB-compatible servers that others wrote
#   make chaos                                   two minutes of killed, paused and cut off processes
#   make fuzz                                    every fuzz target for a few seconds
#   make check-deploy                            what deploy/ holds, without a container engine
#   make package                                 Debian packages, tarball and sums, into build/package
#   make check-package                           the same, installed in Debians of their own
#   make check-clang                             the whole built by clang, its unit tests and the demo
#   make check-debian13                          everything in a Debian 13 of its own
#   make check-workflows                         .github/workflows by GitHub's rules
#   make docs                                    the pages of docs/ as a site, into build/docs
#   make build | run | format | lint | tidy | bench | sanitize | clean
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := build

BUILD ?= build
PYTHON := /usr/bin/python3
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1
CONFIGURE = cmake --preset $(2) -B $(1) $(3) >$(1)/configure.log 2>&1 || { cat $(1)/configure.log; exit 1; }
# What is built in which way stands in CMakePresets.json. A configured folder is configured again only by ninja itself, when a CMake file changes.
CONFIGURED = [ -f $(1)/build.ninja ] || { mkdir -p $(1); $(call CONFIGURE,$(1),$(2),$(3)); }
# UNITY=OFF compiles every file by itself; WERROR=ON ends a build at a warning.
OPTIONS = $(if $(UNITY),-DMIM_UNITY=$(UNITY)) $(if $(WERROR),-DMIM_WERROR=$(WERROR))
SOURCES = $$(git ls-files --cached --others --exclude-standard '*.cpp' '*.hpp')

.PHONY: setup build build-tests test test-unit interop chaos fuzz fuzz-release check-deploy package check-package check-clang check-debian13 debian13-build demo run format lint tidy conventions docs reference check-workflows bench sanitize sanitize-build clean

setup:
	@scripts/setup packages.txt

build: setup
	@$(call CONFIGURED,$(BUILD),release,$(OPTIONS))
	cmake --build $(BUILD) --target mim

build-tests: build
	@cmake --build $(BUILD)

test: build-tests
	@scripts/setup-mongosh || echo "mongosh could not be installed: what needs it is skipped"
	scripts/run-tests $(BUILD)

# Of these only the unit and contract tests.
test-unit: build-tests
	@scripts/run-tests $(BUILD) unit

# MIM_TEST_MONGODB_URI=mongodb://… adds a real MongoDB: scratch databases only.
interop: build
	scripts/setup packages-interop.txt
	command -v go >/dev/null || [ -x /usr/local/go/bin/go ] || scripts/setup packages-go.txt
	scripts/setup-mongosh || echo "mongosh could not be installed: what needs it is skipped"
	cmake --build $(BUILD) --target store_mongodb_test
	scripts/run-interop $(BUILD)

# MIM_TEST_CHAOS_SECONDS, MIM_TEST_CHAOS_SEED; MIM_TEST_CHAOS_STORE=mongodb://… instead of the embedded store.
chaos: build
	scripts/setup packages-interop.txt
	@MIM_BINARY=$(BUILD)/mim $(PYTHON) tests/chaos/run.py

# MIM_FUZZ_SECONDS a target, MIM_FUZZ_TARGETS="token …" instead of all of them.
fuzz: setup
	scripts/setup packages-fuzz.txt
	@$(call CONFIGURED,$(BUILD)/fuzz,fuzz)
	cmake --build $(BUILD)/fuzz --target fuzz
	scripts/run-fuzz $(BUILD)/fuzz $${MIM_FUZZ_SECONDS:-10} $${MIM_FUZZ_TARGETS:-}

# The same targets as users get the code: optimised, hardened and without sanitizers, for searches of an hour.
fuzz-release: setup
	scripts/setup packages-fuzz.txt
	@$(call CONFIGURED,$(BUILD)/fuzz-release,fuzz-release)
	cmake --build $(BUILD)/fuzz-release --target fuzz
	scripts/run-fuzz $(BUILD)/fuzz-release $${MIM_FUZZ_SECONDS:-10} $${MIM_FUZZ_TARGETS:-}

# The image is rehearsed with the binary of `make debian13-build`; MIM_TEST_DEPLOY_WHOLE=1 builds the image's binary by the image's own steps.
check-deploy: build
	scripts/setup packages-deploy.txt
	scripts/check-deploy $(BUILD)

# Each package is made on its own Debian: scripts/debian-chroot has the other one.
package: setup
	@scripts/package $(BUILD)

check-package: package
	@scripts/setup packages-deploy.txt
	scripts/check-package $(BUILD)

# Compiles with clang what `make test` compiles with g++: where one of them is lenient, the other is not.
check-clang: setup
	@scripts/setup packages-clang.txt
	$(call CONFIGURED,$(BUILD)/clang,clang,$(OPTIONS))
	cmake --build $(BUILD)/clang
	MIM_DEMO_BINARY=$(BUILD)/clang/mim $(PYTHON) scripts/demo.py --oneshot
	scripts/run-tests $(BUILD)/clang unit

# scripts/debian-chroot tells where the Debian is kept; `.ci/run` does the quick part.
debian13-build:
	@scripts/debian-chroot trixie make build-tests UNITY=OFF

check-debian13:
	@scripts/debian-chroot trixie scripts/check-release whole

demo: build
	@MIM_DEMO_BINARY=$(BUILD)/mim $(PYTHON) scripts/demo.py $(if $(ONESHOT),--oneshot) $(if $(TARGET),--target '$(TARGET)')

run: build
	@exec $(BUILD)/mim serve

format:
	@scripts/setup packages-check.txt
	clang-format -i $(SOURCES)

lint: conventions
	@scripts/setup packages.txt packages-check.txt
	clang-format --dry-run --Werror $(SOURCES)

tidy: setup
	@scripts/setup packages-check.txt
	$(call CONFIGURED,$(BUILD),release,$(OPTIONS))
	cmake --build $(BUILD) --target src/http/openapi_source.cpp
	scripts/tidy $(BUILD)

conventions:
	@$(PYTHON) tests/conventions/check.py

# Strictly: a link that leads nowhere ends it, and so does a page that is behind what is made into it.
docs:
	@scripts/setup packages-docs.txt
	scripts/setup-python requirements-docs.txt build/docs-tools
	scripts/reference --check
	scripts/api-reference --check
	NO_MKDOCS_2_WARNING=1 build/docs-tools/bin/mkdocs build --quiet
	echo "docs: $$(find build/docs -name '*.html' | wc -l) pages in build/docs, index.html first"

check-workflows:
	@scripts/setup packages-workflows.txt
	scripts/check-workflows

# What the source knows, into the pages of docs/.
reference: build
	@scripts/reference
	scripts/api-reference
	scripts/command-reference $(BUILD)/mim

bench: setup
	@scripts/setup packages-check.txt
	bench/run

# The whole suite again under AddressSanitizer and UndefinedBehaviorSanitizer.
sanitize: sanitize-build
	scripts/run-tests $(BUILD)/sanitize

sanitize-build: setup
	@$(call CONFIGURED,$(BUILD)/sanitize,sanitize,$(OPTIONS))
	cmake --build $(BUILD)/sanitize

clean:
	rm -rf $(BUILD) build-portable
