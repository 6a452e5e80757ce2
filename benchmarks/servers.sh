#!/usr/bin/env bash
# Throwaway servers for the benchmarks, with their defaults (every commit is on disk before it is acknowledged):
#   servers.sh start FOLDER      starts both and prints where they are, as lines for eval
#   servers.sh postgres FOLDER   starts PostgreSQL alone
#   servers.sh stop FOLDER       stops what was started there; the folder stays
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/environment.sh"
export LC_ALL=C.UTF-8

folder=${2:?servers.sh start|postgres|stop FOLDER}

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; else "$@"; fi
}

start_postgres() {
  local bin port
  bin=$(postgres_bin) || fail "PostgreSQL is not installed: run \`make setup\`."
  mkdir -p "$folder/postgres"
  chmod 755 "$folder"
  if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$folder/postgres"; fi

  port=$(free_port)
  as_postgres "$bin/initdb" -D "$folder/postgres/data" -U bench -A trust -E UTF8 --no-locale >"$folder/initdb.log"
  as_postgres "$bin/pg_ctl" -D "$folder/postgres/data" -l "$folder/postgres/log" -w -s \
    -o "-c port=$port -c listen_addresses=127.0.0.1 -c unix_socket_directories=" start >&2
  echo "export BENCH_POSTGRES=127.0.0.1:$port"
}

start_mariadb() {
  local program port user=() end=$((SECONDS + 60))
  program=$(mariadb_program) || fail "MariaDB is not installed: run \`make setup\`."
  mkdir -p "$folder/mariadb"
  if [ "$(id -u)" = 0 ]; then user=(--user=root); fi
  port=$(free_port)
  mariadb-install-db --no-defaults "${user[@]}" --datadir="$folder/mariadb/data" --auth-root-authentication-method=normal --skip-test-db >"$folder/mariadb/log" 2>&1
  cat >"$folder/mariadb/init.sql" <<'SQL'
CREATE USER bench@'%' IDENTIFIED BY 'bench';
CREATE USER bench@localhost IDENTIFIED BY 'bench';
GRANT ALL ON *.* TO bench@'%';
GRANT ALL ON *.* TO bench@localhost;
SQL
  setsid "$program" --no-defaults "${user[@]}" --datadir="$folder/mariadb/data" --port="$port" --bind-address=127.0.0.1 --skip-name-resolve \
    --socket="$folder/mariadb/socket" --pid-file="$folder/mariadb/pid" --init-file="$folder/mariadb/init.sql" \
    --character-set-server=utf8mb4 --secure-file-priv= </dev/null >>"$folder/mariadb/log" 2>&1 &
  disown
  until mariadb -S "$folder/mariadb/socket" -ubench -pbench -e 'SELECT 1' >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || { tail -n 20 "$folder/mariadb/log" >&2; fail "MariaDB did not come up."; }
    sleep 0.2
  done
  echo "export BENCH_MARIADB=127.0.0.1:$port BENCH_MARIADB_SOCKET=$folder/mariadb/socket"
}

stop() {
  local pid
  if [ -f "$folder/postgres/data/postmaster.pid" ]; then
    as_postgres "$(postgres_bin)/pg_ctl" -D "$folder/postgres/data" -m fast -w -s stop
  fi
  if [ -f "$folder/mariadb/pid" ]; then
    pid=$(cat "$folder/mariadb/pid")
    kill "$pid"
    while [ -f "$folder/mariadb/pid" ]; do sleep 0.2; done
  fi
}

case $1 in
  start) start_postgres; start_mariadb ;;
  postgres) start_postgres ;;
  stop) stop ;;
  *) fail "servers.sh start|postgres|stop FOLDER" ;;
esac
