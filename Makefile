# Two commands do everything on a fresh machine: `make demo` and `make test`. See README.md.
SHELL := /bin/bash
.DEFAULT_GOAL := help
JOBS ?= 2

export PKG_CONFIG_PATH := $(CURDIR)/.libtorch/pkgconfig:$(PKG_CONFIG_PATH)
# LibTorch's folder, known once Tools/setup.sh has run; the rpath lets binaries run with no environment variable.
TORCH_LIB = $(shell PKG_CONFIG_PATH=$(PKG_CONFIG_PATH) pkg-config --variable=prefix libtorch)/lib
FLAGS = -c release -j $(JOBS) -Xlinker -rpath -Xlinker $(TORCH_LIB)
BIN = .build/release
REPORT = runs/demo/report.html

.PHONY: help setup build demo test check unit example docs bench bench-micro bench-partial format clean force
help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1	/' | expand -t 22

setup: ## system packages, LibTorch, pkg-config file
	@Tools/setup.sh

build: setup ## the library and the command, optimized
	swift build $(FLAGS)

demo: $(REPORT) ## trains a steerable and a plain network on built-in data; FORCE=1 does it again
	@echo "The report is in $(REPORT); make demo FORCE=1 trains again."

# Made anew when the command or a configuration is newer. The build decides by itself whether the command changes.
$(REPORT): $(BIN)/steerable $(wildcard Configs/demo/*.yaml) $(if $(FORCE),force)
	$(BIN)/steerable demo --output $(@D) --overwrite

$(BIN)/steerable: build ;

test: setup check unit example docs ## everything that CI runs

check: ## the rules of ARCHITECTURE.md that a script can check
	@Tools/check-architecture.sh
	@python3 Tools/check-examples.py
	@python3 Tools/check-escnn-names.py
	@python3 Tools/check-partial-configs.py
	@Tools/test-setup.sh

unit: setup
	swift build --build-tests $(FLAGS)
	@Tools/setup-python.sh
	swift test --skip-build $(FLAGS)

example: setup ## another author's package that imports the library
	cd Examples/HelloSteerable && swift run -j $(JOBS) -Xlinker -rpath -Xlinker $(TORCH_LIB)

docs: build ## the documentation of every library in .build/docs; a warning is an error
	@Tools/make-docs.sh

bench: setup ## construction, training, inference and memory beside escnn and e2cnn; some 25 minutes on two cores
	@Tools/setup-goldens.sh
	cd Benchmarks && swift build $(FLAGS) --product SteerableBenchmark
	python3 Benchmarks/bench.py $(BENCH)

bench-micro: setup ## expansion, bases, transforms and layers one by one
	cd Benchmarks && LD_LIBRARY_PATH=$(TORCH_LIB):$$LD_LIBRARY_PATH swift package --disable-sandbox benchmark --target MicroBenchmarks $(BENCH)

bench-partial: setup ## training steps of a partial network beside the same in PyTorch; some 20 minutes on two cores
	@Tools/setup-python.sh
	cd Benchmarks && swift build $(FLAGS) --product PartialStepBenchmark
	@mkdir -p runs
	PYTHONPATH=.cache/python python3 Benchmarks/peer/partial_gcnn_step.py run \
	  --ours Benchmarks/.build/release/PartialStepBenchmark --output runs/bench-partial.json $(BENCH)

format: ## formats all sources
	swift format --in-place --parallel --recursive Sources Tests Snippets Examples/HelloSteerable/Sources Benchmarks/Sources Package.swift

clean: ## removes what was built and trained, but not LibTorch
	rm -rf .build runs Benchmarks/.build Examples/HelloSteerable/.build
