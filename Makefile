# Each target is one line here and a script in scripts/; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run test test-clock setup build format bench schemas screenshots clean start stop restart logs ps data backup adminer

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build, load sample data, and serve the page at http://localhost:8000
	@scripts/setup.sh app
	@./tradepost demo

test: ## run all tests (COVERAGE=1 adds the line coverage of src)
	@scripts/test.sh

test-clock: ## run the .NET tests at midnight, on 29 February, at a new year and at a change to summer time (MOMENTS=midnight for one)
	@scripts/test-clock.sh $(PROJECTS)

setup: ## install what is missing: .NET SDK, npm, PostgreSQL, MariaDB, Prometheus, Chromium
	@scripts/setup.sh app servers browser

build: ## build everything
	@scripts/setup.sh app
	@scripts/build.sh all

format: ## put the code into the agreed form
	@scripts/format.sh

bench: ## run the benchmarks against what is used today (ONLY=bulk, etl, jobs, api, forecasting, learning, anomalies, budgets, clicks, clicks-accuracy, trading, returns, page, marketplace or endurance for one)
	@scripts/bench.sh $(ONLY)

schemas: ## write the SQL and diagrams that come from schemas/, and the page's types that come from the API
	@schemas/generate
	@scripts/build.sh app
	@web/generate

screenshots: ## write docs/images/page-*.png: every page in both themes
	@scripts/setup.sh app browser
	@scripts/build.sh app
	@node web/scripts/screenshots.mjs

clean: ## delete everything that was built; data stay
	@scripts/clean.sh

start: ## start a local PostgreSQL and the shop's four MariaDB databases
	@scripts/setup.sh servers
	@scripts/servers.sh start

stop: ## stop them; their data stay
	@scripts/servers.sh stop

restart: ## stop and start them
	@scripts/servers.sh restart

logs: ## follow their logs
	@scripts/servers.sh logs

ps: ## list them and the lines for .env
	@scripts/servers.sh ps

data: ## make sample data for the shop
	@scripts/setup.sh app
	@./tradepost retail generate

backup: ## back up the store to data/backups (FILE=... for elsewhere)
	@scripts/backup.sh $(FILE)

adminer: ## look into the local servers' databases in a browser
	@scripts/adminer.sh
