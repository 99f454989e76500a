# Everything that the project needs, from a machine with rustup, a C toolchain and the package registries.
#
#   make run      build the page and serve it at http://127.0.0.1:8080/
#   make test     every test, the browser's included
#   make page     dist/index.html for a server and dist/duizhang.html, the page as one file
#   make quick    the same in target/quick, not optimised and not measured: to look at while working on it
#   make ready    what must pass before a change is handed in; .ci/run is the same
#   make bench    how long each step takes        make screens  pictures of the page
#   make fuzz     half a minute for each reader   make tools    build tools into .tools
#   make browser  Chromium and its driver, for the tests (Debian, as root or with sudo)
#   make browsers what everybody does with the page, in Firefox and WebKit too (installs them, Debian)

TRUNK := 0.21.14
WASM_BINDGEN := 0.2.129
AXE := 4.14.1
CARGO_FUZZ := 0.13.2
GECKODRIVER := 0.37.1
ADDRESS := 127.0.0.1
PORT := 8080

TOOLS := $(CURDIR)/.tools
export PATH := $(TOOLS)/bin:$(PATH)

# No path of this machine in the modules: the same source gives the same bytes in any folder. The last match counts.
# erase_components: Leptos keeps a component's type to itself, which makes the module a quarter smaller.
CARGO_HOME ?= $(HOME)/.cargo
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS := \
	--remap-path-prefix=$(HOME)=/home --remap-path-prefix=$(CARGO_HOME)=/cargo --remap-path-prefix=$(CURDIR)=/duizhang \
	--cfg erase_components

# What the native tests need; the page's own features are checked for its own target.
NATIVE := --locked --features browser,pack,pdf,schema
WASM := --locked --target wasm32-unknown-unknown --no-default-features

PAGE := dist/duizhang.html
PAGE_SOURCES := Cargo.toml Cargo.lock Trunk.toml index.html boot.js $(shell find src style hosted -type f 2>/dev/null)

.PHONY: run page quick test ready bench screens fuzz tools browser browsers
.DELETE_ON_ERROR:

run: tools
	@echo "对账 duizhang: http://$(ADDRESS):$(PORT)/ (Ctrl-C ends it)"
	trunk serve --address $(ADDRESS) --port $(PORT)

page: $(PAGE)

$(PAGE): $(PAGE_SOURCES) | tools
	trunk build

# Four modules without link-time optimisation: a minute instead of ten. DUIZHANG_DIST=target/quick points the browser tests there.
quick: tools
	mkdir -p target/quick
	env $(foreach profile,PAGE WORKER,$(foreach setting,LTO=off CODEGEN_UNITS=16 OPT_LEVEL=1 INCREMENTAL=true,CARGO_PROFILE_$(profile)_$(setting))) \
		trunk build --release false --dist target/quick

# ---- checks ----

test: $(PAGE) browser
	cargo test $(NATIVE)

ready: tools
	cargo fmt --check
	cargo clippy $(NATIVE) --all-targets -- -D warnings
	cargo clippy $(WASM) --features web --lib --bin page -- -D warnings
	cargo clippy $(WASM) --features web-worker --lib --bin worker -- -D warnings
	cargo clippy $(WASM) --features web-reader --lib --bin reader -- -D warnings
	cargo clippy $(WASM) --features web-picture --lib --bin picture -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --lib
	$(MAKE) --no-print-directory test

bench: $(PAGE) browser
	cargo bench --locked --bench pipeline
	cargo test $(NATIVE) --test page -- --ignored --nocapture time_in_the_worker
	cargo test $(NATIVE) --test pdf_page -- --ignored --nocapture time_from_drop_to_verdict

screens: $(PAGE) browser
	cargo test $(NATIVE) --test page --test pdf_page --test views_page -- --ignored pictures
	@ls target/screens; du -sh docs/screens

# Stable Rust: without sanitizers, which safe code does not need to find a panic or a hang.
fuzz: $(TOOLS)/bin/cargo-fuzz
	cd fuzz && for target in $$(cargo fuzz list); do mkdir -p corpus/$$target; cargo fuzz run --sanitizer none $$target corpus/$$target ../tests/browser -- -max_total_time=30 || exit 1; done

# ---- tools, built in debug: quicker to get, and fast enough ----

INSTALL := CARGO_PROFILE_DEV_DEBUG=0 cargo install --debug --locked --quiet --root $(TOOLS) --target-dir $(TOOLS)/target

tools: $(TOOLS)/bin/trunk $(TOOLS)/bin/wasm-bindgen
	@rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
	@cargo fetch --locked --quiet # trunk builds without asking a registry

$(TOOLS)/bin/trunk:
	$(INSTALL) --no-default-features trunk@$(TRUNK)

$(TOOLS)/bin/wasm-bindgen:
	$(INSTALL) wasm-bindgen-cli@$(WASM_BINDGEN)

$(TOOLS)/bin/cargo-fuzz:
	$(INSTALL) cargo-fuzz@$(CARGO_FUZZ)

# ---- the browser of the tests ----

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
AXE_SOURCE := $(TOOLS)/node_modules/axe-core/axe.min.js

browser: $(AXE_SOURCE)
	@missing=; \
	command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="$$missing chromium"; \
	command -v chromedriver >/dev/null || missing="$$missing chromium-driver"; \
	fc-list :lang=zh 2>/dev/null | grep -q . || missing="$$missing fontconfig fonts-noto-cjk"; \
	[ -z "$$missing" ] || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $$missing; }

# Firefox and WebKit draw the same page. WebKit has no mode without a screen, so it gets one in memory.
browsers: $(PAGE) $(TOOLS)/bin/geckodriver
	@missing=; \
	command -v firefox >/dev/null || command -v firefox-esr >/dev/null || missing="$$missing firefox-esr"; \
	command -v WebKitWebDriver >/dev/null || missing="$$missing webkit2gtk-driver"; \
	command -v xvfb-run >/dev/null || missing="$$missing xvfb xauth"; \
	[ -z "$$missing" ] || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $$missing; }
	xvfb-run -a cargo test $(NATIVE) --test other_browsers -- --ignored --test-threads 1

$(TOOLS)/bin/geckodriver:
	$(INSTALL) geckodriver@$(GECKODRIVER)

# Accessibility rules, put into the page by the tests; no part of what is published.
$(AXE_SOURCE):
	command -v npm >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends npm; }
	npm install --prefix $(TOOLS) --no-save --no-audit --no-fund --ignore-scripts --loglevel=error axe-core@$(AXE)
	touch $@
