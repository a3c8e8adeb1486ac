# Two commands do everything: `make demo` and `make test`. See README.md.
SHELL := /bin/bash
.DEFAULT_GOAL := help
JOBS ?= 2

export PKG_CONFIG_PATH := $(CURDIR)/.libtorch/pkgconfig:$(PKG_CONFIG_PATH)
# Where LibTorch's libraries are, written by Tools/setup.sh; binaries find them there with no environment variable.
TORCH_LIB = $(shell PKG_CONFIG_PATH=$(PKG_CONFIG_PATH) pkg-config --variable=prefix libtorch)/lib
FLAGS = -j $(JOBS) -Xlinker -rpath -Xlinker $(TORCH_LIB)

.PHONY: help setup build debug test
help:
	@echo "make demo | make test"

setup:
	@Tools/setup.sh

build: setup
	swift build -c release $(FLAGS)
