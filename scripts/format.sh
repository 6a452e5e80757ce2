#!/usr/bin/env bash
# Puts the code into the agreed form (CSharpier; prettier and eslint for the page), and the packages into README; --check changes nothing
# and fails when there is something to do. What .NET's analyzers find is the build's.
set -euo pipefail
. "$(dirname "$0")/environment.sh"
cd "$ROOT"
scripts/setup.sh app lint

check=
[ "${1:-}" != --check ] || check=yes

status=0
dotnet tool restore >/dev/null
dotnet csharpier "$([ -n "$check" ] && echo check || echo format)" . || status=$?
(
  cd web
  lint/node_modules/.bin/eslint --config lint/eslint.config.mjs ${check:+--max-warnings=0} $([ -n "$check" ] || echo --fix) . || exit $?
  lint/node_modules/.bin/prettier --log-level warn "$([ -n "$check" ] && echo --check || echo --write)" .
) || status=$?
node scripts/packages.mjs "$@" || status=$?
exit "$status"
