#!/usr/bin/env bash
# A PostgreSQL for Tradepost's tables and the shop's four databases on MariaDB, for this machine alone:
#   servers.sh start|stop|restart|ps|logs
# Everything is in data/servers (SERVERS_FOLDER); passwords are made on the first start. Ports: POSTGRES_PORT (5432),
# AUTH_DB_PORT (3306), CATALOG_DB_PORT (3307), ORDERS_DB_PORT (3308), PAYMENTS_DB_PORT (3309).
set -euo pipefail
. "$(dirname "$0")/environment.sh"
export LC_ALL=C.UTF-8
umask 077

home=${SERVERS_FOLDER:-$ROOT/data/servers}
shops=(auth catalog orders payments)

default_port() {
  case $1 in postgres) echo 5432 ;; auth) echo 3306 ;; catalog) echo 3307 ;; orders) echo 3308 ;; payments) echo 3309 ;; esac
}

# The port and the password of a server, kept from its first start.
recall() { cat "$home/$1/$2"; }
remember() {
  local name=$1 chosen
  make_home
  mkdir -p "$home/$name"
  chmod go= "$home/$name"
  case $name in postgres) chosen=${POSTGRES_PORT:-} ;; *) chosen=${name^^}_DB_PORT; chosen=${!chosen:-} ;; esac
  if [ -n "$chosen" ]; then echo "$chosen" >"$home/$name/port"
  elif [ ! -f "$home/$name/port" ]; then default_port "$name" >"$home/$name/port"
  fi
  [ -f "$home/$name/password" ] || head -c 18 /dev/urandom | base64 | tr '+/' 'xy' >"$home/$name/password"
}

