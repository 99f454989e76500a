TOOLS := $(CURDIR)/.tools
export PATH := $(TOOLS)/bin:$(PATH)
# No path of this machine in the modules: the same source gives the same bytes in any folder.
CARGO_HOME ?= $(HOME)/.cargo
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS := --remap-path-prefix=$(CURDIR)=/src --remap-path-prefix=$(CARGO_HOME)=/cargo --remap-path-prefix=$(shell rustc --print sysroot)=/rust

page:
	trunk build
