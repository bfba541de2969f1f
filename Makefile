# Everything one does with this folder. `make` alone lists it.
.DEFAULT_GOAL := help
BIN := .venv/bin
HERE := $(dir $(lastword $(MAKEFILE_LIST)))

.PHONY: help setup run check test faults safeguards bench bench-million soak pictures migration lock image bundle

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(HERE)Makefile | expand -t 20

setup: ## make .venv and install what development needs (PYTHON=python3.13 chooses the interpreter)
	@.ci/venv requirements-dev.lock

run: ## install what running needs and start the program (settings: .env, see .env.example)
	@.ci/venv requirements.lock
	@$(BIN)/python -m bot run

check: setup ## format, lint, types, arrows between layers, locks equal to pyproject.toml
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q --no-header tests/test_architecture.py tests/test_locks.py

test: check ## all checks and all tests that this machine can run, and what it left out (CI=true: all, or fail)
	@$(BIN)/python -m tests.run $(only)

faults: setup ## try every promise many times, and go on where that was stopped (only="kills races", n=50, fresh=1)
	@$(BIN)/python -m tests.faults.proofs $(only) $(if $(n),--n $(n)) $(if $(fresh),--fresh)

safeguards: setup ## take each safeguard away in a copy and see a test turn red (only="lock seen")
	@$(BIN)/python -m tests.safeguards $(only)

bench: setup ## measure, and print the figures the project promises (only="notices lists")
	@$(BIN)/python -m benchmarks $(only)

bench-million: setup ## measure a notice to a million people (ends at 90 % of them, or after two and a half hours)
	@$(BIN)/python -m benchmarks.million

soak: setup ## use a bot steadily for an hour, and tell what grew (minutes=10)
	@$(BIN)/python -m benchmarks.soak $(if $(minutes),--minutes $(minutes))

pictures: setup ## photograph what every persona of the demo sees, for docs/screens.md (needs Chromium)
	@$(BIN)/python -m tests.browser.pictures

migration: ## write a database migration from the difference to the tables: make migration m="add reminders"
	@test -n "$(m)" || { echo 'Say what changes: make migration m="add reminders"' >&2; exit 2; }
	@.ci/venv requirements-dev.lock
	@$(BIN)/python -m bot migrate --new "$(m)"

lock: ## compile both locks from pyproject.toml (needs uv; UPGRADE=1 takes the newest versions)
	@uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url $(if $(UPGRADE),--upgrade) -o requirements.lock
	@uv pip compile -q pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url -c requirements.lock $(if $(UPGRADE),--upgrade) -o requirements-dev.lock

bundle: ## pack program and packages into build/ for a machine like this one that reaches no package index
	@.ci/venv requirements.lock
	@.ci/bundle

image: setup ## try every RUN and CMD line of the Dockerfile in an empty folder, without Docker, and the bundle
	@$(BIN)/pytest -q --no-header -m image tests/test_image.py

# A RUN or CMD line of the Dockerfile, by the name in the comment above it, run in the folder one stands in.
image-%:
	@line=$$(sed -nE '/^# image-$*:/,/^[A-Z]/s/^(RUN|CMD|HEALTHCHECK.* CMD) //p' $(HERE)Dockerfile) && \
		test -n "$$line" || { echo 'The Dockerfile has no line named image-$*' >&2; exit 2; }; \
		sh -ec "$$line"
