#!/usr/bin/env bash
# Deletes what was built; data/ and .env stay.
set -euo pipefail
. "$(dirname "$0")/environment.sh"
cd "$ROOT"
folders=(src tests)
[ ! -d benchmarks ] || folders+=(benchmarks)
find "${folders[@]}" -type d \( -name node_modules -prune -o \( -name bin -o -name obj \) -prune -exec rm -rf {} + \)
rm -rf .build TestResults web/dist
