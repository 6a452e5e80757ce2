#!/usr/bin/env bash
# Builds what is stale:  build.sh app|all
# Silent when nothing is to do or all goes well; `all` includes the tests and says what it does.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/environment.sh"

part=${1:-all}
case $part in
  app) target=src/App/App.csproj sources=(src web) ;;
  all) target=Tradepost.slnx sources=(src web tests benchmarks) ;;
  *) fail "build.sh app|all, not: $part" ;;
esac
stamp=$ROOT/.build/$part

# newer_sources TEST...: the first source for which find's tests hold
newer_sources() {
  (cd "$ROOT" && find "${sources[@]}" ./*.props ./*.slnx .editorconfig BannedSymbols.txt global.json \
    \( -name bin -o -name obj -o -name node_modules -o -name runtimes -o -name results -o -name dist \) -prune -o "$@" -print -quit)
}

# Folders count as well as files: a deleted file changes only its folder.
is_stale() {
  [ ! -f "$stamp" ] || [ ! -f "$PROGRAM" ] || [ -n "$(newer_sources -newer "$stamp")" ]
}

is_stale || exit 0
has dotnet || fail "The .NET 10 SDK is not installed: run \`make setup\`."
mkdir -p "$ROOT/.build"
exec 9>"$ROOT/.build/lock"
flock 9 # two builds at once would write the same files
is_stale || exit 0

started=$stamp.started
touch "$started"
log=$ROOT/.build/$part.log
if [ "$part" = all ] || [ -t 2 ]; then
  if [ -f "$stamp" ]; then say "Building"; else say "Building; the first time takes some minutes"; fi
fi

build() {
  dotnet build "$ROOT/$target" -c Release -v quiet -clp:NoSummary "$@" >"$log" 2>&1 </dev/null 9>&-
}

if ! build; then
  if ! grep -q 'NU110.*crossgen2' "$log"; then
    cat "$log" >&2
    exit 1
  fi
  say "The package registry has no ahead-of-time compiler of this SDK's version; commands start a little slower without."
  if ! build -p:CompileAhead=false; then
    cat "$log" >&2
    exit 1
  fi
fi

# What was edited meanwhile is stale; the folders that the build itself has changed are not.
[ -n "$(newer_sources -type f -newer "$started")" ] || touch "$started"
cp -p "$started" "$stamp"
if [ "$part" = all ]; then cp -p "$started" "$ROOT/.build/app"; fi