# Each server's folder is its user's alone. PostgreSQL's user is another one when root starts it: he may pass through the
# folders above, and list nothing there.
make_home() {
  if [ "$(id -u)" != 0 ]; then mkdir -p "$home"; return; fi
  (umask 066; mkdir -p "$home")
  chmod go=x "$home"
  case $home in "$ROOT"/data/*) chmod go=x "$ROOT/data" ;; esac
}

pid_file() { case $1 in postgres) echo "$home/postgres/data/postmaster.pid" ;; *) echo "$home/$1/pid" ;; esac; }

# The server's process, if it runs; a number that another program has got since does not count.
pid_of() {
  local pid
  [ -f "$(pid_file "$1")" ] && pid=$(head -n 1 "$(pid_file "$1")") &&
    tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "$home/$1/data" && echo "$pid"
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

wait_until() { # wait_until NAME SECONDS COMMAND...
  local name=$1 end=$((SECONDS + $2))
  shift 2
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || { tail -n 20 "$home/$name/log" >&2; fail "$name did not come up; its log is $home/$name/log"; }
    sleep 0.1
  done
}

answers() { [ -n "$(pid_of "$1")" ] && port_is_taken "$(recall "$1" port)"; }

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; else "$@"; fi
}

check_port() {
  if port_is_taken "$(recall "$1" port)"; then
    local variable=POSTGRES_PORT
    [ "$1" = postgres ] || variable=${1^^}_DB_PORT
    fail "Port $(recall "$1" port) for $1 is taken by another program; choose another: $variable=… make start"
  fi
}

start_postgres() {
  local folder=$home/postgres bin
  remember postgres
  [ -z "$(pid_of postgres)" ] || return 0
  check_port postgres
  bin=$(postgres_bin) || fail "PostgreSQL is not installed: run \`make setup\`."
  touch "$folder/log"
  if [ "$(id -u)" = 0 ]; then
    chown -R postgres:postgres "$folder"
    as_postgres test -x "$folder" || fail "PostgreSQL runs as user postgres, who cannot enter $folder; set SERVERS_FOLDER to a folder outside of it."
  fi
  if [ ! -d "$folder/data" ]; then
    as_postgres "$bin/initdb" -D "$folder/data" -U tradepost --pwfile="$folder/password" -A scram-sha-256 -E UTF8 --locale=C.UTF-8 >>"$folder/log"
  fi
  as_postgres "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -s \
    -o "-c port=$(recall postgres port) -c listen_addresses=127.0.0.1 -c unix_socket_directories=" start
  if ! PGPASSWORD=$(recall postgres password) psql -h 127.0.0.1 -p "$(recall postgres port)" -U tradepost -d postgres -Atqc \
    "SELECT 1 FROM pg_database WHERE datname = 'tradepost'" | grep -q 1; then
    PGPASSWORD=$(recall postgres password) psql -h 127.0.0.1 -p "$(recall postgres port)" -U tradepost -d postgres -qc 'CREATE DATABASE tradepost'
  fi
}

start_shop() {
  local name=$1 folder=$home/$1 program user=()
  remember "$name"
  [ -z "$(pid_of "$name")" ] || return 0
  check_port "$name"
  program=$(mariadb_program) || fail "MariaDB is not installed: run \`make setup\`."
  [ "$(id -u)" != 0 ] || user=(--user=root)
  if [ ! -d "$folder/data" ]; then
    mariadb-install-db --no-defaults "${user[@]}" --datadir="$folder/data" --auth-root-authentication-method=socket --skip-test-db >>"$folder/log" 2>&1
  fi
  cat >"$folder/init.sql" <<SQL
CREATE DATABASE IF NOT EXISTS ${name}_db CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS ${name}_user@'%' IDENTIFIED BY '$(recall "$name" password)';
GRANT ALL ON ${name}_db.* TO ${name}_user@'%';
SQL
  setsid "$program" --no-defaults "${user[@]}" --datadir="$folder/data" --port="$(recall "$name" port)" --bind-address=127.0.0.1 \
    --skip-name-resolve --socket="$folder/socket" --pid-file="$folder/pid" --init-file="$folder/init.sql" \
    --local-infile=1 --character-set-server=utf8mb4 --performance-schema=OFF --innodb-buffer-pool-size=128M </dev/null >>"$folder/log" 2>&1 &
  disown
}

stop_one() {
  local name=$1 pid
  pid=$(pid_of "$name") || return 0
  case $name in
    postgres) kill -INT "$pid" ;; # fast: sessions are ended, data are written
    *) kill -TERM "$pid" ;;
  esac
  local end=$((SECONDS + 60))
  while [ -n "$(pid_of "$name")" ]; do
    [ "$SECONDS" -lt "$end" ] || fail "$name (process $pid) did not stop within 60 seconds; its log is $home/$name/log"
    sleep 0.1
  done
  say "$name stopped"
}

start() {
  start_postgres
  local name
  for name in "${shops[@]}"; do start_shop "$name"; done
  for name in "${shops[@]}"; do wait_until "$name" 60 answers "$name"; done
  ps_
}

stop() {
  local name
  for name in postgres "${shops[@]}"; do stop_one "$name"; done
}

ps_() {
  local name pid
  for name in postgres "${shops[@]}"; do
    if pid=$(pid_of "$name"); then say "$(printf '%-9s runs on port %s, process %s' "$name" "$(recall "$name" port)" "$pid")"
    else say "$(printf '%-9s is stopped' "$name")"
    fi
  done
  [ -f "$home/payments/password" ] || return 0
  say "Lines for .env:"
  echo "DATABASE_URL=postgresql://tradepost:$(recall postgres password)@127.0.0.1:$(recall postgres port)/tradepost?sslmode=disable"
  for name in "${shops[@]}"; do
    echo "${name^^}_DB_URL=mysql://${name}_user:$(recall "$name" password)@127.0.0.1:$(recall "$name" port)/${name}_db"
  done
}

logs() {
  compgen -G "$home/*/log" >/dev/null || fail "No server was started yet: run \`make start\`."
  exec tail -n 20 -F "$home"/*/log
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  restart) stop; start ;;
  ps) ps_ ;;
  logs) logs ;;
  *) fail "servers.sh start|stop|restart|ps|logs" ;;
esac
