#!/usr/bin/env bash
# Serves Adminer, a database browser, on the loopback address until Ctrl-C. ADMINER_PORT, 8090 by default.
set -euo pipefail
. "$(dirname "$0")/environment.sh"
page=/usr/share/adminer/adminer.php
if [ ! -f "$page" ] || ! has php || ! php -m | grep -q '^pdo_pgsql$' || ! php -m | grep -q '^pdo_mysql$'; then
  has apt-get || fail "Adminer is not installed, and this system has no apt-get to install it with."
  as_root apt-get -qq update >&2
  # php-fpm satisfies the package without a web server.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends php-cli php-fpm php-pgsql php-mysql adminer >&2
fi
port=${ADMINER_PORT:-8090}
"$ROOT/scripts/servers.sh" ps
say "Adminer is at http://127.0.0.1:$port/adminer.php (Ctrl-C ends it)."
exec php -S "127.0.0.1:$port" -t "$(dirname "$page")"
