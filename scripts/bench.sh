#!/usr/bin/env bash
# Runs the benchmarks against what is used today and writes benchmarks/results:  bench.sh [bulk] [etl] [jobs] [api] [forecasting] [learning] [anomalies] [budgets] [clicks] [clicks-accuracy] [trading] [returns] [page] [marketplace] [endurance]
# The servers are this run's own and gone when it ends. For a quick trial: RUNS=1 ROWS=100000 ORDERS=6000 RESULTS=results;
# of marketplace: PRODUCTS=20000 DAYS=30;
# of endurance: SCALE=2 STOPS=2 SECONDS_CROWD=10 SECONDS_MIXED=60 SECONDS_CLOCK=15, or CHECKS="stop crowd" for some of them.
set -euo pipefail
. "$(dirname "$0")/environment.sh"
cd "$ROOT"
scripts/setup.sh app servers browser clock
scripts/build.sh app
say "Building the benchmarks"
dotnet build benchmarks/Benchmarks.csproj -c Release -v quiet -clp:NoSummary </dev/null >&2

BENCH_FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/tradepost-bench.XXXXXX")
export BENCH_FOLDER BENCH_ROOT=$ROOT
end() {
  benchmarks/servers.sh stop "$BENCH_FOLDER"
  rm -rf "$BENCH_FOLDER"
}
trap end EXIT
trap 'exit 130' INT TERM

where=$(benchmarks/servers.sh start "$BENCH_FOLDER")
eval "$where"
dotnet benchmarks/bin/Release/net10.0/Tradepost.Benchmarks.dll "$@"
