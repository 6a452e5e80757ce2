#!/usr/bin/env bash
# Runs the benchmarks; arguments go to them.
set -euo pipefail
. "$(dirname "$0")/environment.sh"
cd "$ROOT"
project=$(compgen -G 'benchmarks/*.csproj' | head -n 1) || fail "There are no benchmarks in benchmarks/ yet."
scripts/setup.sh app servers
exec dotnet run -c Release --project "$project" -- "$@"
