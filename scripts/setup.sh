#!/usr/bin/env bash
# Installs what is missing and nothing else:  setup.sh [app] [servers] [browser] [clock] [lint]
#   app      the .NET 10 SDK and npm, which the build makes the page with
#   servers  PostgreSQL and MariaDB, for the tests and for `make start`; Prometheus, ClickHouse and Redis for the tests; no system
#            service is started
#   browser  Chromium and a font, for the tests of the page and its screenshots
#   clock    libfaketime, for tests at other times and a clock that jumps
#   lint     eslint and prettier, for the form of the page's code
set -euo pipefail
. "$(dirname "$0")/environment.sh"

refreshed=
apt_install() {
  has apt-get || fail "Not installed: $*. Install them with this system's package manager and try again."
  say "Installing $*"
  if [ -z "$refreshed" ]; then
    as_root apt-get -qq update >&2
    refreshed=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq install -y --no-install-recommends "$@" >&2
}

# npm_install FOLDER: the packages of its lock file, when they are not there yet
npm_install() {
  if [ "$1/node_modules" -nt "$1/package-lock.json" ]; then return 0; fi
  has npm || apt_install nodejs npm
  say "Fetching npm packages for ${1#"$ROOT"/}"
  npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error >&2
  touch "$1/node_modules"
}

has_sdk() {
  # By folder: asking the SDK itself takes longer than everything else here.
  local dotnet
  dotnet=$(command -v dotnet) && compgen -G "$(dirname "$(readlink -f "$dotnet")")/sdk/10.*" >/dev/null
}

setup_app() {
  if ! has_sdk; then
    if has apt-get && as_root apt-get -qq update >&2 && apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1; then
      refreshed=yes
      apt_install dotnet-sdk-10.0
    else
      fail "The .NET 10 SDK is not installed and this system has no package of it. Microsoft's install script puts it where it is looked for here: dotnet-install.sh --channel 10.0 --install-dir \"$ROOT/.dotnet\""
    fi
  fi
  has npm || apt_install nodejs npm
}

setup_servers() {
  if ! postgres_bin >/dev/null; then
    # Debian's package would also create and start a database on port 5432.
    apt_install postgresql-common
    if [ -f /etc/postgresql-common/createcluster.conf ]; then
      as_root sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    fi
    apt_install postgresql
  fi
  mariadb_program >/dev/null || apt_install mariadb-server-core mariadb-client-core
  if ! has prometheus; then
    # Its package would also start a server on port 9090.
    if has systemctl; then as_root systemctl --quiet mask prometheus.service || true; fi
    apt_install prometheus
  fi
  if ! has clickhouse-server; then
    if has systemctl; then as_root systemctl --quiet mask clickhouse-server.service || true; fi
    apt_install clickhouse-server
  fi
  if ! has redis-server; then
    if has systemctl; then as_root systemctl --quiet mask redis-server.service || true; fi
    apt_install redis-server
  fi
  has setpriv || apt_install util-linux
  # A newer PostgreSQL beside the distribution's.
  npm_install "$ROOT/tests/servers"
  # What makes clients from the API's description.
  npm_install "$ROOT/tests/clients"
}

setup_lint() {
  npm_install "$ROOT/web/lint"
}

setup_clock() {
  [ -n "$(faketime_library)" ] || apt_install faketime
}

setup_browser() {
  if ! has chromium && ! has chromium-browser && ! has google-chrome; then
    apt_install chromium fonts-liberation
  fi
}

for part in "$@"; do
  case $part in
    app) setup_app ;;
    servers) setup_servers ;;
    browser) setup_browser ;;
    clock) setup_clock ;;
    lint) setup_lint ;;
    *) fail "setup.sh [app] [servers] [browser] [clock] [lint], not: $part" ;;
  esac
done
