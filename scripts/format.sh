#!/usr/bin/env bash
# Puts the code into the form that .editorconfig describes; --check changes nothing and fails when there is something to do.
set -euo pipefail
. "$(dirname "$0")/environment.sh"
cd "$ROOT"
arguments=()
[ "${1:-}" != --check ] || arguments=(--verify-no-changes)
dotnet format Tradepost.slnx --severity warn "${arguments[@]}"
