#!/usr/bin/env bash
# Puts the code into the form that .editorconfig describes, and the packages into README; --check changes nothing and fails when there is something to do.
set -euo pipefail
. "$(dirname "$0")/environment.sh"
cd "$ROOT"
arguments=()
[ "${1:-}" != --check ] || arguments=(--verify-no-changes)

# The analyzers are left to the build, where their warnings are errors.
status=0
dotnet format whitespace Tradepost.slnx "${arguments[@]}" || status=$?
dotnet format style Tradepost.slnx --severity warn "${arguments[@]}" || status=$?
node scripts/packages.mjs "$@" || status=$?
exit "$status"
