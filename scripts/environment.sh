# Sourced by the other scripts: where the repository is, which .NET SDK to use, how to say things and to become root.
# shellcheck shell=bash
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034 # for those who source this
PROGRAM=$ROOT/src/App/bin/Release/program/Tradepost.App.dll
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
if [ -x "$ROOT/.dotnet/dotnet" ]; then
  export PATH="$ROOT/.dotnet:$PATH" DOTNET_ROOT="$ROOT/.dotnet"
fi

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif has sudo; then sudo "$@"
  else fail "Root is needed to run: $* — run it as root, or install sudo."
  fi
}

# The newest PostgreSQL's folder of programs; distributions keep it outside PATH.
postgres_bin() {
  local newest
  newest=$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -path '*/bin/postgres' 2>/dev/null | sort -t/ -k5 -n | tail -n 1)
  if [ -n "$newest" ]; then dirname "$newest"
  elif has postgres && has initdb; then dirname "$(command -v postgres)"
  else return 1
  fi
}

mariadb_program() {
  PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v mariadbd
}

# The library that shows programs another time, where it is installed.
faketime_library() {
  compgen -G '/usr/lib/*/faketime/libfaketime.so.1' | head -n 1 || true
}

# memory_folder: makes a folder in memory for what tests write and prints its name; nothing where memory is scarce or no program may run from there.
# Tests wait for the disk more than for anything else; what they kill is processes, which leaves a folder in memory as whole as one on disk.
memory_folder() {
  local free available
  [ -w /dev/shm ] || return 0
  free=$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')
  available=$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo)
  if [ "$free" -lt $((8 << 20)) ] || [ "$available" -lt $((12 << 20)) ] || findmnt -no OPTIONS /dev/shm | grep -qw noexec; then return 0; fi
  local folder
  folder=$(mktemp -d /dev/shm/tradepost-tests.XXXXXX)
  chmod 1777 "$folder" # as /tmp is: servers run as another user
  echo "$folder"
}
