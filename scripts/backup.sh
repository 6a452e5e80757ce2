#!/usr/bin/env bash
# Backs the store up:  backup.sh [FILE]
set -euo pipefail
umask 077
. "$(dirname "$0")/environment.sh"
file=${1:-$ROOT/data/backups/tradepost-$(date -u +%Y%m%dT%H%M%SZ)}
mkdir -p "$(dirname "$file")"
exec "$ROOT/tradepost" db backup "$file"
